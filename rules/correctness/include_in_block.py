"""An Include looks global, but it belongs to the block above it.

## Why

A Match or Host block ends only at the next one or at the end of the file. Indentation has no meaning. The
lines of an included file apply only where the block applies: a Host block in that file needs both its own
host and the outer one. The usual case is `Include config.d/*` at the end of ~/.ssh/config.

The rule looks at the layout, as [swallowed-by-block](swallowed-by-block.md) does: the lines of the block
are indented, and the last ones, with the Include, are not.

## How to fix it

Move the Include above the first Host or Match.

## When to ignore it

When the Include is meant for this block. Indent it then.
"""

from collections.abc import Iterator

from sshkeep.lint import Config, Example, Finding, Options, Related, Rule
from sshkeep.lint.checks.block_layout import swallowed_tail_of
from sshkeep.lint.checks.findings import at_entry, in_short, include_concern
from sshkeep.lint.checks.swallowed import BLOCK_GOES_ON
from sshkeep.lint.rule import A_BLOCK


def check(config: Config, options: Options) -> Iterator[Finding]:
    for entry in config.lines("include"):
        tail = swallowed_tail_of(entry, config)
        if tail is not None and tail.meant_for is None:
            block = tail.block
            finding = at_entry(entry, "")
            where = Related(
                block.header.file.source,
                block.header.whole,
                BLOCK_GOES_ON,
            )
            yield finding._replace(
                message=f"this Include applies to only {in_short(finding.block)}",
                label="part of that block, although its layout differs from the block's other lines",
                notes=("put it above the first Host or Match",),
                related=(where,),
                concerns=(include_concern(block),),
            )


RULE = Rule(
    summary="an Include meant for everyone is swallowed by the block above it",
    applies_to=("sshd_config", "ssh_config"),
    severity="warning",
    check=check,
    explains=("never-applies",),
    only_with=(A_BLOCK,),
    references=("ssh_config(5), Include", "sshd_config(5), Include and Match"),
    examples=(
        Example(
            "Host web\n  User ann\nInclude config.d/*\n",
            hit=True,
            kind="ssh_config",
        ),
        Example("Host web\n  User ann\n  Include config.d/*\n", kind="ssh_config"),
        Example("Host web\nInclude config.d/*\n", kind="ssh_config"),
        Example("Host *\n  User ann\nInclude config.d/*\n", kind="ssh_config"),
    ),
)
