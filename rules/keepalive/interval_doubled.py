"""sshd 9.2 to 9.4 probe only every second ClientAliveInterval, so the real spacing is twice the value.

Those releases compare with "greater" where "greater or equal" is meant, and skip every other turn;
9.5 fixed it. Debian 12 ships 9.2 and has not. ClientAliveInterval 300 then probes every 600 s and
loses against a load balancer that forgets after 350 s. A dead client is noticed late, too: up to
2 x ClientAliveInterval x (ClientAliveCountMax + 1) seconds.

The rule applies when the real spacing is above `seconds`; the fix writes half of `seconds`.
"""

from collections.abc import Iterator

from sshkeep.config.blocks.matching import universal
from sshkeep.config.parse_line import accepted_lines
from sshkeep.config.precedence.global_value import global_value
from sshkeep.config.precedence.sample_clients import contradicted
from sshkeep.config.precedence.shadowed import shadowed
from sshkeep.edit.intents import SetGlobal, SetLine
from sshkeep.lint import Config, Entry, Example, Finding, Fix, Options, Rule
from sshkeep.lint.checks.findings import at_entry, line_value_concern
from sshkeep.lint.checks.keepalive import SPACING, doubles_interval, interval_to_write, spacing_of

KEYWORD = "ClientAliveInterval"


def check(config: Config, options: Options) -> Iterator[Finding]:
    if not doubles_interval(config):
        return
    longest = options["seconds"]
    right = interval_to_write(longest, config)
    effect = global_value(KEYWORD.lower(), config)
    if (
        effect.entry
        and isinstance(effect.value, int)
        and effect.certain
        and spacing_of(effect.value, config) > longest
    ):
        fix = Fix(f"{KEYWORD} {right}", "safe", (SetGlobal(KEYWORD, (str(right),)),))
        yield _finding(effect.entry, effect.value, fix, config)
    dead = {line.entry.index for line in shadowed(KEYWORD.lower(), config)}
    for entry, parsed in accepted_lines(KEYWORD.lower(), config):
        alive = entry.index not in dead and not universal(entry.block, config.target.release)
        if not (alive and isinstance(parsed.value, int) and spacing_of(parsed.value, config) > longest):
            continue
        if not contradicted({KEYWORD.lower(): parsed.value}, entry.block, config):
            fix = Fix(f"{KEYWORD} {right} in this block", "unsafe", (SetLine(entry, str(right)),))
            yield _finding(entry, parsed.value, fix, config)


def _finding(entry: Entry, value: int, fix: Fix, config: Config) -> Finding:
    finding = at_entry(
        entry,
        f"sshd {config.target.release} probes only every {spacing_of(value, config)} s, not every {value} s",
    )
    return finding._replace(
        label=f"the real spacing is 2 x {value} s",
        notes=("a bug of OpenSSH 9.2 to 9.4 doubles the interval; 9.5 fixed it",),
        fix=fix,
        concerns=(line_value_concern(entry),),
    )


RULE = Rule(
    summary="sshd 9.2 to 9.4 probe at twice ClientAliveInterval",
    applies_to=("sshd_config",),
    severity="warning",
    options={"seconds": SPACING},
    check=check,
    references=(
        "serverloop.c of 9.2 and 9.5, wait_until_can_do_something",
        "measured on 9.2, 9.3, 9.4 and 9.5",
    ),
    examples=(
        Example("ClientAliveInterval 60\n", "ClientAliveInterval 30\n", target="debian-12"),
        Example("ClientAliveInterval 30\n", target="debian-12"),
        Example("ClientAliveInterval 60\n", target="openssh-9.5"),
        Example(
            "ClientAliveInterval 30\nMatch User a\n  ClientAliveInterval 5m\n",
            "ClientAliveInterval 30\nMatch User a\n  ClientAliveInterval 30\n",
            target="openssh-9.4",
            unsafe=True,
        ),
    ),
)
