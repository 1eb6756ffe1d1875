"""A Host or Match line that is there twice in one file. Both blocks apply, and the first value counts.

That is no error: what the second block sets and the first one does not is in effect. But who changes
one of them easily misses the other. Where a line of the second block has no effect, `never-in-effect`
tells so instead.
"""

from collections.abc import Iterator

from sshkeep.lint import (
    Block,
    Config,
    Example,
    Finding,
    Options,
    Related,
    Rule,
    at_header,
    block_name,
    same_block,
    without_effect,
)


def check(config: Config, options: Options) -> Iterator[Finding]:
    dead = {line.entry.block for line in without_effect(config)}
    for block, first in same_block(config):
        if block not in dead:
            yield _finding(block, first)


def _finding(block: Block, first: Block) -> Finding:
    number = first.header.number + 1
    return at_header(block, f"this block is there already, at line {number}; both apply")._replace(
        label="what both set is taken from the first",
        related=(Related(first.header.file.source, first.header.whole, block_name(first)[:60]),),
    )


RULE = Rule(
    summary="two blocks of one file with the same Host or Match line",
    applies_to=("sshd_config", "ssh_config"),
    severity="info",
    check=check,
    references=("ssh_config(5), second paragraph", "sshd_config(5), Match"),
    examples=(
        Example(
            "Host web\n  User ann\nHost db\n  User joe\nHost web\n  Port 2222\n", hit=True, kind="ssh_config"
        ),
        Example("Host web\n  User ann\nHost db\n  User joe\nHost www\n  Port 2222\n", kind="ssh_config"),
        Example("Host web\n  User ann\nHost db\n  User joe\nHost web\n  User bob\n", kind="ssh_config"),
        Example("Match User a\n  Banner none\nMatch User a\n  MaxSessions 1\n", hit=True, kind="sshd_config"),
    ),
)
