"""``sshkeep confirm`` and undo, and a trial of what was really written: the record, the timer, the files."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sshkeep.errors import SshkeepError
from sshkeep.fix.change import Change
from sshkeep.reload import after_write, start_timer
from sshkeep.reload.after_write import ReloadOptions, reload_notice, reload_options
from sshkeep.reload.reload_command import ReloadCommand
from sshkeep.reload.reload_sshd import Expected, Seen
from sshkeep.reload.trial import TrialStart
from sshkeep.state.directory import state_directory
from sshkeep.state.path import state_path
from sshkeep.state.record import About
from sshkeep.state.record_store import find_record, forget_record
from sshkeep.state.trial_marker import running_trial
from sshkeep.write.transaction import write_changes
from tests.program import Done, run
from tests.reload.test_trial import becomes, timers
from tests.reload.trial_timer import END

ABOUT = About("fix", (), "openssh-9.2")


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A file to change. The timer's sshd is not this machine's: it notes what it reads (tests.reload.trial_timer)."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr(start_timer, "TIMER_MODULE", "tests.reload.undo_timer")
    monkeypatch.setattr(start_timer, "_systemd_runs", lambda: False)
    path = tmp_path / "sshd_config"
    path.write_text("old\n")
    yield path
    for process in timers(str(tmp_path / "state/sshkeep")):
        os.kill(process, signal.SIGKILL)


def on_trial(config: Path, seconds: int) -> str:
    """The number of the record whose change is on trial."""
    start = TrialStart(seconds, (), Expected(), ())
    record = write_changes([Change(str(config), b"old\n", b"new\n")], ABOUT, start.begin)
    start.finish(Seen(("sshd has the files",)), END)
    return record.id


def state_of(id: str) -> str:
    return find_record(id).state


def trial_is_over() -> bool:
    with state_directory(lock=False) as directory:
        return running_trial(directory) is None


def test_unconfirmed_it_is_undone(config: Path) -> None:
    id = on_trial(config, 1)
    assert config.read_text() == "new\n"
    assert becomes(lambda: config.read_text() == "old\n")
    assert becomes(lambda: state_of(id) == "undone")
    done = run("confirm")
    assert done.code == 1
    first, *steps = done.err.splitlines()
    assert first.startswith("sshkeep: nothing is on trial: the change was taken back at ")
    assert [step.split(" ", 2)[2] for step in steps] == [
        "the new files were written",
        "sshd has the files",
        "the old files were put back",
        "sshd was told",
    ]


def test_confirmed_it_stays(config: Path) -> None:
    id = on_trial(config, 600)
    stays_dead(id)
    assert config.read_text() == "new\n"


def stays_dead(id: str) -> None:
    """Confirm by the library: the program would look for this machine's sshd."""
    from sshkeep.reload.trial import confirm_trial

    assert confirm_trial(END)
    assert state_of(id) == "done"
    again = run("confirm")
    assert again.code == 1
    assert "nothing is on trial: the change was kept at " in again.err


def test_without_any_trial_the_answer_is_no(config: Path) -> None:
    done = run("confirm")
    assert (done.code, done.out, done.err) == (1, "", "sshkeep: nothing is on trial\n")
    assert not os.path.lexists(state_path())


def test_what_was_changed_since_is_left_and_reported(config: Path) -> None:
    on_trial(config, 1)
    config.write_text("newer\n")
    assert becomes(trial_is_over)
    time.sleep(0.5)
    assert config.read_text() == "newer\n"
    for _ in range(2):
        assert "could not be taken back" in run("lint", config).err, "every command reports it"
    done = run("confirm")
    assert done.code == 1
    assert f"{config} was changed since (`sshkeep undo 1` tries again)" in done.err
    assert run("lint", config).err == "", "it was seen"


# During the trial.


def test_its_files_are_not_written(config: Path) -> None:
    id = on_trial(config, 600)
    with pytest.raises(SshkeepError, match=r"is on trial until .*nothing was written; `sshkeep confirm`"):
        write_changes([Change(str(config), b"new\n", b"newer\n")], ABOUT)
    other = config.with_name("other")
    assert write_changes([Change(str(other), None, b"x\n")], ABOUT).id == "2"
    assert (config.read_text(), state_of(id)) == ("new\n", "done")


def test_every_command_names_it(config: Path) -> None:
    on_trial(config, 600)
    for command in ("lint", "fix", "effective"):
        assert (
            f"note: a change of {config} is on trial until "
            in run(command, "--kind", "sshd_config", config).err
        )
    assert "trial" not in run("--version").err


def test_older_records_of_its_files_are_not_undone(config: Path) -> None:
    write_changes([Change(str(config), b"old\n", b"old \n")], ABOUT)
    write_changes([Change(str(config), b"old \n", b"old\n")], ABOUT)
    on_trial(config, 600)
    done = run("undo", "1")
    assert done.code == 2 and "these files are on trial by record 3" in done.err
    assert config.read_text() == "new\n"


def test_undo_shows_what_it_would_do(config: Path) -> None:
    on_trial(config, 600)
    done = run("undo", "--dry-run", cwd=config.parent)
    assert done.code == 0 and done.out.splitlines()[-2:] == ["-new", "+old"]
    assert config.read_text() == "new\n" and not trial_is_over()


def test_undo_leaves_a_file_that_was_edited_and_the_trial(config: Path) -> None:
    on_trial(config, 600)
    config.write_text("by hand\n")
    done = run("undo", cwd=config.parent)
    assert done.code == 1 and "sshd_config was changed since, and not by sshkeep" in done.out
    assert not trial_is_over()


def test_its_record_is_neither_forgotten_nor_pruned(config: Path) -> None:
    id = on_trial(config, 600)
    done = run("undo", "--forget", id)
    assert done.code == 2 and "record 1 is of the change on trial" in done.err
    other = config.with_name("other")
    other.write_bytes(b"0")
    for number in range(103):
        write_changes([Change(str(other), b"%d" % number, b"%d" % (number + 1))], ABOUT)
    assert state_of(id) == "done"
    with pytest.raises(SshkeepError):
        find_record("2")


def test_a_record_that_is_gone_is_reported(config: Path) -> None:
    forget_record(on_trial(config, 600))
    assert "the record of the change on trial is damaged" in run("lint", config).err


def test_a_second_trial_is_refused_before_anything_is_written(config: Path) -> None:
    on_trial(config, 60)
    with pytest.raises(SshkeepError, match="another change is on trial"):
        reload_options(confirm=60, write=True)


def test_a_write_that_fails_leaves_no_trial(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    start = TrialStart(600, (), Expected(), ())

    def fail(*_: object) -> None:
        raise SshkeepError("the disk is gone", "nothing was written")

    monkeypatch.setattr("sshkeep.write.transaction.replace_all", fail)
    with pytest.raises(SshkeepError, match="the disk is gone"):
        write_changes([Change(str(config), b"old\n", b"new\n")], ABOUT, start.begin)
    start.abandon()
    assert trial_is_over() and run("confirm").code == 1
    assert "not written" in run("confirm").err


# The options.


@pytest.mark.parametrize(
    ("options", "write", "sentence"),
    [
        (ReloadOptions(reload=True), False, "--reload and --confirm go with --write"),
        (ReloadOptions(confirm=60), False, "--reload and --confirm go with --write"),
        (ReloadOptions(confirm=9), True, "--confirm takes 10 to 3600 seconds"),
        (ReloadOptions(confirm=4000), True, "--confirm takes 10 to 3600 seconds"),
    ],
)
def test_options_that_can_t_be_met(options: ReloadOptions, write: bool, sentence: str, config: Path) -> None:
    with pytest.raises(SshkeepError, match=sentence):
        reload_options(*options, write=write)


@pytest.mark.parametrize(
    ("reload", "lines", "state"),
    [
        (
            ReloadCommand((("systemctl", "reload", "ssh"),)),
            (),
            "written; reload sshd to apply it: systemctl reload ssh",
        ),
        (
            ReloadCommand((("a", "b"),), "a socket listens"),
            ("note: a socket listens",),
            "written; reload sshd to apply it: a b",
        ),
        (ReloadCommand((), "launchd does", needed=False), (), "written; launchd does"),
        (ReloadCommand((), "restart it by hand"), (), "written; restart it by hand"),
    ],
)
def test_what_is_left_to_do(
    reload: ReloadCommand, lines: tuple[str, ...], state: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 0)
    monkeypatch.delenv("SUDO_UID", raising=False)
    monkeypatch.setattr(after_write, "find_reload_command", lambda *_: reload)
    assert reload_notice({"port"}) == (lines, state)


# A result that can't be printed.


def written_into(config: Path, output: str) -> Done:
    """``sshkeep set --write`` with standard output there."""
    import subprocess
    import sys

    from tests.program import ROOT

    command = [sys.executable, "-m", "sshkeep", "set", "--write", "Port", "2222", str(config)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with open(output, "w") as stream:
        done = subprocess.run(command, stdout=stream, stderr=subprocess.PIPE, text=True, env=environment)
    return Done(done.returncode, "", done.stderr)


def test_what_was_written_is_reported_though_the_result_is_lost(config: Path) -> None:
    config.write_text("Port 22\n")
    done = written_into(config, "/dev/full")
    assert config.read_text() == "Port 2222\n"
    assert done.code == 2
    assert done.err == (
        "sshkeep: the files were changed; to undo this change: sshkeep undo 1\n"
        "sshkeep: can't write the result: No space left on device\n"
    )


def test_a_reader_that_has_gone_away(config: Path, tmp_path: Path) -> None:
    config.write_text("Port 22\n")
    reader, writer = os.pipe()
    os.close(reader)
    done = written_into(config, f"/dev/fd/{writer}") if os.path.exists("/dev/fd") else None
    os.close(writer)
    assert done is None or (done.code == 141 and "the files were changed" in done.err)


def test_nothing_is_said_of_writing_where_nothing_was_written(config: Path) -> None:
    config.write_text("Port 2222\n")
    assert "changed" not in written_into(config, "/dev/full").err
