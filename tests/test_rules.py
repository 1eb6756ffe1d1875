"""Each rule's own examples: what it speaks of, what it leaves alone, what its fix writes."""

from collections.abc import Mapping

import pytest

from sshkeep.config.local_machine import FileStatus, MemoryFacts
from sshkeep.config.refusals import lines_refused_alone
from sshkeep.config.tree.file_system import MemoryFileSystem
from sshkeep.config.tree.include_paths import IncludeBase
from sshkeep.config.tree.load import TopFile
from sshkeep.fix.plan import plan_fixes
from sshkeep.idle.model.endpoint import Role
from sshkeep.idle.model.network_path import NetworkPath
from sshkeep.idle.path_lookup import common_paths
from sshkeep.idle.session import Session, predict_session
from sshkeep.lint.both_ends import findings
from sshkeep.lint.registry import DEFAULT_GROUPS, all_rules, chosen_rules
from sshkeep.lint.rule import PATH_TIMEOUT, Example, LoadedRule, Wish
from sshkeep.lint.runner import run
from sshkeep.openssh.targets import NEWEST_TARGET, target_of
from sshkeep.trees.tree import Tree
from tests.idle.endpoint_configs import endpoint_of

RULES = list(all_rules().values())
EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.id} {number}")
    for rule in RULES
    for number, example in enumerate(rule.rule.examples)
]
FOLDER = "/etc/ssh"


def tree_of(rule: LoadedRule, example: Example, files: Mapping[str, bytes]) -> Tree:
    kind = example.kind or rule.rule.applies_to[0]
    target = target_of(example.target) if example.target else NEWEST_TARGET
    place = IncludeBase(kind, FOLDER, "/home/someone", live=True)
    facts = None
    if example.facts is not None:
        told = {path: FileStatus(*status) for path, status in example.facts.items()}
        facts = MemoryFacts(told, "/home/someone", 1000)
    return Tree((TopFile(f"{FOLDER}/{kind}", place),), kind, target, MemoryFileSystem(files), facts=facts)


def files_of(rule: LoadedRule, example: Example) -> dict[str, bytes]:
    kind = example.kind or rule.rule.applies_to[0]
    beside = {f"{FOLDER}/{name}": text.encode() for name, text in example.files.items()}
    return {**beside, f"{FOLDER}/{kind}": example.before.encode()}


def session_of(example: Example) -> Session:
    """The example's sshd_config and its client, on the path of its options."""
    texts: dict[Role, str] = {"server": example.before, "client": example.client or ""}
    server, client = (
        endpoint_of(role, text, example.target or "openssh-10.6") for role, text in texts.items()
    )
    timeout = example.options.get(PATH_TIMEOUT)
    paths = [NetworkPath("path", timeout, counts_kernel=True)] if isinstance(timeout, int) else common_paths()
    return predict_session(server, client, None, paths, path_given=timeout is not None)


def wishes_of(rule: LoadedRule, example: Example) -> dict[str, Wish]:
    return {rule.id: Wish(options=example.options)}


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_it_speaks_of_the_example_or_is_silent(rule: LoadedRule, example: Example) -> None:
    tree = tree_of(rule, example, files_of(rule, example))
    if example.client is not None:
        all_found = findings(session_of(example), RULES)
    else:
        all_found = run(tree.load(), RULES, wishes_of(rule, example))
    assert bool([finding for finding in all_found if finding.rule == rule.id]) == (
        example.after is not None or example.hit
    )


@pytest.mark.parametrize(("rule", "example"), [case for case in EXAMPLES if case.values[1].after is not None])  # type: ignore[union-attr]
def test_its_fix_writes_what_the_example_says(rule: LoadedRule, example: Example) -> None:
    tree = tree_of(rule, example, files_of(rule, example))
    plan = plan_fixes(tree, [rule], wishes_of(rule, example), unsafe=example.unsafe)
    top = tree.name
    assert plan.after.get(top, plan.old.files[top].source.data).decode() == example.after
    assert plan.left == ()
    assert list(lines_refused_alone(plan.config)) == []


@pytest.mark.parametrize(("rule", "example"), [case for case in EXAMPLES if case.values[1].unsafe])  # type: ignore[union-attr]
def test_an_unsafe_fix_is_left_to_those_who_ask(rule: LoadedRule, example: Example) -> None:
    tree = tree_of(rule, example, files_of(rule, example))
    plan = plan_fixes(tree, [rule], wishes_of(rule, example), unsafe=False)
    assert plan.after == {}
    assert [finding.rule for finding in plan.left] == [rule.id]


@pytest.mark.parametrize(("rule", "example"), [case for case in EXAMPLES if case.values[1].after is not None])  # type: ignore[union-attr]
def test_a_second_run_of_all_rules_changes_nothing(rule: LoadedRule, example: Example) -> None:
    files = files_of(rule, example)
    by_default = rule.group in DEFAULT_GROUPS
    rules = chosen_rules([], [], []) if by_default else RULES
    wishes = wishes_of(rule, example)
    first = plan_fixes(tree_of(rule, example, files), rules, wishes, unsafe=True)
    second = plan_fixes(tree_of(rule, example, {**files, **first.after}), rules, wishes, unsafe=True)
    assert second.after == {}
    left = [f.rule for f in second.left if f.fix or (by_default and f.severity != "info")]
    assert left == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_is_documented_and_shows_a_hit_and_a_miss(rule: LoadedRule) -> None:
    hits = [example for example in rule.rule.examples if example.after is not None or example.hit]
    misses = [example for example in rule.rule.examples if example not in hits]
    assert hits
    assert misses
    assert len(rule.doc.splitlines()) >= 3
    assert rule.rule.references
    assert all(other in all_rules() for other in rule.rule.explains)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_miss_differs_from_a_hit_by_one_edit(rule: LoadedRule) -> None:
    """One line more, less or other, or the same text for another target."""
    hits = [example for example in rule.rule.examples if example.after is not None or example.hit]
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
