"""Which rules run on a config, and for which targets: the command line over the policy."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from sshkeep.cli.run import tell
from sshkeep.errors import SshkeepError
from sshkeep.lint.registry import all_rules, rules_in
from sshkeep.lint.rule import LoadedRule
from sshkeep.lint.selection import Layer, Selection, select_rules
from sshkeep.openssh.targets import target_of
from sshkeep.policy.find import policy_above, why_untrusted
from sshkeep.trees.tree import Tree

if TYPE_CHECKING:  # it needs pydantic and a YAML parser, which a run without a policy does without
    from sshkeep.policy.resolved_policy import ResolvedPolicy

NOTHING = Layer()
NO_POLICY = "none"
"""As --policy: none is looked for."""


class Choice(NamedTuple):
    """The rules for one config, and the config once for each of its targets."""

    selection: Selection
    trees: tuple[Tree, ...]


class Chooser:
    """Reads the policies of a run, each once.

    ``policy`` is the one that counts for all configs, else each has the one above it; ``rules`` the
    folder of further rules; ``line`` what the command line says. Raises SshkeepError for what is wrong
    with any of them.
    """

    def __init__(
        self, policy: str | None, target: str, rules: str | None = None, line: Layer = NOTHING
    ) -> None:
        self.target = target
        self.line = line
        self.foreign = rules_in(rules) if rules else {}
        for name in self.foreign:
            if name in all_rules():
                raise SshkeepError(f"{rules}: {name} is a built-in rule", "give the file another name")
        self.named = policy
        self.folders: dict[str, str | None] = {}
        """The policy above each folder."""
        self.rulings: dict[str, ResolvedPolicy | None] = {}
        if policy is not None and policy != NO_POLICY:
            self.ruling(policy, found=False)

    def choice(self, tree: Tree) -> Choice:
        """What is wished for one config. Raises SshkeepError where its policy is not valid."""
        ruling = self.ruling_for(tree.name)
        layers = ruling.layers(tree.name) if ruling else ()
        return Choice(select_rules(self.rules(ruling), [*layers, self.line]), self.for_targets(tree))

    def for_targets(self, tree: Tree) -> tuple[Tree, ...]:
        """The config once for each target that its policy names, unless the command line names one."""
        ruling = self.ruling_for(tree.name) if self.target == "auto" else None
        targets = ruling.targets(tree.name) if ruling else ()
        if targets in ((), ("auto",)):
            return (tree,)
        return tuple(tree._replace(target=target_of(name), installed=False) for name in targets)

    def for_target(self, tree: Tree) -> Tree:
        """The config for the one target that it can be read for. Raises SshkeepError for a fleet."""
        first, *more = self.for_targets(tree)
        if more:
            targets = ", ".join(each.target.name for each in (first, *more))
            raise SshkeepError(
                f"the policy names several targets for {tree.name}: {targets}",
                "say with --target which one is meant",
            )
        return first

    def rules(self, ruling: ResolvedPolicy | None) -> Mapping[str, LoadedRule]:
        """All rules that there are under a policy."""
        own = ruling.own if ruling else {}
        return {**all_rules(), **self.foreign, **own} if own or self.foreign else all_rules()

    def ruling_for(self, path: str) -> ResolvedPolicy | None:
        """The policy that counts for the config in ``path``."""
        if self.named is not None:
            return None if self.named == NO_POLICY else self.ruling(self.named, found=False)
        folder = os.path.dirname(os.path.abspath(path))
        if folder not in self.folders:
            self.folders[folder] = policy_above(path)
        above = self.folders[folder]
        return self.ruling(above, found=True) if above else None

    def ruling(self, path: str, *, found: bool) -> ResolvedPolicy | None:
        """The policy in ``path``; one that was ``found`` where others may write is told of, and is none."""
        if path not in self.rulings:
            why = why_untrusted(path) if found else ""
            if why:
                tell(f"note: {path} is not used, since {why}; --policy {path} would")
            self.rulings[path] = None if why else self._load(path, found)
        return self.rulings[path]

    def _load(self, path: str, found: bool) -> ResolvedPolicy:
        from sshkeep.policy.load import load_policy

        return load_policy(path, self.foreign, found=found)
