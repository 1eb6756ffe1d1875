"""Whatever system call fails or is the last one, a file is the old one or the new one, whole.

strace lets the n-th call of a kind fail, or kills the process at it, for every kind and n that a trace of an
undisturbed run holds.
"""

import os
import stat
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sshkeep.state.trial_marker import Trial
from tests.write.child import FAILED, ONE
from tests.write.traced import KILLED, Lab, faults, open_lab

NAME, OLD, NEW = ONE
BEFORE = {"create_file": None, "replace_file": OLD, "write_output": OLD, "write_new_output": None}


@pytest.fixture
def lab() -> Iterator[Lab]:
    with open_lab() as lab:
        yield lab


def prepared(action: str, lab: Lab, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh folder with the old file, if there is one; the state directory is made."""
    folder = lab.fresh(monkeypatch)
    (folder / "state/sshkeep").mkdir(mode=0o700)
    if data := BEFORE.get(action):
        (folder / "etc" / NAME).write_bytes(data)
        (folder / "etc" / NAME).chmod(0o640)
    return folder


def content(folder: Path) -> bytes | None:
    path = folder / "etc" / NAME
    return path.read_bytes() if path.exists() else None


def leftovers(folder: Path) -> list[str]:
    return [str(path) for path in folder.rglob(".sshkeep-*")]


def each_fault(
    action: str,
    lab: Lab,
    fault: str,
    check: Callable[[int, Path, str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> str:
    """``check`` gets the exit code after each; the figures."""
    codes: Counter[int] = Counter()
    for code, folder, when in faults(lab, action, lambda: prepared(action, lab, monkeypatch), fault):
        codes[code] += 1
        check(code, folder, when)
    return f"{action}: {fault} at each of {sum(codes.values())} system calls: exit codes {dict(codes)}"


@pytest.mark.parametrize("error", ["EIO", "ENOSPC"])
@pytest.mark.parametrize("action", BEFORE)
def test_an_error_leaves_the_old_file_and_no_other(
    action: str,
    error: str,
    lab: Lab,
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
) -> None:
    def check(code: int, folder: Path, when: str) -> None:
        assert code in (0, FAILED), when
        assert leftovers(folder) == [], when
        written = code == 0 or "was written, but perhaps not to disk" in lab.last_error()
        assert content(folder) == (NEW if written else BEFORE[action]), when
        if BEFORE[action]:
            assert stat.S_IMODE((folder / "etc" / NAME).stat().st_mode) == 0o640, when

    record_property("figures", each_fault(action, lab, f"error={error}", check, monkeypatch))


@pytest.mark.parametrize("action", BEFORE)
def test_a_kill_leaves_the_old_file_or_the_new_one(
    action: str,
    lab: Lab,
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
) -> None:
    """What it may leave besides has a temporary name, which is in nobody's way."""

    def check(code: int, folder: Path, when: str) -> None:
        assert code in (0, KILLED), when
        now = content(folder)
        assert now in (BEFORE[action], NEW), when
        done_already = now == NEW and "output" not in action
        assert lab.run(action, folder) == (FAILED if done_already else 0), when
        assert content(folder) == NEW, when

    record_property("figures", each_fault(action, lab, "signal=KILL", check, monkeypatch))


def test_the_marker_of_a_trial_is_whole_after_any_error(
    lab: Lab, monkeypatch: pytest.MonkeyPatch, record_property: Callable[[str, object], None]
) -> None:
    """It begins, ends and is confirmed, or it says why not."""

    def check(code: int, folder: Path, when: str) -> None:
        state = folder / "state/sshkeep"
        assert code in (0, FAILED), when
        assert leftovers(folder) == [], when
        names = set(os.listdir(state))
        assert names <= {"trial.json", "trial-ending.json", "trial-ended.json"} and len(names) < 2, when
        for name in names:
            Trial.from_json((state / name).read_bytes())
            assert stat.S_IMODE((state / name).stat().st_mode) == 0o600, when
        assert code or names == {"trial-ended.json"}, when

    record_property("figures", each_fault("trial", lab, "error=EIO", check, monkeypatch))
