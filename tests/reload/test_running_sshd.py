"""Which process is the sshd that listens, where it can listen, and what is seen of a reload."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from sshkeep.config.tree.config import Config
from sshkeep.config.tree.file_system import MemoryFileSystem
from sshkeep.config.tree.include_paths import IncludeBase
from sshkeep.config.tree.load import TopFile
from sshkeep.errors import SshkeepError
from sshkeep.openssh.targets import target_of
from sshkeep.reload import after_write
from sshkeep.reload.after_write import PlannedReload, ReloadOptions
from sshkeep.reload.listening import blocked_addresses, blocking_sockets, listening_addresses, self_blocked
from sshkeep.reload.reload_command import ReloadCommand
from sshkeep.reload.running_sshd import (
    RunningSshd,
    listener_arguments,
    listening_sshds,
    listens_where_config_says,
    reads_default_config,
)
from sshkeep.reload.sshd_state import SshdState, not_yet_as_wanted
from sshkeep.reload.system_files import SystemFiles
from sshkeep.reload.unread_change import unread_change
from sshkeep.system import processes
from sshkeep.system.processes import Process
from sshkeep.system.sockets import Address, ListeningSocket, parse_shown
from sshkeep.trees.tree import Tree

SSHD = "/usr/sbin/sshd"

# Recognised by what it executes, and by what it does.


@pytest.mark.parametrize(
    ("words", "arguments"),
    [
        ((SSHD,), ()),
        ((SSHD, "-D"), ("-D",)),
        (("sshd: /usr/sbin/sshd -D [listener] 0 of 10-100 startups",), ("-D",)),
        (("sshd: /usr/sbin/sshd -p 22 -f /x [listener] 0 of 10-100 startups",), ("-p", "22", "-f", "/x")),
        (("sshd: root@pts/0",), None),
        (("sshd: root [priv]",), None),
        ((SSHD, "-D", "-R"), None),
        ((SSHD, "-i"), None),
        ((SSHD, "-t"), None),
        ((SSHD, "-T", "-C", "user=root"), None),
        ((SSHD, "-o", "Banner=-t"), ("-o", "Banner=-t")),
        ((SSHD, "-ft"), ("-ft",)),
        ((), None),
    ],
)
def test_the_command_line_of_a_listener(words: tuple[str, ...], arguments: tuple[str, ...] | None) -> None:
    assert listener_arguments(words) == arguments


def process(pid: int, parent: int = 1, user: int = 0, executable: str = SSHD, *words: str) -> Process:
    return Process(pid, parent, pid, user, executable, words or (SSHD, "-D"))


@pytest.mark.parametrize(
    ("running", "found"),
    [
        ([process(5)], [5]),
        ([process(5, executable=f"{SSHD} (deleted)")], [5]),
        ([process(5, executable="/tmp/sshd")], []),
        ([process(5, executable="")], []),
        ([process(5, user=1000)], []),
        ([process(5), process(6, parent=5)], [5]),
        ([process(5, 1, 0, SSHD, "sshd: root@pts/0")], []),
        ([process(5, 1, 0, SSHD, SSHD, "-f", "/tmp/other"), process(7)], [7]),
        ([process(5, 1, 0, SSHD, SSHD, "-f", "/etc/ssh/sshd_config")], [5]),
    ],
)
def test_which_process_is_it(running: list[Process], found: list[int]) -> None:
    assert [sshd.process.pid for sshd in listening_sshds(running, (SSHD,))] == found


@pytest.mark.parametrize(
    ("arguments", "config", "listens"),
    [
        ((), True, True),
        (("-D", "-E", "/var/log/x"), True, True),
        (("-p", "2222"), True, False),
        (("-4D",), True, False),
        (("-o", "Port=2222"), True, False),
        (("-o", "listenaddress ::"), True, False),
        (("-oUseDNS=no",), True, True),
        (("-f", "/tmp/x"), False, True),
        (("-f/etc/ssh/sshd_config",), True, True),
    ],
)
def test_what_its_arguments_say(arguments: tuple[str, ...], config: bool, listens: bool) -> None:
    assert (reads_default_config(arguments), listens_where_config_says(arguments)) == (config, listens)


# Where it listens.


def config(text: str) -> Config:
    place = IncludeBase("sshd_config", "/etc/ssh", "/root", live=True)
    files = MemoryFileSystem({"/c": text.encode()})
    return Tree((TopFile("/c", place),), "sshd_config", target_of("openssh-9.2"), files).load()


def addresses(*texts: str) -> tuple[Address, ...]:
    return tuple(address for text in texts if (address := parse_shown(text)))


@pytest.mark.parametrize(
    ("text", "listens"),
    [
        ("", ["[::]:22", "0.0.0.0:22"]),
        ("Port 22\nPort 2222\n", ["[::]:22", "0.0.0.0:22", "[::]:2222", "0.0.0.0:2222"]),
        ("AddressFamily inet\n", ["0.0.0.0:22"]),
        ("Port 22\nPort 23\nListenAddress 10.0.0.1\n", ["10.0.0.1:22", "10.0.0.1:23"]),
        ("ListenAddress 10.0.0.1:24\nListenAddress [::1]:25\n", ["10.0.0.1:24", "[::1]:25"]),
        ("ListenAddress localhost\nListenAddress 10.0.0.1\n", ["10.0.0.1:22"]),
    ],
)
def test_the_addresses_of_a_config(text: str, listens: list[str]) -> None:
    assert listening_addresses(config(text)) == addresses(*listens)


@pytest.fixture
def taken() -> Iterator[tuple[Address, int]]:
    """An address on which this process listens, and the inode of its socket."""
    from sshkeep.system.sockets import listening_sockets

    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = Address("127.0.0.1", listener.getsockname()[1])
        (inode,) = [each.inode for each in listening_sockets() if each.address == address]
        yield address, inode


def test_an_address_that_it_can_t_have(taken: tuple[Address, int]) -> None:
    address, inode = taken
    foreign, wildcard = Address("192.0.2.7", 22), Address("0.0.0.0", address.port)
    blocked = [str(each) for each in blocked_addresses((address, foreign, wildcard), ())]
    held = "(held by python"
    assert blocked[0].startswith(f"{address} {held}") and blocked[2].startswith(f"{wildcard} {held}")
    assert blocked[1] == "192.0.2.7:22 (this machine does not have that address)"
    assert blocked_addresses((address, wildcard), (inode,)) == [], "it gives that one back before"


@pytest.mark.parametrize(
    ("wanted", "held", "own", "blocked"),
    [
        ("0.0.0.0:22", {1: "0.0.0.0:22"}, {1}, []),
        ("0.0.0.0:22", {1: "0.0.0.0:22"}, set(), [1]),
        ("127.0.0.1:22", {1: "0.0.0.0:22", 2: "127.0.0.2:22"}, {1}, []),
        ("0.0.0.0:22", {1: "127.0.0.1:22", 2: "127.0.0.2:22"}, {1}, [2]),
        ("10.0.0.1:22", {1: "[::]:22"}, set(), [1]),
        ("10.0.0.1:22", {1: "[::]:22", 2: "0.0.0.0:22"}, {2}, []),
    ],
)
def test_whose_socket_is_in_the_way(
    wanted: str, held: dict[int, str], own: set[int], blocked: list[int]
) -> None:
    sockets = [ListeningSocket(addresses(text)[0], inode) for inode, text in held.items()]
    assert [each.inode for each in blocking_sockets(addresses(wanted)[0], sockets, own)] == blocked


@pytest.mark.parametrize(
    ("wanted", "blocked"),
    [
        (["0.0.0.0:22", "127.0.0.1:22"], ["0.0.0.0:22"]),
        (["0.0.0.0:22", "127.0.0.1:23"], []),
        (["0.0.0.0:22", "[::1]:22"], []),
        (["[::]:22", "0.0.0.0:22"], []),
    ],
)
def test_a_config_that_is_in_its_own_way(wanted: list[str], blocked: list[str]) -> None:
    assert [str(each.address) for each in self_blocked(addresses(*wanted))] == blocked


FOREIGN = "ListenAddress 192.0.2.7\nListenAddress 127.0.0.1\n"
MANY = "".join(f"Port {port}\n" for port in range(20001, 20010))


@pytest.mark.parametrize(
    ("old", "new", "arguments", "answer"),
    [
        ("", "AddressFamily inet\nPort 20001\n", (), ["0.0.0.0:20001"]),
        ("", "ListenAddress 192.0.2.7\n", (), "sshd could not listen on 192.0.2.7:22 (this machine does not"),
        ("", f"Port 20001\n{FOREIGN}", (), "could not listen on 192.0.2.7:20001 ("),
        (f"Port 20001\n{FOREIGN}", f"Port 20001\n{FOREIGN}UseDNS no\n", (), ["127.0.0.1:20001"]),
        ("ListenAddress 192.0.2.7\n", "ListenAddress 192.0.2.7\nUseDNS no\n", (), "could not listen on 192.0.2.7:22"),
        ("", "ListenAddress 0.0.0.0:20001\nListenAddress 127.0.0.1:20001\n", (), "127.0.0.1:20001 of the same config"),
        ("", MANY, (), "sshd exits if it has to listen on more than 16 addresses; these are 18"),
        ("", MANY, ("-p", "22"), []),
        ("", "ListenAddress localhost\n", (), []),
    ],
)  # fmt: skip
def test_a_change_that_sshd_could_not_follow_is_refused(
    old: str, new: str, arguments: tuple[str, ...], answer: str | list[str]
) -> None:
    planned = PlannedReload(ReloadOptions(confirm=60), config(old), config(new), ())
    planned.command, planned.running = ReloadCommand((("reload",),)), RunningSshd(process(5), arguments)
    if isinstance(answer, list):
        assert planned._wanted(()) == addresses(*answer)
    else:
        with pytest.raises(SshkeepError) as raised:
            planned._wanted(())
        assert answer in raised.value.sentence and raised.value.hint == "nothing was written"


def test_without_an_sshd_nothing_is_reloaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(after_write, "find_running_sshd_where_shown", lambda: None)
    monkeypatch.setattr(processes, "processes_are_visible", lambda: True)
    command = ReloadCommand((("systemctl", "reload", "ssh"),), start=(("systemctl", "start", "ssh"),))
    monkeypatch.setattr(after_write, "find_reload_command", lambda *_: command)
    planned = PlannedReload(ReloadOptions(reload=True), config(""), config("UseDNS no\n"), {"usedns"})
    with pytest.raises(SshkeepError) as raised:
        planned.check()
    assert str(raised.value) == (
        "no sshd is running; nothing was reloaded (nothing was written; start it with `systemctl start ssh`)"
    )


# What is seen of a reload.

OLD = RunningSshd(process(5), ())
OTHER = RunningSshd(process(6), ())
PORT, NEW_PORT = addresses("0.0.0.0:22", "0.0.0.0:2222")
ITSELF = ReloadCommand((("reload",),))
SYSTEMD = ITSELF._replace(listener="systemd")


@pytest.mark.parametrize(
    ("before", "now", "wanted", "reload", "problem"),
    [
        ((OLD, {PORT: 1}), (OLD, {PORT: 2}), PORT, ITSELF, ""),
        ((OLD, {PORT: 1}), (OTHER, {PORT: 2}), PORT, ITSELF, ""),
        ((OLD, {PORT: 1}), (OLD, {PORT: 1}), PORT, ITSELF, "sshd (process 5) has not read the files again"),
        ((OLD, {PORT: 1}), (OLD, {}), PORT, ITSELF, "sshd (process 5) does not listen on 0.0.0.0:22"),
        ((OLD, {PORT: 1}), (OLD, {PORT: 2}), NEW_PORT, ITSELF, "sshd (process 5) does not listen on 0.0.0.0:2222"),
        ((OLD, {PORT: 1}), (None, {}), PORT, ITSELF, "no sshd is running"),
        ((None, {PORT: 1}), (None, {PORT: 1}), PORT, SYSTEMD, ""),
        ((OLD, {PORT: 1}), (None, {PORT: 1}), PORT, SYSTEMD, ""),
        ((OLD, {PORT: 1}), (OLD, {PORT: 1}), PORT, SYSTEMD, "sshd (process 5), which has the old settings, still runs"),
        ((None, {}), (None, {Address("::", 22): 1}), PORT, SYSTEMD, ""),
        ((None, {}), (None, {}), PORT, SYSTEMD, "systemd does not listen on 0.0.0.0:22"),
    ],
)  # fmt: skip
def test_a_reload_is_seen_or_not(
    before: tuple[RunningSshd | None, dict[Address, int]],
    now: tuple[RunningSshd | None, dict[Address, int]],
    wanted: Address,
    reload: ReloadCommand,
    problem: str,
) -> None:
    assert not_yet_as_wanted(SshdState(*before), SshdState(*now), (wanted,), reload) == problem


# Whether it has read its files since they were changed.


LISTENER = "sshd: /usr/sbin/sshd -D [listener] 0 of 10-100 startups"


@pytest.mark.parametrize(
    ("title", "executable", "read", "changed", "said"),
    [
        (LISTENER, SSHD, 100, 50, False),
        (LISTENER, SSHD, 100, 100, False),
        (LISTENER, SSHD, 100, 150, True),
        (LISTENER, f"{SSHD} (deleted)", 100, 150, True),
        (LISTENER, "/usr/bin/sleep", 100, 150, False),
        ("sshd: root@pts/0", SSHD, 100, 150, False),
        ("sshd: /usr/sbin/sshd -f /x [listener] 0 of 10-100 startups", SSHD, 100, 150, False),
    ],
)
def test_files_that_it_has_not_read(
    title: str, executable: str, read: int, changed: int, said: bool, tmp_path: Path
) -> None:
    for path in ("proc/71", "run", "etc/ssh"):
        (tmp_path / path).mkdir(parents=True)
    (tmp_path / "proc/71/stat").write_text("71 (sshd) S 1 71 71 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 4711 0")
    (tmp_path / "proc/71/cmdline").write_bytes(title.encode() + b"\0")
    (tmp_path / "proc/71/exe").symlink_to(executable)
    pid_file, file = tmp_path / "run/sshd.pid", tmp_path / "etc/ssh/sshd_config"
    pid_file.write_text("71\n")
    file.write_text("")
    os.utime(pid_file, (read, read))
    os.utime(file, (changed, changed))
    note = unread_change(["/etc/ssh/sshd_config"], SystemFiles(str(tmp_path)))
    assert bool(note) == said
    assert not said or note.startswith("/etc/ssh/sshd_config was changed at 1970-01-01 ")


def test_without_a_running_sshd_there_is_nothing_to_say(tmp_path: Path) -> None:
    assert unread_change(["/etc/ssh/sshd_config"], SystemFiles(str(tmp_path))) == ""
