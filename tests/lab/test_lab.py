"""`sshkeep idle` against real ssh and sshd on a network of their own: each set-up ends as predicted."""

from collections import Counter
from typing import Any

import pytest

from tests.lab.comparison import differences, outcome
from tests.lab.conftest import Report, is_there
from tests.lab.prediction import prediction_of
from tests.lab.setups import PAIRS, SETUPS, Pair, SetUp
from tests.requirements import need

MOST_SECONDS = 180
NAMED = [pytest.param(pair, id=pair.name) for pair in PAIRS]


def _need_releases(*setups: SetUp) -> None:
    if not all(map(is_there, setups)):
        need("releases")


@pytest.mark.parametrize("name", SETUPS)
def test_ends_as_predicted(name: str, report: Report) -> None:
    _need_releases(SETUPS[name])
    prediction = prediction_of(SETUPS[name], report.answers[name])
    assert differences(prediction, report.seen[name]) == [], report.seen[name]


@pytest.mark.parametrize("pair", NAMED)
def test_twins_end_otherwise(pair: Pair, report: Report) -> None:
    _need_releases(pair.setup, pair.twin)
    first, second = (outcome(report.seen[name]) for name, _ in pair.named())
    assert first != second


@pytest.mark.parametrize("pair", NAMED)
def test_twins_differ_in_one_setting(pair: Pair) -> None:
    settings, others = _settings(pair.setup), _settings(pair.twin)
    assert settings != others
    assert (settings - others).total() <= 1 >= (others - settings).total()


def test_no_set_up_is_watched_twice() -> None:
    assert len(set(SETUPS.values())) == len(SETUPS) == 2 * len(PAIRS)


def _settings(setup: SetUp) -> Counter[tuple[str, object]]:
    """Every line of both configs, and everything else."""
    parts = {**setup._asdict(), **setup.kernel._asdict()}
    lines = [(name, line) for name in ("client", "server") for line in parts.pop(name).splitlines()]
    del parts["kernel"]
    return Counter([*lines, *parts.items()])


def test_takes_under_three_minutes(report: Report, record_property: Any) -> None:
    alive = sum(seen.alive for seen in report.seen.values())
    record_property(
        "figures",
        f"lab: {len(report.seen)} set-ups at the same time in {report.seconds:.0f} s; {alive} sessions lived on",
    )
    assert report.seconds < MOST_SECONDS
