"""After `sshkeep format` the real program has the same settings as before."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from sshkeep.fix.format_plan import plan_format
from sshkeep.openssh.kind import Kind
from sshkeep.trees.discover import TreeOptions, tree_for
from sshkeep.trees.this_machine import installed_target
from tests.edit.test_format_lines import FORMATTED
from tests.oracle.installed import openssh
from tests.oracle.test_fix_effect import CORPUS, SSHD_ASKS
from tests.requirements import need

SSH_ASKS = ("a", "c", "elsewhere")


def compare(kind: Kind, path: Path, after: bytes, asks: Sequence[str]) -> int:
    """Check that nothing changes for the program with the content ``after``; how often it accepts the file."""
    before = [openssh(kind, path, ask) for ask in asks]
    path.write_bytes(after)
    for ask, then in zip(asks, before, strict=True):
        now = openssh(kind, path, ask)
        assert now.accepted == then.accepted
        assert not then.accepted or now.settings == then.settings
    return sum(each.accepted for each in before)


def test_the_table(tmp_path: Path) -> None:
    need("openssh")
    accepted = 0
    for number, (kind, before, after) in enumerate(FORMATTED):
        path = tmp_path / f"{number}"
        path.write_bytes(before)
        accepted += compare(kind, path, after, SSHD_ASKS if kind == "sshd_config" else SSH_ASKS)
    assert accepted > len(FORMATTED)


@pytest.mark.parametrize(("kind", "path"), CORPUS)
def test_real_files_have_the_same_settings(kind: Kind, path: Path, tmp_path: Path) -> None:
    need("openssh")
    copy = tmp_path / kind
    copy.write_bytes(path.read_bytes())
    plan = plan_format(tree_for(str(copy), TreeOptions(kind, installed_target(), "/")))
    after = {change.path: change.after for change in plan.changes}.get(str(copy))
    if after:
        compare(kind, copy, after, SSHD_ASKS if kind == "sshd_config" else ("github.com", "example.org"))
