"""No line of a Host or Match block takes effect, since earlier lines win for all connections to which the
block applies.

## Why

ssh and sshd use the first value that they read. In sshd, the first of several Match blocks that apply wins.
So a block for one host or user has no effect after a wider block that sets the same options.

The rule reports blocks with two settings or more. A single setting is reported on its own line.

## How to fix it

Move the block above the line that wins.

## When to ignore it

When the block repeats the values on purpose. Even then it is safer to delete it.
"""

from collections import Counter
from collections.abc import Iterator

from sshkeep.config.precedence.shadowed import Shadowed, without_effect
from sshkeep.config.tree.block import block_name
from sshkeep.lint import Block, Config, Example, Finding, Options, Rule
from sshkeep.lint.checks.findings import at_header, in_short, line_concern, line_of
from sshkeep.lint.rule import A_SHADOWED_LINE


def check(config: Config, options: Options) -> Iterator[Finding]:
    dead: dict[Block | None, list[Shadowed]] = {}
    for line in without_effect(config):
        dead.setdefault(line.entry.block, []).append(line)
    if not dead:
        return
    settings = Counter(entry.block for entry in config.entries)
    for block, lines in dead.items():
        if block and len(lines) == settings[block] > 1 and _differs(lines, config):
            yield _finding(block, lines)


def _differs(lines: list[Shadowed], config: Config) -> bool:
    """Whether the values differ, and the block is not the system's, which a user's own file overrides."""
    if config.in_second_top(lines[0].entry):
        return False
    return any(winner.value != line.parsed.value for line in lines for winner in line.winners)


def _finding(block: Block, lines: list[Shadowed]) -> Finding:
    winner = lines[0].winners[0].entry
    number = "neither" if len(lines) == 2 else "none"
    message = f"{number} of the {len(lines)} settings of {in_short(block_name(block))} takes effect"
    return at_header(block, message)._replace(
        label=f"{line_of(winner, lines[0].entry)} and other lines come first and win",
        concerns=tuple(line_concern(line.entry) for line in lines),
    )


RULE = Rule(
    summary="a Host or Match block of which no line takes effect",
    applies_to=("sshd_config", "ssh_config"),
    severity="warning",
    check=check,
    explains=("never-in-effect", "keepalive-shadowed"),
    only_with=(A_SHADOWED_LINE,),
    references=("ssh_config(5), second paragraph", "sshd_config(5), Match"),
    examples=(
        Example(
            "Match User bob,ann\n  X11Forwarding no\n  Banner none\n"
            "Match User ann\n  X11Forwarding yes\n  Banner /x\n",
            hit=True,
            kind="sshd_config",
        ),
        Example(
            "Match User bob,ann\n  X11Forwarding no\n  Banner none\n"
            "Match User joe\n  X11Forwarding yes\n  Banner /x\n",
            kind="sshd_config",
        ),
        Example(
            "Host *.corp\n  User a\n  Port 2\nHost web.corp\n  User b\n  Port 3\n",
            hit=True,
            kind="ssh_config",
        ),
        Example("Host *.corp\n  User a\n  Port 2\nHost web.corp\n  User b\n", kind="ssh_config"),
    ),
)
