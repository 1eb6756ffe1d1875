"""How often to probe, by the timeout of the path."""

import pytest

from sshkeep.idle.model.probe_spacing import recommended_spacing

SPACINGS = [
    (None, 60),
    (86400, 60),
    (120, 60),
    (119.5, 59),
    (60, 30),
    (7, 3),
    (3, 1),
    (1, 1),
    (0.5, 1),
    (float("inf"), 60),
]


@pytest.mark.parametrize(("timeout", "seconds"), SPACINGS)
def test_the_spacing_for_a_path(timeout: float | None, seconds: int) -> None:
    assert recommended_spacing(timeout) == seconds
