"""OpenSSH up to 8.3 reads the last number of a time such as `1m30` as minutes.

## Why

misc.c convtime did not reset the unit after a number with a unit. So `1m30` was 31 minutes, and `1m30s`
too. From 8.4 on, both are 90 seconds.

## How to fix it

The fix writes the seconds that newer releases read.

## When to ignore it

When the long time is the one that you want. Write it in seconds then.
"""

from collections.abc import Iterator

from sshkeep.config.parse_line import accepted_lines
from sshkeep.edit.intents import SetLine
from sshkeep.lint import Config, Example, Finding, Fix, Options, Rule
from sshkeep.lint.checks.findings import at_entry
from sshkeep.openssh.releases import NEWEST, TIME_FACTOR_STICKS


def check(config: Config, options: Options) -> Iterator[Finding]:
    if config.target.release > TIME_FACTOR_STICKS:
        return
    from sshkeep.openssh.values.numbers import parse_time

    for name in sorted(config.names() & config.known.keys()):
        if config.known[name].type.is_time:
            for entry, parsed in accepted_lines(name, config):
                text = parsed.words[0].text
                meant = parse_time(text, NEWEST)
                if meant is not None and meant != parsed.value:
                    message = (
                        f"{text} is {parsed.value} seconds for OpenSSH {config.target.release}, not {meant}"
                    )
                    yield at_entry(entry, message)._replace(
                        label="it takes the last number for the unit before it",
                        fix=Fix(f"write {meant}", "unsafe", (SetLine(entry, str(meant)),)),
                    )


RULE = Rule(
    summary="a time that OpenSSH up to 8.3 reads as a much longer one",
    applies_to=("sshd_config", "ssh_config"),
    severity="warning",
    check=check,
    reads="lines",
    references=("misc.c of 8.3, convtime",),
    examples=(
        Example(
            "LoginGraceTime 1m30\n",
            "LoginGraceTime 90\n",
            kind="sshd_config",
            target="openssh-8.3",
            unsafe=True,
        ),
        Example("LoginGraceTime 1m30\n", kind="sshd_config", target="openssh-8.4"),
        Example(
            "ConnectTimeout 1m30s\n",
            "ConnectTimeout 90\n",
            kind="ssh_config",
            target="openssh-8.3",
            unsafe=True,
        ),
        Example("ConnectTimeout 90s\n", kind="ssh_config", target="openssh-8.3"),
    ),
)
