"""A change on trial stays when it is confirmed, and is undone when not, whatever becomes of the session.

What the end of a trial does is `tests.reload.trial_timer`'s here; with sshkeep's own means and a real sshd it is tried in
tests/trial.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from sshkeep.errors import SshkeepError
from sshkeep.reload import start_timer
from sshkeep.reload.reload_sshd import Expected, Seen
from sshkeep.reload.trial import (
    TrialStart,
    confirm_trial,
    describe_outcome,
    settle_trial,
    take_back_trial,
)
from sshkeep.state import trial_marker
from sshkeep.state.directory import hold_lock, state_directory
from sshkeep.state.record import About, FileRecord, Record
from sshkeep.state.trial_marker import (
    ENDED,
    ENDING,
    LOCK,
    RUNNING,
    TIMER_LOCK,
    Trial,
    acknowledge,
    begin_trial,
    check_no_trial,
    end_trial,
    last_trial,
    record_outcome,
    running_trial,
)
from tests.reload.trial_timer import DEAD, DEAF, END, STUCK
from tests.requirements import need

ROOT = Path(__file__).parent.parent.parent
FINE = Seen(("sshd has the files",))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A state directory, beside a config as it was and as it became."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setattr(start_timer, "TIMER_MODULE", "tests.reload.trial_timer")
    monkeypatch.setattr(start_timer, "_systemd_runs", lambda: False)
    (tmp_path / "before").write_text("old")
    (tmp_path / "config").write_text("new")
    (tmp_path / "sshkeep").mkdir(mode=0o700)
    yield str(tmp_path / "sshkeep")
    for process in timers(str(tmp_path / "sshkeep")):
        os.kill(process, signal.SIGKILL)


def config(folder: str) -> str:
    return Path(folder).with_name("config").read_text()


def reads(folder: str) -> list[str]:
    path = Path(folder).with_name("reads")
    return path.read_text().split() if path.exists() else []


def becomes(what: Callable[[], bool], seconds: float = 10) -> bool:
    """Whether it comes true within that time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if what():
            return True
        time.sleep(0.05)
    return what()


def record(id: str = "1") -> Record:
    file = FileRecord(path="/etc/ssh/sshd_config", before=b"old", after=b"new")
    return Record(id=id, when=datetime.now(timezone.utc), about=About("fix", (), ""), files=(file,))


def begin(seconds: int, id: str = "1", seen: Seen = FINE) -> Trial:
    """Start a trial with a timer; sshd is seen so with the new files."""
    start = TrialStart(seconds, ("port",), Expected(), ())
    with state_directory(lock=False) as directory:
        start.begin(directory, record(id))
    return start.finish(seen, END)


def mark(seconds: int, id: str = "1") -> Trial:
    """A trial without a timer."""
    trial = Trial(record=id, until=trial_marker.now() + timedelta(seconds=seconds))
    with state_directory(lock=False) as directory:
        begin_trial(directory, trial)
    return trial


def check_none() -> None:
    with state_directory(lock=False) as directory:
        check_no_trial(directory)


def running() -> Trial | None:
    with state_directory(lock=False) as directory:
        return running_trial(directory)


def ended() -> Trial | None:
    with state_directory(lock=False) as directory:
        return last_trial(directory)


def last() -> Trial:
    trial = ended()
    assert trial
    return trial


def gone() -> bool:
    trial = ended()
    return trial is not None and trial.outcome != "running"


def timers(folder: str) -> list[int]:
    if not os.path.isdir("/proc/self"):
        return []
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                words = (entry / "cmdline").read_bytes().split(b"\0")
                environment = (entry / "environ").read_bytes().split(b"\0")
            except OSError:
                continue
            home = f"XDG_STATE_HOME={Path(folder).parent}"
            ours = {b"tests.reload.trial_timer", b"tests.reload.undo_timer"}
            if ours & {*words} and os.fsencode(home) in environment:
                found.append(int(entry.name))
    return found


# Beginning and end.


def test_what_nobody_confirms_is_taken_back(folder: str) -> None:
    begin(1)
    assert config(folder) == "new"
    assert becomes(gone)
    assert (config(folder), reads(folder), last().outcome) == ("old", ["old"], "taken back")
    assert confirm_trial(END) is None
    assert becomes(lambda: not timers(folder), 3)


def test_what_is_confirmed_stays(folder: str) -> None:
    begin(2)
    kept = confirm_trial(END)
    assert kept and kept.outcome == "kept"
    assert becomes(lambda: not timers(folder), 2), "the timer waits on"
    time.sleep(2)
    assert (config(folder), reads(folder), last().outcome) == ("new", [], "kept")


def test_what_was_done_and_seen_is_stored(folder: str) -> None:
    begin(1)
    assert becomes(gone)
    said = [step.partition(" ")[2] for step in last().steps]
    assert said == [
        "the new files were written",
        "sshd has the files",
        "the old files were put back",
        "sshd was told",
    ]


def test_an_sshd_that_does_not_run_as_wanted_ends_the_trial_at_once(folder: str) -> None:
    with pytest.raises(
        SshkeepError, match=r"^no sshd is running; the change was taken back at \d\d:\d\d:\d\d$"
    ):
        begin(600, seen=Seen(("no sshd is running",), "no sshd is running"))
    assert (config(folder), reads(folder), running()) == ("old", ["old"], None)
    assert last().steps[1].endswith("no sshd is running")


def test_files_that_can_t_be_restored_then(folder: str) -> None:
    with pytest.raises(SshkeepError, match=r"could not be taken back at .*: config was changed since"):
        begin(600, STUCK, Seen((), "no sshd is running"))
    assert (config(folder), running()) == ("new", None)


def test_before_the_files_are_written_there_are_a_mark_and_a_timer(folder: str) -> None:
    start = TrialStart(1, (), Expected(), ())
    with state_directory(lock=False) as directory:
        start.begin(directory, record())
        assert running_trial(directory) and len(timers(folder)) == 1
    # Were this process killed now, the lock would be free.
    start._held.close()
    assert becomes(gone) and config(folder) == "old"


def test_a_change_that_was_not_written_after_all(folder: str) -> None:
    start = TrialStart(600, (), Expected(), ())
    with state_directory(lock=False) as directory:
        start.begin(directory, record())
    start.abandon()
    assert (running(), config(folder), reads(folder)) == (None, "new", [])
    assert becomes(lambda: not timers(folder), 3)


def test_without_a_timer_there_is_no_trial(folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start_timer, "TIMER_MODULE", "tests.no_such_module")
    with pytest.raises(SshkeepError, match=r"timer .* could not be started"):
        begin(60)
    assert running() is None


def test_a_session_of_nobody_s_waits_with_nothing_of_ours(folder: str) -> None:
    need("root")
    begin(600)
    (process,) = timers(folder)
    assert os.getsid(process) != os.getsid(0)
    assert os.getsid(process) != process, "it can't get a terminal"
    files = {os.readlink(f"/proc/{process}/fd/{name}") for name in os.listdir(f"/proc/{process}/fd")}
    assert files == {"/dev/null", folder, f"{folder}/{TIMER_LOCK}"}
    environment = Path(f"/proc/{process}/environ").read_bytes().split(b"\0")
    names = {each.partition(b"=")[0] for each in environment} - {b"", b"LC_CTYPE"}
    assert names <= {b"PYTHONPATH", b"HOME", b"XDG_STATE_HOME"}
    assert os.readlink(f"/proc/{process}/cwd") == "/"


def test_a_machine_that_goes_down_takes_it_back_first(folder: str) -> None:
    begin(600)
    (process,) = timers(folder)
    os.kill(process, signal.SIGTERM)
    assert becomes(lambda: config(folder) == "old", 3)


def test_a_trial_has_one_end(folder: str) -> None:
    """Confirmed and expired in the same moment: one of the two, and the files are as it says."""
    ends = {"kept": 0, "taken back": 0}
    ways = (lambda: confirm_trial(END), lambda: take_back_trial(END))
    with ThreadPoolExecutor(2) as pool:
        for number in range(1, 200):
            Path(folder).with_name("config").write_text("new")
            mark(60, str(number) + "0")
            asked = [pool.submit(way) for way in ways[:: 1 if number % 2 else -1]]
            (winner,) = filter(None, [each.result() for each in asked])
            assert winner.record == str(number) + "0"
            ends[last().outcome] += 1
            assert config(folder) == {"kept": "new", "taken back": "old"}[last().outcome]
    assert sum(ends.values()) == 199


def test_one_trial_at_a_time(folder: str) -> None:
    mark(60, "1")
    for ask in (check_none, lambda: begin(60, "5")):
        with pytest.raises(SshkeepError, match=r"another change is on trial until .*confirm"):
            ask()
    assert running() and confirm_trial(END)
    check_none()


def test_a_new_trial_does_not_wait_for_the_timer_of_the_last_one(folder: str) -> None:
    begin(600, "1")
    assert confirm_trial(END)
    begin(600, "5")
    assert becomes(lambda: len(timers(folder)) == 1, 3)
    assert running() is not None


# What goes wrong, and who reports it.


def test_a_problem_at_the_end_is_reported_until_it_was_seen(folder: str) -> None:
    begin(1, DEAF)
    assert becomes(gone)
    assert config(folder) == "old"
    for _ in range(2):
        (said,) = settle_trial(END)
        assert said.endswith(", but sshd did not listen")
    with state_directory(lock=False) as directory:
        acknowledge(directory, last())
    assert settle_trial(END) == []


def test_an_undo_that_fails_is_reported(folder: str) -> None:
    begin(1, STUCK)
    assert becomes(gone)
    assert config(folder) == "new"
    assert describe_outcome(last()).startswith("the change could not be taken back at ")
    assert describe_outcome(last()).endswith(": config was changed since (`sshkeep undo 2` tries again)")
    assert last().steps[-1].endswith("sshd was started")


def test_a_change_is_not_kept_while_no_sshd_runs(folder: str) -> None:
    mark(60, DEAD)
    with pytest.raises(SshkeepError, match="no sshd is running, so the change is not kept"):
        confirm_trial(END)
    assert running()


def test_a_trial_whose_timer_lives_is_named(folder: str) -> None:
    begin(600)
    (said, damage) = settle_trial(END)
    assert said.startswith("a change of /etc/ssh/sshd_config is on trial until ")
    assert "there is no record 1" in damage
    assert running()


@pytest.mark.parametrize("seconds", [-5, 600])
def test_a_trial_whose_timer_is_gone_is_taken_back_by_the_next_command(seconds: int, folder: str) -> None:
    """Killed, or after a power cut."""
    mark(seconds)
    (said,) = settle_trial(END)
    assert said.startswith(
        "a change was still on trial, and its timer was gone: the change was taken back at "
    )
    assert (config(folder), reads(folder), settle_trial(END)) == ("old", ["old"], [])


def test_a_confirmation_that_comes_too_late(folder: str) -> None:
    mark(-5)
    late = confirm_trial(END)
    assert late and late.outcome == "taken back" and config(folder) == "old"


def test_a_confirmation_in_time_though_the_timer_was_killed(folder: str) -> None:
    mark(60)
    kept = confirm_trial(END)
    assert kept and kept.outcome == "kept"


def test_an_end_that_was_cut_off_is_finished_by_the_next_command(folder: str) -> None:
    mark(60)
    with state_directory(lock=False) as directory:
        end_trial(directory)
    assert describe_outcome(last()).endswith("is being taken back")
    (said,) = settle_trial(END)
    assert "taken back at" in said and config(folder) == "old"


def test_what_another_process_is_at_is_left_to_it(folder: str) -> None:
    mark(60)
    with state_directory(lock=False) as directory, hold_lock(directory, LOCK, wait=True):
        (said,) = settle_trial(END)
    assert "is on trial until" in said and config(folder) == "new"


def garbage(folder: str) -> None:
    Path(folder, RUNNING).write_text("{")


def nothing_left(folder: str) -> None:
    for path in Path(folder).iterdir():
        path.unlink()
    Path(folder).rmdir()


@pytest.mark.parametrize("damage", [garbage, nothing_left])
def test_the_timer_knows_what_was_damaged(damage: Callable[[str], None], folder: str) -> None:
    begin(2)
    damage(folder)
    assert becomes(lambda: config(folder) == "old")
    assert becomes(lambda: not timers(folder), 3)
    (said,) = settle_trial(END)
    assert said.endswith(", but what sshkeep had stored of the trial was damaged or gone")


def test_damage_is_reported(folder: str) -> None:
    garbage(folder)
    for ask in (lambda: confirm_trial(END), lambda: settle_trial(END), check_none):
        with pytest.raises(SshkeepError, match=r"trial\.json, .* can't be read"):
            ask()


def test_the_outcome_finds_space_on_a_full_disk(folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    mark(60)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(trial_marker, "replace_private_file", full)
    with state_directory(lock=False) as directory:
        trial = end_trial(directory)
        assert trial
        record_outcome(directory, trial.noted("x" * 100_000), "taken back")
    assert (last().outcome, last().steps, settle_trial(END)) == ("taken back", (), [])


def test_under_systemd_the_timer_is_a_unit_of_its_own(folder: str) -> None:
    put = mark(60, "7")
    command = start_timer.timer_command(put, 1, start_timer.timer_environment(), by_systemd=True)
    assert command[0] == "/usr/bin/systemd-run"
    assert {"--unit=sshkeep-confirm-7", "--service-type=forking"} < set(command)
    there = command.index(sys.executable)
    environment = dict(
        word.removeprefix("--setenv=").split("=", 1) for word in command[:there] if "setenv" in word
    )
    # Of a unit that forks, systemd waits for the first process, and takes its exit code.
    subprocess.run(command[there:], cwd="/", env=environment, check=True)
    assert config(folder) == "new"
    assert becomes(gone) and config(folder) == "old"


def test_a_timer_without_a_trial_does_nothing(folder: str) -> None:
    subprocess.run([sys.executable, "-m", "tests.reload.trial_timer", "0"], cwd=ROOT, check=True)
    assert config(folder) == "new"


def test_what_is_stored_is_for_its_owner(folder: str) -> None:
    mark(60, "1")
    confirm_trial(END)
    modes = {path.name: path.stat().st_mode & 0o777 for path in Path(folder).iterdir()}
    assert modes == {ENDED: 0o600, LOCK: 0o600}
    assert not Path(folder, ENDING).exists()
