"""ChannelTimeout ends idle sessions, and keepalives do not save them.

ChannelTimeout closes what has carried nothing for a time, such as a shell in which nobody types and nothing
is printed. Probes do not count as traffic, neither ClientAliveInterval's nor ServerAliveInterval's.
That may be just what is wanted: it is what logs idle users out, which an interval never does. Who sets both,
to keep sessions and to end them, should know which of the two wins.

The rule speaks where the timeout is for sessions. A type that fits none in this release is told by
`channel-timeout-type`.
"""

from collections.abc import Iterator

from sshkeep.lint import (
    INTERVALS,
    Config,
    Entry,
    Example,
    Finding,
    Options,
    Rule,
    at_entry,
    live,
    parse_entry,
    value_in_block,
)
from sshkeep.openssh.channels import idle_time, running_sessions


def check(config: Config, options: Options) -> Iterator[Finding]:
    for entry in live("channeltimeout", bool, config) if config.lines("channeltimeout") else ():
        interval = value_in_block(INTERVALS[config.kind].lower(), entry.block, config)
        seconds = _for_sessions(entry, config)
        if seconds and interval.value and interval.certain:
            program = config.kind.removesuffix("_config")
            message = f"{program} ends a session after {seconds} s without traffic, probed or not"
            yield at_entry(entry, message)._replace(label="probes do not count as traffic")


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
