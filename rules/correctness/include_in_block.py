"""An Include that looks as if it were for everyone, but is swallowed by the block above it.

A Match or Host block goes on until the next one or the end of the file; indentation means nothing. What an
Include in a block brings in counts only where the block applies: a Host block in the included file needs both
its own host and the outer one. `Include config.d/*` at the end of ~/.ssh/config is the usual case; it
belongs above the first Host.

The rule goes by layout, as [swallowed-by-block](swallowed-by-block.md) does: the lines of the block are
indented, and the last ones, with the Include, are not.
"""

from collections.abc import Iterator

from sshkeep.lint import Config, Example, Finding, Options, Related, Rule
from sshkeep.lint.checks.block_layout import swallowed_tail_of
from sshkeep.lint.checks.findings import at_entry, in_short, include_concern
from sshkeep.lint.checks.swallowed import BLOCK_GOES_ON


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
                message=f"what this includes counts for {in_short(finding.block)} only",
                label="part of that block, though it is not laid out as the block's other lines are",
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
