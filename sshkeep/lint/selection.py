"""Which rules run: what the built-in groups, a policy and the command line say, one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sshkeep.errors import SshkeepError
from sshkeep.lint.rule import LoadedRule, Wish

DEFAULT_GROUPS = ("correctness", "keepalive")
"""Groups that are on unless others are selected."""

IDLE = "idle"
"""The group of the rules about both ends of a session; `sshkeep idle` runs them, `lint` can't."""

OWN = "own"
"""The group of the rules that a policy or --rules brings."""


class Layer(NamedTuple):
    """What one of them says: ids or groups, and wishes by rule id. A later layer beats an earlier one.

    ``select`` takes the place of all that was on before, but for rules of group own; with ``alone``,
    of these too. Within a layer, ``ignore`` comes last.
    """

    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    wishes: Mapping[str, Wish] = {}
    alone: bool = False


class Selection(NamedTuple):
    """``accepted`` rules were on and are ignored: they only speak of what OpenSSH refuses, and don't fail.

    ``known`` are the ids of all rules there are, on or not.
    """

    rules: tuple[LoadedRule, ...]
    accepted: frozenset[str] = frozenset()
    wishes: Mapping[str, Wish] = {}
    known: frozenset[str] = frozenset()


def selected(rules: Mapping[str, LoadedRule], layers: Iterable[Layer]) -> Selection:
    """The rules that are on after all ``layers``. Raises SshkeepError for names that are none."""
    on = _named((*DEFAULT_GROUPS, OWN), rules)
    ignored: set[str] = set()
    wishes: dict[str, Wish] = {}
    for layer in layers:
        check_names((*layer.select, *layer.extend_select, *layer.ignore), rules)
        _check_one_file((*layer.select, *layer.extend_select), rules)
        if layer.select:
            on = _named(layer.select, rules) | (set() if layer.alone else on & _named((OWN,), rules))
            ignored = set()
        on |= _named(layer.extend_select, rules)
        gone = on & _named(layer.ignore, rules)
        on -= gone
        ignored = (ignored | gone) - on
        for name, wish in layer.wishes.items():
            wishes[name] = _over(wishes.get(name, Wish()), wish)
    run = tuple(rule for rule in rules.values() if rule.id in on or rule.id in ignored)
    return Selection(run, frozenset(ignored), wishes, frozenset(rules))


def check_names(names: Sequence[str], rules: Mapping[str, LoadedRule]) -> None:
    """Raises SshkeepError for a name that is neither a rule's nor a group's."""
    for name in names:
        if name not in rules and name not in groups(rules):
            raise SshkeepError(f"no rule and no group is called {name!r}", "`sshkeep rule` lists them")


def _check_one_file(names: Sequence[str], rules: Mapping[str, LoadedRule]) -> None:
    for name in names:
        if name == IDLE or (name in rules and rules[name].group == IDLE):
            raise SshkeepError(f"{name} is about both ends of a session", "`sshkeep idle` tells of it")


def groups(rules: Mapping[str, LoadedRule]) -> set[str]:
    """The names of all groups."""
    return {rule.group for rule in rules.values()} | {*DEFAULT_GROUPS, OWN}


def _named(names: Iterable[str], rules: Mapping[str, LoadedRule]) -> set[str]:
    wanted = set(names)
    return {rule.id for rule in rules.values() if rule.id in wanted or rule.group in wanted}


def _over(earlier: Wish, later: Wish) -> Wish:
    return Wish(later.severity or earlier.severity, {**earlier.options, **later.options})
