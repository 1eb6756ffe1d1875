"""What lint says is true of the real programs: errors are refusals, and lines without effect have none."""

import os
from collections.abc import Callable
from random import Random

import pytest

from sshkeep.config.blocks.subsumption import SubsumptionIndex
from sshkeep.lint.registry import chosen_rules
from sshkeep.openssh.kind import Kind
from tests.oracle.cases import Case
from tests.oracle.judging import judge_of
from tests.oracle.mutation import Mutator, mutate_corpus, mutate_generated
from tests.oracle.refusing import compare_refusals
from tests.oracle.releases import INSTALLED, SUITES, release_of
from tests.requirements import need

SEED = 20261123
Record = Callable[[str, object], None]


@pytest.mark.parametrize("kind", ["sshd_config", "ssh_config"])
def test_lines_without_effect_have_none(kind: Kind, record_property: Record) -> None:
    """A bounded run; ``python -m tests.oracle.mutation`` is the larger one."""
    need("releases", "root", "mounts")
    tally = mutate_generated(release_of("bookworm"), kind, SEED, range(45), flagged_only=True)
    told = "\n".join(tally.told())
    record_property("figures", told)
    assert tally.wrong == [], told
    assert tally.flagged >= 40, told


@pytest.mark.parametrize("kind", ["sshd_config", "ssh_config"] if os.environ.get("SSHKEEP_CORPUS") else [])
def test_lines_without_effect_have_none_in_the_corpus(kind: Kind, record_property: Record) -> None:
    need("releases", "root", "mounts")
    tally = mutate_corpus(release_of("bookworm"), kind, flagged_only=True)
    told = "\n".join(tally.told())
    record_property("figures", told)
    assert tally.wrong == [], told
    assert tally.flagged > 0, told


def test_a_block_that_is_wrongly_taken_for_covered_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The mutation tells a live line that is flagged: here negations are forgotten."""
    need("releases", "root", "mounts")
    text = "Match User *,!bob\n  Banner /a\nMatch User bob\n  Banner /b\n"
    with judge_of(release_of("bookworm")) as judge:
        sound, wrong = Mutator(judge, flagged_only=True), Mutator(judge, flagged_only=True)
        sound.config("sshd_config", Case("covered?", text), Random(0))
        monkeypatch.setattr(SubsumptionIndex, "find", lambda self, block: tuple(self.same.values())[:1])
        wrong.config("sshd_config", Case("covered?", text), Random(0))
    assert sound.tally.flagged == 0
    assert len(wrong.tally.wrong) == 1


@pytest.mark.parametrize("kind", ["sshd_config", "ssh_config"])
@pytest.mark.parametrize("suite", SUITES)
def test_errors_are_refusals_and_refusals_are_errors(suite: str, kind: Kind, record_property: Record) -> None:
    need("releases", "root", "mounts")
    found = compare_refusals(release_of(suite), kind, SEED, range(240))
    told = "\n".join(found.told())
    record_property("figures", told)
    assert found.accepted_with_errors == [], told
    assert found.refused_without_errors == [], told
    assert min(found.refused, found.accepted) > 50, told


def test_an_error_that_no_rule_tells_is_found() -> None:
    need("releases", "root", "mounts")
    rules = [rule for rule in chosen_rules([], [], []) if rule.id != "bad-value"]
    found = compare_refusals(release_of(INSTALLED), "sshd_config", SEED, range(240), rules)
    assert found.refused_without_errors
