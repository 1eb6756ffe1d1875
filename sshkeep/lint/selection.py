"""Select the rules to run: default groups, then a policy, then the command line."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from sshkeep.errors import SshkeepError
from sshkeep.lint.finding import Severity
from sshkeep.lint.rule import Check, LoadedRule, Options, RuleConfig
from sshkeep.lookup import unknown_name
from sshkeep.named import NamedTuple
from sshkeep.openssh.kind import Kind

if TYPE_CHECKING:  # only a policy has guides
    from sshkeep.lint.guide import Guide

KEEPALIVE_GROUP = "keepalive"
DEFAULT_GROUPS = ("correctness", KEEPALIVE_GROUP)
"""Groups that run unless others are selected."""

IDLE_GROUP = "idle"
"""The group of rules about both ends of a session, which only `sshkeep idle` runs."""

EVERY_RULE = "ALL"
"""As a name: the rules of all groups, but for IDLE_GROUP."""

OWN_GROUP = "own"
"""The group of rules from a policy or --rules."""


class Layer(NamedTuple):
    """Settings of one origin: ids or groups, and ``rule_configs`` by rule id. A later layer overrides.

    ``select`` replaces the selection of earlier layers, except rules of group own; with ``alone``,
    these too. Within a layer, ``ignore`` is applied last. ``guides`` are those that it follows.
    """

    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    rule_configs: Mapping[str, RuleConfig] = {}
    alone: bool = False
    guides: tuple[Guide, ...] = ()


class ConfiguredRule(NamedTuple):
    """A rule that checks one config, with the options that hold; ``severity`` is the rule's own."""

    loaded: LoadedRule
    check: Check
    options: Options
    severity: Severity


class Selection:
    """``accepted`` rules are ignored by the user: they only report what OpenSSH refuses, as accepted.

    ``known`` are the ids of all rules, selected or not. ``guides`` are those that name the controls of
    findings. One selection serves many configs.
    """

    def __init__(
        self,
        rules: tuple[LoadedRule, ...],
        accepted: frozenset[str] = frozenset(),
        rule_configs: Mapping[str, RuleConfig] | None = None,
        known: frozenset[str] = frozenset(),
        guides: tuple[Guide, ...] = (),
    ) -> None:
        self.rules = rules
        self.accepted = accepted
        self.rule_configs: Mapping[str, RuleConfig] = rule_configs or {}
        self.known = known
        self.guides = guides
        self._configured: dict[str, ConfiguredRule] = {}

    def only(self, ids: Collection[str]) -> Selection:
        """The same, with the rules that have one of these ids."""
        rules = tuple(loaded for loaded in self.rules if loaded.id in ids)
        return Selection(rules, self.accepted, self.rule_configs, self.known, self.guides)

    def for_kind(self, kind: Kind) -> Iterator[LoadedRule]:
        """The rules that check a config of this language."""
        return (loaded for loaded in self.rules if kind in loaded.kinds)

    def configured(self, loaded: LoadedRule) -> ConfiguredRule:
        """One of the rules that check a config, ready to run."""
        if loaded.id not in self._configured:
            rule = loaded.rule
            assert rule.check
            options = {**rule.options, **self.rule_configs.get(loaded.id, RuleConfig()).options}
            self._configured[loaded.id] = ConfiguredRule(loaded, rule.check, options, rule.severity)
        return self._configured[loaded.id]

    def explains(self, ids: Collection[str]) -> Mapping[str, tuple[str, ...]]:
        """For each of these ids, the ids of the rules whose findings the rule explains."""
        return {loaded.id: loaded.rule.explains for loaded in self.rules if loaded.id in ids}


def select_rules(rules: Mapping[str, LoadedRule], layers: Iterable[Layer]) -> Selection:
    """The rules selected after all ``layers``. Raises SshkeepError for an unknown id or group."""
    on = _named((*DEFAULT_GROUPS, OWN_GROUP), rules)
    ignored: set[str] = set()
    rule_configs: dict[str, RuleConfig] = {}
    guides: dict[str, Guide] = {}
    for layer in layers:
        check_names((*layer.select, *layer.extend_select, *layer.ignore), rules)
        _check_one_file((*layer.select, *layer.extend_select), rules)
        if layer.select:
            on = _named(layer.select, rules) | (set() if layer.alone else on & _named((OWN_GROUP,), rules))
            ignored = set()
        on |= _named(layer.extend_select, rules)
        gone = on & _named(layer.ignore, rules)
        on -= gone
        ignored = (ignored | gone) - on
        for name, rule_config in layer.rule_configs.items():
            rule_configs[name] = _over(rule_configs.get(name, RuleConfig()), rule_config)
        guides.update((guide.profile, guide) for guide in layer.guides)
    run = tuple(rule for rule in rules.values() if rule.id in on or rule.id in ignored)
    return Selection(run, frozenset(ignored), rule_configs, frozenset(rules), tuple(guides.values()))


def check_names(names: Sequence[str], rules: Mapping[str, LoadedRule]) -> None:
    """Raises SshkeepError for a name that is neither a rule's id nor a group."""
    for name in names:
        if name not in rules and name not in group_names(rules) and name != EVERY_RULE:
            raise unknown_name("rule and no group", name, [*rules, *group_names(rules)])


def _check_one_file(names: Sequence[str], rules: Mapping[str, LoadedRule]) -> None:
    for name in names:
        if name == IDLE_GROUP or (name in rules and rules[name].group == IDLE_GROUP):
            raise SshkeepError(f"{name} is about both ends of a session", "`sshkeep idle` reports it")


def group_names(rules: Mapping[str, LoadedRule]) -> set[str]:
    """The names of all groups."""
    return {rule.group for rule in rules.values()} | {*DEFAULT_GROUPS, OWN_GROUP}


def _named(names: Iterable[str], rules: Mapping[str, LoadedRule]) -> set[str]:
    wanted = set(names)
    if EVERY_RULE in wanted:
        wanted |= group_names(rules) - {IDLE_GROUP}
    return {rule.id for rule in rules.values() if rule.id in wanted or rule.group in wanted}


def _over(earlier: RuleConfig, later: RuleConfig) -> RuleConfig:
    return RuleConfig(later.severity or earlier.severity, {**earlier.options, **later.options})
