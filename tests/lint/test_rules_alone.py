"""What a rule finds does not depend on which other rules run, nor on their order; and `Rule.only_with`."""

from collections.abc import Callable, Iterator

import pytest

from sshkeep.config.tree.config import Config
from sshkeep.lint.finding import Finding
from sshkeep.lint.registry import all_rules
from sshkeep.lint.relevant_rules import SEARCHES, relevant_rules
from sshkeep.lint.rule import LoadedRule
from sshkeep.lint.selection import Selection
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.tables.keywords import all_keywords
from sshkeep.openssh.targets import Target, target_of
from sshkeep.testing import config_of
from sshkeep.trees.discover import TreeOptions, tree_for
from tests.oracle.corpus import corpus
from tests.oracle.generator.config import make

RULES = [loaded for loaded in all_rules().values() if loaded.rule.check]
TARGET = target_of("debian-12")
KINDS: tuple[Kind, ...] = ("sshd_config", "ssh_config")
GENERATED = 60
"""Configs of each language."""


def found(loaded: LoadedRule, config: Config) -> list[Finding]:
    rule = loaded.rule
    assert rule.check
    findings = rule.check(config, rule.options) if config.kind in rule.applies_to else ()
    return [
        finding._replace(source=config.files[finding.source.path].source, related=()) for finding in findings
    ]


def said(findings: list[Finding]) -> list[tuple[object, ...]]:
    """What can be compared between two readings of one file."""
    return [(f.message, f.source.path, f.span, f.label, f.notes, f.severity, f.concerns) for f in findings]


def check(load: Callable[[], Config]) -> None:
    forwards, backwards = load(), load()
    together = {loaded.id: said(found(loaded, forwards)) for loaded in RULES}
    assert {loaded.id: said(found(loaded, backwards)) for loaded in reversed(RULES)} == together
    for loaded in RULES:
        if together[loaded.id]:
            assert said(found(loaded, load())) == together[loaded.id], loaded.id
    assert forwards.notes == sorted(set(forwards.notes), key=forwards.notes.index)
    relevant = {loaded.id for loaded in relevant_rules(Selection(tuple(RULES)), load())}
    assert {rule for rule, findings in together.items() if findings} <= relevant


def loader(kind: Kind, text: str, target: Target = TARGET) -> Callable[[], Config]:
    return lambda: config_of({kind: text}, target=target, live=False)


@pytest.mark.parametrize("real", list(corpus()), ids=lambda real: f"{real.path.parent.name}/{real.path.name}")
def test_on_real_files(real) -> None:  # type: ignore[no-untyped-def]
    check(lambda: tree_for(str(real.path), TreeOptions(real.kind, TARGET)).load())


@pytest.mark.parametrize("kind", ["sshd_config", "ssh_config"])
def test_on_generated_files(kind: Kind) -> None:
    for number in range(GENERATED):
        check(loader(kind, make(kind, TARGET, 11, number).case.config))


def large() -> Iterator[tuple[str, Kind, str]]:
    quick = "".join(f"Host h{n}\n  ServerAliveInterval 2\n" for n in range(700))
    yield "each Host has its own", "ssh_config", f"{quick}Host *\n  ServerAliveInterval 60\n"
    yield "a wildcard comes first", "ssh_config", f"Host h*\n  ServerAliveInterval 60\n{quick}"
    off = "".join(f"Host *h{n}*\n  ServerAliveInterval 0\n" for n in range(700))
    yield "patterns that can't be looked up", "ssh_config", off
    users = "".join(
        f"Match User u{n} Address 10.0.0.{n % 200}\n  ClientAliveInterval 1\n" for n in range(700)
    )
    yield "users", "sshd_config", users


@pytest.mark.parametrize(("kind", "text"), [row[1:] for row in large()], ids=[row[0] for row in large()])
def test_on_large_files(kind: Kind, text: str) -> None:
    check(loader(kind, text))


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        pytest.param(example.kind or loaded.kinds[0], example.before, id=f"{loaded.id} {number}")
        for loaded in RULES
        for number, example in enumerate(loaded.rule.examples)
        if example.before and (example.kind or loaded.kinds[0]) in ("sshd_config", "ssh_config")
    ],
)
def test_no_rule_is_left_out_that_finds_something_in_an_example_of_any(kind: Kind, text: str) -> None:
    for target in map(
        target_of, ("openssh-8.2", "debian-12", "rhel-8", "windows-server-2022", "openssh-10.6")
    ):
        config = config_of({kind: text}, target=target)
        relevant = {loaded.id for loaded in relevant_rules(Selection(tuple(RULES)), config)}
        others = [loaded for loaded in RULES if loaded.id not in relevant]
        assert {loaded.id: found(loaded, config) for loaded in others} == {each.id: [] for each in others}


@pytest.mark.parametrize("loaded", RULES, ids=lambda loaded: loaded.id)
def test_only_with_names_options_and_what_can_be_searched_for(loaded: LoadedRule) -> None:
    options = {row.option for kind in KINDS for row in all_keywords(kind)}
    assert {each for each in loaded.only_with if each not in options and each not in SEARCHES} == set()
    assert not (loaded.only_with and loaded.rule.allows), (
        "a rule that judges other rules' fixes is always asked"
    )


QUICK = "keepalive-too-quick"


def test_a_wildcard_that_comes_first_is_seen_for_700_hosts() -> None:
    text = [row[2] for row in large()][1]
    assert found(all_rules()[QUICK], loader("ssh_config", text)()) == []


def test_what_is_given_up_is_noted() -> None:
    text = [row[2] for row in large()][2]
    config = loader("ssh_config", text)()
    assert found(all_rules()["server-alive-interval"], config)[1:] == []
    assert "more than 400 blocks may apply to one client" in config.notes[0]
