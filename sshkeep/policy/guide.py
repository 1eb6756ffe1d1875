"""The guide that a policy follows, checked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from sshkeep.lint.guide import Control, Edition, Guide
from sshkeep.lint.rule import LoadedRule
from sshkeep.openssh.kind import Kind
from sshkeep.policy.model import PolicyControl, PolicyDocument, PolicyGuide
from sshkeep.policy.nodes import Keys

Wrong = Callable[[Keys, str], None]


def read_guide(guide: PolicyGuide, profile: str, rules: Mapping[str, LoadedRule], wrong: Wrong) -> Guide:
    """The guide of the policy called ``profile``; ``rules`` are all that there are."""
    _check(guide, rules, wrong)
    return Guide(
        profile,
        guide.name,
        tuple(_document(each) for each in guide.documents),
        tuple(_control(each, rules) for each in guide.controls),
    )


def references_to(rule: str, guide: PolicyGuide | None) -> list[str]:
    """The controls that a rule checks, each as a reference with its document."""
    if guide is None:
        return []
    titles = {each.name: f"{each.title} {each.version}" for each in guide.documents}
    found = [control.ids for control in guide.controls if rule in control.rules]
    return [f"{titles[name]}, {ids[name]}" for ids in found for name in ids if name in titles]


def _document(document: PolicyDocument) -> Edition:
    return Edition(document.name, document.title, document.version, document.source, tuple(document.targets))


def _control(control: PolicyControl, rules: Mapping[str, LoadedRule]) -> Control:
    return Control(
        control.title,
        control.ids,
        _kinds(control, rules),
        tuple(control.rules),
        tuple(control.keywords),
        control.asks,
        control.level,
        control.unchecked,
    )


def _kinds(control: PolicyControl, rules: Mapping[str, LoadedRule]) -> tuple[Kind, ...]:
    if control.applies_to:
        return (control.applies_to,)
    kinds = dict.fromkeys(
        kind for name in control.rules if name in rules for kind in rules[name].rule.applies_to
    )
    return tuple(kinds) or ("sshd_config",)


def _check(guide: PolicyGuide, rules: Collection[str], wrong: Wrong) -> None:
    names = {document.name for document in guide.documents}
    for number, control in enumerate(guide.controls):
        keys: Keys = ("guide", "controls", number)
        for name in control.ids:
            if name not in names:
                wrong((*keys, "ids", name), f"the guide has no document {name}")
        for place, name in enumerate(control.rules):
            if name not in rules:
                wrong((*keys, "rules", place), f"there is no rule {name}")
        if bool(control.rules) == bool(control.unchecked):
            wrong(keys, "a control has rules, or says under unchecked why nothing checks it")
