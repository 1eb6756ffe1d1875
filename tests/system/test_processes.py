"""Processes and sockets as Linux shows them: made-up /proc folders, and this process itself."""

import errno
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from sshkeep.system.processes import (
    processes_are_visible,
    read_process,
    running_processes,
    send_signal,
    shares_our_system,
    socket_inodes,
)
from sshkeep.system.sockets import (
    Address,
    bind_error,
    greeting,
    listening_sockets,
    overlaps,
    parse_shown,
)

pytestmark = pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="needs Linux")

LOCALHOST = "127.0.0.1"


def test_this_process() -> None:
    process = read_process(os.getpid())
    assert process and (process.pid, process.parent, process.user) == (
        os.getpid(),
        os.getppid(),
        os.geteuid(),
    )
    assert process.executable == os.path.realpath(sys.executable)
    assert process in list(running_processes())
    assert shares_our_system(process.pid)
    assert processes_are_visible() == (os.geteuid() == 0)


@pytest.mark.parametrize(
    ("stat", "alive"),
    [
        ("7 (sshd) S 1 7 7 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 4711 0", True),
        ("7 (a) b) S 1 7 7 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 4711 0", True),
        ("7 (sshd) Z 1 7 7 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 4711 0", False),
        ("", False),
    ],
)
def test_what_stat_says(stat: str, alive: bool, tmp_path: Path) -> None:
    folder = tmp_path / "7"
    folder.mkdir()
    (folder / "stat").write_text(stat)
    (folder / "cmdline").write_bytes(b"sshd: /usr/sbin/sshd [listener]\0\0\0")
    process = read_process(7, str(tmp_path))
    assert (process is not None) == alive
    if process:
        assert (process.parent, process.started, process.executable) == (1, 4711, "")
        assert process.words == ("sshd: /usr/sbin/sshd [listener]",)
    assert read_process(8, str(tmp_path)) is None


def test_a_signal_reaches_exactly_that_process() -> None:
    with subprocess.Popen(["sleep", "600"]) as child:
        process = read_process(child.pid)
        assert process
        assert not send_signal(process._replace(started=process.started + 1), signal.SIGKILL)
        assert not send_signal(process._replace(executable="/usr/sbin/sshd"), signal.SIGKILL)
        assert child.poll() is None
        assert send_signal(process, signal.SIGTERM)
        assert child.wait() == -signal.SIGTERM
        assert not send_signal(process, signal.SIGTERM), "it is gone"


def test_who_listens_where() -> None:
    with socket.create_server((LOCALHOST, 0)) as listener:
        port = listener.getsockname()[1]
        (found,) = [each for each in listening_sockets() if each.address == Address(LOCALHOST, port)]
        assert found.inode in socket_inodes(os.getpid())
        assert bind_error(Address(LOCALHOST, port)) == errno.EADDRINUSE
        assert bind_error(Address("127.0.0.2", port)) == 0
    assert bind_error(Address(LOCALHOST, port)) == 0
    assert not [each for each in listening_sockets() if each.address == Address(LOCALHOST, port)]
    assert bind_error(Address("192.0.2.7", 0)) == errno.EADDRNOTAVAIL


def test_addresses_of_the_kernel(tmp_path: Path) -> None:
    head = (
        "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
    )
    rest = "00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1\n"
    (tmp_path / "tcp").write_text(
        f"{head}   0: 0100007F:0016 {rest}   1: 0100007F:0017 {rest.replace('0A', '01')}"
    )
    (tmp_path / "tcp6").write_text(f"{head}   0: 00000000000000000000000001000000:08AE {rest}")
    found = [(str(each.address), each.inode) for each in listening_sockets(str(tmp_path))]
    assert found == [("127.0.0.1:22", 4711), ("[::1]:2222", 4711)]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("0.0.0.0:22", Address("0.0.0.0", 22)),
        ("[::]:22", Address("::", 22)),
        ("[2001:db8:0::1]:22", Address("2001:db8::1", 22)),
        ("localhost:22", None),
        ("[fe80::1%eth0]:22", None),
        ("22", None),
    ],
)
def test_addresses_as_sshd_prints_them(text: str, address: Address | None) -> None:
    assert parse_shown(text) == address


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        ("0.0.0.0:22", "127.0.0.1:22", True),
        ("127.0.0.1:22", "127.0.0.1:22", True),
        ("127.0.0.1:22", "127.0.0.2:22", False),
        ("0.0.0.0:22", "127.0.0.1:23", False),
        ("[::]:22", "127.0.0.1:22", True),
        ("0.0.0.0:22", "[::1]:22", False),
    ],
)
def test_addresses_that_exclude_each_other(one: str, other: str, both: bool) -> None:
    first, second = parse_shown(one), parse_shown(other)
    assert first and second
    assert overlaps(first, second) == overlaps(second, first) == both


def test_a_greeting_is_heard_from_this_machine_only() -> None:
    with socket.create_server((LOCALHOST, 0)) as listener:
        port = listener.getsockname()[1]
        assert greeting(Address(LOCALHOST, port), 0.1) == b"", "nobody says anything"
        child = os.fork()
        if child == 0:
            for _ in range(2):
                connection, _ = listener.accept()
                connection.sendall(b"SSH-2.0-x\r\n")
                connection.close()
            os._exit(0)
        assert greeting(Address("0.0.0.0", port), 5) == b"SSH-2.0-x\r\n"
        os.waitpid(child, 0)
    assert greeting(Address(LOCALHOST, port), 1) == b""
    assert greeting(Address("192.0.2.7", 22), 1) == b"", "it is another machine's: no packet leaves"
