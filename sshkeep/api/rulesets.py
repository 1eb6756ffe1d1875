"""Which rules run on a config, and for which targets: what a call chooses, over the policy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from sshkeep.api.inputs import FilesInMemory, PathLike, as_text
from sshkeep.errors import SshkeepError
from sshkeep.lint.registry import all_rules, rules_in
from sshkeep.lint.rule import LoadedRule
from sshkeep.lint.selection import Layer, Selection, select_rules
from sshkeep.named import NamedTuple
from sshkeep.openssh.targets import target_of
from sshkeep.policy.find import PoliciesAbove, policies_beside, why_untrusted
from sshkeep.trees.search import NO_EXCLUDES, PolicyExcludes
from sshkeep.trees.tree import Tree

if TYPE_CHECKING:  # it needs pydantic and a YAML parser, which a run without a policy does without
    from sshkeep.policy.resolved_policy import ResolvedPolicy

NO_LAYER = Layer()
NO_POLICY = "none"
"""As a policy's path: none is looked for."""


def policy_for_call(policy: PathLike | None, files: FilesInMemory | None) -> str | None:
    """The policy that a call names; files in memory have none above them."""
    return NO_POLICY if policy is None and files is not None else as_text(policy)


class Ruleset(NamedTuple):
    """The rules for one config, and the config once for each of its targets."""

    selection: Selection
    trees: tuple[Tree, ...]


class Rulesets:
    """The rules of one call; each policy is read once.

    ``policy`` is the one that counts for all configs, else each has the one above it. ``rules`` is the folder
    of further rules, ``layer`` what the call itself chooses. ``notes`` are about policies that are not used.
    Raises SshkeepError for what is wrong with any of them.
    """

    def __init__(
        self, policy: str | None, target: str, rules: str | None = None, layer: Layer = NO_LAYER
    ) -> None:
        self.target = target
        self.layer = layer
        self.foreign = rules_in(rules) if rules else {}
        for name in self.foreign:
            if name in all_rules():
                raise SshkeepError(f"{rules}: {name} is a built-in rule", "give the file another name")
        self.named = policy
        self.notes: list[str] = []
        self._above = PoliciesAbove()
        self._policies: dict[str, ResolvedPolicy | None] = {}
        self._selections: dict[tuple[str, tuple[bool, ...]] | None, Selection] = {}
        """By the policy, and which of its layers apply."""
        if policy is not None and policy != NO_POLICY:
            self._policy(policy, found=False)

    def ruleset(self, tree: Tree) -> Ruleset:
        """The rules and targets for one config. Raises SshkeepError if its policy is not valid."""
        policy = self.policy_for(tree.name)
        return Ruleset(self._selection(tree.name, policy), self._for_targets(tree, policy))

    def _selection(self, path: str, policy: ResolvedPolicy | None) -> Selection:
        key = (policy.path, policy.applying(path)) if policy else None
        if key not in self._selections:
            layers = policy.layers(path) if policy else ()
            self._selections[key] = select_rules(self.rules(policy), [*layers, self.layer])
        return self._selections[key]

    def for_targets(self, tree: Tree) -> tuple[Tree, ...]:
        """The config once for each target that its policy names, unless the call names one."""
        return self._for_targets(tree, self.policy_for(tree.name) if self.target == "auto" else None)

    def _for_targets(self, tree: Tree, policy: ResolvedPolicy | None) -> tuple[Tree, ...]:
        if tree.is_client_program:
            return (tree,)
        targets = policy.targets(tree.name) if policy and self.target == "auto" else ()
        if targets in ((), ("auto",)):
            return (tree,)
        return tuple(
            tree._replace(target=target_of(name), installed=False, target_given=True) for name in targets
        )

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

    def rules(self, policy: ResolvedPolicy | None) -> Mapping[str, LoadedRule]:
        """All rules that there are under a policy."""
        own = policy.own if policy else {}
        return {**all_rules(), **self.foreign, **own} if own or self.foreign else all_rules()

    def known_rules(self) -> Iterator[Mapping[str, LoadedRule]]:
        """The own rules of each policy that was read."""
        yield from (policy.own for policy in self._policies.values() if policy)

    def policy_for(self, path: str) -> ResolvedPolicy | None:
        """The policy that counts for the config in ``path``."""
        if self.named is not None:
            return None if self.named == NO_POLICY else self._policy(self.named, found=False)
        above = self._above.find(path)
        return self._policy(above, found=True) if above else None

    def excludes(self, path: str) -> PolicyExcludes:
        """What a search leaves out beside ``path``. Raises SshkeepError if its policy is not valid."""
        policy = self.policy_for(path)
        return policy.excludes if policy else NO_EXCLUDES

    def _policy(self, path: str, *, found: bool) -> ResolvedPolicy | None:
        """The policy in ``path``; one that was ``found`` where others may write is not used."""
        if path not in self._policies:
            why = why_untrusted(path) if found else ""
            if why:
                self.notes.append(f"{path} is not used, since {why}; --policy {path} would")
            elif found:
                self.notes += policies_beside(path)
            self._policies[path] = None if why else self._load(path, found)
        return self._policies[path]

    def _load(self, path: str, found: bool) -> ResolvedPolicy:
        from sshkeep.policy.load import load_policy

        return load_policy(path, self.foreign, found=found)
