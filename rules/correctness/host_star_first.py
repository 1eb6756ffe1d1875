"""`Host *` comes before the hosts that differ from it, so the settings of these hosts have no effect.

## Why

ssh uses the first value that it reads, from the top of the file to the end. A setting in a Host block takes
effect only if nothing above it sets the same option. Lines above the first Host win in the same way.

The rule reports files where two settings or more lose their effect. A single one is reported on its own
line.

## How to fix it

Move the general settings to the end, into a `Host *` block. Put the hosts with their own settings above it.

## When to ignore it

When `Host *` should win over all hosts.
"""

from collections.abc import Iterator

from sshkeep.config.blocks.matching import universal
from sshkeep.config.precedence.shadowed import Shadowed, without_effect
from sshkeep.config.tree.block import block_name
from sshkeep.lint import Block, Config, Example, Finding, Options, Rule
from sshkeep.lint.checks.findings import at_entry, at_header, in_short, line_concern
from sshkeep.lint.rule import A_SHADOWED_LINE


def check(config: Config, options: Options) -> Iterator[Finding]:
    general: dict[Block | None, list[Shadowed]] = {}
    for line in without_effect(config):
        blocks = {winner.entry.block for winner in line.winners}
        first = line.winners[0].entry.block
        if len(blocks) == 1 and universal(first, config.target.release) and _differs(line, config):
            general.setdefault(first, []).append(line)
    for lines in general.values():
        others = [line for line in lines if any(winner.value != line.parsed.value for winner in line.winners)]
        if len(others) > 1:
            yield _finding(lines, len(others))


def _differs(line: Shadowed, config: Config) -> bool:
    """Whether the line is meant for some only; and not a system's that a user's own file overrules."""
    return not universal(line.entry.block, config.target.release) and not config.in_second_top(line.entry)


def _finding(lines: list[Shadowed], count: int) -> Finding:
    winner = min(
        (winner.entry for line in lines for winner in line.winners), key=lambda w: w.directive.number
    )
    block = winner.block
    message = f"{count} settings below never take effect, as "
    if block:
        finding = at_header(block, f"{message}{in_short(block_name(block))} comes first")
        label = f"{in_short(block_name(block))} belongs at the end"
    else:
        finding = at_entry(winner, f"{message}the lines above the first Host come first")
        label = "settings for all hosts belong at the end, under Host *"
    concerns = tuple(line_concern(line.entry) for line in lines)
    return finding._replace(label=label, notes=("ssh uses the first value that it reads",), concerns=concerns)


RULE = Rule(
    summary="Host * above the hosts that are to differ from it",
    applies_to=("ssh_config",),
    severity="warning",
    check=check,
    explains=("block-too-late", "never-in-effect", "keepalive-shadowed"),
    only_with=(A_SHADOWED_LINE,),
    references=("ssh_config(5), second paragraph",),
    examples=(
        Example("Host *\n  User root\n  Port 22\nHost web\n  User ann\n  Port 2222\n", hit=True),
        Example("Host *\n  User root\n  Port 22\nHost web\n  User ann\n"),
        Example("Host web\n  User ann\n  Port 2222\nHost *\n  User root\n  Port 22\n"),
        Example("User root\nPort 22\nHost web\n  User ann\n  Port 2222\n", hit=True),
    ),
)
