"""A policy with all that it extends, and what of it applies to one file."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence

from sshkeep.idle.model.network_path import NetworkPath
from sshkeep.lint.rule import LoadedRule, RuleConfig
from sshkeep.lint.selection import Layer
from sshkeep.named import NamedTuple
from sshkeep.openssh.patterns import match_pattern


class PolicyLayer(NamedTuple):
    """What one section sets, for all files or for those below ``folder`` that match one of ``files``.

    ``by_path`` are the options of rules that its ``path`` sets.
    """

    layer: Layer
    targets: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    folder: str = ""
    path: NetworkPath | None = None
    by_path: Mapping[str, RuleConfig] = {}

    def applies_to(self, path: str) -> bool:
        """Whether it applies to the config in the file ``path``."""
        if not self.files:
            return True
        try:
            parts = os.path.relpath(os.path.abspath(path), self.folder).split(os.sep)
        except ValueError:  # another drive
            return False
        return any(matches_path(parts, pattern.split("/")) for pattern in self.files)


class ResolvedPolicy(NamedTuple):
    """``own`` are the rules and ``paths`` the network paths that it defines. A later layer wins."""

    path: str
    own: Mapping[str, LoadedRule]
    all_layers: tuple[PolicyLayer, ...]
    paths: Mapping[str, NetworkPath] = {}

    def applying(self, path: str) -> tuple[bool, ...]:
        """Which of the layers apply to the config in the file ``path``: all else follows from that."""
        return tuple(layer.applies_to(path) for layer in self.all_layers)

    def layers(self, path: str) -> Iterator[Layer]:
        """The layers for the config in the file ``path``; options of ``rules`` win over a network path's."""
        if layer := self._with_path(path):
            yield Layer(rule_configs=layer.by_path)
        yield from (layer.layer for layer in self._ordered() if layer.applies_to(path))

    def targets(self, path: str) -> tuple[str, ...]:
        """The targets of the config in the file ``path``; empty where none is set."""
        named = [each.targets for each in self._ordered() if each.targets and each.applies_to(path)]
        return named[-1] if named else ()

    def path_for(self, path: str) -> NetworkPath | None:
        """The network path of the config in the file ``path``; None where none is set."""
        layer = self._with_path(path)
        return layer.path if layer else None

    def _with_path(self, path: str) -> PolicyLayer | None:
        named = [each for each in self._ordered() if each.path and each.applies_to(path)]
        return named[-1] if named else None

    def _ordered(self) -> list[PolicyLayer]:
        """Layers for some files win over layers for all."""
        return sorted(self.all_layers, key=lambda layer: bool(layer.files))


def matches_path(parts: Sequence[str], pattern: Sequence[str]) -> bool:
    """Whether the path matches: ``*`` and ``?`` within a name, ``**`` for any number of folders or names."""
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
    """``**`` may match nothing."""
    every = set(reached)
    for place in range(len(pattern)):
        if place in every and pattern[place] == "**":
            every.add(place + 1)
    return every
