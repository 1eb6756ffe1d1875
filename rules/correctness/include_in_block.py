"""An Include that looks as if it were for everyone, but is swallowed by the block above it.

A Match or Host block goes on until the next one or the end of the file; indentation means nothing. What an
Include in a block brings in counts only where the block applies: a Host block in the included file needs both
its own host and the outer one. `Include config.d/*` at the end of ~/.ssh/config is the usual case; it
belongs above the first Host.

The rule speaks where the Include stands at the margin and the block's own lines are indented.
"""

from collections.abc import Iterator

from sshkeep.lint import (
    Block,
    Config,
    Entry,
    Example,
    Finding,
    Options,
    Related,
    Rule,
    at_entry,
    concern_of_include,
    in_short,
    universal,
)


def check(config: Config, options: Options) -> Iterator[Finding]:
    for entry in config.lines("include"):
        block = entry.block
        if block is not None and _swallowed(entry, block, config):
            finding = at_entry(entry, "")
            where = Related(
                block.header.file.source,
                block.header.whole,
                "this block goes on to the next one or the file's end",
            )
            yield finding._replace(
                message=f"what this includes counts for {in_short(finding.block)} only",
                label="part of that block, in spite of its place at the margin",
                notes=("put it above the first Host or Match",),
                related=(where,),
                concerns=(concern_of_include(block),),
            )


def _swallowed(entry: Entry, block: Block, config: Config) -> bool:
    header = block.header
    if header.file is not entry.directive.file or universal(block, config.target.release):
        return False
    margin = header.line.start
    between = [d for d in header.file.directives if header.number < d.number < entry.directive.number]
    return (
        entry.directive.line.start == margin and between != [] and all(d.line.start > margin for d in between)
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
