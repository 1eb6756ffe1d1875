"""What a policy says, put together with all that it extends; and what of it is about one file."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from sshkeep.idle.model.network_path import NetworkPath
from sshkeep.lint.rule import LoadedRule, Wish
from sshkeep.lint.selection import Layer
from sshkeep.openssh.patterns import match_pattern


class Part(NamedTuple):
    """One layer, for all files or for those that a pattern fits, as seen from ``folder``.

    ``by_path`` is what its ``path`` wishes of the rules.
    """

    layer: Layer
    targets: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    folder: str = ""
    path: NetworkPath | None = None
    by_path: Mapping[str, Wish] = {}

    def is_about(self, path: str) -> bool:
        """Whether it counts for the config in ``path``."""
        if not self.files:
            return True
        try:
            parts = os.path.relpath(os.path.abspath(path), self.folder).split(os.sep)
        except ValueError:  # another drive
            return False
        return any(fits(parts, pattern.split("/")) for pattern in self.files)


class Ruling(NamedTuple):
    """``own`` are the rules that it brings, ``paths`` the paths; of the parts, the later one wins."""

    path: str
    own: Mapping[str, LoadedRule]
    parts: tuple[Part, ...]
    paths: Mapping[str, NetworkPath] = {}

    def layers(self, path: str) -> Iterator[Layer]:
        """What is said of the config in ``path``; an option that is spelt out beats what the path sets."""
        if part := self._with_path(path):
            yield Layer(wishes=part.by_path)
        yield from (part.layer for part in self._ordered() if part.is_about(path))

    def targets(self, path: str) -> tuple[str, ...]:
        """What the config in ``path`` is read for; empty where nothing says so."""
        named = [part.targets for part in self._ordered() if part.targets and part.is_about(path)]
        return named[-1] if named else ()

    def path_for(self, path: str) -> NetworkPath | None:
        """What the sessions of the config in ``path`` go through; None where nothing says so."""
        part = self._with_path(path)
        return part.path if part else None

    def _with_path(self, path: str) -> Part | None:
        named = [part for part in self._ordered() if part.path and part.is_about(path)]
        return named[-1] if named else None

    def _ordered(self) -> list[Part]:
        """What is said of some files beats what is said of all."""
        return sorted(self.parts, key=lambda part: bool(part.files))


def fits(parts: Sequence[str], pattern: Sequence[str]) -> bool:
    """Whether the path fits: ``*`` and ``?`` within a name, ``**`` for any number of folders or names."""
    reached = {0}
    for part in parts:
        reached = _skipping(reached, pattern)
        reached = {
            place + (pattern[place] != "**")
            for place in reached
            if place < len(pattern) and (pattern[place] == "**" or match_pattern(part, pattern[place]))
        }
    return len(pattern) in _skipping(reached, pattern)


def _skipping(reached: set[int], pattern: Sequence[str]) -> set[int]:
    """``**`` may stand for nothing."""
    every = set(reached)
    for place in range(len(pattern)):
        if place in every and pattern[place] == "**":
            every.add(place + 1)
    return every
