"""A policy's content as a tree of texts with their positions, whichever language it is written in."""

from __future__ import annotations

from typing import Any

from sshkeep.errors import SshkeepError
from sshkeep.named import NamedTuple

MAX_POLICY_BYTES = 256 * 1024
MAX_POLICY_VALUES = 20_000
MAX_POLICY_DEPTH = 20

Keys = tuple[str | int, ...]
"""The path to a value: names of keys, and indices of lists from 0."""


class Position(NamedTuple):
    """A position in the file; both numbers start at 1."""

    line: int
    column: int


class Node:
    """One value: a text, None, a list or a mapping. ``size`` counts the values in it, and itself."""

    __slots__ = ("keys", "position", "size", "value")

    def __init__(self, value: str | list[Node] | dict[str, Node] | None, position: Position) -> None:
        self.value = value
        self.position = position
        self.size = 1
        self.keys: dict[str, Position] = {}
        """The positions of the keys of a mapping."""

    def plain(self) -> Any:
        """The value without positions."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value

    def position_of(self, keys: Keys) -> Position:
        """The position of the innermost of ``keys`` that exists."""
        node, position = self, self.position
        for key in keys:
            if isinstance(node.value, dict) and key in node.value:
                position, node = node.keys[str(key)], node.value[str(key)]
            elif isinstance(node.value, list) and isinstance(key, int) and key < len(node.value):
                node = node.value[key]
                position = node.position
            else:
                break
        return position


class PolicySyntaxError(SshkeepError):
    """The file is no YAML or TOML that sshkeep reads; ``position`` is where."""

    def __init__(self, sentence: str, position: Position) -> None:
        super().__init__(sentence)
        self.position = position


def policy_text(data: bytes) -> str:
    """The text of a policy. Raises PolicySyntaxError for one that is too large, or not UTF-8."""
    if len(data) > MAX_POLICY_BYTES:
        raise PolicySyntaxError(f"larger than {MAX_POLICY_BYTES // 1024} KiB", Position(1, 1))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        raise PolicySyntaxError("not UTF-8", Position(line, column)) from None
