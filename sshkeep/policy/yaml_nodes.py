"""YAML as a tree of texts with their positions.

Only YAML's events are read, so no object is created and no code runs. Tags are refused. What an alias refers
to counts each time, so that a small file can't expand to a huge one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sshkeep.errors import SshkeepError
from sshkeep.named import NamedTuple

MAX_POLICY_BYTES = 256 * 1024
MAX_POLICY_VALUES = 20_000
MAX_POLICY_DEPTH = 20

Keys = tuple[str | int, ...]
"""The path to a value: names of keys, and indices of lists from 0."""
_NULLS = ("", "~", "null")


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


class YamlError(SshkeepError):
    """The file is no YAML that sshkeep reads; ``position`` is where."""

    def __init__(self, sentence: str, position: Position) -> None:
        super().__init__(sentence)
        self.position = position


def parse_yaml(data: bytes) -> Node:
    """The one document of a file; its value is None for an empty one. Raises YamlError."""
    if len(data) > MAX_POLICY_BYTES:
        raise YamlError(f"larger than {MAX_POLICY_BYTES // 1024} KiB", Position(1, 1))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        raise YamlError("not UTF-8", Position(line, column)) from None
    return _Builder(_events(text)).document()


def _events(text: str) -> Iterator[Any]:
    """YAML's events. Whatever its parser raises for a hostile text becomes a YamlError."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        yield from YAML(typ="safe", pure=True).parse(text)
    except MarkedYAMLError as error:
        raise YamlError(error.problem or "no YAML", _position(error.problem_mark)) from None
    except (YAMLError, ArithmeticError, AssertionError, AttributeError, LookupError, ValueError) as error:
        raise YamlError(str(error).partition("\n")[0] or "no YAML", Position(1, 1)) from None


def _position(position: Any) -> Position:
    return Position(position.line + 1, position.column + 1) if position else Position(1, 1)


class _Builder:
    def __init__(self, events: Iterator[Any]) -> None:
        self.events = events
        self.anchors: dict[str, Node] = {}
        self.count = 0

    def document(self) -> Node:
        root = Node(None, Position(1, 1))
        seen = False
        for event in self.events:
            kind = type(event).__name__
            if kind in ("StreamStartEvent", "DocumentStartEvent", "DocumentEndEvent", "StreamEndEvent"):
                continue
            if seen:
                raise YamlError("a second document", _position(event.start_mark))
            root, seen = self.node(event, 0), True
        return root

    def node(self, event: Any, depth: int) -> Node:
        """The value that begins with ``event``."""
        position = _position(event.start_mark)
        if type(event).__name__ == "AliasEvent":
            return self.alias(event.anchor, position)
        if event.ctag is not None:
            raise YamlError("tags such as !this have no meaning here", position)
        if depth > MAX_POLICY_DEPTH:
            raise YamlError(f"nested deeper than {MAX_POLICY_DEPTH} levels", position)
        self.counted(1, position)
        node = Node(None, position)
        if type(event).__name__ == "ScalarEvent":
            node.value = None if event.style in (None, "") and event.value in _NULLS else event.value
        elif type(event).__name__ == "SequenceStartEvent":
            self.sequence(node, depth)
        else:
            self.mapping(node, depth)
        if event.anchor:
            # Only now, so that no value can contain itself.
            self.anchors[event.anchor] = node
        return node

    def alias(self, name: str, position: Position) -> Node:
        if name not in self.anchors:
            raise YamlError(f"nothing above is marked &{name}", position)
        self.counted(self.anchors[name].size, position)
        return self.anchors[name]

    def counted(self, size: int, position: Position) -> None:
        self.count += size
        if self.count > MAX_POLICY_VALUES:
            raise YamlError(f"more than {MAX_POLICY_VALUES:,} values", position)

    def sequence(self, node: Node, depth: int) -> None:
        items: list[Node] = []
        while type(event := next(self.events)).__name__ != "SequenceEndEvent":
            items.append(self.node(event, depth + 1))
        node.value = items
        node.size += sum(item.size for item in items)

    def mapping(self, node: Node, depth: int) -> None:
        members: dict[str, Node] = {}
        while type(event := next(self.events)).__name__ != "MappingEndEvent":
            position = _position(event.start_mark)
            key = self.node(event, depth + 1).value
            if not isinstance(key, str):
                raise YamlError("a key must be a word", position)
            if key in members:
                raise YamlError(f"{key} stands here twice", position)
            node.keys[key] = position
            members[key] = self.node(next(self.events), depth + 1)
        node.value = members
        node.size += sum(member.size for member in members.values())
