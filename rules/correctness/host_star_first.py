"""`Host *` stands above the hosts that are to differ from it, so that what they set never takes effect.

ssh takes the first value that it meets, from the top of the file to its end. What a Host block sets counts
only where nothing above it has set the same; so the general settings belong at the end, under a `Host *` of
their own, and hosts with settings of their own above it. What stands above the first Host wins likewise.

The rule speaks where that takes the effect from two settings or more; a single one is told at its own line.
"""

from collections.abc import Iterator

from sshkeep.lint import (
    Block,
    Config,
    Example,
    Finding,
    Options,
    Rule,
    Shadowed,
    at_entry,
    at_header,
    block_name,
    concern_of_line,
    in_short,
    universal,
    without_effect,
)


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
        finding = at_entry(winner, f"{message}what stands above the first Host comes first")
        label = "what is for all hosts belongs at the end, under Host *"
    concerns = tuple(concern_of_line(line.entry) for line in lines)
    return finding._replace(label=label, notes=("ssh takes the first value it meets",), concerns=concerns)


RULE = Rule(
    summary="Host * above the hosts that are to differ from it",
    applies_to=("ssh_config",),
    severity="warning",
    check=check,
    explains=("block-too-late", "never-in-effect", "keepalive-shadowed"),
    references=("ssh_config(5), second paragraph",),
    examples=(
        Example("Host *\n  User root\n  Port 22\nHost web\n  User ann\n  Port 2222\n", hit=True),
        Example("Host *\n  User root\n  Port 22\nHost web\n  User ann\n"),
        Example("Host web\n  User ann\n  Port 2222\nHost *\n  User root\n  Port 22\n"),
        Example("User root\nPort 22\nHost web\n  User ann\n  Port 2222\n", hit=True),
    ),
)
