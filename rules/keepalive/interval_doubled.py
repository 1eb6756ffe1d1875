"""sshd 9.2 to 9.4 probe only every second ClientAliveInterval, so the real spacing is twice the value.

## Why

These releases compare with "greater" instead of "greater or equal" and skip every second turn. 9.5 fixed
it. Debian 12 has 9.2 with the bug. ClientAliveInterval 300 then probes every 600 s, too late for a load
balancer that forgets after 350 s. sshd also notices a dead client late: after up to 2 x ClientAliveInterval
x (ClientAliveCountMax + 1) seconds.

The rule reports a real spacing above `seconds`.

## How to fix it

The fix halves the value, so that probes come as often as the line asks for. If half of it is still above
`seconds`, the fix also writes a comment above the line that suppresses this rule and gives the reason, so
that the next run does not halve it again. With an OpenSSH without the bug, `unused-suppression` reports the
comment. If the policy names a network path, the fix writes the interval for that path instead.

## When to ignore it

When the real spacing is short enough for your path.
"""

from collections.abc import Iterator

from sshkeep.config.blocks.matching import universal
from sshkeep.config.parse_line import accepted_lines
from sshkeep.config.precedence.global_value import global_value
from sshkeep.config.precedence.shadowed import shadowed
from sshkeep.config.sample_clients import contradicted
from sshkeep.edit.intents import CommentAbove, SetGlobal, SetLine
from sshkeep.lint import Config, Entry, Example, Finding, Fix, Options, Rule
from sshkeep.lint.checks.findings import at_entry, line_value_concern
from sshkeep.lint.checks.keepalive import SPACING, doubles_interval, interval_to_write, spacing_of
from sshkeep.lint.checks.late_probes import baseline_notes, late_probes, spacing_to_write
from sshkeep.lint.rule import PATH_TIMEOUT
from sshkeep.phrase import Phrase

KEYWORD = "ClientAliveInterval"


def check(config: Config, options: Options) -> Iterator[Finding]:
    if not doubles_interval(config):
        return
    longest = options["seconds"]
    for entry, value in _intervals(config):
        if spacing_of(value, config) > longest:
            yield _finding(entry, value, options, config)


def _intervals(config: Config) -> Iterator[tuple[Entry, int]]:
    """Each interval that is in effect, for everyone and in blocks."""
    effect = global_value(KEYWORD.lower(), config)
    if effect.entry and isinstance(effect.value, int) and effect.certain:
        yield effect.entry, effect.value
    dead = {line.entry.index for line in shadowed(KEYWORD.lower(), config)}
    for entry, parsed in accepted_lines(KEYWORD.lower(), config):
        value = parsed.value
        alive = entry.index not in dead and not universal(entry.block, config.target.release)
        if (
            alive
            and isinstance(value, int)
            and not contradicted({KEYWORD.lower(): value}, entry.block, config)
        ):
            yield entry, value


def _finding(entry: Entry, value: int, options: Options, config: Config) -> Finding:
    spacing = spacing_of(value, config)
    message = Phrase(
        "sshd {release} probes only every {spacing} s, not every {value} s",
        release=config.target.release,
        spacing=spacing,
        value=value,
    )
    late = late_probes(spacing, options)
    return at_entry(entry, message)._replace(
        label=Phrase("the real spacing is 2 x {value} s", value=value),
        notes=(
            Phrase("a bug of OpenSSH 9.2 to 9.4 doubles the interval; 9.5 fixed it"),
            *((late.message, *late.notes, *baseline_notes(value)) if late else ()),
        ),
        fix=_fix(entry, value, options, config),
        concerns=(line_value_concern(entry),),
    )


def _fix(entry: Entry, value: int, options: Options, config: Config) -> Fix:
    """Half of the value, so that probes come as often as it says; the interval for a path that is named."""
    named = bool(options[PATH_TIMEOUT])
    right = interval_to_write(spacing_to_write(options) if named else value, config)
    if universal(entry.block, config.target.release):
        if named:
            return Fix(f"{KEYWORD} {right}", "safe", (SetGlobal(KEYWORD, (str(right),)),))
        return Fix(_title(right, config), "safe", _halved(entry, right, options, config))
    title = Phrase("{title}, in this block", title=_title(right, config))
    return Fix(title, "unsafe", _halved(entry, right, options, config))


def _title(right: int, config: Config) -> Phrase:
    spacing = spacing_of(right, config)
    return Phrase(
        "{keyword} {value}, a probe every {spacing} s", keyword=KEYWORD, value=right, spacing=spacing
    )


def _halved(
    entry: Entry, right: int, options: Options, config: Config
) -> tuple[SetLine] | tuple[CommentAbove, SetLine]:
    """The comment is there so that the halved value is not taken for what is asked for."""
    spacing = spacing_of(right, config)
    if spacing <= options["seconds"]:
        return (SetLine(entry, str(right)),)
    text = f"sshkeep: ignore[interval-doubled] sshd {config.target.release} probes every {spacing} s"
    return CommentAbove(entry, text), SetLine(entry, str(right))


RULE = Rule(
    summary="sshd 9.2 to 9.4 probe at twice ClientAliveInterval",
    applies_to=("sshd_config",),
    severity="warning",
    options={PATH_TIMEOUT: 0, "seconds": SPACING},
    check=check,
    only_with=("clientaliveinterval",),
    references=(
        "serverloop.c of 9.2 and 9.5, wait_until_can_do_something",
        "measured on 9.2, 9.3, 9.4 and 9.5",
    ),
    examples=(
        Example("ClientAliveInterval 60\n", "ClientAliveInterval 30\n", target="debian-12"),
        Example("ClientAliveInterval 30\n", target="debian-12"),
        Example("ClientAliveInterval 60\n", target="openssh-9.5"),
        Example(
            "ClientAliveInterval 300\n",
            "# sshkeep: ignore[interval-doubled] sshd 9.2 probes every 300 s\nClientAliveInterval 150\n",
            target="debian-12",
        ),
        Example(
            "ClientAliveInterval 300\n",
            "ClientAliveInterval 30\n",
            target="debian-12",
            options={PATH_TIMEOUT: 240},
        ),
        Example(
            "ClientAliveInterval 30\nMatch User a\n  ClientAliveInterval 5m\n",
            "ClientAliveInterval 30\nMatch User a\n"
            "  # sshkeep: ignore[interval-doubled] sshd 9.4 probes every 300 s\n  ClientAliveInterval 150\n",
            target="openssh-9.4",
            unsafe=True,
        ),
    ),
)
