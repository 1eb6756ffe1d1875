"""``sshkeep confirm``, and a trial of what was really written: the record, the timer, undo."""

import os
import time
from pathlib import Path

import pytest

from sshkeep.errors import SshkeepError
from sshkeep.fix.change import Change
from sshkeep.reload import after_write, start_timer
from sshkeep.reload.after_write import ReloadOptions, reload_after_write, reload_options
from sshkeep.reload.reload_command import ReloadCommand
from sshkeep.state.directory import state_directory, state_path
from sshkeep.state.record import About
from sshkeep.state.record_store import find_record
from sshkeep.state.trial_marker import running_trial
from sshkeep.write.transaction import write_changes
from tests.program import run


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file to change, on a machine whose sshd notes each reload beside it."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr(start_timer, "_systemd_runs", lambda: False)
    monkeypatch.setattr(after_write, "MIN_TRIAL_SECONDS", 1)
    note = ReloadCommand((("sh", "-c", 'cat "$0" >>"$0.read"', str(tmp_path / "sshd_config")),))
    monkeypatch.setattr(after_write, "find_reload_command", lambda changed: note)
    path = tmp_path / "sshd_config"
    path.write_text("old\n")
    return path


def written(config: Path) -> str:
    record = write_changes([Change(str(config), b"old\n", b"new\n")], About("fix", (), "openssh-9.2"))
    return record.id


def read_by_sshd(config: Path) -> str:
    return config.with_name("sshd_config.read").read_text()


def test_unconfirmed_it_is_undone_and_reloaded(config: Path) -> None:
    id = written(config)
    lines = reload_after_write(ReloadOptions(confirm=1), id, {"port"})
    assert lines[0].startswith("sshd was reloaded, on trial until ")
    end = time.monotonic() + 10
    while read_by_sshd(config) == "new\n" and time.monotonic() < end:
        time.sleep(0.05)
    assert read_by_sshd(config) == "new\nold\n"
    assert config.read_text() == "old\n"
    assert find_record(id).state == "undone"
    done = run("confirm")
    assert done.code == 1
    assert done.err.startswith("sshkeep: nothing is on trial: the change was taken back at ")


def test_confirmed_it_stays(config: Path) -> None:
    id = written(config)
    reload_after_write(ReloadOptions(confirm=1), id, {"port"})
    done = run("confirm")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("kept: the change on trial until ")
    time.sleep(2)
    assert (config.read_text(), read_by_sshd(config), find_record(id).state) == ("new\n", "new\n", "done")
    again = run("confirm")
    assert again.code == 1
    assert "nothing is on trial: the change was kept at " in again.err


def test_without_any_trial_the_answer_is_no(config: Path) -> None:
    done = run("confirm")
    assert (done.code, done.out, done.err) == (1, "", "sshkeep: nothing is on trial\n")
    assert not os.path.lexists(state_path())


def test_what_was_changed_since_is_left_and_told(config: Path) -> None:
    id = written(config)
    reload_after_write(ReloadOptions(confirm=1), id, {"port"})
    config.write_text("newer\n")
    time.sleep(2)
    assert config.read_text() == "newer\n"
    done = run("confirm")
    assert done.code == 1
    assert "could not be taken back" in done.err
    assert f"{config} was changed since (`sshkeep undo` tries again)" in done.err


def test_what_was_undone_by_hand_is_reloaded_at_the_end(config: Path) -> None:
    reload_after_write(ReloadOptions(confirm=2), written(config), {"port"})
    assert run("undo").code == 0
    end = time.monotonic() + 10
    while read_by_sshd(config) == "new\n" and time.monotonic() < end:
        time.sleep(0.05)
    assert read_by_sshd(config) == "new\nold\n"
    assert "taken back" in run("confirm").err


def test_a_second_trial_is_refused_before_anything_is_written(config: Path) -> None:
    reload_after_write(ReloadOptions(confirm=60), written(config), {"port"})
    with pytest.raises(SshkeepError, match="another change is on trial"):
        reload_options(confirm=60, write=True)
    assert run("confirm").code == 0
    reload_options(confirm=60, write=True)


@pytest.mark.parametrize(
    ("options", "write", "sentence"),
    [
        (ReloadOptions(reload=True), False, "--reload and --confirm go with --write"),
        (ReloadOptions(confirm=60), False, "--reload and --confirm go with --write"),
        (ReloadOptions(confirm=0), True, "--confirm takes 1 to 3600 seconds"),
        (ReloadOptions(confirm=4000), True, "--confirm takes 1 to 3600 seconds"),
    ],
)
def test_options_that_can_t_be_met(options: ReloadOptions, write: bool, sentence: str, config: Path) -> None:
    with pytest.raises(SshkeepError, match=sentence):
        reload_options(*options, write=write)


@pytest.mark.parametrize(
    ("reload", "lines"),
    [
        (ReloadCommand((("systemctl", "reload", "ssh"),)), ["reload with: systemctl reload ssh"]),
        (ReloadCommand((("a", "b"),), "a socket listens"), ["note: a socket listens", "reload with: a b"]),
        (ReloadCommand((), "launchd does", needed=False), ["note: launchd does"]),
        (ReloadCommand((), "who knows how"), ["note: who knows how"]),
    ],
)
def test_without_options_the_command_is_printed(
    reload: ReloadCommand, lines: list[str], config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 0)
    monkeypatch.delenv("SUDO_UID", raising=False)
    monkeypatch.setattr(after_write, "find_reload_command", lambda changed: reload)
    assert reload_after_write(ReloadOptions(), "1", {"port"}) == lines


@pytest.mark.parametrize("options", [ReloadOptions(reload=True), ReloadOptions(confirm=60)])
def test_where_no_reload_is_known_nothing_is_written(
    options: ReloadOptions, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        after_write, "find_reload_command", lambda changed: ReloadCommand((), "who knows how")
    )
    with pytest.raises(SshkeepError, match="no way to reload sshd: who knows how"):
        reload_options(*options, write=True)


def test_a_trial_without_a_reload(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """launchd starts an sshd for each connection: the files alone are on trial."""
    alone = ReloadCommand((), "launchd does", needed=False)
    monkeypatch.setattr(after_write, "find_reload_command", lambda changed: alone)
    reload_options(confirm=1, write=True)
    lines = reload_after_write(ReloadOptions(confirm=1), written(config), {"port"})
    assert lines[1].startswith("in effect, on trial until ")
    time.sleep(2)
    assert config.read_text() == "old\n"


def test_a_reload_as_asked_for(config: Path) -> None:
    assert "sshd was reloaded" in reload_after_write(ReloadOptions(reload=True), written(config), {"port"})[0]
    assert read_by_sshd(config) == "new\n"
    with state_directory() as directory:
        assert running_trial(directory) is None
