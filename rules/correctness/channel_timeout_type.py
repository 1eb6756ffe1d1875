"""ChannelTimeout names a type of channel that no running session has, so sshd or ssh closes nothing.

## Why

sshd from 9.2 to 10.5 names a running session session:shell, session:command or session:subsystem:NAME.
`session=5m`, the example of the man page from 9.7 on, matches none of them; `session:*=5m` does. 10.6
accepts both.

ssh has ChannelTimeout since 9.6 and named its session just session up to 10.3. There, `session=5m` works
and `session:*=5m` matches nothing. Debian 13's ssh 10.0 contains the change of 10.4. `global=5m` has a
meaning from 9.7 on; before, no channel has this type.

## How to fix it

The fix adds the other type to the line, which works in every release. It is unsafe: OpenSSH then ends idle
sessions.

## When to ignore it

When idle sessions should not end. Then delete the line.
"""

from __future__ import annotations

from collections.abc import Iterator

from sshkeep.config.parse_line import ParsedLine, parse_entry, value_span
from sshkeep.edit.intents import SetLine
from sshkeep.lint import Config, Entry, Example, Finding, Fix, Options, Rule
from sshkeep.lint.checks.findings import at_entry, in_short
from sshkeep.lint.checks.lines import effective_entries
from sshkeep.openssh.channels import EVERY, PLAIN, RUNNING, sessions_by_kind
from sshkeep.openssh.patterns import match_pattern
from sshkeep.openssh.releases import CHANNEL_TIMEOUT_GLOBAL


def check(config: Config, options: Options) -> Iterator[Finding]:
    for entry in effective_entries("channeltimeout", bool, config) if config.lines("channeltimeout") else ():
        parsed = parse_entry(entry, config)
        types = [word.text.partition("=")[0] for word in parsed.words]
        yield from _session(entry, parsed, types, config)
        if "global" in types and config.target.release < CHANNEL_TIMEOUT_GLOBAL:
            yield _finding(entry, parsed, "global= closes no channel")._replace(
                label=f"'global' means all channels from OpenSSH {CHANNEL_TIMEOUT_GLOBAL} on, and none before"
            )


def _session(entry: Entry, parsed: ParsedLine, types: list[str], config: Config) -> Iterator[Finding]:
    by_kind = sessions_by_kind(config.kind, config.target)
    if by_kind and PLAIN in types and not any(match_pattern(name, t) for t in types for name in RUNNING):
        finding = _finding(entry, parsed, "ChannelTimeout ends no idle session")
        yield finding._replace(
            label="'session' matches no running session; use 'session:*'",
            fix=_fix(entry, parsed, PLAIN, EVERY),
        )
    kinds = [t for t in types if t.startswith("session:")]
    if by_kind is False and kinds and not any(match_pattern(PLAIN, t) for t in types):
        finding = _finding(entry, parsed, "ChannelTimeout ends no idle session")
        label = f"in OpenSSH {config.target.release} the type is 'session'"
        yield finding._replace(label=label, fix=_fix(entry, parsed, EVERY, PLAIN))


def _finding(entry: Entry, parsed: ParsedLine, message: str) -> Finding:
    return at_entry(entry, message, value_span(entry, parsed))


def _fix(entry: Entry, parsed: ParsedLine, there: str, missing: str) -> Fix | None:
    """Nothing where the words can't be written again as they are, or no word is there to be copied."""
    words = [word.text for word in parsed.words]
    copied = [f"{missing}={word.partition('=')[2]}" for word in words if word.partition("=")[0] == there]
    plain = all(len(word.text.encode()) == word.end - word.start for word in parsed.words)
    if not copied or not plain:
        return None
    return Fix(f"add {in_short(copied[0])}", "unsafe", (SetLine(entry, " ".join([*words, copied[0]])),))


RULE = Rule(
    summary="ChannelTimeout names a type that no running session has in this release",
    applies_to=("sshd_config", "ssh_config"),
    severity="warning",
    check=check,
    reads="lines",
    only_with=("channeltimeout",),
    references=(
        "channels.c, channel_set_xtype and lookup_timeout",
        "measured: sshd 9.2, 10.0, 10.5, 10.6; ssh 10.0 of Debian 13 and 10.6",
    ),
    examples=(
        Example(
            "ChannelTimeout session=5m\n",
            "ChannelTimeout session=5m session:*=5m\n",
            kind="sshd_config",
            target="openssh-9.8",
            unsafe=True,
        ),
        Example("ChannelTimeout session=5m\n", kind="sshd_config", target="openssh-10.6"),
        Example("ChannelTimeout session:*=5m\n", kind="sshd_config", target="openssh-9.8"),
        Example("ChannelTimeout *=5m\n", kind="sshd_config", target="openssh-9.8"),
        Example("ChannelTimeout global=1h\n", hit=True, kind="sshd_config", target="openssh-9.6"),
        Example("ChannelTimeout global=1h\n", kind="sshd_config", target="openssh-9.7"),
        Example(
            "Host *\n  ChannelTimeout session:*=5m\n",
            "Host *\n  ChannelTimeout session:*=5m session=5m\n",
            kind="ssh_config",
            target="openssh-9.8",
            unsafe=True,
        ),
        Example("Host *\n  ChannelTimeout session=5m\n", kind="ssh_config", target="openssh-9.8"),
        Example(
            "Host *\n  ChannelTimeout session=5m\n",
            "Host *\n  ChannelTimeout session=5m session:*=5m\n",
            kind="ssh_config",
            target="debian-13",
            unsafe=True,
        ),
    ),
)
