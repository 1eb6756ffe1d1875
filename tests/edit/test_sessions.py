"""Numbers that ``set`` writes into the saved sessions of PuTTY and Tera Term, byte for byte."""

from __future__ import annotations

import pytest

from sshkeep.config.tree.config import Config
from sshkeep.edit.request import SetMode, SetRequest
from sshkeep.edit.resolve_intents import edited_files, resolve_intents
from sshkeep.edit.set_in_session import requested_settings
from sshkeep.errors import SshkeepError
from sshkeep.openssh.kind import ClientKind
from sshkeep.testing import config_of

HEAD = "Windows Registry Editor Version 5.00\n\n"
SESSION = "[HKEY_CURRENT_USER\\Software\\SimonTatham\\PuTTY\\Sessions\\{}]\n"
WEB, DB = SESSION.format("web"), SESSION.format("my%20db")
SERIAL = SESSION.format("serial") + '"Protocol"="serial"\n'


def settings_of(program: ClientKind, text: str) -> Config:
    return config_of({"/home/ann/settings": text.encode("utf-8", "surrogateescape")}, program)


def changed(config: Config, request: SetRequest) -> str:
    """The text of the file after the request."""
    edits = resolve_intents(requested_settings(request, config), config)
    data = edited_files(config, edits).get("/home/ann/settings")
    return (config.files[config.top].source.data if data is None else data).decode("utf-8", "surrogateescape")


# program, setting and session, the file before, and after
ROWS: tuple[tuple[ClientKind, str, str, str], ...] = (
    ("teraterm", "HeartBeat=30", "[TTSSH]\nHeartBeat=0\nX=1\n", "[TTSSH]\nHeartBeat=30\nX=1\n"),
    ("teraterm", "heartbeat=30", "[TTSSH]\n  HeartBeat = 0 \n", "[TTSSH]\n  HeartBeat = 30 \n"),
    ("teraterm", "HeartBeat=30", "[TTSSH]\nHeartBeat='5'\n", "[TTSSH]\nHeartBeat='30'\n"),
    ("teraterm", "HeartBeat=30", "[TTSSH]\nHeartBeat=\n", "[TTSSH]\nHeartBeat=30\n"),
    ("teraterm", "HeartBeat=30", "[TTSSH]\nHeartBeat=soon\n", "[TTSSH]\nHeartBeat=30\n"),
    ("teraterm", "HeartBeat=30", "[TTSSH]\nA=\udcff\nHeartBeat=5", "[TTSSH]\nA=\udcff\nHeartBeat=30"),
    ("teraterm", "HeartBeat=30", "[TTSSH]\nA=1\n\n[B]\nb=1\n", "[TTSSH]\nA=1\nHeartBeat=30\n\n[B]\nb=1\n"),
    ("teraterm", "HeartBeat=30", "[TTSSH]\r\nA=1", "[TTSSH]\r\nA=1\r\nHeartBeat=30"),
    ("teraterm", "HeartBeat=30", "[TTSSH]", "[TTSSH]\nHeartBeat=30"),
    ("teraterm", "HeartBeat=30", "[Tera Term]\na=1\n", "[Tera Term]\na=1\n\n[TTSSH]\nHeartBeat=30\n"),
    ("teraterm", "HeartBeat=30", "[Tera Term]\r\na=1", "[Tera Term]\r\na=1\r\n\r\n[TTSSH]\r\nHeartBeat=30"),
    ("putty", "PingIntervalSecs=9", "Present=1\nPingIntervalSecs=0\n", "Present=1\nPingIntervalSecs=9\n"),
    ("putty", "pingintervalsecs=2147483647", "Present=1\n", "Present=1\nPingIntervalSecs=2147483647\n"),
    ("putty", "PingIntervalSecs=60", f'{HEAD}{WEB}"PingIntervalSecs"=dword:00000000\n', f'{HEAD}{WEB}"PingIntervalSecs"=dword:0000003c\n'),
    ("putty", "PingInterval=1", f"{HEAD}{WEB}\n{DB}", f'{HEAD}{WEB}"PingInterval"=dword:00000001\n\n{DB}"PingInterval"=dword:00000001\n'),
    ("putty", "TCPKeepalives=1 MY DB", f"{HEAD}{WEB}\n{DB}", f'{HEAD}{WEB}\n{DB}"TCPKeepalives"=dword:00000001\n'),
    ("putty", "PingIntervalSecs=60", f"{HEAD}{SERIAL}{WEB}", f'{HEAD}{SERIAL}{WEB}"PingIntervalSecs"=dword:0000003c\n'),
    ("putty", "PingIntervalSecs=60 serial", f"{HEAD}{SERIAL}{WEB}", f'{HEAD}{SERIAL}"PingIntervalSecs"=dword:0000003c\n{WEB}'),
)  # fmt: skip


@pytest.mark.parametrize(("program", "call", "before", "after"), ROWS)
def test_what_is_written(program: ClientKind, call: str, before: str, after: str) -> None:
    """Other bytes stay; and what is written is read again."""
    setting, _, session = call.partition(" ")
    keyword, _, value = setting.partition("=")
    request = SetRequest(keyword, (value,), "set", session)
    text = changed(settings_of(program, before), request)
    assert text == after
    assert changed(settings_of(program, text), request) == text


# program, file, keyword, values, mode, session: the sentence and the hint
REFUSED: tuple[tuple[ClientKind, str, str, tuple[str, ...], SetMode, str, str, str], ...] = (
    ("teraterm", "[TTSSH]\n", "Port", ("1",), "set", "", "sshkeep sets no Port of Tera Term", "it sets HeartBeat"),
    ("putty", "Present=1\n", "Port", ("1",), "set", "", "sshkeep sets no Port of PuTTY", "it sets PingInterval, PingIntervalSecs, TCPKeepalives"),
    ("teraterm", "[TTSSH]\n", "heartbeat", (), "unset", "", "HeartBeat is one number, and can only be set", "sshkeep set HeartBeat 60 FILE"),
    ("teraterm", "[TTSSH]\n", "HeartBeat", ("1", "2"), "set", "", "HeartBeat is one number, and can only be set", "sshkeep set HeartBeat 60 FILE"),
    ("teraterm", "[TTSSH]\n", "HeartBeat", ("1",), "add", "", "HeartBeat is one number, and can only be set", "sshkeep set HeartBeat 60 FILE"),
    ("teraterm", "[TTSSH]\n", "HeartBeat", ("1m",), "set", "", "HeartBeat 1m is not a whole number", "0 is off"),
    ("teraterm", "[TTSSH]\n", "HeartBeat", ("2147483648",), "set", "", "HeartBeat 2147483648 is not a whole number", "0 is off"),
    ("teraterm", "[TTSSH]\n", "HeartBeat", ("00000000001",), "set", "", "HeartBeat 00000000001 is not a whole number", "0 is off"),
    ("putty", f"{HEAD}{SERIAL}", "PingInterval", ("1",), "set", "", "/home/ann/settings holds no SSH session", "name another session with --in"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("program", "text", "keyword", "values", "mode", "session", "sentence", "hint"), REFUSED
)
def test_what_is_refused(
    program: ClientKind,
    text: str,
    keyword: str,
    values: tuple[str, ...],
    mode: SetMode,
    session: str,
    sentence: str,
    hint: str,
) -> None:
    with pytest.raises(SshkeepError) as error:
        requested_settings(SetRequest(keyword, values, mode, session), settings_of(program, text))
    assert (error.value.sentence, error.value.hint) == (sentence, hint)
