"""sshkeep's answers to 500 recorded configs are those of all 27 releases that were asked."""

import pytest

from tests.oracle.recorded import recorded_configs
from tests.oracle.recorded.ours import answer_of

PARTS = 20
CONFIGS = list(recorded_configs())


@pytest.mark.parametrize("part", range(PARTS))
def test_all_releases_agree(part: int) -> None:
    wrong = {}
    for number in range(part, len(CONFIGS), PARTS):
        config = CONFIGS[number]
        for answer in config.answers:
            for name in answer.releases:
                if (ours := answer_of(config, name)) != answer._replace(releases=(name,)):
                    wrong[number + 1, name] = config.text, answer, ours
    assert wrong == {}


def test_nothing_is_left_out() -> None:
    asked = [sorted(name for answer in config.answers for name in answer.releases) for config in CONFIGS]
    assert len(asked) == 500
    assert len(asked[0]) == len(set(asked[0])) == 27
    assert all(names == asked[0] for names in asked)
