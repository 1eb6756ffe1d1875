"""A config, and the answers about one of its options."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sshkeep.openssh.values.arguments import Value


class Case(NamedTuple):
    """``lines`` of a config, and the answers about one option; see `answers` for how lines are written.

    ``won``, ``lost`` and ``value`` are for a client to whom all blocks apply.
    """

    target: str
    option: str
    lines: str
    order: str
    parts: Mapping[str, str]
    everyone: str
    won: str
    lost: str
    value: Value
    in_match: bool = False
    adds: bool = False
    shadowed: str = ""
