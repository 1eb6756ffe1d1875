"""Clients that are not OpenSSH: as they ship, and what their settings files say."""

import os
from contextlib import suppress
from pathlib import Path
from time import process_time

import pytest

from sshkeep.errors import SshkeepError
from sshkeep.idle.clients import settings_file
from sshkeep.idle.clients.client_program import ClientSettings
from sshkeep.idle.clients.registry import client_endpoint, find_client_program, read_client_settings
from sshkeep.idle.model.endpoint import Endpoint
from sshkeep.idle.model.kernel import Kernel

EXPORTED = "Windows Registry Editor Version 5.00\n\n"
SESSIONS = "[HKEY_CURRENT_USER\\Software\\SimonTatham\\PuTTY\\Sessions"
WEB = f"{EXPORTED}{SESSIONS}\\web]\n"


def said(program: str, data: str | bytes, folder: Path, session: str = "", name: str = "f") -> ClientSettings:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    found = read_client_settings(find_client_program(program), str(path), session)
    origins = {key: where.removeprefix(f"{path}:") for key, where in found.origins.items()}
    return found._replace(origins=origins)


def refused(program: str, data: str | bytes, folder: Path, session: str = "") -> str:
    with pytest.raises(SshkeepError) as caught:
        said(program, data, folder, session)
    return str(caught.value).replace(str(folder / "f"), "f")


DEFAULTS = [("putty", 0, False), ("teraterm", 300, False)]


@pytest.mark.parametrize(("name", "interval", "tcp"), DEFAULTS)
def test_the_defaults_of_a_program(name: str, interval: int, tcp: bool) -> None:
    defaults = find_client_program(name).defaults
    assert defaults == ClientSettings(interval, tcp)
    kernel = Kernel(keepalive_time=60)
    assert client_endpoint(find_client_program(name), defaults, "", kernel).endpoint == Endpoint(
        "client", None, interval, None, tcp, kernel, program=find_client_program(name).title
    )


def test_a_program_that_is_none() -> None:
    with pytest.raises(SshkeepError, match="no client program is called kitty"):
        find_client_program("kitty")


PUTTY = [
    # a file, the interval, whether TCP probes, where it stands
    (WEB, 0, False, {}),
    (WEB + '"PingIntervalSecs"=dword:0000003c\n', 60, False, {"PingIntervalSecs": "4"}),
    (
        WEB + '"PingInterval"=dword:00000001\n"PingIntervalSecs"=dword:0000001e\n"TCPKeepalives"=dword:00000001\n',
        90,
        True,
        {"PingInterval": "4", "PingIntervalSecs": "5", "TCPKeepalives": "6"},
    ),
    (WEB + '"pingintervalsecs"=DWORD:3C\n', 60, False, {"PingIntervalSecs": "4"}),
    (EXPORTED + SESSIONS.upper() + '\\WEB]\n' + '"PingIntervalSecs"=dword:3c\n', 60, False, {"PingIntervalSecs": "4"}),
    (WEB.replace("\n", "\r\n") + '"PingIntervalSecs"=dword:0000003c\r\n', 60, False, {"PingIntervalSecs": "4"}),
    ("REGEDIT4\n\n" + WEB + '"PingIntervalSecs"=dword:3c\n', 60, False, {"PingIntervalSecs": "6"}),
    # The later value wins, a minus takes it away, and only a number is read.
    (WEB + '"PingInterval"=dword:1\n"PingInterval"=dword:2\n', 120, False, {"PingInterval": "5"}),
    (WEB + '"PingInterval"=dword:1\n"PingInterval"=-\n', 0, False, {}),
    (WEB + '"PingInterval"="5"\n', 0, False, {}),
    (WEB + ';"PingInterval"=dword:1\n@="x"\n', 0, False, {}),
    (WEB + f'"PingInterval"=dword:1\n{SESSIONS}\\web]\n"TCPKeepalives"=dword:2\n', 60, True, {"PingInterval": "4", "TCPKeepalives": "6"}),
    # What is beside the session is not in it.
    (WEB + f'{SESSIONS}]\n"PingInterval"=dword:1\n', 0, False, {}),
    (WEB + f'{SESSIONS}\\web\\sub]\n"PingInterval"=dword:1\n', 0, False, {}),
    (WEB + '[HKEY_CURRENT_USER\\Software\\Other]\n"PingInterval"=dword:1\n', 0, False, {}),
    # A text may go on over lines and look like a value, a key, or the end of one.
    (WEB + '"RemoteCommand"="a\n"PingInterval"=dword:1\n', 0, False, {}),
    (WEB + '"RemoteCommand"="a\n[x]\nb\\"\n"\n"PingInterval"=dword:1\n', 60, False, {"PingInterval": "8"}),
    (WEB + '"Terminal\\"Type"="\\\\"\n"PingInterval"=dword:1\n', 60, False, {"PingInterval": "5"}),
    (WEB + '"LogFile"=hex(2):41,\\\n  00,00\n"PingInterval"=dword:1\n', 60, False, {"PingInterval": "6"}),
    # On Unix a file is a session, and the first line of a key counts.
    ("Present=1\nHostName=web\n", 0, False, {}),
    ("Present=1\nPingInterval=1\nPingIntervalSecs=30\n", 90, False, {"PingInterval": "2", "PingIntervalSecs": "3"}),
    ("PingIntervalSecs=30\nPingIntervalSecs=60\nTCPKeepalives=1\n", 30, True, {"PingIntervalSecs": "1", "TCPKeepalives": "3"}),
    ("HostName=web\r\nPingIntervalSecs=30\r\n", 30, False, {"PingIntervalSecs": "2"}),
    ("HostName=web\npingintervalsecs=30\n", 0, False, {}),
]  # fmt: skip


@pytest.mark.parametrize(("data", "interval", "tcp", "origins"), PUTTY)
def test_a_session_of_putty(
    data: str, interval: int, tcp: bool, origins: dict[str, str], tmp_path: Path
) -> None:
    assert said("putty", data, tmp_path) == ClientSettings(interval, tcp, origins)


TEXT = WEB + '"PingIntervalSecs"=dword:0000003c\n'
ENCODED = [
    b"\xff\xfe" + TEXT.encode("utf-16-le"),
    b"\xfe\xff" + TEXT.encode("utf-16-be"),
    b"\xef\xbb\xbf" + TEXT.encode(),
    TEXT.replace("\n\n", '\n\n"Colour"="gr\xfcn"\n', 1).encode("latin-1"),
]


@pytest.mark.parametrize("data", ENCODED)
def test_a_file_is_in_the_coding_that_windows_wrote(data: bytes, tmp_path: Path) -> None:
    assert said("putty", data, tmp_path).interval == 60


SEVERAL = (
    f'{EXPORTED}{SESSIONS}\\Default%20Settings]\n"PingInterval"=dword:0\n\n'
    f'{SESSIONS}\\web]\n"PingInterval"=dword:1\n{SESSIONS}\\mail]\n"PingInterval"=dword:2\n[-{SESSIONS[1:]}\\mail]\n'
)
NAMED = [("web", 60), ("WEB", 60), ("Default Settings", 0)]


@pytest.mark.parametrize(("session", "interval"), NAMED)
def test_one_of_several_sessions(session: str, interval: int, tmp_path: Path) -> None:
    assert said("putty", SEVERAL, tmp_path, session).interval == interval


def test_a_file_on_unix_is_called_as_its_session(tmp_path: Path) -> None:
    assert said("putty", "PingInterval=1\n", tmp_path, "my web", name="my%20web").interval == 60


TERATERM = [
    ("[Tera Term]\nPort=22\n", 300, {}),
    ("[TTSSH]\nHeartBeat=60\n", 60, {"HeartBeat": "2"}),
    ("[Tera Term]\r\n[TTSSH]\r\nHeartBeat=0\r\n", 0, {"HeartBeat": "3"}),
    ("[ttssh]\n heartbeat = 30 \n", 30, {"HeartBeat": "2"}),
    ('[TTSSH]\nHeartBeat="45"\n', 45, {"HeartBeat": "2"}),
    ("[TTSSH]\n;HeartBeat=60\n", 300, {}),
    ("[TTSSH]\nHeartBeat=60\nHeartBeat=30\n", 60, {"HeartBeat": "2"}),
    ("[TTSSH]\nEnabled=1\n[TTProxy]\nHeartBeat=60\n[TTSSH]\nHeartBeat=30\n", 300, {}),
    ("HeartBeat=60\n[Tera Term]\nHeartBeat=60\n", 300, {}),
]


@pytest.mark.parametrize(("data", "interval", "origins"), TERATERM)
def test_teraterm_ini(data: str, interval: int, origins: dict[str, str], tmp_path: Path) -> None:
    assert said("teraterm", data, tmp_path) == ClientSettings(interval, False, origins)


REFUSED = [
    # the program, the file, the session, what is told
    ("putty", "", "", "f holds no session of PuTTY (export HKEY_CURRENT_USER"),
    ("putty", "Host *\n  Port=22\n", "", "f holds no session of PuTTY"),
    ("putty", EXPORTED, "", "f holds no session of PuTTY"),
    ("putty", b"\xff\xfe\x00", "", "f holds no session of PuTTY"),
    ("putty", bytes(range(256)), "", "f holds no session of PuTTY"),
    ("putty", WEB + f"[-{SESSIONS[1:]}\\web]\n", "", "f holds no session of PuTTY"),
    ("putty", SEVERAL, "", "f holds 2 sessions (name one of them with --host: Default Settings, web)"),
    ("putty", SEVERAL, "mail", "f holds no session called mail (there are Default Settings, web)"),
    ("putty", "PingInterval=1\n", "web", "f holds no session called web (there are f)"),
    ("putty", "PingInterval=soon\n", "", "f:1: PingInterval is 'soon', which is not a number (PuTTY writes whole numbers)"),
    ("putty", "PingInterval=" + "9" * 5000 + "\n", "", "f:1: PingInterval is '9999"),
    ("putty", "PingInterval=-1\n", "", "f:1: -60 s is not a valid time between keepalives (0 switches them off)"),
    ("putty", WEB + '"PingIntervalSecs"=dword:ffffffff\n', "", "f:4: -1 s is not a valid time between keepalives"),
    ("putty", WEB + '"PingInterval"=dword:7fffffff\n', "", "f:4: 128849018820 s is not a valid time between keepalives"),
    ("teraterm", "", "", "f is not a TERATERM.INI (it has a section [Tera Term] or [TTSSH])"),
    ("teraterm", TEXT, "", "f is not a TERATERM.INI"),
    ("teraterm", "[TTSSH]\nHeartBeat=\n", "", "f:2: HeartBeat is '', which is not a number of seconds (0 is off)"),
    ("teraterm", "[TTSSH]\nHeartBeat=1m\n", "", "f:2: HeartBeat is '1m', which is not a number of seconds"),
    ("teraterm", "[TTSSH]\nHeartBeat=-1\n", "", "f:2: HeartBeat is '-1'"),
    ("teraterm", "[TTSSH]\nHeartBeat=9999999999\n", "", "f:2: HeartBeat is '9999999999'"),
    ("teraterm", "[TTSSH]\n", "web", "Tera Term has no named sessions (leave the session's name out (--host))"),
]  # fmt: skip


@pytest.mark.parametrize(("program", "data", "session", "told"), REFUSED)
def test_what_can_not_be_read(
    program: str, data: str | bytes, session: str, told: str, tmp_path: Path
) -> None:
    assert refused(program, data, tmp_path, session)[: len(told)] == told


@pytest.mark.parametrize("program", ["putty", "teraterm"])
def test_a_file_that_is_none(program: str, tmp_path: Path) -> None:
    with pytest.raises(SshkeepError, match="no such file"):
        read_client_settings(find_client_program(program), str(tmp_path / "gone"))
    with pytest.raises(SshkeepError, match="is a directory"):
        read_client_settings(find_client_program(program), str(tmp_path))
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "fifo")
        with pytest.raises(SshkeepError, match="not a regular file"):
            read_client_settings(find_client_program(program), str(tmp_path / "fifo"))


def test_a_file_too_large(tmp_path: Path) -> None:
    assert "larger than 4 MiB" in refused("putty", b"\n" * (settings_file.MAX_BYTES + 1), tmp_path)


HUGE = settings_file.MAX_BYTES
HOSTILE = [
    ("putty", WEB + '"' + "\\" * (HUGE - 1000)),
    ("putty", WEB + '"a"="' + '\\"' * (HUGE // 2 - 1000)),
    ("putty", WEB + '"a"="x\n' * (HUGE // 8)),
    ("putty", WEB + SESSIONS.replace("[", "\\") * (HUGE // 60)),
    ("putty", EXPORTED + "".join(f"{SESSIONS}\\s{number}]\n" for number in range(100_000))),
    ("putty", "Present=1\n" + "=" * (HUGE - 1000)),
    ("teraterm", "[" * (HUGE - 1000)),
    ("teraterm", "[TTSSH]\n" * (HUGE // 10)),
    ("teraterm", "[TTSSH]\n" + "a=" * (HUGE // 2 - 1000)),
]


@pytest.mark.parametrize(("program", "data"), HOSTILE)
def test_a_hostile_file_is_read_in_linear_time(program: str, data: str, tmp_path: Path) -> None:
    before = process_time()
    with suppress(SshkeepError):
        said(program, data, tmp_path)
    assert process_time() - before < 20
