"""The table ``[tool.sshkeep]`` of a pyproject.toml, as the tree that a sshkeep.yaml with this content is.

Python's parser reads the values. It keeps no positions, so `toml_positions` finds them.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from typing import Any

from sshkeep.policy.nodes import MAX_POLICY_DEPTH, Keys, Node, PolicySyntaxError, Position, policy_text
from sshkeep.policy.toml_positions import longest_key, toml_positions

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

TABLE: Keys = ("tool", "sshkeep")
_PLACE = re.compile(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", re.DOTALL)


def parse_toml(data: bytes) -> Node:
    """The table [tool.sshkeep] of a file. Raises PolicySyntaxError for one without it, or that is no TOML."""
    text = policy_text(data)
    try:
        if longest_key(text) > MAX_POLICY_DEPTH:
            raise RecursionError
        value: Any = tomllib.loads(text)
        positions = toml_positions(text)
    except tomllib.TOMLDecodeError as error:
        raise _syntax_error(str(error), text) from None
    except RecursionError:
        raise PolicySyntaxError(f"nested deeper than {MAX_POLICY_DEPTH} levels", Position(1, 1)) from None
    except ValueError as error:  # a number of more digits than Python reads
        raise PolicySyntaxError(str(error).partition(";")[0], Position(1, 1)) from None
    for key in TABLE:
        value = value.get(str(key)) if isinstance(value, dict) else None
    if value is None:
        raise PolicySyntaxError("there is no table [tool.sshkeep]", Position(1, 1))
    return _node(value, TABLE, positions)


def _syntax_error(sentence: str, text: str) -> PolicySyntaxError:
    """The parser's error, which ends with its place."""
    found = _PLACE.fullmatch(sentence)
    if not found:
        return PolicySyntaxError(sentence, Position(1, 1))
    position = Position(int(found[2]), int(found[3])) if found[2] else Position(text.count("\n") + 1, 1)
    return PolicySyntaxError(found[1], position)


def _node(value: Any, keys: Keys, positions: Mapping[Keys, Position]) -> Node:
    position = next(
        positions[keys[:count]] for count in range(len(keys), -1, -1) if keys[:count] in positions
    )
    if len(keys) > MAX_POLICY_DEPTH + len(TABLE):
        raise PolicySyntaxError(f"nested deeper than {MAX_POLICY_DEPTH} levels", position)
    if isinstance(value, dict):
        members = {key: _node(each, (*keys, key), positions) for key, each in value.items()}
        node = Node(members, position)
        node.keys = {key: positions.get((*keys, key), position) for key in members}
        return node
    if isinstance(value, list):
        return Node([_node(each, (*keys, at), positions) for at, each in enumerate(value)], position)
    if isinstance(value, bool):
        return Node("true" if value else "false", position)
    return Node(str(value), position)
