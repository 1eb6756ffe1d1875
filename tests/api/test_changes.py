"""What `fix` and `set` do with the answer of the installed OpenSSH about a change."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from sshkeep.api import changes
from sshkeep.api.changes import Changes
from sshkeep.config.tree.include_paths import IncludeBase
from sshkeep.edit.request import SetRequest as Setting
from sshkeep.fix.set_plan import SetPlan, plan_set
from sshkeep.reload import after_write
from sshkeep.reload.after_write import PlannedReload, Reloaded, ReloadOptions
from sshkeep.reload.reload_command import ReloadCommand
from sshkeep.trees.discover import TreeOptions, tree_for
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
"""Case, answer, whether the old file is refused, too; the options; and: is it written, and is sshd reloaded?"""


def live(path: Path) -> tuple[Tree, SetPlan]:
    """A change to a file that counts as this machine's."""
    tree = tree_for(str(path), TreeOptions("sshd_config"))
    top = tree.tops[0]
    place: IncludeBase = top.place._replace(live=True)
    tree = tree._replace(tops=(top._replace(place=place),))
    return tree, plan_set(tree, [Setting("Port", ("23",))])


@pytest.mark.parametrize(
    ("status", "before", "options", "written", "reloaded"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_what_follows_from_the_answer(
    status: ValidationStatus,
    before: bool,
    options: ReloadOptions,
    written: bool,
    reloaded: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "sshd_config"
    path.write_text("Port 22\nFoo 1\n" if before else "Port 22\n")
    reloads: list[ReloadOptions] = []

    def validate(tree: Tree, config: object, changed: Sequence[object]) -> ValidationResult:
        return ValidationResult(status if changed or before else "accepted", "as it is")

    class Planned(PlannedReload):
        def check(self) -> None:
            return

        def before_writing(self, state: object, record: object) -> None:
            return

        def reload(self, record: str) -> Reloaded:
            reloads.append(self.options)
            return Reloaded((), "")

    monkeypatch.setattr(changes, "validate_changes", validate)
    monkeypatch.setattr(changes, "PlannedReload", Planned)
    applied = Changes([live(path)], "set").write(options)
    assert ("Port 23" in path.read_text(), bool(applied.record)) == (written, written)
    assert reloads == ([options] if reloaded and options.given else [])
    assert bool(applied.errors) == (not written)


def test_what_is_left_to_do_is_the_last_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "sshd_config"
    path.write_text("Port 22\n")
    monkeypatch.setattr(changes, "validate_changes", lambda *_: ValidationResult("accepted", "fine"))
    monkeypatch.setattr(
        after_write, "find_reload_command", lambda *_: ReloadCommand((("systemctl", "reload", "ssh"),))
    )
    written: list[str] = []
    applied = Changes([live(path)], "set").write(on_written=written.append)
    assert written == [applied.record]
    assert applied.state.startswith("written; reload sshd to apply it: ")
    assert applied.notes[-1] == applied.state and applied.state.endswith("systemctl reload ssh")


STILL_REFUSED: tuple[tuple[str, str, ValidationStatus, str], ...] = (
    (
        "the installed program was not asked",
        "Foo 1\n",
        "not asked",
        "sshd_config:2 is refused: unknown keyword Foo",
    ),
    ("it refuses what sshkeep does", "Foo 1\n", "refused", "sshd_config:2 is refused: unknown keyword Foo"),
    ("it refuses what sshkeep accepts", "", "refused", "sshd refuses it: why"),
    ("it accepts what sshkeep refuses", "Foo 1\n", "accepted", ""),
    ("both accept", "", "accepted", ""),
)
"""Case, the line behind ``Port 22``, the installed program's answer, and how the sentence ends."""


@pytest.mark.parametrize(
    ("rest", "status", "why"), [case[1:] for case in STILL_REFUSED], ids=[case[0] for case in STILL_REFUSED]
)
def test_what_openssh_still_refuses_is_not_in_effect(
    rest: str, status: ValidationStatus, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A22: neither "in effect" nor the command that would make sshd exit."""
    path = tmp_path / "sshd_config"
    path.write_text(f"Port 22\n{rest}")
    stderr = "first\nwhy\n" if status == "refused" else ""
    answer = ValidationResult(status, "sshd refuses it" if stderr else "fine", stderr)
    monkeypatch.setattr(changes, "validate_changes", lambda *_: answer)
    applied = Changes([live(path)], "set").write()
    assert (bool(applied.record), bool(applied.refused)) == (True, bool(why))
    assert "".join(applied.refused).endswith(why)
    without = "written, and not in effect: sshd would exit if it were reloaded now"
    assert (applied.state == without) == bool(why)
    assert any(note.startswith("no setting takes effect as long as ") for note in applied.notes) == bool(why)
