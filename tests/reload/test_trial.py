"""A change on trial stays when it is confirmed, and is undone when not, whatever becomes of the session."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from sshkeep.errors import SshkeepError
from sshkeep.reload import start_timer
from sshkeep.reload.reload_command import ReloadCommand
from sshkeep.reload.trial import confirm_trial, describe_outcome, roll_back, start_trial
from sshkeep.state.directory import state_directory
from sshkeep.state.trial_marker import (
    ENDED,
    GRACE,
    RUNNING,
    Trial,
    begin_trial,
    check_no_trial,
    last_trial,
    running_trial,
)
from tests.reload.trial_timer import undo_record
from tests.requirements import need

ROOT = Path(__file__).parent.parent.parent
TOUCH = ReloadCommand((("true",),))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A state directory, beside a config as it was and as it became."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setattr(start_timer, "TIMER_MODULE", "tests.reload.trial_timer")
    monkeypatch.setattr(start_timer, "_systemd_runs", lambda: False)
    (tmp_path / "before").write_text("old")
    (tmp_path / "config").write_text("new")
    (tmp_path / "sshkeep").mkdir(mode=0o700)
    return str(tmp_path / "sshkeep")


def config(folder: str) -> str:
    return Path(folder).with_name("config").read_text()


def becomes(what: Callable[[], bool], seconds: float = 10) -> bool:
    """Whether it comes true within that time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if what():
            return True
        time.sleep(0.05)
    return what()


def begin(seconds: int, record: str = "1", reload: ReloadCommand = TOUCH) -> Trial:
    return start_trial(record, reload, seconds, undo_record)


def mark(seconds: int, record: str = "1") -> Trial:
    """A trial without a timer."""
    with state_directory(lock=False) as directory:
        return begin_trial(directory, record, TOUCH.commands, seconds)


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


# With a real sshd.


class Sshd(NamedTuple):
    """One of our own, which listens where ``config`` says."""

    reload: ReloadCommand
    old: int
    new: int

    def answers(self, port: int) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", port), 1) as connection:
                connection.settimeout(2)
                return connection.recv(4) == b"SSH-"
        except OSError:
            return False


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@pytest.fixture
def sshd(folder: str) -> Iterator[Sshd]:
    """Running with its old config; the new one, on another port, is written but not read."""
    need("openssh", "root", "mounts")
    place = Path(folder).parent
    key = place / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    old, new = free_port(), free_port()
    common = f"ListenAddress 127.0.0.1\nHostKey {key}\nPidFile {place}/pid\nUsePAM no\n"
    (place / "before").write_text(f"Port {old}\n{common}")
    (place / "config").write_text(f"Port {old}\n{common}")
    script = 'mount -t tmpfs none /run && mkdir /run/sshd && exec /usr/sbin/sshd -D -e -f "$1"'
    command = ["unshare", "-m", "sh", "-c", script, "sh", str(place / "config")]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            sshd = Sshd(ReloadCommand((("kill", "-HUP", str(process.pid)),)), old, new)
            assert becomes(lambda: sshd.answers(old))
            (place / "config").write_text(f"Port {new}\n{common}")
            yield sshd
        finally:
            process.kill()


def test_what_nobody_confirms_is_taken_back(sshd: Sshd) -> None:
    begin(2, reload=sshd.reload)
    assert becomes(lambda: sshd.answers(sshd.new)), "it is in effect at once"
    assert not sshd.answers(sshd.old)
    assert becomes(lambda: sshd.answers(sshd.old)), "and no longer after that time"
    assert not sshd.answers(sshd.new)
    assert becomes(gone)
    assert last().outcome == "taken back"
    assert confirm_trial() is None


def test_what_is_confirmed_stays(sshd: Sshd) -> None:
    begin(2, reload=sshd.reload)
    assert becomes(lambda: sshd.answers(sshd.new))
    assert confirm_trial()
    time.sleep(3)
    assert sshd.answers(sshd.new)
    assert last().outcome == "kept"


def test_the_loss_of_the_session_changes_nothing(sshd: Sshd) -> None:
    command = [sys.executable, "-m", "tests.reload.trial_timer", "start", "3", *sshd.reload.commands[0]]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, start_new_session=True) as session:
        assert session.stdout and session.stdout.readline() == b"on trial\n"
        os.killpg(session.pid, signal.SIGHUP)
        os.killpg(session.pid, signal.SIGKILL)
    assert becomes(lambda: sshd.answers(sshd.new))
    assert becomes(lambda: sshd.answers(sshd.old))
    assert becomes(gone) and last().outcome == "taken back"


# Without one.


def test_the_timer_is_there_before_the_reload(folder: str) -> None:
    """The reload itself ends the session: whoever asked for it does not live to start a timer."""
    kill = "kill -9 $PPID"
    command = [sys.executable, "-m", "tests.reload.trial_timer", "start", "1", "sh", "-c", kill]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=30)
    assert done.returncode == -signal.SIGKILL
    assert config(folder) == "new"
    assert becomes(lambda: config(folder) == "old")


def test_a_session_of_nobody_s_waits_with_nothing_of_ours(folder: str) -> None:
    begin(600)
    (process,) = timers(folder)
    try:
        assert os.getsid(process) != os.getsid(0)
        assert os.getsid(process) != process, "it can't get a terminal"
        files = {os.readlink(f"/proc/{process}/fd/{name}") for name in os.listdir(f"/proc/{process}/fd")}
        assert files == {"/dev/null"}
        environment = Path(f"/proc/{process}/environ").read_bytes().split(b"\0")
        names = {each.partition(b"=")[0] for each in environment} - {b"", b"LC_CTYPE"}
        assert names <= {b"PYTHONPATH", b"HOME", b"XDG_STATE_HOME"}
        assert os.readlink(f"/proc/{process}/cwd") == "/"
    finally:
        os.kill(process, signal.SIGKILL)


def timers(folder: str) -> list[int]:
    need("root")
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                words = (entry / "cmdline").read_bytes().split(b"\0")
                environment = (entry / "environ").read_bytes().split(b"\0")
            except OSError:
                continue
            home = f"XDG_STATE_HOME={Path(folder).parent}"
            if b"tests.reload.trial_timer" in words and os.fsencode(home) in environment:
                found.append(int(entry.name))
    return found


def test_a_machine_that_goes_down_takes_it_back_first(folder: str) -> None:
    begin(600)
    (process,) = timers(folder)
    os.kill(process, signal.SIGTERM)
    assert becomes(gone) and config(folder) == "old"


def test_a_trial_has_one_end(folder: str) -> None:
    """Confirmed and expired in the same moment: one of the two, and the files are as it says."""
    ends = {"kept": 0, "taken back": 0}
    with ThreadPoolExecutor(2) as pool:
        for number in range(200):
            Path(folder).with_name("config").write_text("new")
            mark(60, str(number))
            ways = [confirm_trial, lambda: roll_back(undo_record)]
            asked = [pool.submit(way) for way in ways[:: 1 if number % 2 else -1]]
            (winner,) = filter(None, [each.result() for each in asked])
            assert winner.record == str(number)
            ends[last().outcome] += 1
            assert config(folder) == {"kept": "new", "taken back": "old"}[last().outcome]
    assert sum(ends.values()) == 200


def test_one_trial_at_a_time(folder: str) -> None:
    mark(60, "1")
    for ask in (check_none, lambda: begin(60, "2")):
        with pytest.raises(SshkeepError, match=r"another change is on trial until .*confirm"):
            ask()
    assert confirm_trial()
    check_none()


def test_a_trial_whose_timer_is_long_dead_is_none(folder: str) -> None:
    mark(-int(GRACE / timedelta(seconds=1)) - 1, "1")
    check_none()
    assert mark(60, "2").record == "2"


@pytest.mark.parametrize(
    ("record", "said", "left"),
    [
        ("1", "failed: gone; the change was taken back", "old"),
        ("stuck", "failed: gone; the change could not be taken back (config was changed since)", "new"),
    ],
)
def test_a_reload_that_fails_ends_the_trial_at_once(record: str, said: str, left: str, folder: str) -> None:
    with pytest.raises(SshkeepError) as error:
        begin(600, record, ReloadCommand((("sh", "-c", "echo gone; exit 1"),)))
    assert str(error.value).endswith(said)
    assert config(folder) == left
    assert running() is None
    for process in timers(folder):
        os.kill(process, signal.SIGKILL)


def test_a_reload_that_fails_at_the_end_is_told(folder: str) -> None:
    begin(1, reload=ReloadCommand((("sh", "-c", 'test ! -e "$0" && touch "$0"', f"{folder}/reloaded"),)))
    assert becomes(gone) and config(folder) == "old"
    assert ", but sshd was not reloaded: `sh -c" in describe_outcome(last())


def test_without_a_timer_nothing_is_reloaded(folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start_timer, "TIMER_MODULE", "tests.no_such_module")
    reload = ReloadCommand((("touch", f"{folder}/reloaded"),))
    with pytest.raises(SshkeepError, match=r"timer .* could not be started.*; the change was taken back"):
        begin(60, reload=reload)
    assert config(folder) == "old"


def test_an_undo_that_fails_is_told(folder: str) -> None:
    begin(1, "stuck")
    assert becomes(gone)
    assert config(folder) == "new"
    assert describe_outcome(last()).startswith("the change could not be taken back at ")
    assert describe_outcome(last()).endswith(": config was changed since (`sshkeep undo` tries again)")


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


def test_a_book_that_can_t_be_read_is_told(folder: str) -> None:
    Path(folder, RUNNING).write_text("{")
    with pytest.raises(SshkeepError, match=r"can't read .*trial\.json"):
        confirm_trial()


def test_the_books_are_for_their_owner(folder: str) -> None:
    mark(60, "1")
    confirm_trial()
    assert [(path.name, path.stat().st_mode & 0o777) for path in Path(folder).iterdir()] == [(ENDED, 0o600)]
