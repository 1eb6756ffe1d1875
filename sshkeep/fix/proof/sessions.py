"""Prove a change of a client program's settings: the numbers asked for, and every other line as it was."""

from __future__ import annotations

from collections.abc import Iterable

from sshkeep.config.tree.config import Config
from sshkeep.edit.intents import Intent, SetInSession
from sshkeep.fix.proof.refusals import unsafe_change
from sshkeep.idle.clients.client_config import ClientConfig

Numbers = dict[tuple[str, str], tuple[int, bool]]
"""The value of each number and whether its text is one, by session and name."""


def prove_sessions(old: Config, new: Config, intents: Iterable[Intent]) -> int:
    """The number of other settings. Raises SshkeepError where the change is not exactly what is asked for."""
    assert isinstance(old, ClientConfig) and isinstance(new, ClientConfig)
    wanted = _numbers(old)
    for intent in intents:
        assert isinstance(intent, SetInSession)
        wanted[intent.session, intent.name] = intent.value, True
    if _numbers(new) != wanted:
        raise unsafe_change(old, f"{old.program.title} would not read it so")
    if (new.file.mark, new.file.encoding) != (old.file.mark, old.file.encoding):
        raise unsafe_change(old, "its encoding would change")
    return unchanged_settings(old, new)


def unchanged_settings(old: Config, new: Config) -> int:
    """How many settings both have. Raises SshkeepError where others than the numbers of sessions changed."""
    assert isinstance(old, ClientConfig) and isinstance(new, ClientConfig)
    before, after = _others(old, new), _others(new, old)
    if before != after:
        raise unsafe_change(old, "it would change other lines")
    return sum("=" in text for text in before)


def _others(config: ClientConfig, other: ClientConfig) -> list[str]:
    """The lines without those of numbers that are not the same in the other config; no blank ones."""
    theirs = _numbers(other)
    headers = {session.name: session.header for session in other.sessions}
    without = {session.header for session in config.sessions if not headers.get(session.name)}
    for session in config.sessions:
        for name, number in session.numbers.items():
            if theirs.get((session.name, name)) != (number.value, number.valid):
                without.add(number.line.number)
    return [line.text for line in config.file.lines if line.text.strip() and line.number not in without]


def _numbers(config: ClientConfig) -> Numbers:
    return {
        (session.name, name): (number.value, number.valid)
        for session in config.sessions
        for name, number in session.numbers.items()
    }
