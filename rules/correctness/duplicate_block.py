"""A file has the same Host or Match line twice. Both blocks apply, and the first value of each option wins.

## Why

OpenSSH accepts this: settings that are only in the second block take effect. But a person who changes one
block easily misses the other. If a line of the second block has no effect, `never-in-effect` reports that
line instead.

## How to fix it

Move all settings into one of the two blocks.

## When to ignore it

When a program writes one of the blocks.
"""

from collections.abc import Iterator

from sshkeep.config.blocks.matching import universal
from sshkeep.config.blocks.subsumption import SubsumptionIndex
from sshkeep.config.precedence.shadowed import without_effect
from sshkeep.config.tree.block import block_name
from sshkeep.lint import Block, Config, Example, Finding, Options, Related, Rule
from sshkeep.lint.checks.findings import at_header
from sshkeep.lint.rule import A_BLOCK


def check(config: Config, options: Options) -> Iterator[Finding]:
    dead = {line.entry.block for line in without_effect(config)}
    for block, first in _repeated_blocks(config):
        if block not in dead:
            yield _finding(block, first)


def _finding(block: Block, first: Block) -> Finding:
    number = first.header.number + 1
    return at_header(block, f"line {number} begins the same block; both apply")._replace(
        label="where both set an option, the first one wins",
        related=(Related(first.header.file.source, first.header.whole, block_name(first)[:60]),),
    )


def _repeated_blocks(config: Config) -> Iterator[tuple[Block, Block]]:
    """Blocks that apply in the same cases as an earlier one of their file, which is the second of each pair.

    Blocks for everyone are left out: they end other blocks, and stand where they are needed.
    """
    first: dict[object, Block] = {}
    blocks: SubsumptionIndex[Block] = SubsumptionIndex(config.kind, config.target.release)
    for block in config.blocks:
        if block.outer is not None or universal(block, config.target.release):
            continue
        key = (block.header.file.source.path, blocks.signature(block))
        earlier = first.setdefault(key, block)
        if earlier is not block:
            yield block, earlier


RULE = Rule(
    summary="two blocks of one file with the same Host or Match line",
    applies_to=("sshd_config", "ssh_config"),
    severity="info",
    check=check,
    only_with=(A_BLOCK,),
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
