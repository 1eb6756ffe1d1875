"""Each rule's own examples: what it finds, what it accepts, what its fix writes."""

import pytest

from sshkeep.fix.plan import plan_fixes
from sshkeep.lint.registry import DEFAULT_GROUPS, all_rules, chosen_rules
from sshkeep.lint.rule import EXPLAINS_ALL, Example, LoadedRule, RuleConfig
from sshkeep.lint.runner import run_rules
from sshkeep.testing import check_examples, example_tree, is_hit

RULES = list(all_rules().values())
EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.id} {number}")
    for rule in RULES
    for number, example in enumerate(rule.rule.examples)
]


def wishes_of(rule: LoadedRule, example: Example) -> dict[str, RuleConfig]:
    return {rule.id: RuleConfig(options=example.options)}


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_the_rule_finds_it_among_all_rules_too(rule: LoadedRule, example: Example) -> None:
    if example.client is None:
        found = run_rules(example_tree(rule, example).load(), RULES, wishes_of(rule, example))
        assert any(finding.rule == rule.id for finding in found) == is_hit(example)


@pytest.mark.parametrize(("rule", "example"), [case for case in EXAMPLES if case.values[1].unsafe])  # type: ignore[union-attr]
def test_an_unsafe_fix_is_left_to_those_who_ask(rule: LoadedRule, example: Example) -> None:
    plan = plan_fixes(example_tree(rule, example), [rule], wishes_of(rule, example), unsafe=False)
    assert plan.after == {}
    assert [finding.rule for finding in plan.left] == [rule.id]


@pytest.mark.parametrize(("rule", "example"), [case for case in EXAMPLES if case.values[1].after is not None])  # type: ignore[union-attr]
def test_a_second_run_of_all_rules_changes_nothing(rule: LoadedRule, example: Example) -> None:
    by_default = rule.group in DEFAULT_GROUPS
    rules = chosen_rules([], [], []) if by_default else RULES
    wishes = wishes_of(rule, example)
    first = plan_fixes(example_tree(rule, example), rules, wishes, unsafe=True)
    second = plan_fixes(example_tree(rule, example, first.after), rules, wishes, unsafe=True)
    assert second.after == {}
    left = [f.rule for f in second.left if f.fix or (by_default and f.severity != "info")]
    assert left == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_is_documented_and_its_examples_are_true(rule: LoadedRule) -> None:
    check_examples(rule)
    assert len(rule.doc.splitlines()) >= 3, "the docstring, which is the page, is too short"
    assert rule.rule.references, "references are missing"
    assert all(other in (*all_rules(), EXPLAINS_ALL) for other in rule.rule.explains)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_miss_differs_from_a_hit_by_one_edit(rule: LoadedRule) -> None:
    """One line more, less or other, or the same text for another target."""
    hits = [example for example in rule.rule.examples if is_hit(example)]
    misses = [example for example in rule.rule.examples if example not in hits]
    assert any(
        _lines_apart(hit.before, miss.before) + _lines_apart(hit.client or "", miss.client or "") <= 1
        for hit in hits
        for miss in misses
    )


def _lines_apart(one: str, other: str) -> int:
    first, second = one.splitlines(), other.splitlines()
    while first and second and first[0] == second[0]:
        first, second = first[1:], second[1:]
    while first and second and first[-1] == second[-1]:
        first, second = first[:-1], second[:-1]
    return max(len(first), len(second))
