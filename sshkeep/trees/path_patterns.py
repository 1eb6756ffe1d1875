"""Patterns of paths, as the ``files`` of a policy and excludes have them."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TypeVar

from sshkeep.named import NamedTuple
from sshkeep.openssh.patterns import match_pattern

_Part = TypeVar("_Part")


class PathPattern(NamedTuple):
    """A pattern without a slash fits a name in any folder, another one a path from ``folder``.

    ``origin`` is where it comes from, for a message.
    """

    text: str
    folder: str
    origin: str

    def fits(self, path: str) -> bool:
        """Whether it fits the absolute ``path``."""
        if "/" not in self.text:
            return match_pattern(os.path.basename(path), self.text)
        # An absolute pattern replaces the folder.
        pattern = os.path.normpath(os.path.join(self.folder, self.text))
        return matches_path(path.split("/"), pattern.split("/"))


def matches_path(names: Sequence[str], pattern: Sequence[str]) -> bool:
    """Whether the path matches: ``*`` and ``?`` within a name, ``**`` for any number of folders or names."""
    return names_fit(names, [None if part == "**" else part for part in pattern], match_pattern)


def names_fit(
    names: Sequence[str], parts: Sequence[_Part | None], fits: Callable[[str, _Part], bool]
) -> bool:
    """Whether each name fits its part; the part None takes any number of names, or none.

    The time grows with names times parts, however many of the parts are None.
    """
    reached = {0}
    for name in names:
        reached = {
            place + (part is not None)
            for place in _skipping(reached, parts)
            if place < len(parts) and ((part := parts[place]) is None or fits(name, part))
        }
        if not reached:
            return False
    return len(parts) in _skipping(reached, parts)


def _skipping(reached: set[int], parts: Sequence[object]) -> set[int]:
    """The places that are reached if parts that are None take no name."""
    every = set(reached)
    for place, part in enumerate(parts):
        if part is None and place in every:
            every.add(place + 1)
    return every
