"""Turn an own rule of a policy into one that can run, and find the mistakes in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sshkeep.config.tree.config import Config
from sshkeep.edit.trial_line import trial_line
from sshkeep.lint import own_rule
from sshkeep.lint.own_rule_demand import Demand, DemandCheck
from sshkeep.lint.rule import LoadedRule
from sshkeep.lookup import suggestion
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.releases import NEWEST, OLDEST, Release
from sshkeep.openssh.tables.keywords import known_names
from sshkeep.openssh.targets import NEWEST_TARGET
from sshkeep.policy.model import PolicyOwnRule

KINDS: tuple[Kind, ...] = ("sshd_config", "ssh_config")
DEMANDS = ("must_be", "one_of", "between", "forbid", "contains")

ADVICE = ("keepalive", "security")

Mistake = tuple[str, str]
"""A key of the rule, or nothing for the rule itself, and the mistake."""


def demand_of(rule: PolicyOwnRule) -> Demand:
    """What the rule requires."""
    values = {name: tuple(getattr(rule, name) or ()) for name in DEMANDS}
    return Demand(**values, required=rule.required)


def kinds_of(rule: PolicyOwnRule) -> tuple[Kind, ...]:
    """The languages of the rule: those that have the keyword, in any release or of any vendor."""
    kinds = (rule.applies_to,) if rule.applies_to else KINDS
    having = ("ssh_config",) if rule.where == "host" else KINDS
    return tuple(kind for kind in kinds if kind in having and rule.keyword.lower() in known_names(kind))


def own_rule_problems(rule: PolicyOwnRule) -> Iterator[Mistake]:
    """The mistakes in the rule. Its values are checked for its newest release."""
    kinds = kinds_of(rule)
    demand = demand_of(rule)
    if not kinds:
        yield "keyword", _no_keyword(rule)
    if demand == Demand():
        yield "", f"it asks for nothing; there are {', '.join(DEMANDS)} and required"
    for name in (*DEMANDS, "fix"):
        values = [rule.fix] if name == "fix" and rule.fix is not None else getattr(rule, name) or ()
        if any(not value.strip() or not value.isprintable() for value in values):
            yield name, "holds a value that is empty, or more than one line"
            return
    since, until = parse_release(rule.since, OLDEST), parse_release(rule.until, NEWEST)
    if since > until:
        yield "until", f"is before {rule.since or OLDEST}"
        return
    for kind in kinds:
        yield from _refused(rule, demand, kind, min(until, NEWEST))


def _no_keyword(rule: PolicyOwnRule) -> str:
    kinds = (rule.applies_to,) if rule.applies_to else KINDS
    names = {name: spelt for kind in kinds for name, spelt in known_names(kind).items()}
    if rule.keyword.lower() in names:
        return f"{rule.keyword} is never in a Host block"
    hint = suggestion("keyword", rule.keyword, names.values())
    return f"{rule.applies_to or 'OpenSSH'} does not know {rule.keyword}; {hint}"


def _refused(rule: PolicyOwnRule, demand: Demand, kind: Kind, newest: Release) -> Iterator[Mistake]:
    target = NEWEST_TARGET._replace(name=f"openssh-{newest}", release=newest)
    config = Config(kind, target, "")
    row = config.known.get(rule.keyword.lower())
    if row is None or row.state:
        return
    if not own_rule.holds_one_value(row):
        yield "keyword", f"{row.name} has no value that could be judged"
        return

    demand_check = DemandCheck(demand, row, config)
    yield from _values_refused(demand, demand_check)
    if len(demand_check.range) == 2 and demand_check.range[0] > demand_check.range[1]:
        yield "between", "the first is more than the second"
    if rule.fix and not own_rule.can_be_written(rule.fix, demand_check, row, config):
        yield "fix", f"{row.name} {rule.fix} is not what the rule asks for"


def _values_refused(demand: Demand, demand_check: DemandCheck) -> Iterator[Mistake]:
    row, config = demand_check.row, demand_check.config
    refused = f"in {config.kind}, {config.target.name} refuses {row.name}"
    if len(demand.must_be) > 1 and not demand_check.expected:
        yield "must_be", f"{refused} {' '.join(demand.must_be)}"
    one_by_one = {"one_of": demand.one_of, "between": demand.between}
    if len(demand.must_be) == 1:
        one_by_one["must_be"] = demand.must_be
    for name, values in one_by_one.items():
        for value in values:
            parsed = trial_line(row.name, value, config)[1]
            if parsed.problem:
                yield name, f"{refused} {value}: {parsed.problem}"
            elif name == "between" and not isinstance(parsed.value, int):
                yield name, f"{row.name} {value} is neither a number nor a time"


def parse_release(name: str | None, otherwise: Release) -> Release:
    """The release of ``openssh-9.2``; ``otherwise`` for None."""
    if name is None:
        return otherwise
    major, _, minor = name.removeprefix("openssh-").partition(".")
    return Release(int(major), int(minor))


def load_own_rule(rule: PolicyOwnRule, source: str, rules: Mapping[str, LoadedRule]) -> LoadedRule:
    """The rule in a form that runs beside ``rules``, the built-in ones."""
    own = own_rule.OwnRule(
        rule.id,
        rule.keyword,
        kinds_of(rule),
        demand_of(rule),
        rule.because,
        rule.where,
        parse_release(rule.since, OLDEST),
        parse_release(rule.until, NEWEST),
        rule.severity,
        tuple(rule.references),
        rule.fix or "",
        rule.safe,
    )
    return own_rule.own_rule_as_loaded(own, source, _advice(rules))


def _advice(rules: Mapping[str, LoadedRule]) -> tuple[str, ...]:
    """The built-in rules that advise a value: the own rule replaces them for its keyword.

    No rule of the group security has the severity error, so their modules need not be loaded to look it up.
    """
    advice = (rule for rule in rules.values() if rule.group in ADVICE)
    return tuple(r.id for r in advice if r.group == "security" or r.rule.severity != "error")
