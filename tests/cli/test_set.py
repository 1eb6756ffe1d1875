"""`sshkeep set` as its users call it: words, options, output, exit codes, records."""

import json
import os
from pathlib import Path

import pytest

from sshkeep.cli.set_words import read_set_words
from tests.program import run

MAIN = "Include sshd_config.d/*.conf\nPort 22\n#MaxAuthTries 6\nMatch User bob\n  MaxAuthTries 2\n"
DROP_IN = "PasswordAuthentication yes\n"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A main file with a drop-in."""
    (tmp_path / "sshd_config.d").mkdir()
    (tmp_path / "sshd_config.d/50-cloud.conf").write_text(DROP_IN)
    path = tmp_path / "sshd_config"
    path.write_text(MAIN)
    return path


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["MaxAuthTries", "3"], 1),
        (["--write", "MaxAuthTries", "3"], 0),
        (["Port", "22"], 0),
        (["--write", "Port", "22"], 0),
        (["--unset", "Port"], 1),
        (["--unset", "Banner"], 0),
        (["--add", "Port", "22"], 0),
        (["--remove", "Port", "23"], 0),
        (["--in", "Match User bob", "MaxAuthTries", "2"], 0),
        (["--in", "Match User bob", "MaxAuthTries", "3"], 1),
        (["--drop-in", "PasswordAuthentication", "no"], 1),
        (["Nonsense", "3"], 2),
        (["MaxAuthTries", "many"], 2),
        (["MaxAuthTries"], 2),
        (["--add", "--remove", "Port", "23"], 2),
        (["--add", "MaxAuthTries", "23"], 2),
        (["--in", "Match User bob", "Port", "23"], 2),
        (["--in", "Host web", "MaxAuthTries", "3"], 2),
        (["--reload", "MaxAuthTries", "3"], 2),
        (["--confirm", "5", "--write", "MaxAuthTries", "3"], 2),
        (["Ciphers", "-3des-cbc"], 2),
        (["Ciphers", "--", "-3des-cbc"], 1),
    ],
)
def test_exit_codes(arguments: list[str], code: int, config: Path) -> None:
    done = run("set", *arguments, config)
    assert (done.code, "Traceback" in done.err) == (code, False)
    assert bool(done.err) == (code == 2)
    if "--write" not in arguments or code:
        assert (config.read_text(), (config.parent / "sshd_config.d/50-cloud.conf").read_text()) == (
            MAIN,
            DROP_IN,
        )


def test_a_second_run_changes_nothing(config: Path) -> None:
    assert run("set", "--write", "MaxAuthTries", "3", config).code == 0
    assert config.read_text() == MAIN.replace("#MaxAuthTries 6", "MaxAuthTries 3")
    before = config.stat().st_mtime_ns
    done = run("set", "--write", "MaxAuthTries", "3", config)
    assert (done.code, done.out.startswith("nothing to do: ")) == (0, True)
    assert config.stat().st_mtime_ns == before


def test_what_is_written_is_told_and_can_be_taken_back(config: Path) -> None:
    done = run("set", "--write", "--in", "Match User bob", "AllowTcpForwarding", "no", config)
    back, last = done.out.splitlines()[-2:]
    assert back.startswith("to undo this change: sshkeep undo ")
    assert last == "AllowTcpForwarding is no in Match User bob (written)"
    assert "set --in 'Match User bob' AllowTcpForwarding no" in run("undo", "--list").out
    assert run("undo").code == 0
    assert config.read_text() == MAIN


def test_the_file_that_decides_is_changed_and_shown(config: Path) -> None:
    done = run("set", "--write", "PasswordAuthentication", "no", config)
    assert done.out.startswith(f"--- {config.parent}/sshd_config.d/50-cloud.conf")
    assert (config.parent / "sshd_config.d/50-cloud.conf").read_text() == "PasswordAuthentication no\n"
    assert config.read_text() == MAIN


def test_a_drop_in_is_made_so_that_it_wins(config: Path) -> None:
    assert run("set", "--write", "--drop-in", "PasswordAuthentication", "no", config).code == 0
    made = config.parent / "sshd_config.d/10-sshkeep.conf"
    assert made.read_text() == "PasswordAuthentication no\n"
    assert (config.parent / "sshd_config.d/50-cloud.conf").read_text() == DROP_IN
    assert run("set", "--write", "--drop-in", "X11Forwarding", "no", config).code == 0
    assert made.read_text() == "PasswordAuthentication no\nX11Forwarding no\n"
    assert run("undo").code == run("undo").code == 0
    assert sorted(os.listdir(config.parent / "sshd_config.d")) == ["50-cloud.conf"]


IMPOSSIBLE = [
    (["--drop-in", "MaxAuthTries", "3"], "MaxAuthTries 9\n" + MAIN, "a drop-in can't do this"),
    (["--drop-in", "MaxAuthTries", "3"], "Port 22\n", "includes no folder of drop-ins"),
    (["--drop-in-name", "mine", "Banner", "none"], MAIN, "would read mine"),
    (["--drop-in-name", "../x.conf", "Banner", "none"], MAIN, "is not a file name"),
]


@pytest.mark.parametrize(("arguments", "text", "says"), IMPOSSIBLE)
def test_where_no_drop_in_can_win(arguments: list[str], text: str, says: str, config: Path) -> None:
    config.write_text(text)
    done = run("set", *arguments, config)
    assert (done.code, says in done.err, done.err.count("\n")) == (2, True, 1)


def test_json_says_whether_it_changed_and_what(config: Path) -> None:
    report = json.loads(run("set", "--format", "json", "MaxAuthTries", "3", config).out)
    assert (report["version"], report["changed"], report["written"], report["exit_code"]) == (
        1,
        True,
        False,
        1,
    )
    assert [file["file"] for file in report["files"]] == [str(config)]
    assert any("Match User bob" in line for line in report["proven"])
    report = json.loads(run("set", "--write", "--format", "json", "MaxAuthTries", "3", config).out)
    assert (report["changed"], report["written"], report["record"].isdigit()) == (True, True, True)
    report = json.loads(run("set", "--write", "--format", "json", "MaxAuthTries", "3", config).out)
    assert (report["changed"], report["written"], report["record"]) == (False, False, None)


@pytest.mark.parametrize("value", ["no\nPermitRootLogin yes", "no\rx", "\x1b[2J"])
def test_a_value_can_not_bring_lines_or_escapes_along(value: str, config: Path) -> None:
    done = run("set", "--write", "Banner", value, config)
    assert (done.code, config.read_text()) == (2, MAIN)
    assert "can't read this in any spelling" in done.err


def test_a_file_that_is_no_file(tmp_path: Path, config: Path) -> None:
    for path in ("-", str(tmp_path), str(tmp_path / "none")):
        done = run("set", "Port", "22", path)
        assert (done.code, done.err.count("\n")) == (2, 1)


DOUBLED = [
    ("60", "debian-12", "120 s; ClientAliveInterval 30 makes it 60 s"),
    ("301", "openssh-9.4", "602 s; ClientAliveInterval 150 makes it 300 s"),
    ("30", "openssh-9.4", "60 s"),
    ("1m", "openssh-9.2", "120 s; ClientAliveInterval 30 makes it 60 s"),
    ("1", "debian-12", "2 s"),
    ("0", "debian-12", ""),
    ("60", "openssh-9.5", ""),
    ("60", "debian-11", ""),
]
"""The interval, the target, and how the sentence on the doubling ends; empty for none."""


@pytest.mark.parametrize(("value", "target", "ends"), DOUBLED)
def test_a_doubled_interval_is_named_and_halved(value: str, target: str, ends: str, config: Path) -> None:
    call = ("set", "--target", target, "ClientAliveInterval", value, config)
    sentence = "probes only every second ClientAliveInterval: a probe comes every "
    for _ in "planned", "already so":
        found = [line for line in run(*call).out.splitlines() if sentence in line]
        assert (len(found), not found or found[0].endswith(ends)) == (bool(ends), True)
        run(*call, "--write")
    assert any(sentence in note for note in json.loads(run(*call, "--format", "json").out)["notes"]) == bool(
        ends
    )
    in_block = run("set", "--target", target, "--in", "Match User bob", "ClientAliveInterval", value, config)
    assert (sentence in in_block.out) == bool(ends)


WORDS = [
    (["MaxAuthTries", "3", "sshd_config"], {"MaxAuthTries": ("3",)}, "sshd_config"),
    (["MaxAuthTries", "3"], {"MaxAuthTries": ("3",)}, None),
    (["Banner", "/etc/issue.net"], {"Banner": ("/etc/issue.net",)}, None),
    (["Banner", "/etc/issue.net", "/srv/own"], {"Banner": ("/etc/issue.net",)}, "/srv/own"),
    (["AllowUsers", "bob", "alice"], {"AllowUsers": ("bob", "alice")}, None),
    (["AllowUsers", "bob", "alice", "./f"], {"AllowUsers": ("bob", "alice")}, "./f"),
    (["Port=23", "MaxAuthTries=3"], {"Port": ("23",), "MaxAuthTries": ("3",)}, None),
    (["Port=23", "MaxAuthTries=3", "f"], {"Port": ("23",), "MaxAuthTries": ("3",)}, "f"),
    (["AllowUsers=bob alice", "f"], {"AllowUsers": ("bob", "alice")}, "f"),
    (["SetEnv=A=b", "f"], {"SetEnv": ("A=b",)}, "f"),
    (["SetEnv", "A=b", "./f"], {"SetEnv": ("A=b",)}, "./f"),
]
"""The words, and what they are: keywords with values, and the file."""


@pytest.mark.parametrize(("words", "settings", "path"), WORDS)
def test_what_the_words_are(words: list[str], settings: dict[str, tuple[str, ...]], path: str | None) -> None:
    assert read_set_words(words, "set") == (settings, path)


UNSET_WORDS = [
    (["Banner"], {"Banner": ()}, None),
    (["Banner", "/etc/ssh/sshd_config"], {"Banner": ()}, "/etc/ssh/sshd_config"),
    (["Subsystem", "sftp"], {"Subsystem": ("sftp",)}, None),
    (["Subsystem", "sftp", "./f"], {"Subsystem": ("sftp",)}, "./f"),
]


@pytest.mark.parametrize(("words", "settings", "path"), UNSET_WORDS)
def test_what_the_words_of_unset_are(
    words: list[str], settings: dict[str, tuple[str, ...]], path: str | None
) -> None:
    assert read_set_words(words, "unset") == (settings, path)


MISTAKES = [
    (["Banner"], "the keyword or a value is missing"),
    (["Banner", "/etc/ssh/sshd_config"], "the keyword or a value is missing"),
    (["Banner", "sshd_config"], "the keyword or a value is missing"),
    (["Port=23", "UseDNS", "no"], "UseDNS is not of the form KEYWORD=VALUE"),
    (["Port=23", "port=24"], "port is named twice"),
    (["Port=", "f"], "the value is missing"),
    (["UsePAM=yes", "ServerAliveInterval=60"], "neither sshd_config nor ssh_config has"),
    (["--kind", "ssh_config", "UsePAM", "yes"], "ssh_config has no UsePAM"),
]


@pytest.mark.parametrize(("words", "sentence"), MISTAKES)
def test_words_that_are_no_setting(words: list[str], sentence: str) -> None:
    done = run("set", *words)
    assert (done.code, sentence in done.err, done.err.count("\n")) == (2, True, 1)


def test_a_keyword_of_both_languages_wants_the_kind() -> None:
    done = run("set", "Ciphers", "aes256-ctr")
    assert (done.code, "--kind sshd_config or --kind ssh_config" in done.err) == (2, True)


def test_several_settings_are_one_change(config: Path) -> None:
    done = run("set", "--write", "MaxAuthTries=3", "PasswordAuthentication=no", "UseDNS=no", config)
    assert (done.code, done.out.count("to undo this change: ")) == (0, 1)
    assert [line for line in done.out.splitlines() if line.endswith("(written)")] == [
        "MaxAuthTries is 3 for all connections, except where a Match block sets its own (written)",
        "PasswordAuthentication is no for all connections, except where a Match block sets its own (written)",
        "UseDNS is no for all connections (written)",
    ]
    assert config.read_text() == MAIN.replace("#MaxAuthTries 6", "MaxAuthTries 3\nUseDNS no")
    assert "set MaxAuthTries=3 PasswordAuthentication=no UseDNS=no" in run("undo", "--list").out
    assert run("undo").code == 0
    assert (config.read_text(), (config.parent / "sshd_config.d/50-cloud.conf").read_text()) == (
        MAIN,
        DROP_IN,
    )


@pytest.mark.parametrize(
    ("kind", "target", "setting", "sentence"),
    [
        ("sshd_config", "debian-13", "Port=2222", "Port is 2222 for all connections"),
        ("sshd_config", "debian-13", "UseDNS=no", "UseDNS is no for all connections"),
        ("sshd_config", "debian-13", "Banner=/x", "Banner is /x for all connections, except where a Match"),
        ("ssh_config", "debian-13", "Port=2222", "Port is 2222 for all hosts, except where a Host block"),
        ("ssh_config", "debian-13", "SyslogFacility=USER", "SyslogFacility is USER for all hosts"),
    ],
)
def test_only_of_what_blocks_may_set_it_says_that_they_do(
    kind: str, target: str, setting: str, sentence: str, tmp_path: Path
) -> None:
    path = tmp_path / kind
    path.write_text("Host *\n" if kind == "ssh_config" else "LogLevel INFO\n")
    last = run("set", "--target", target, setting, path).out.splitlines()[-1]
    assert last.startswith(sentence)
    assert (", except where" in last) == (", except where" in sentence)


def test_several_settings_of_a_new_block_stand_in_one(tmp_path: Path) -> None:
    path = tmp_path / "ssh_config"
    path.write_text("Host *\n  Port 22\n")
    call = ("set", "--write", "--in", "Host web", "User=bob", "ServerAliveInterval=60", path)
    assert run(*call).code == 0
    assert path.read_text() == "Host *\n  Port 22\n\nHost web\n  User bob\n  ServerAliveInterval 60\n"


def test_settings_that_need_each_other_are_proven_together(tmp_path: Path) -> None:
    """sshd does not start with the command alone: main of sshd.c."""
    path = tmp_path / "sshd_config"
    path.write_text("Port 22\n")
    assert run("set", "AuthorizedKeysCommand", "/bin/keys", path).code == 2
    both = ("AuthorizedKeysCommand=/bin/keys", "AuthorizedKeysCommandUser=nobody")
    assert run("set", "--write", *both, path).code == 0
    assert json.loads(run("set", "--format", "json", *both, path).out)["settings"] == [
        {"keyword": "AuthorizedKeysCommand", "values": ["/bin/keys"]},
        {"keyword": "AuthorizedKeysCommandUser", "values": ["nobody"]},
    ]


def test_if_one_setting_can_not_be_none_is_made(config: Path) -> None:
    assert run("set", "--write", "MaxAuthTries=3", "UseDNS=maybe", config).code == 2
    assert config.read_text() == MAIN


REFUSED = "Port 22\nUseDNS maybe\nClientAliveInterval 0\n"


@pytest.mark.parametrize(
    "call",
    [
        ["set", "Port", "23"],
        ["set", "Port", "22"],
        ["set", "--write", "Port", "23"],
        ["fix", "--select", "client-alive-interval"],
        ["fix", "--write", "--select", "client-alive-interval"],
    ],
)
def test_what_is_written_into_a_refused_file_has_no_effect(call: list[str], tmp_path: Path) -> None:
    """A22: `set` and `fix` do not claim that it has, and exit with 1."""
    path = tmp_path / "sshd_config"
    path.write_text(REFUSED)
    done = run(*call, path)
    assert (done.code, "is 22 for every" in done.out or "is 23 for every" in done.out) == (1, False)
    last = f"no setting takes effect as long as {path}:2 is refused: 'maybe' is neither yes nor no"
    assert done.out.splitlines()[-1] == last
    assert run("set", "--write", "UseDNS", "no", path).code == 0


def test_a_dash_says_what_to_do(config: Path) -> None:
    assert "sshkeep set Ciphers -- -3des-cbc FILE" in run("set", "Ciphers", "-3des-cbc", config).err


def test_escapes_in_what_is_shown(config: Path) -> None:
    config.write_text(MAIN + "Banner \x1b[31m\n")
    done = run("set", "--unset", "Banner", "--in", "Match User bob", config)
    assert (done.code, "\x1b" in done.out) == (1, False)


def test_a_new_second_pass_is_told(tmp_path: Path) -> None:
    path = tmp_path / "ssh_config"
    path.write_text("Host w*\n  User a\n")
    assert "a second time" in run("set", "--in", "Match final host web", "Port", "22", path).out
    assert "a second time" not in run("set", "--in", "Match host web", "Port", "22", path).out


def test_an_include_that_is_not_there_is_told_unless_quiet(config: Path) -> None:
    config.write_text("Include gone/*.conf\n" + MAIN)
    assert "nothing found for Include gone/*.conf" in run("set", "MaxAuthTries", "3", config).err
    assert run("set", "--quiet", "MaxAuthTries", "3", config).err == ""
