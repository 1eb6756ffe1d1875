"""What `fix` and `set` do with what the installed OpenSSH says of a change."""

from collections.abc import Collection, Sequence
from pathlib import Path

import pytest

from sshkeep.cli import apply
from sshkeep.cli.apply import Task, apply_changes
from sshkeep.cli.run import Run
from sshkeep.config.place import Place
from sshkeep.edit.wanted import Wish as Setting
from sshkeep.fix.setting import SetPlan, plan_set
from sshkeep.reload.after_write import ReloadOptions
from sshkeep.trees.discover import Request, tree_for
from sshkeep.trees.tree import Tree
from sshkeep.validate.result import ValidationResult, ValidationStatus

CASES: tuple[tuple[str, ValidationStatus, bool, ReloadOptions, bool, bool], ...] = (
    ("accepted, and reloaded", "accepted", False, ReloadOptions(reload=True), True, True),
    ("accepted, on trial", "accepted", False, ReloadOptions(confirm=60), True, True),
    ("refused", "refused", False, ReloadOptions(), False, False),
    ("refused now as before", "refused", True, ReloadOptions(), True, True),
    ("refused now as before: no reload", "refused", True, ReloadOptions(reload=True), False, False),
    ("refused now as before: no trial", "refused", True, ReloadOptions(confirm=60), False, False),
    ("not asked", "not asked", False, ReloadOptions(), True, True),
    ("not asked: no reload", "not asked", False, ReloadOptions(reload=True), False, False),
)
"""What, the verdict, whether it was so before, what is wished, and whether it is written and told to sshd."""


def live(path: Path) -> tuple[Tree, SetPlan]:
    """A change to a file that counts as this machine's."""
    tree = tree_for(str(path), Request("sshd_config"))
    top = tree.tops[0]
    place: Place = top.place._replace(live=True)
    tree = tree._replace(tops=(top._replace(place=place),))
    return tree, plan_set(tree, Setting("Port", ("23",)))


@pytest.mark.parametrize(
    ("verdict", "before", "wish", "written", "told"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_what_comes_of_a_verdict(
    verdict: ValidationStatus,
    before: bool,
    wish: ReloadOptions,
    written: bool,
    told: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "sshd_config"
    path.write_text("Port 22\nFoo 1\n" if before else "Port 22\n")
    reloads: list[ReloadOptions] = []

    def judge(tree: Tree, config: object, changes: Sequence[object]) -> ValidationResult:
        return ValidationResult(verdict if changes or before else "accepted", "as it is")

    def after_writing(wish: ReloadOptions, record: str, changed: Collection[str]) -> list[str]:
        reloads.append(wish)
        return []

    monkeypatch.setattr(apply, "validate_changes", judge)
    monkeypatch.setattr(apply, "reload_after_write", after_writing)
    run = Run(None, "auto", None)
    applied = apply_changes([live(path)], Task("set", (), True, wish), run)
    assert ("Port 23" in path.read_text(), bool(applied.record)) == (written, written)
    assert reloads == ([wish] if told else [])
    assert bool(run.errors) == (not written)
