"""Killed at any system call, a run has written all or nothing, or `sshkeep undo` makes it nothing.

strace kills the process when it is about to make its n-th call of a kind, for every kind and n that a
trace of an undisturbed run holds; between two of these points nothing changes on disk.
"""

import os
import re
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator
from glob import glob
from pathlib import Path

import pytest

from sshkeep.errors import SshkeepError
from sshkeep.state.record_store import find_records, last_record
from sshkeep.write.undo import undo_changes
from tests.write.child import FAILED, FILES, work
from tests.write.traced import CHANGES, KILLED, OLD, Lab, faults, open_lab, points

NEW = {name: new for name, (_, new) in FILES.items()}
LOCKED = "close"
"""A real close(2) that fails has closed all the same; strace's does not, so that a lock would be held for ever."""


@pytest.fixture
def lab() -> Iterator[Lab]:
    with open_lab() as lab:
        yield lab


def content(folder: Path) -> dict[str, bytes | None]:
    """What the files are now."""
    paths = {name: folder / "etc" / name for name in FILES}
    return {name: path.read_bytes() if path.exists() else None for name, path in paths.items()}


def everything(folder: Path) -> set[str]:
    return {str(path.relative_to(folder / "etc")) for path in (folder / "etc").rglob("*") if path.is_file()}


def what_includes_find(folder: Path) -> set[str]:
    return {
        os.path.relpath(path, folder / "etc")
        for pattern in ("*", "*/*", "*/*.conf")
        for path in glob(f"{folder}/etc/{pattern}")
        if os.path.isfile(path)
    }


def kill_everywhere(
    lab: Lab,
    action: str,
    before: Callable[[], Path],
    check: Callable[[Path, str], None],
) -> str:
    """``check`` after each kill; the figures."""
    started = time.monotonic()
    where = points(lab.traced(action, before()))
    killed = 0
    for name, number in where:
        folder = before()
        code = lab.run(
            action, folder, "-e", f"trace={name}", "-e", f"inject={name}:signal=KILL:when={number}"
        )
        assert code in (0, KILLED)
        killed += code == KILLED
        check(folder, f"{action} killed before {name} number {number}")
    assert killed > 0.95 * len(where), "calls that come now and then are few"
    return f"{action}: killed at {killed} of {len(where)} system calls from the first that writes, {time.monotonic() - started:.0f} s"


def test_killed_while_writing(
    lab: Lab, monkeypatch: pytest.MonkeyPatch, record_property: Callable[[str, object], None]
) -> None:
    ends: Counter[str] = Counter()

    def check(folder: Path, when: str) -> None:
        now, record = content(folder), last_record()
        assert what_includes_find(folder) == {name for name, data in now.items() if data is not None}, when
        if record is None or record.state == "undone":
            ends["nothing written"] += 1
        elif record.state == "done":
            assert now == NEW, when
            ends["all written"] += 1
            undo_changes(record)
        else:
            ends["taken back"] += 1
            assert undo_changes(record).differences == (), when
        assert content(folder) == OLD, when
        assert everything(folder) == {name for name, data in OLD.items() if data is not None}, when
        assert os.listdir(folder / "state") in ([], ["sshkeep"])

    told = kill_everywhere(lab, "write", lambda: lab.fresh(monkeypatch), check)
    assert all(ends[way] for way in ("nothing written", "all written", "taken back"))
    record_property("figures", f"{told}: {dict(ends)}")


def test_killed_while_taking_back(
    lab: Lab, monkeypatch: pytest.MonkeyPatch, record_property: Callable[[str, object], None]
) -> None:
    folder = lab.fresh(monkeypatch)
    work("write", f"{folder}/etc")
    kept = shutil.copytree(folder, folder.with_name("kept"))

    def written() -> Path:
        shutil.rmtree(folder)
        return Path(shutil.copytree(kept, folder))

    def check(folder: Path, when: str) -> None:
        record = last_record()
        if record:
            assert undo_changes(record).differences == (), when
        assert content(folder) == OLD, when
        assert everything(folder) == {name for name, data in OLD.items() if data is not None}, when
        assert [each.state for each in find_records().records] == ["undone"], when

    record_property("figures", kill_everywhere(lab, "undo", written, check))


def test_an_error_at_any_call_means_that_nothing_is_written(
    lab: Lab, monkeypatch: pytest.MonkeyPatch, record_property: Callable[[str, object], None]
) -> None:
    codes: Counter[int] = Counter()
    for code, folder, when in faults(lab, "write", lambda: lab.fresh(monkeypatch), "error=EIO", spare=LOCKED):
        codes[code] += 1
        if code == 0:
            assert content(folder) == NEW, when
        else:
            assert (code, content(folder)) == (FAILED, OLD), (when, lab.last_error())
            assert last_record() is None, (when, lab.last_error())
        left = {str(path) for path in (folder / "etc").rglob(".sshkeep-*")}
        assert left == set(), (when, lab.last_error())
    record_property("figures", f"write: EIO at each of {sum(codes.values())} system calls: {dict(codes)}")


def test_after_an_error_at_any_call_undo_can_be_run_again(
    lab: Lab, monkeypatch: pytest.MonkeyPatch, record_property: Callable[[str, object], None]
) -> None:
    def written() -> Path:
        folder = lab.fresh(monkeypatch)
        work("write", f"{folder}/etc")
        return folder

    codes: Counter[int] = Counter()
    for code, folder, when in faults(lab, "undo", written, "error=EIO", begin=CHANGES, spare=LOCKED):
        codes[code] += 1
        assert code in (0, FAILED), when
        left = {str(path) for path in (folder / "etc").rglob(".sshkeep-*")}
        assert left == set(), (when, lab.last_error())
        if record := last_record():
            assert code == FAILED and content(folder) in (NEW, OLD), (when, "all or none")
            assert undo_changes(record).differences == (), when
        assert content(folder) == OLD, when
        assert [each.state for each in find_records().records] == ["undone"], when
    record_property("figures", f"undo: EIO at each of {sum(codes.values())} system calls: {dict(codes)}")


def test_after_a_kill_the_next_run_writes_or_says_what_to_do(
    lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The renames are what counts: before the first and after the last, all files agree."""
    ends = []
    calls = [call for call in points(lab.traced("write", lab.fresh(monkeypatch))) if is_step(call[0])]
    for name, number in calls:
        folder = lab.fresh(monkeypatch)
        lab.run("write", folder, "-e", f"trace={name}", "-e", f"inject={name}:signal=KILL:when={number}")
        try:
            work("write", f"{folder}/etc")
        except SshkeepError as error:
            now = "changed" if "was changed while" in error.sentence else error.hint
        else:
            now = "written"
        ends.append(now)
        assert now != "written" or content(folder) == NEW
    assert set(ends) >= {"written", "changed"}


def is_step(name: str) -> bool:
    return name.startswith(("rename", "unlink", "link"))


def test_everything_is_on_disk_before_the_next_step(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = lab.fresh(monkeypatch)
    (folder / "state/sshkeep").mkdir(mode=0o700)
    calls = lab.traced("write", folder)

    def at(pattern: str, begin: int = 0) -> int:
        for number, call in enumerate(calls[begin:], begin):
            if re.match(pattern, call):
                return number
        raise AssertionError(f"{pattern} is not in the trace")

    etc, state = re.escape(f"{folder}/etc"), re.escape(f"{folder}/state/sshkeep")
    recorded = at(rf"link.*<{state}>, \"1-pending\.json\"")
    assert at(rf"fsync\(\d+<{state}/\.sshkeep-") < recorded
    recorded = at(rf"fsync\(\d+<{state}>", recorded)
    steps = []
    for name in ("sshd_config", "sshd_config.d/60-more.conf"):
        inside = os.path.dirname(f"{folder}/etc/{name}")
        rename = at(rf"rename.*<{re.escape(inside)}>, \"{os.path.basename(name)}\"")
        temporary = re.findall(r"\"(\.sshkeep-\w+)\"", calls[rename])[0]
        created = at(rf"openat\(\d+<{re.escape(inside)}>, \"{temporary}\", .*O_CREAT\|O_EXCL\|.*O_NOFOLLOW")
        synced = at(rf"fsync\(\d+<{re.escape(inside)}/{temporary}>")
        folder_synced = at(rf"fsync\(\d+<{re.escape(inside)}>", rename)
        assert recorded < created < synced < rename < folder_synced
        steps += [synced, rename, folder_synced]
    linked = at(rf"linkat\(\d+<{etc}/sshd_config.d>, .*\"50-new.conf\"")
    removed = at(rf"unlinkat\(\d+<{etc}/sshd_config.d>, \"10-site.conf\"")
    done = at(r"rename.*\"1-pending\.json\".*\"1-done\.json\"")
    assert max(steps[0], steps[3]) < min(steps[1], steps[4], linked, removed), (
        "all prepared before any is put"
    )
    assert max(*steps, linked, removed) < done < at(rf"fsync\(\d+<{state}>", done)
