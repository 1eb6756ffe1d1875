"""`sshkeep hosts`: every host that a config names, with what ssh does for it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

import sshkeep
from sshkeep.api.hosts import HostsResult
from sshkeep.config.effective import host_lines
from sshkeep.config.local_machine import home_directory
from sshkeep.errors import SshkeepError
from sshkeep.output.schemas.generate import report_model
from tests.oracle.answers import openssh_answer
from tests.oracle.programs import command_for, programs_of
from tests.oracle.releases import SUITES, release_of
from tests.program import run
from tests.requirements import need

ANY = "*"
FLEET = """\
IgnoreUnknown UseKeychain
Host web db
    HostName 192.0.2.5
    ServerAliveInterval 30
    UseKeychain yes
Host *.corp !gate.corp
    ProxyJump admin@gate,other
    ServerAliveInterval 600
Host gate
    ServerAliveInterval 60
Host zero
    ServerAliveInterval 15
    ServerAliveCountMax 0
    UseKeychain yes
Match originalhost Foo,bar?
    ServerAliveInterval 240
Match host 192.0.2.5
    ServerAliveInterval 10
    ServerAliveCountMax 7
Host dark
    ProxyCommand nc %h %p
Match exec "true" host late
    ServerAliveInterval 9
Host web
    ServerAliveCountMax 5
Match final host 192.0.2.5
    ServerAliveCountMax 2
Host *
    ServerAliveCountMax 4
"""
ROWS = [
    # host, pattern, interval, count, line of the interval, jump host, paths survived
    ("web", False, 30, 7, 4, None, 7),
    ("db", False, 30, 7, 4, None, 7),
    ("*.corp", True, 600, 4, 8, "admin@gate", 7),
    ("gate.corp", False, 0, 4, None, None, 0),
    ("gate", False, 60, 4, 10, None, 7),
    ("zero", False, 15, 0, 12, None, 0),
    ("Foo", False, 240, 4, 16, None, 4),
    ("bar?", True, 240, 4, 16, None, 4),
    ("192.0.2.5", False, 10, 7, 18, None, 7),
    ("dark", False, 0, 4, None, None, 0),
    ("late", False, 0, 4, None, None, 0),
    (ANY, True, 0, 4, None, None, 0),
]


def hosts(text: str, target: str = "auto") -> HostsResult:
    return sshkeep.hosts("ssh_config", files={"ssh_config": text}, target=target)


def test_a_row_for_each_name_in_the_order_of_reading() -> None:
    found = [
        (
            each.host,
            each.pattern,
            each.interval,
            each.count_max,
            each.settings[0].line,
            each.jump_host,
            each.survives,
        )
        for each in hosts(FLEET).report().hosts
    ]
    assert found == ROWS


def test_what_match_exec_decides_is_uncertain() -> None:
    rows = {each.host: each for each in hosts(FLEET).report().hosts}
    assert [name for name, row in rows.items() if row.uncertain] == ["late"]
    yes = sshkeep.hosts("ssh_config", files={"ssh_config": FLEET}, assume_exec=True)
    assert {each.host: each.interval for each in yes.report().hosts}["late"] == 9


def test_each_row_is_what_idle_forecasts_for_that_host(tmp_path: Path) -> None:
    (tmp_path / "ssh_config").write_text(FLEET)
    rows = json.loads(run("hosts", "ssh_config", "--format", "json", cwd=tmp_path).out)["hosts"]
    for row in rows:
        named = [] if row["host"] == ANY else ["--host", row["host"].replace("*", "x").replace("?", "x")]
        arguments = ["idle", "--client", "ssh_config", *named, "--format", "json"]
        idle = json.loads(run(*arguments, cwd=tmp_path).out)
        client = idle["client"]
        assert (row["interval"], row["count_max"]) == (client["interval"], client["count_max"])
        assert row["settings"] == client["settings"][:2]
        assert [path["verdict"] for path in row["paths"]] == [path["verdict"] for path in idle["paths"]]


@pytest.mark.parametrize("suite", SUITES)
def test_each_row_is_what_ssh_prints_for_that_host(suite: str) -> None:
    need("releases", "root", "mounts")
    release = release_of(suite)
    # ssh -G runs what Match exec names.
    text = FLEET.replace('Match exec "true" host late', "Match host late")
    rows = hosts(text, target=release.target.name).hosts
    with programs_of(release) as programs:
        path = programs.folder / "configs" / "ssh_config"
        path.write_text(text)
        programs.send([command_for("ssh_config", path, each.host.sample) for each in rows])
        answers = [openssh_answer(done, path, "ssh_config", release.target) for done in programs.receive()]
    for each, answer in zip(rows, answers, strict=True):
        printed = [answer.values[name] for name in ("serveraliveinterval", "serveralivecountmax")]
        assert printed == [[each.interval.value], [each.count_max.value]], each.host.name
        jump = answer.values.get("proxyjump", [""])[0].partition(",")[0]
        assert jump == each.jump_host, each.host.name
        assert ("proxycommand" in answer.values) is each.proxy_command


REFUSED_FOR_SOME = """\
Host mac
    IgnoreUnknown UseKeychain
    UseKeychain yes
Host self
    ProxyJump self
"""


def test_what_ssh_refuses_for_one_host_is_in_its_row() -> None:
    rows = {each.host.name: each.refused for each in hosts(REFUSED_FOR_SOME, target="debian-13").hosts}
    assert rows == {
        "mac": "",
        "self": "ssh_config:3: unknown keyword UseKeychain",
        ANY: "ssh_config:3: unknown keyword UseKeychain",
    }
    assert (
        hosts("Host self\n    ProxyJump self\n").hosts[0].refused == "the jump host is the host itself: self"
    )


def test_the_jump_host_carries_the_session() -> None:
    text = "Host inner\n    ProxyJump gate\nHost gate\n    ServerAliveInterval {}\n"
    kept, lost = (hosts(text.format(seconds)).hosts[0] for seconds in (60, 3000))
    assert (kept.probe_every, kept.survived) == (60, 7)
    assert (lost.probe_every, lost.survived) == (3000, 1)


@pytest.mark.parametrize(
    ("arguments", "code", "verdict"),
    [
        (["--path", "aws-nat-gateway"], 0, "survives"),
        (["--path-timeout", "62"], 0, "at risk"),
        (["--path-timeout", "60"], 1, "race"),
        (["--path-timeout", "30"], 1, "dropped"),
    ],
)
def test_one_path(arguments: list[str], code: int, verdict: str, tmp_path: Path) -> None:
    (tmp_path / "ssh_config").write_text("ServerAliveInterval 60\n")
    done = run("hosts", "ssh_config", *arguments, cwd=tmp_path)
    assert done.code == code
    assert done.out.splitlines()[0].split() == ["host", "interval", "count", "probe", "session", "set", "at"]
    assert verdict in done.out.splitlines()[1]


def test_the_table_fits_eighty_columns_and_shows_every_name(tmp_path: Path) -> None:
    long = "a" * 150
    jump = f"Host {long} *.{'b' * 40}\n    ProxyJump somebody@{'g' * 60}\n"
    (tmp_path / "ssh_config").write_text(f"Include {'d' * 60}.conf\n{jump}{FLEET}")
    (tmp_path / f"{'d' * 60}.conf").write_text("Host far\n    ServerAliveInterval 2147483\n")
    done = run("hosts", "--root", tmp_path, "ssh_config", cwd=tmp_path, columns=80)
    assert max(map(len, done.out.splitlines())) <= 80
    assert long in done.out.replace("\n", "") and f"*.{'b' * 40}" in done.out


def test_the_table(tmp_path: Path) -> None:
    (tmp_path / "ssh_config").write_text(FLEET.partition("Host zero")[0])
    done = run("hosts", "ssh_config", cwd=tmp_path, columns=80)
    assert done.out == (
        "host         interval  count  probe  survives  set at         jump host\n"
        "web                30      3  30 s   7 of 7    ssh_config:4\n"
        "db                 30      3  30 s   7 of 7    ssh_config:4\n"
        "*.corp            600      3  1 min  7 of 7    ssh_config:8   admin@gate\n"
        "gate.corp           0      3  never  0 of 7    default\n"
        "gate               60      3  1 min  7 of 7    ssh_config:10\n"
        "(any other)         0      3  never  0 of 7    default\n"
        "2 of 6 lose an idle session on a common path (target openssh-10.6)\n"
    )


def test_csv_is_read_by_a_csv_reader(tmp_path: Path) -> None:
    name = tmp_path / 'a,"b".ssh_config'
    name.write_text('Host "x,y" *q\n    ServerAliveInterval 60\n')
    done = run("hosts", name, "--format", "csv")
    rows = list(csv.DictReader(done.out.splitlines()))
    assert [row["host"] for row in rows] == ["x,y", "*q", ANY]
    assert (rows[0]["file"], rows[0]["line"], rows[0]["probe_every"]) == (str(name), "2", "60")
    assert rows[0]["survives"].split()[0] == "azure-load-balancer" and rows[2]["lost"]


def test_the_json_report_fits_its_schema(tmp_path: Path) -> None:
    (tmp_path / "ssh_config").write_bytes(FLEET.encode() + b"Host \xff\n")
    done = run("hosts", "ssh_config", "--format", "json", cwd=tmp_path)
    report = json.loads(done.out)
    assert report["exit_code"] == done.code == 1
    assert report_model("hosts").model_validate(report).model_dump(mode="json") == json.loads(
        json.dumps(report)
    )


@pytest.mark.parametrize(
    ("name", "text", "error"),
    [
        ("sshd_config", "Port 22\n", "sshd_config is sshd's, and names no hosts"),
        ("ssh_config", "Host web\n    Port x\n", "ssh_config:2: 'x' is not a port"),
        ("other", None, "other: no such file"),
        (
            "TERATERM.INI",
            "[Tera Term]\nPort=22\n[TTSSH]\nHeartBeat=0\n",
            "a settings file of Tera Term, which is not",
        ),
    ],
)
def test_what_is_refused(name: str, text: str | None, error: str, tmp_path: Path) -> None:
    if text is not None:
        (tmp_path / name).write_text(text)
    done = run("hosts", name, cwd=tmp_path)
    assert done.code == 2 and done.out == ""
    assert error in done.err


def test_a_hostile_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(host_lines, "MAX_HOST_COMPARISONS", 1000)
    text = "".join(f"Host h*a{n}*\n    User u\n" for n in range(40))
    with pytest.raises(SshkeepError, match="more than 1,000 comparisons"):
        hosts(text)


def test_without_a_file_it_is_the_user_s_own_config_with_the_system_s() -> None:
    result = sshkeep.hosts() if any(map(Path.exists, own_clients())) else None
    if result is None:
        with pytest.raises(SshkeepError, match="no ssh_config"):
            sshkeep.hosts()
    else:
        assert result.config.tops == [str(path) for path in own_clients() if path.exists()]


def own_clients() -> list[Path]:
    return [Path(home_directory()) / ".ssh" / "config", Path("/etc/ssh/ssh_config")]


def test_the_line_of_a_count_is_named_where_that_ends_the_session(tmp_path: Path) -> None:
    file = tmp_path / "ssh_config"
    file.write_text("Host web\n  ServerAliveCountMax 0\nHost *\n  ServerAliveInterval 60\n")
    rows = run("hosts", file).out.splitlines()
    assert (rows[1].split()[0], rows[1].split()[-1]) == ("web", "ssh_config:2")
    assert (rows[2].split()[-1]) == "ssh_config:4"
