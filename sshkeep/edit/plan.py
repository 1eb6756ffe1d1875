"""From intents to edits, for one tree."""

from __future__ import annotations

from collections.abc import Iterable

from sshkeep.config.everyone import in_effect
from sshkeep.config.model import Config, Entry
from sshkeep.config.reading import read_entry, value_span
from sshkeep.edit.edits import Edit
from sshkeep.edit.intents import Delete, Intent, Rename, SetForEveryone, SetHere
from sshkeep.edit.place import place_for_everyone
from sshkeep.syntax.source import encode


def edits_for(intents: Iterable[Intent], config: Config) -> tuple[Edit, ...]:
    """The smallest edits that do what ``intents`` say, in their order."""
    return tuple(_edit(intent, config) for intent in intents)


def _edit(intent: Intent, config: Config) -> Edit:
    if isinstance(intent, SetForEveryone):
        return _set_for_everyone(intent, config)
    if isinstance(intent, SetHere):
        return _set_here(intent.entry, intent.value, config)
    directive = intent.entry.directive
    if isinstance(intent, Rename):
        span = directive.span(directive.line.start, directive.line.stop)
        return Edit(_path(intent.entry), *span, encode(intent.keyword))
    assert isinstance(intent, Delete)
    return Edit(_path(intent.entry), *directive.span(0, len(directive.raw)), b"")


def _set_for_everyone(intent: SetForEveryone, config: Config) -> Edit:
    """The line that wins is changed where it stands; where none does, one is placed.

    A winner in the client's system file is left alone when there is a user's file before it.
    """
    winner = in_effect(intent.keyword.lower(), config).entry
    if winner and not config.in_second_top(winner):
        return _set_here(winner, intent.value, config)
    return place_for_everyone(intent.keyword, intent.value, config)


def _set_here(entry: Entry, value: str, config: Config) -> Edit:
    reading = read_entry(entry, config)
    line = entry.directive.line
    if not reading.words:
        gap = b"" if line.rest > line.stop else b" "
        return Edit(_path(entry), *entry.directive.span(line.end, line.end), gap + encode(value))
    return Edit(_path(entry), *value_span(entry, reading), encode(value))


def _path(entry: Entry) -> str:
    return entry.directive.file.source.path
