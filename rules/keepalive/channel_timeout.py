"""ChannelTimeout ends idle sessions, and a keepalive does not prevent it.

## Why

ChannelTimeout closes a channel that carries no data for some time, such as a shell without input and
output. Probes of ClientAliveInterval or ServerAliveInterval are not data. This may be what you want:
ChannelTimeout logs idle users out, and an interval never does. But a config with both should have them on
purpose.

The rule reports a timeout that is for sessions, also `global`, which closes all channels if none carries
data. `channel-timeout-type` reports a type that matches no
session in this release.

## How to fix it

Delete the type from ChannelTimeout if idle sessions should stay.

## When to ignore it

When idle users should be logged out.
"""

from collections.abc import Iterator

from sshkeep.config.parse_line import parse_entry
from sshkeep.config.precedence.in_block import value_in_block
from sshkeep.lint import Config, Entry, Example, Finding, Options, Rule
from sshkeep.lint.checks.findings import at_entry
from sshkeep.lint.checks.keepalive import INTERVAL_BY_KIND
from sshkeep.lint.checks.lines import effective_entries
from sshkeep.openssh.channels import idle_time, running_sessions
from sshkeep.phrase import Phrase


def check(config: Config, options: Options) -> Iterator[Finding]:
    for entry in effective_entries("channeltimeout", bool, config) if config.lines("channeltimeout") else ():
        interval = value_in_block(INTERVAL_BY_KIND[config.kind].lower(), entry.block, config)
        seconds = _for_sessions(entry, config)
        if seconds and interval.value and interval.certain:
            program = config.kind.removesuffix("_config")
            message = Phrase(
                "{program} ends a session after {seconds} s without traffic, probed or not",
                program=program,
                seconds=seconds,
            )
            yield at_entry(entry, message)._replace(label=Phrase("probes do not count as traffic"))


def _for_sessions(entry: Entry, config: Config) -> int:
    """Seconds after which every running session is closed; 0 where that is not sure for all of them."""
    words = [word.text for word in parse_entry(entry, config).words]
    sessions = running_sessions(config.kind, config.target)
    times = [idle_time(names, words, config.target) for names in sessions]
    return max(times) if times and all(times) else 0


def _example(text: str, target: str, *, hit: bool = False) -> Example:
    return Example(text, hit=hit, kind="sshd_config", target=target)


RULE = Rule(
    summary="ChannelTimeout ends sessions that a keepalive is to keep",
    applies_to=("sshd_config", "ssh_config"),
    severity="info",
    check=check,
    only_with=("channeltimeout",),
    references=("sshd_config(5), ChannelTimeout", "channels.c, channel_handler", "measured on 9.2 and 10.6"),
    examples=(
        Example(
            "ClientAliveInterval 60\nChannelTimeout session:*=5m\n",
            hit=True,
            kind="sshd_config",
            target="openssh-9.8",
        ),
        Example(
            "ClientAliveInterval 0\nChannelTimeout session:*=5m\n", kind="sshd_config", target="openssh-9.8"
        ),
        Example(
            "ClientAliveInterval 60\nChannelTimeout x11-connection=5m\n",
            kind="sshd_config",
            target="openssh-9.8",
        ),
        Example(
            "ClientAliveInterval 60\nChannelTimeout global=5m\n",
            hit=True,
            kind="sshd_config",
            target="openssh-9.8",
        ),
        Example(
            "ClientAliveInterval 60\nChannelTimeout session=5m\n",
            hit=True,
            kind="sshd_config",
            target="openssh-10.6",
        ),
        Example(
            "ClientAliveInterval 60\nChannelTimeout session:*=0\n", kind="sshd_config", target="openssh-9.8"
        ),
    ),
)
