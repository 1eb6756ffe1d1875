"""--output and --write-baseline: files, and what is no file: pipes, devices, the caller's own streams."""

import os
import socket
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sshkeep.errors import SshkeepError
from sshkeep.openssh.targets import NEWEST_TARGET
from sshkeep.system.output import open_output, write_output
from tests.program import ROOT, run
from tests.requirements import need
from tests.write.places import BOB, as_bob, home_of_bob

REPORT = f"no problems in 1 file (target {NEWEST_TARGET.name}, the newest, since no --target is given)\n"
PROGRAM = f"'{sys.executable}' -m sshkeep"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """With a config that has no problems."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    (tmp_path / "sshd_config").write_text("ClientAliveInterval 60\n")
    return tmp_path


def shell(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """``command`` of a shell; $sshkeep is the program."""
    environment = {**os.environ, "sshkeep": PROGRAM}
    script = command.replace("$sshkeep", PROGRAM)
    return subprocess.run(
        ["bash", "-c", script], cwd=folder, env=environment, capture_output=True, text=True, timeout=60
    )


# The caller's streams.

STREAMS = [
    # what a shell runs, what is in the file "log" afterwards
    ("$sshkeep lint --output /dev/stdout sshd_config >log", REPORT),
    ("echo first >log; $sshkeep lint --output /dev/stdout sshd_config >>log; echo last >>log", f"first\n{REPORT}last\n"),
    ("(echo first; $sshkeep lint --output /dev/stdout sshd_config; echo last) >log", f"first\n{REPORT}last\n"),
    ("$sshkeep lint --output /dev/stdout sshd_config | cat >log", REPORT),
    ("$sshkeep lint --output /dev/stderr sshd_config 2>log", REPORT),
    ("$sshkeep lint --output /dev/fd/3 sshd_config 3>log", REPORT),
    ("$sshkeep lint --output /proc/self/fd/3 sshd_config 3>log", REPORT),
    ("$sshkeep lint --output >(cat >log) sshd_config; sleep 0.5", REPORT),
    ("$sshkeep lint --write-baseline /dev/stdout sshd_config --quiet >log", '{\n "version": 1,\n "findings": []\n}\n'),
    ("$sshkeep lint --output /dev/null sshd_config >log", ""),
]  # fmt: skip


@pytest.mark.parametrize(("command", "log"), STREAMS, ids=[command for command, _ in STREAMS])
def test_a_stream_of_the_caller_is_written_to_and_not_replaced(command: str, log: str, folder: Path) -> None:
    done = shell(command, folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert (folder / "log").read_text() == log


def test_dev_null_stays_what_it_is(folder: Path) -> None:
    run("lint", "--output", "/dev/null", "sshd_config", cwd=folder)
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)


def test_a_stream_that_is_not_open(folder: Path) -> None:
    done = run("lint", "--output", "/dev/fd/9", "sshd_config", cwd=folder)
    assert (done.code, done.err) == (
        2,
        "sshkeep: can't write /dev/fd/9: it is not open (nothing was written)\n",
    )


def test_a_stream_that_is_open_for_reading_only(folder: Path) -> None:
    done = shell("$sshkeep lint --output /dev/fd/3 sshd_config 3<sshd_config", folder)
    assert done.returncode == 2
    assert "can't write /dev/fd/3: it is not open for writing" in done.stderr


def test_a_full_device(folder: Path) -> None:
    done = run("lint", "--output", "/dev/full", "sshd_config", cwd=folder)
    assert done.code == 2
    assert "can't write /dev/full: No space left on device" in done.err


# Pipes that have a name.


@pytest.mark.parametrize("first", ["reader", "writer"])
def test_a_fifo_gets_the_result(first: str, folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    lint = "$sshkeep lint --output pipe sshd_config"
    commands = [f"sleep 0.5; {lint}", "cat pipe"] if first == "reader" else [lint, "sleep 2; cat pipe"]
    done = shell(f"({commands[0]}) & {commands[1]}; wait $!", folder)
    assert (done.returncode, done.stdout, done.stderr) == (0, REPORT, "")
    assert stat.S_ISFIFO((folder / "pipe").stat().st_mode)


def test_the_reader_of_a_fifo_goes_away(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    command = f"exec {PROGRAM} lint --kind sshd_config --output pipe -"
    with subprocess.Popen(["bash", "-c", command], cwd=folder, stdin=subprocess.PIPE) as process:
        os.close(os.open(folder / "pipe", os.O_RDONLY))  # both ends were open for a moment
        process.communicate(b"ClientAliveInterval 60\n", timeout=30)
    assert process.returncode == 141


def test_a_fifo_is_waited_for_before_anything_is_written(folder: Path) -> None:
    """As a shell waits before it starts a command."""
    (folder / "sshd_config").write_text("ClientAliveInterval 0\n")
    os.mkfifo(folder / "pipe")
    command = f"exec {PROGRAM} fix --write --output pipe sshd_config"
    with subprocess.Popen(["bash", "-c", command], cwd=folder) as process:
        time.sleep(2)
        assert process.poll() is None
        assert (folder / "sshd_config").read_text() == "ClientAliveInterval 0\n"
        assert "client-alive-interval" in (folder / "pipe").read_text()
    assert (folder / "sshd_config").read_text() == "ClientAliveInterval 60\n"


@pytest.fixture
def home() -> Iterator[Path]:
    need("root")
    with home_of_bob() as home:
        yield home


def test_a_fifo_that_another_user_put_into_a_shared_directory(home: Path) -> None:
    """He would read what root writes: the kernel's protected_fifos."""
    home.chmod(0o1777)
    os.chown(home, 0, 0)
    for name, owner in (("bob", BOB), ("root", 0)):
        os.mkfifo(home / name)
        os.chown(home / name, owner, owner)
    with pytest.raises(SshkeepError, match="belongs to another user"):
        open_output(str(home / "bob"))
    reader = threading.Thread(target=(home / "root").read_bytes)
    reader.start()
    write_output(str(home / "root"), b"x")
    reader.join()


@pytest.mark.parametrize("plant", ["another fifo", "a file", "a link"])
def test_a_fifo_that_is_swapped_while_it_is_opened(
    plant: str, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sshkeep.system.held_directory import HeldDirectory

    secret = tmp_path / "secret"
    secret.write_bytes(b"old\n")
    os.mkfifo(home / "pipe")
    real = HeldDirectory.open_stream

    def swap(self: HeldDirectory, name: str) -> int:
        (home / "pipe").rename(home / "gone")
        if plant == "another fifo":
            os.mkfifo(home / "pipe")
            threading.Thread(target=(home / "pipe").read_bytes).start()
        elif plant == "a file":
            os.link(secret, home / "pipe")
        else:
            (home / "pipe").symlink_to(secret)
        return real(self, name)

    monkeypatch.setattr(HeldDirectory, "open_stream", swap)
    with pytest.raises(SshkeepError, match="swapped for"):
        open_output(str(home / "pipe"))
    assert secret.read_bytes() == b"old\n"


# What is neither file nor stream.


def test_a_disk_is_not_written_to(tmp_path: Path) -> None:
    need("root", "mounts")
    os.mknod(tmp_path / "disk", stat.S_IFBLK | 0o600, os.makedev(7, 250))
    with pytest.raises(SshkeepError, match="not a regular file"):
        open_output(str(tmp_path / "disk"))


def test_nor_is_a_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket")
        with pytest.raises(SshkeepError, match="not a regular file"):
            open_output("socket")


# Files.

FAILING = [
    # what can't be done, and what the file holds then
    (["effective", "--keyword", "NoSuchKeyword", "sshd_config"], "old\n"),
    (["set", "Port", "many", "sshd_config"], "old\n"),
    (["idle", "--path", "no-such-path"], "old\n"),
    # These go on with other files, and have a result, which is empty.
    (["lint", "nowhere"], ""),
    (["lint", "--select", "no-such-rule", "sshd_config"], ""),
]


@pytest.mark.parametrize(("arguments", "left"), FAILING, ids=[" ".join(words) for words, _ in FAILING])
def test_a_result_that_is_there_stays_where_the_command_fails(
    arguments: list[str], left: str, folder: Path
) -> None:
    (folder / "report").write_text("old\n")
    done = run(arguments[0], "--output", "report", *arguments[1:], cwd=folder)
    assert (done.code, (folder / "report").read_text()) == (2, left)
    assert sorted(os.listdir(folder)) == ["report", "sshd_config"]


@pytest.mark.parametrize(
    "arguments", [["fix", "sshd_config"], ["set", "ClientAliveInterval", "60", "sshd_config"]], ids=" ".join
)
def test_it_is_known_before_a_config_is_written_that_a_result_can_not_be(
    arguments: list[str], folder: Path
) -> None:
    (folder / "sshd_config").write_text("ClientAliveInterval 0\n")
    done = run(arguments[0], "--write", "--output", "nowhere/report", *arguments[1:], cwd=folder)
    assert done.code == 2 and "can't write nowhere/report: " in done.err
    assert (folder / "sshd_config").read_text() == "ClientAliveInterval 0\n"


def test_a_result_that_can_not_be_written_at_the_end(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By then a config has been written: it is not said that nothing was."""
    (folder / "sshd_config").write_text("ClientAliveInterval 0\n")
    done = run("fix", "--write", "--output", "/dev/full", "sshd_config", cwd=folder)
    assert (done.code, "nothing was written" in done.err) == (2, False)
    assert (folder / "sshd_config").read_text() == "ClientAliveInterval 60\n"


def test_a_filter_writes_into_the_file(folder: Path) -> None:
    text = "# \xff\nClientAliveInterval 0\n".encode("latin-1")
    done = run("fix", "--kind", "sshd_config", "--output", "fixed", "-", cwd=folder, stdin=text)
    assert (done.code, done.out) == (0, "")
    assert (folder / "fixed").read_bytes() == text.replace(b" 0\n", b" 60\n")


def test_a_baseline_follows_no_link_of_another_user(home: Path, folder: Path) -> None:
    home.chmod(0o1777)
    os.chown(home, 0, 0)
    (home / "known.json").symlink_to(folder / "sshd_config")
    os.lchown(home / "known.json", BOB, BOB)
    done = run("lint", "--write-baseline", home / "known.json", "sshd_config", cwd=folder)
    assert done.code == 2 and "is a symbolic link that others could have made" in done.err
    assert (folder / "sshd_config").read_text() == "ClientAliveInterval 60\n"


def test_a_user_who_may_not_write_there(home: Path) -> None:
    with as_bob(), pytest.raises(SshkeepError, match="permission denied for its directory"):
        write_output("/report-of-a-test", b"x")
    assert not os.path.exists("/report-of-a-test")
