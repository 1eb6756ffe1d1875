"""A policy with all that it extends, and what of it applies to one file."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping

from sshkeep.idle.model.network_path import NetworkPath
from sshkeep.lint.guide import Guide
from sshkeep.lint.rule import LoadedRule, RuleConfig
from sshkeep.lint.selection import Layer
from sshkeep.named import NamedTuple
from sshkeep.trees.path_patterns import matches_path
from sshkeep.trees.search import NO_EXCLUDES, PolicyExcludes


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
    """``own`` are the rules and ``paths`` the network paths that it defines. A later layer wins.

    ``guides`` are those that it and what it extends follow.
    """

    path: str
    own: Mapping[str, LoadedRule]
    all_layers: tuple[PolicyLayer, ...]
    paths: Mapping[str, NetworkPath] = {}
    excludes: PolicyExcludes = NO_EXCLUDES
    guides: tuple[Guide, ...] = ()

    def applying(self, path: str) -> tuple[bool, ...]:
        """Which of the layers apply to the config in the file ``path``: all else follows from that."""
        return tuple(layer.applies_to(path) for layer in self.all_layers)

    def layers(self, path: str) -> Iterator[Layer]:
        """The layers for the config in the file ``path``; options of ``rules`` win over a network path's."""
        by_path = layer.by_path if (layer := self._with_path(path)) else {}
        yield Layer(rule_configs=by_path, guides=self.guides)
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
