"""Intents for tests: what is wanted, for a config that is made later."""

from __future__ import annotations

from collections.abc import Callable

from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.edit.intents import (
    CommentAbove,
    DeleteLine,
    Intent,
    MoveToEveryone,
    RenameKeyword,
    ReplaceLine,
    RewriteFile,
    SetGlobal,
    SetInBlock,
    SetLine,
)

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


def move(*lines: int) -> IntentFor:
    """To everyone."""
    return lambda config: MoveToEveryone(tuple(on(line, config) for line in lines))


def comment(line: int, text: str) -> IntentFor:
    return lambda config: CommentAbove(on(line, config), text)


def write(line: int, text: bytes) -> IntentFor:
    """For one line of the main file."""
    return lambda config: ReplaceLine(config.files[config.top], line - 1, text)


def rewrite(data: bytes) -> IntentFor:
    """For all of the main file."""
    return lambda config: RewriteFile(config.files[config.top], data)
