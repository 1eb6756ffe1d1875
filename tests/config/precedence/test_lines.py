"""Which lines decide an option, in which order they win, and which never take effect.

`test_views` holds the same answers against each other on generated configs, tests/oracle against the programs.
"""

from __future__ import annotations

import pytest

from sshkeep.config.tree.config import Config
from sshkeep.openssh.kind import Kind
from sshkeep.testing import config_of
from tests.config.precedence import ssh_lines, sshd_lines
from tests.config.precedence.answers import (
    everyone_text,
    lost_text,
    order_text,
    parts_text,
    setting_if_all_apply,
    shadowed_text,
    won_text,
)
from tests.config.precedence.case import Case

TABLE: dict[Kind, tuple[Case, ...]] = {"sshd_config": sshd_lines.CASES, "ssh_config": ssh_lines.CASES}
each_case = pytest.mark.parametrize(
    ("kind", "case"),
    [
        pytest.param(kind, case, id=f"{case.target} {case.lines}")
        for kind, cases in TABLE.items()
        for case in cases
    ],
)


def config_with(kind: Kind, case: Case) -> Config:
    """Made for each test: a config keeps its answers."""
    return config_of({kind: case.lines.replace("; ", "\n") + "\n"}, target=case.target)


@each_case
def test_order(kind: Kind, case: Case) -> None:
    """Of the option, of each of its parts, and for everyone."""
    config = config_with(kind, case)
    assert order_text(case.option, config) == case.order
    assert parts_text(case.option, config) == case.parts
    assert everyone_text(case.option, config) == case.everyone


@each_case
def test_setting(kind: Kind, case: Case) -> None:
    setting = setting_if_all_apply(case.option, config_with(kind, case))
    assert (won_text(setting), lost_text(setting)) == (case.won, case.lost)
    assert (setting.value, setting.in_match, setting.adds) == (case.value, case.in_match, case.adds)
    assert setting.option == case.option


@each_case
def test_shadowed(kind: Kind, case: Case) -> None:
    assert shadowed_text(case.option, config_with(kind, case)) == case.shadowed
