"""sshd 9.2 to 9.4 probe only every second ClientAliveInterval, so the real spacing is twice the value.

Those releases compare with "greater" where "greater or equal" is meant, and skip every other turn;
9.5 mended it. Debian 12 ships 9.2 and has not. ClientAliveInterval 300 then probes every 600 s and
loses against a load balancer that forgets after 350 s. A dead client is noticed late, too: up to
2 x ClientAliveInterval x (ClientAliveCountMax + 1) seconds.

The rule speaks when the real spacing is above `seconds`; the fix writes half of `seconds`.
"""

from collections.abc import Iterator

from sshkeep.lint import (
    SPACING,
    Config,
    Entry,
    Example,
    Finding,
    Fix,
    Options,
    Rule,
    SetGlobal,
    SetLine,
    accepted_lines,
    at_entry,
    concern_here,
    contradicted,
    doubled,
    global_value,
    interval_to_write,
    shadowed,
    spacing_of,
    universal,
)

KEYWORD = "ClientAliveInterval"


def check(config: Config, options: Options) -> Iterator[Finding]:
    if not doubled(config):
        return
    wished = options["seconds"]
    right = interval_to_write(wished, config)
    effect = global_value(KEYWORD.lower(), config)
    if (
        effect.entry
        and isinstance(effect.value, int)
        and effect.certain
        and spacing_of(effect.value, config) > wished
    ):
        fix = Fix(f"{KEYWORD} {right}", "safe", (SetGlobal(KEYWORD, (str(right),)),))
        yield _finding(effect.entry, effect.value, fix, config)
    dead = {line.entry.index for line in shadowed(KEYWORD.lower(), config)}
    for entry, parsed in accepted_lines(KEYWORD.lower(), config):
        alive = entry.index not in dead and not universal(entry.block, config.target.release)
        if not (alive and isinstance(parsed.value, int) and spacing_of(parsed.value, config) > wished):
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
        notes=("a bug of OpenSSH 9.2 to 9.4 doubles the interval; 9.5 mended it",),
        fix=fix,
        concerns=(concern_here(entry),),
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
