"""YAML as a tree of texts with their positions.

Only YAML's events are read, so no object is created and no code runs. Tags are refused. What an alias refers
to counts each time, so that a small file can't expand to a huge one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sshkeep.policy.nodes import (
    MAX_POLICY_DEPTH,
    MAX_POLICY_VALUES,
    Node,
    PolicySyntaxError,
    Position,
    policy_text,
)

_NULLS = ("", "~", "null")


def parse_yaml(data: bytes) -> Node:
    """The one document of a file; its value is None for an empty one. Raises PolicySyntaxError."""
    return _Builder(_events(policy_text(data))).document()


def _events(text: str) -> Iterator[Any]:
    """YAML's events. Whatever its parser raises for a hostile text becomes a PolicySyntaxError."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        yield from YAML(typ="safe", pure=True).parse(text)
    except MarkedYAMLError as error:
        raise PolicySyntaxError(error.problem or "no YAML", _position(error.problem_mark)) from None
    except (YAMLError, ArithmeticError, AssertionError, AttributeError, LookupError, ValueError) as error:
        raise PolicySyntaxError(str(error).partition("\n")[0] or "no YAML", Position(1, 1)) from None


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
                raise PolicySyntaxError("a second document", _position(event.start_mark))
            root, seen = self.node(event, 0), True
        return root

    def node(self, event: Any, depth: int) -> Node:
        """The value that begins with ``event``."""
        position = _position(event.start_mark)
        if type(event).__name__ == "AliasEvent":
            return self.alias(event.anchor, position)
        if event.ctag is not None:
            raise PolicySyntaxError("tags such as !this have no meaning here", position)
        if depth > MAX_POLICY_DEPTH:
            raise PolicySyntaxError(f"nested deeper than {MAX_POLICY_DEPTH} levels", position)
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
            raise PolicySyntaxError(f"nothing above is marked &{name}", position)
        self.counted(self.anchors[name].size, position)
        return self.anchors[name]

    def counted(self, size: int, position: Position) -> None:
        self.count += size
        if self.count > MAX_POLICY_VALUES:
            raise PolicySyntaxError(f"more than {MAX_POLICY_VALUES:,} values", position)

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
                raise PolicySyntaxError("a key must be a word", position)
            if key in members:
                raise PolicySyntaxError(f"{key} stands here twice", position)
            node.keys[key] = position
            members[key] = self.node(next(self.events), depth + 1)
        node.value = members
        node.size += sum(member.size for member in members.values())
