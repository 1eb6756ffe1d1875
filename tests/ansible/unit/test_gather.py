"""What one shell command fetches, and what it never does."""

import contextlib
import os
import pty
import subprocess
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.ansible.collection import plugin_util
from tests.requirements import need

SHELLS = ("sh", "bash")


@pytest.fixture(scope="module")
def gather(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    need("ansible")
    return plugin_util("gather", tmp_path_factory.mktemp("collection"))


class Shell:
    """Runs commands as a host does, and counts them; on a terminal, as for `sudo` with requiretty."""

    def __init__(self, name: str = "sh", *, terminal: bool = False) -> None:
        self.name = name
        self.terminal = terminal
        self.rounds = 0
        self.printed = ""

    def __call__(self, script: str) -> dict[str, str]:
        self.rounds += 1
        command = [self.name, "-c", f"echo Welcome!\n{script}\necho bye"]
        out = on_terminal(command) if self.terminal else subprocess.run(command, capture_output=True).stdout
        text = out.decode(errors="surrogateescape")
        self.printed += text
        return {"stdout": text, "stderr": ""}


def on_terminal(command: list[str]) -> bytes:
    """What it prints, with CRLF for LF."""
    terminal, end = pty.openpty()
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=end, stderr=end):
        os.close(end)
        parts = []
        with contextlib.suppress(OSError):  # EIO: nobody has the other end any more
            while part := os.read(terminal, 65536):
                parts.append(part)
    os.close(terminal)
    return b"".join(parts)


def wanted(gather: ModuleType, path: Path, **more: str) -> Any:
    return gather.Wanted("sshd_config", str(path), "openssh-10.0", **more)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TIME_STYLE", "long-iso"),
        ("BLOCK_SIZE", "K"),
        ("LS_BLOCK_SIZE", "human-readable"),
        ("QUOTING_STYLE", "shell"),
    ],
)
def test_variables_of_the_host_do_not_change_it(
    gather: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    main = tmp_path / "sshd_config"
    main.write_text("Port 22\n")
    monkeypatch.setenv(name, value)
    assert gather.gather(Shell(), wanted(gather, main)).machine.files[str(main)] == b"Port 22\n"


def test_odd_names_of_files(gather: ModuleType, tmp_path: Path) -> None:
    main, odd = tmp_path / "sshd_config", tmp_path / "a\u2028.conf"
    main.write_text(f"Include {tmp_path}/*.conf\n")
    odd.write_text("Port 22\n")
    (tmp_path / "new\nline").write_text("Port 23\n")
    (tmp_path / "link.conf").symlink_to(tmp_path / "new\nline")
    found = gather.gather(Shell(), wanted(gather, main)).machine.files
    assert found[str(odd)] == b"Port 22\n" and found[str(tmp_path / "link.conf")] == b"Port 23\n"


@pytest.mark.parametrize("terminal", [False, True])
@pytest.mark.parametrize("name", SHELLS)
def test_files_with_their_permissions(gather: ModuleType, tmp_path: Path, name: str, terminal: bool) -> None:
    main, extra, real = tmp_path / "sshd_config", tmp_path / "with blank'.conf", tmp_path / "real"
    main.write_bytes(b"Include %s/*.conf\n\xff\r\n" % os.fsencode(tmp_path))
    extra.write_bytes(b"")
    real.write_bytes(b"Port 22")
    (tmp_path / "link.conf").symlink_to(real)
    main.chmod(0o4640)
    shell = Shell(name, terminal=terminal)
    found = gather.gather(shell, wanted(gather, main, user="root"))
    own = {path: data for path, data in found.machine.files.items() if path.startswith(str(tmp_path))}
    assert own == {
        str(main): main.read_bytes(),
        str(extra): b"",
        str(tmp_path / "link.conf"): b"Port 22",
    }
    assert shell.rounds == 2
    assert found.machine.statuses[str(main)] == (0o4640, os.getuid(), os.getgid())
    assert found.machine.real_paths[str(tmp_path / "link.conf")] == str(real)
    assert "root" in found.groups and found.machine.target.name == "openssh-10.0"


def secret_by_name(folder: Path) -> str:
    (folder / "ssh_host_rsa_key").write_text("hush-hush")
    return "ssh_host_rsa_key"


def secret_by_content(folder: Path) -> str:
    (folder / "a.conf").write_text("# a key\n-----BEGIN OPENSSH PRIVATE KEY-----\nhush-hush\n")
    return "a.conf"


def secret_by_link(folder: Path) -> str:
    secret_by_content(folder)
    (folder / "b").symlink_to(folder / "a.conf")
    return "b"


def fifo(folder: Path) -> str:
    os.mkfifo(folder / "a.conf")
    return "a.conf"


def large(folder: Path) -> str:
    with (folder / "a.conf").open("wb") as stream:
        stream.truncate(5 * 1024 * 1024)
    return "a.conf"


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (secret_by_name, "a private key, which is not fetched"),
        (secret_by_content, "a private key, which is not fetched"),
        (secret_by_link, "a private key, which is not fetched"),
        (fifo, "not a regular file"),
        (large, "more than 4 MiB with the files before it"),
    ],
)
def test_what_is_not_fetched(
    gather: ModuleType, tmp_path: Path, make: Callable[[Path], str], why: str
) -> None:
    path = tmp_path / make(tmp_path)
    main = tmp_path / "sshd_config"
    main.write_text(f"Include {path}\n")
    shell = Shell()
    machine = gather.gather(shell, wanted(gather, main)).machine
    assert machine.unreadable[str(path)] == why
    assert str(path) not in machine.files
    assert b"hush-hush".hex(" ") not in shell.printed


def test_includes_are_followed_round_by_round(gather: ModuleType, tmp_path: Path) -> None:
    for number in range(4):
        (tmp_path / f"{number}").write_text(f"Include {tmp_path}/{number + 1}\n")
    shell = Shell()
    found = gather.gather(shell, wanted(gather, tmp_path / "0"))
    assert [str(tmp_path / f"{number}") in found.machine.files for number in range(4)] == [True] * 4
    assert shell.rounds == 5


def test_no_answer(gather: ModuleType, tmp_path: Path) -> None:
    with pytest.raises(Exception, match="can't be fetched: sudo: a password is required"):
        gather.gather(
            lambda script: {"stdout": "", "stderr": "sudo: a password is required\n"},
            wanted(gather, tmp_path),
        )


@pytest.mark.parametrize(
    ("letters", "mode"),
    [
        ("rw-r--r--", 0o644),
        ("rwxr-x--T", 0o1750),
        ("rwsr-sr-t", 0o7755),
        ("---------", 0),
        ("rwSr-Sr--", 0o6644),
    ],
)
def test_modes(gather: ModuleType, letters: str, mode: int) -> None:
    assert gather._mode(letters) == mode
