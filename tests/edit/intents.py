"""Intents for tests: what is wanted, for a config that is made later."""

from __future__ import annotations

from collections.abc import Callable

from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.edit.intents import DeleteLine, Intent, RenameKeyword, SetGlobal, SetInBlock, SetLine

IntentFor = Callable[[Config], Intent]


def on(line: int, config: Config) -> Entry:
    """The entry of a line, from 1."""
    return next(entry for entry in config.entries if entry.directive.number == line - 1)


def everyone(keyword: str, *values: str, part: str = "", into: str = "", only: bool = False) -> IntentFor:
    return lambda config: SetGlobal(keyword, values, part, into, only)


def block(
    header: str, keyword: str, *values: str, part: str = "", into: str = "", only: bool = False
) -> IntentFor:
    return lambda config: SetInBlock(keyword, values, header, part, into, only)


def delete(line: int) -> IntentFor:
    return lambda config: DeleteLine(on(line, config))


def rename(line: int, keyword: str) -> IntentFor:
    return lambda config: RenameKeyword(on(line, config), keyword)


def change(line: int, value: str) -> IntentFor:
    return lambda config: SetLine(on(line, config), value)
