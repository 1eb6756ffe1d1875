"""PuTTY's and Tera Term's settings files, as `lint`, `fix`, `set`, `undo` and `idle` take them."""

import json
from base64 import b64decode
from pathlib import Path

import pytest

from tests.program import run

SESSIONS = "[HKEY_CURRENT_USER\\Software\\SimonTatham\\PuTTY\\Sessions"
EXPORTED = f"Windows Registry Editor Version 5.00\n\n{SESSIONS}\\web]\n"
RULE, LATE = "client-program-keepalive", "interval-beyond-path"

FILES = [
    # name, content, the findings by line (0: at no line of its own) and what fix writes
    (
        "vps.reg",
        EXPORTED + '"HostName"="192.0.2.1"\n"PingInterval"=dword:00000000\n"PingIntervalSecs"=dword:00000000\n',
        [(6, RULE)],
        EXPORTED + '"HostName"="192.0.2.1"\n"PingInterval"=dword:00000000\n"PingIntervalSecs"=dword:0000003c\n',
    ),
    (
        "late.reg",
        EXPORTED + '"PingInterval"=dword:0000000a\n"PingIntervalSecs"=dword:0000001e\n',
        [(4, LATE)],
        EXPORTED + '"PingInterval"=dword:00000000\n"PingIntervalSecs"=dword:0000003c\n',
    ),
    (
        "missing.reg",
        EXPORTED + f'"RemoteCommand"="a\n[x]"\n\n{SESSIONS}\\serial]\n"Protocol"="serial"\n',
        [(3, RULE)],
        EXPORTED
        + f'"RemoteCommand"="a\n[x]"\n"PingIntervalSecs"=dword:0000003c\n\n{SESSIONS}\\serial]\n"Protocol"="serial"\n',
    ),
    ("good.reg", EXPORTED + '"PingInterval"=dword:00000001\n', [], None),
    ("web", "Present=1\nHostName=web\nPingIntervalSecs=0", [(3, RULE)], "Present=1\nHostName=web\nPingIntervalSecs=60"),
    ("web", "Present=1\nHostName=web", [(1, RULE)], "Present=1\nHostName=web\nPingIntervalSecs=60"),
    ("web", "HostName=web\nPingIntervalSecs=soon\n", [(2, RULE)], "HostName=web\nPingIntervalSecs=60\n"),
    ("TERATERM.INI", "[TTSSH]\nHeartBeat=0\n", [(2, RULE)], "[TTSSH]\nHeartBeat=60\n"),
    ("TERATERM.INI", '[TTSSH]\n HeartBeat = "0" \n', [(2, RULE)], '[TTSSH]\n HeartBeat = "60" \n'),
    ("TERATERM.INI", "[TTSSH]\nHeartBeat=\n", [(2, RULE)], "[TTSSH]\nHeartBeat=60\n"),
    ("TERATERM.INI", "; mine\n[Tera Term]\nPort=22\n", [(1, LATE)], "; mine\n[Tera Term]\nPort=22\n\n[TTSSH]\nHeartBeat=60\n"),
    ("TERATERM.INI", "[TTSSH]\nEnabled=1\n\n[TTProxy]\nx=1", [(1, LATE)], "[TTSSH]\nEnabled=1\nHeartBeat=60\n\n[TTProxy]\nx=1"),
    ("TERATERM.INI", "[TTSSH]\nHeartBeat=3600\n", [(2, LATE)], "[TTSSH]\nHeartBeat=60\n"),
    ("TERATERM.INI", "[TTSSH]\nHeartBeat=60\n", [], None),
]  # fmt: skip


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(("name", "text", "found", "fixed"), FILES)
def test_found_fixed_and_taken_back(
    name: str,
    text: str,
    found: list[tuple[int, str]],
    fixed: str | None,
    encoding: str,
    ending: str,
    tmp_path: Path,
) -> None:
    """The bytes outside the fix stay, with line endings, encoding and byte order mark."""
    path = tmp_path / name
    path.write_bytes(text.replace("\n", ending).encode(encoding))
    before = edited = path.read_bytes()
    report = json.loads(run("lint", "--format", "json", path).out)
    assert [(each["line"], each["rule"]) for each in report["findings"]] == found
    assert report["errors"] == []
    done = run("fix", "--write", path)
    assert (done.code, done.err) == (0, "")
    after = (text if fixed is None else fixed).replace("\n", ending).encode(encoding)
    assert path.read_bytes() == after
    assert run("lint", path).code == 0
    edits = [edit for each in report["findings"] for edit in each["fix"]["edits"]]
    for edit in sorted(edits, key=lambda edit: edit["start"], reverse=True):
        # The report's edits are of the bytes of the file.
        new = b64decode(edit["raw_base64"]) if edit["raw_base64"] else edit["text"].encode()
        edited = edited[: edit["start"]] + new + edited[edit["end"] :]
    assert edited == after
    if fixed is not None:
        assert run("undo").code == 0
        assert path.read_bytes() == before


def test_the_diff_of_a_file_in_utf_16_is_its_text(tmp_path: Path) -> None:
    path = tmp_path / "TERATERM.INI"
    path.write_bytes("[TTSSH]\r\nHeartBeat=0\r\n".encode("utf-16"))
    assert "-HeartBeat=0\r\n+HeartBeat=60\r\n" in run("fix", path).out


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ('"TCPKeepalives"=dword:00000001\n', True),
        ('"TCPKeepalives"=dword:00000000\n', False),
        ("", False),
    ],
)
def test_tcp_keepalives_are_not_the_cure(text: str, notes: bool, tmp_path: Path) -> None:
    path = tmp_path / "web.reg"
    path.write_text(EXPORTED + text)
    assert ("TCPKeepalives in line 4 does not help" in run("lint", path).out) == notes


def test_each_session_is_reported_by_name_and_other_protocols_are_not(tmp_path: Path) -> None:
    path = tmp_path / "all.reg"
    others = "".join(
        f'{SESSIONS}\\{name}]\n"Protocol"="{name}"\n' for name in ("ssh", "telnet", "serial", "raw")
    )
    path.write_text(f"{EXPORTED}{others}{SESSIONS}\\Default%20Settings]\n")
    report = json.loads(run("lint", "--format", "json", path).out)
    assert [each["block"] for each in report["findings"]] == ["web", "ssh", "Default Settings"]


def test_a_named_path_overrides_the_common_ones(tmp_path: Path) -> None:
    (tmp_path / "sshkeep.yaml").write_text("path: aws-classic-elb\n")
    path = tmp_path / "TERATERM.INI"
    path.write_text("[TTSSH]\nHeartBeat=120\n")
    run("fix", "--write", path)
    assert path.read_text() == "[TTSSH]\nHeartBeat=30\n"


SUPPRESSED = [
    ("TERATERM.INI", "[TTSSH]\n; sshkeep: ignore[client-program-keepalive] LAN only\nHeartBeat=0\n"),
    ("TERATERM.INI", f"; sshkeep: ignore-file[{LATE}]\n[TTSSH]\n"),
    ("web.reg", EXPORTED.replace(SESSIONS, f"; sshkeep: ignore[{RULE}] LAN\n{SESSIONS}")),
    ("web", f"# sshkeep: ignore-file[{RULE}]\nHostName=web\nPresent=1\n"),
]


@pytest.mark.parametrize(("name", "text"), SUPPRESSED)
def test_a_comment_suppresses_a_finding(name: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(text)
    done = run("lint", path)
    assert (done.code, "1 suppressed" in done.out) == (0, True)


def test_a_baseline_knows_a_finding(tmp_path: Path) -> None:
    path = tmp_path / "TERATERM.INI"
    path.write_text("[TTSSH]\nHeartBeat=0\n")
    run("lint", "--write-baseline", tmp_path / "known.json", path)
    assert run("lint", "--baseline", tmp_path / "known.json", path).code == 0


SETTINGS = [
    # arguments, the file before and after, and the last line of the answer
    (["HeartBeat", "30"], "TERATERM.INI", "[TTSSH]\nHeartBeat=0\n", "[TTSSH]\nHeartBeat=30\n", "HeartBeat is 30: a keepalive every 30 s (written)"),
    (["heartbeat", "0"], "TERATERM.INI", "[TTSSH]\n", "[TTSSH]\nHeartBeat=0\n", "HeartBeat is 0: no keepalive (written)"),
    (["HeartBeat", "30"], "TERATERM.INI", "[TTSSH]\nHeartBeat=30\n", "[TTSSH]\nHeartBeat=30\n", "nothing to do: HeartBeat is 30: a keepalive every 30 s"),
    (
        ["PingIntervalSecs", "30"],
        "web",
        "Present=1\nPingInterval=1\n",
        "Present=1\nPingInterval=1\nPingIntervalSecs=30\n",
        "PingIntervalSecs is 30: a keepalive every 90 s (written)",
    ),
    (
        ["--in", "WEB", "TCPKeepalives", "1"],
        "all.reg",
        f"{EXPORTED}{SESSIONS}\\b]\n",
        f'{EXPORTED}"TCPKeepalives"=dword:00000001\n{SESSIONS}\\b]\n',
        "TCPKeepalives is 1 in session WEB (written)",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "name", "before", "after", "said"), SETTINGS)
def test_set(arguments: list[str], name: str, before: str, after: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(before)
    done = run("set", "--write", *arguments, path)
    assert (done.code, path.read_text(), done.out.splitlines()[-1]) == (0, after, said)


REFUSED = [
    (["set", "Port", "22"], "sshkeep sets no Port of Tera Term (it sets HeartBeat)"),
    (["set", "HeartBeat", "1m"], "HeartBeat 1m is not a whole number (0 is off)"),
    (["set", "HeartBeat", "9999999999"], "HeartBeat 9999999999 is not a whole number"),
    (["set", "--unset", "HeartBeat"], "HeartBeat is one number, and can only be set"),
    (["set", "--drop-in", "HeartBeat", "60"], "has no drop-ins"),
    (["set", "--in", "web", "HeartBeat", "60"], "Tera Term has no named sessions"),
    (["effective"], "is a settings file of Tera Term, which is not OpenSSH"),
    (["explain", "Port"], "is a settings file of Tera Term, which is not OpenSSH"),
    (["lint", "--target", "debian-12"], "and debian-12 does not read it (leave --target out for it)"),
    (["fix", "--target", "debian-12"], "and debian-12 does not read it"),
    (["idle", "--client-target", "debian-12", "--client"], "Tera Term is not OpenSSH"),
]


@pytest.mark.parametrize(("arguments", "said"), REFUSED)
def test_wrong_use_is_one_sentence(arguments: list[str], said: str, tmp_path: Path) -> None:
    path = tmp_path / "TERATERM.INI"
    path.write_text("[TTSSH]\nHeartBeat=0\n")
    done = run(*arguments, path)
    assert (done.code, len(done.err.splitlines()), said in done.err) == (2, 1, True), done.err


NOT_OURS = [
    ("Host=*\nPingInterval=60\n", "PuTTY"),
    ("Host web\n  HostName=web\n  TCPKeepalives=1\n", "PuTTY"),
    ("[Unit]\nPort=22\n", "Tera Term"),
]


@pytest.mark.parametrize(("text", "program"), NOT_OURS)
def test_other_files_are_not_taken_for_these(text: str, program: str, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text(text)
    done = run("lint", path)
    assert program not in done.out + done.err


def test_an_export_without_sessions_is_named(tmp_path: Path) -> None:
    path = tmp_path / "other.reg"
    path.write_text("Windows Registry Editor Version 5.00\n\n[HKEY_CURRENT_USER\\Software\\Other]\n")
    done = run("lint", path)
    assert (done.code, "holds no session of PuTTY" in done.err) == (2, True)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("TERATERM.INI", "[TTSSH]\nHeartBeat=300\n"),
        ("web.reg", EXPORTED + '"PingIntervalSecs"=dword:0000012c\n'),
    ],
)
def test_idle_knows_the_file_without_being_told(name: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(text)
    done = run("idle", "--client", path, "--path", "azure-load-balancer")
    assert done.code == 1
    assert "dropped by Azure Load Balancer after 4 min" in done.out
    assert f"({'Tera Term' if name == 'TERATERM.INI' else 'PuTTY'})" in " ".join(done.out.split())


def test_an_export_has_to_be_imported(tmp_path: Path) -> None:
    path = tmp_path / "web.reg"
    path.write_text(EXPORTED)
    assert f"PuTTY reads it once it is imported: reg import {path}\n" in run("fix", "--write", path).out


@pytest.mark.parametrize(("before", "after"), [("0", "60"), ("30", "30")])
def test_fix_is_a_filter(before: str, after: str, tmp_path: Path) -> None:
    done = run(
        "fix", "-", "--output", tmp_path / "new", stdin=f"[TTSSH]\r\nHeartBeat={before}\r\n".encode("utf-16")
    )
    assert done.code == 0
    assert (tmp_path / "new").read_bytes() == f"[TTSSH]\r\nHeartBeat={after}\r\n".encode("utf-16")
