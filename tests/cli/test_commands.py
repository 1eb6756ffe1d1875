"""The commands as their users call them: output, formats, exit codes."""

import json
import os
import re
import stat
from pathlib import Path

import pytest

from sshkeep.lint.registry import all_rules
from sshkeep.lint.rule import LoadedRule
from sshkeep.openssh.targets import NEWEST_TARGET
from sshkeep.output.rule_page import PAGE_SECTIONS, markdown_page, rule_page, sections_of
from sshkeep.output.schemas.generate import report_model
from tests.program import ROOT, Done, run
from tests.requirements import need

CLEAN = "ClientAliveInterval 60\n"
WARNED = "Port 22\nClientAliveInterval 0\n"
UNSAFE = "ClientAliveInterval 60000\n"
INFO = "KeepAlive yes\nClientAliveInterval 60\n"
ERROR = "ClientAliveIntervall 60\n"
UNMENDABLE = "ClientAliveInterval 60\nMatch User a\n  TCPKeepAlive no\n"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "sshd_config"
    path.write_text(CLEAN)
    return path


def test_of_more_findings_than_anybody_reads_the_first_are_listed(config: Path) -> None:
    config.write_text(CLEAN + "Prot 22\n" * 1_500)
    done = run("lint", config)
    assert (done.code, done.out.count(" error ")) == (1, 1_000)
    assert "more than 1000 problems" in done.out.splitlines()[-1]
    assert "(only the first 1,000 of unknown-keyword; target " in done.out.splitlines()[-1]
    summary = json.loads(run("lint", "--format", "json", config).out)["summary"]
    assert (summary["error"], summary["cut"]) == (1_000, ["unknown-keyword"])


def test_a_thousand_are_all(config: Path) -> None:
    config.write_text(CLEAN + "Prot 22\n" * 1_000)
    assert run("lint", config).out.splitlines()[-1].startswith("1000 problems ")


def test_all_are_looked_at_where_some_are_left_out(config: Path) -> None:
    """Else what comes after the first ones would be taken for known, or for suppressed."""
    bad = "Prot 22\n" * 1_500
    config.write_text(f"# sshkeep: ignore[unknown-keyword] the first\n{bad}{CLEAN}")
    assert run("lint", config).out.splitlines()[-1].startswith("1500 problems ")
    old = "KeyRegenerationInterval 1h\n" * 1_500
    config.write_text(CLEAN + old)
    known = config.with_name("baseline.json")
    assert run("lint", "--write-baseline", known, config).code == 0
    config.write_text(f"{CLEAN}{old}ServerKeyBits 1024\n")
    done = run("lint", "--baseline", known, config)
    assert done.out.splitlines()[-1].startswith(("1 problem ", "1 problem, "))


@pytest.mark.parametrize("text", [CLEAN, WARNED, ERROR, None])
def test_a_lint_that_reads_no_options_is_the_same_as_one_that_does(text: str | None, config: Path) -> None:
    config.write_text(text) if text else config.unlink()
    plain = run("lint", config)
    assert plain == run("lint", "--", config)
    assert plain.out or plain.err


@pytest.mark.parametrize(
    ("text", "arguments", "code"),
    [
        (CLEAN, ["lint"], 0),
        (INFO, ["lint"], 0),
        (WARNED, ["lint"], 1),
        (WARNED, ["lint", "--fail-on", "error"], 0),
        (ERROR, ["lint", "--fail-on", "error"], 1),
        (WARNED, ["lint", "--ignore", "keepalive"], 0),
        (WARNED, ["lint", "--select", "interval-doubled"], 0),
        (WARNED, ["lint", "--select", "interval-doubled", "--extend-select", "client-alive-interval"], 1),
        (WARNED, ["lint", "--select", "nonsense"], 2),
        (CLEAN, ["fix"], 0),
        (WARNED, ["fix"], 1),
        (UNSAFE, ["fix"], 0),
        (UNSAFE, ["fix", "--unsafe"], 1),
        (CLEAN, ["fix", "--write"], 0),
        (WARNED, ["fix", "--write"], 0),
        (UNSAFE, ["fix", "--write"], 1),
        (UNSAFE, ["fix", "--write", "--unsafe"], 0),
        (UNMENDABLE, ["fix", "--write"], 1),
        (CLEAN, ["effective"], 0),
        (ERROR, ["effective"], 1),
        (CLEAN, ["effective", "-C", "colour=red"], 2),
        (CLEAN, ["effective", "--keyword", "Nonsense"], 2),
        (CLEAN, ["effective", "--host", "web"], 2),
    ],
)
def test_exit_codes(text: str, arguments: list[str], code: int, config: Path) -> None:
    config.write_text(text)
    assert run(*arguments, config).code == code


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["rule"], 0),
        (["rule", "keep-alive"], 0),
        (["rule", "--format", "md"], 0),
        (["rule", "--format", "md", "keep-alive"], 0),
        (["rule", "--format", "html", "keep-alive"], 2),
        (["rule", "x"], 2),
        ([], 2),
    ],
)
def test_exit_codes_without_a_file(arguments: list[str], code: int) -> None:
    assert run(*arguments).code == code


@pytest.mark.parametrize("rule", all_rules().values(), ids=lambda rule: rule.id)
def test_a_rule_s_page_says_the_same_in_text_and_markdown(rule: LoadedRule) -> None:
    text, markdown = "\n".join(rule_page(rule)), "\n".join(markdown_page(rule))
    assert tuple(sections_of(rule.doc)) == PAGE_SECTIONS
    for said in (
        *PAGE_SECTIONS,
        *rule.rule.references,
        *(f"{k} = {v}" for k, v in rule.rule.options.items()),
    ):
        assert said in " ".join(text.split())
        assert said.replace("[]", "\\[\\]") in markdown
    for section in sections_of(rule.doc).values():
        assert " ".join(_without_links(section).split()) in " ".join(text.split())
        assert section in markdown
    assert markdown.count("```") % 2 == 0
    assert markdown.count("\nNot reported") == text.count("\n  Not reported") > 0


def _without_links(text: str) -> str:
    return re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", text)


def test_two_beats_one_and_the_other_files_are_reported(config: Path) -> None:
    config.write_text(WARNED)
    done = run("lint", config.with_name("none"), config)
    assert done.code == 2
    assert "no such file" in done.err
    assert "client-alive-interval" in done.out


def test_the_first_line_is_for_editors_and_grep(config: Path) -> None:
    config.write_text(WARNED)
    first, *_, last = run("lint", config).out.splitlines()
    assert first == f"{config}:2:1: warning client-alive-interval  sshd never probes an idle client"
    assert (
        last
        == f"1 problem, 1 that `sshkeep fix` can fix (target {NEWEST_TARGET.name}, the newest, since no --target is given)"
    )


@pytest.mark.parametrize("columns", [40, 60, 100])
def test_text_fits_the_terminal(columns: int, config: Path) -> None:
    config.write_text(WARNED + "#" + "x" * 300 + "\nTCPKeepAlive " + "y" * 300 + "\n")
    done = run("lint", config, columns=columns)
    framed = [line for line in done.out.splitlines()[:-1] if line.startswith("  ")]
    assert framed
    assert all(len(line) <= columns for line in framed)


def test_colour_only_where_it_is_wanted(config: Path) -> None:
    config.write_text(WARNED)
    assert "\x1b[" not in run("lint", config).out
    assert "\x1b[" in run("lint", "--color", "always", config).out


def test_quiet_leaves_the_findings(config: Path) -> None:
    assert run("lint", "--quiet", config) == Done(0, "", "")
    config.write_text(WARNED)
    assert "problem," not in run("lint", "-q", config).out


def test_output_goes_to_a_file(config: Path, tmp_path: Path) -> None:
    config.write_text(WARNED)
    report = tmp_path / "report.txt"
    assert run("lint", "--output", report, config) == Done(1, "", "")
    assert "client-alive-interval" in report.read_text()


def test_output_never_goes_into_a_config(config: Path) -> None:
    assert run("lint", "--output", config, config).code == 2
    assert config.read_text() == CLEAN


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("lint", ["lint"]),
        ("fix", ["fix"]),
        ("fix", ["fix", "--write"]),
        ("effective", ["effective", "-C", "user=a"]),
    ],
)
@pytest.mark.parametrize("text", [CLEAN, WARNED, ERROR, UNMENDABLE, "Banner /\udcff\n"])
def test_json_reports_fit_their_schema(name: str, arguments: list[str], text: str, config: Path) -> None:
    config.write_bytes(text.encode("utf-8", "surrogateescape"))
    done = run(*arguments, "--format", "json", config)
    report = json.loads(done.out)
    assert report["exit_code"] == done.code
    assert report["version"] == 1
    assert report_model(name).model_validate(report).model_dump(mode="json") == report


def test_the_json_of_a_finding(config: Path) -> None:
    config.write_text(WARNED)
    (finding,) = json.loads(run("lint", "--format", "json", config).out)["findings"]
    assert finding == {
        "rule": "client-alive-interval",
        "severity": "warning",
        "message": "sshd never probes an idle client",
        "file": str(config),
        "line": 2,
        "column": 1,
        "end_line": 2,
        "end_column": 22,
        "keyword": "ClientAliveInterval",
        "block": "",
        "source_line": "ClientAliveInterval 0",
        "label": "0 turns the probes off",
        "notes": [
            "idle sessions die when a NAT or firewall on the path forgets them, often after 4 to 60 minutes",
            "after the fix, sshd disconnects a client that does not answer for 240 s, such as a sleeping laptop",
        ],
        "fix": {
            "title": "ClientAliveInterval 60",
            "safety": "safe",
            "edits": [{"file": str(config), "start": 28, "end": 29, "text": "60", "raw_base64": None}],
        },
        "related": [],
        "controls": [],
        "refused": None,
        "page": "rules/client-alive-interval/",
    }


def test_an_edit_applied_by_hand_is_what_fix_writes(config: Path) -> None:
    config.write_text(WARNED)
    (finding,) = json.loads(run("lint", "--format", "json", config).out)["findings"]
    (edit,) = finding["fix"]["edits"]
    data = config.read_bytes()
    by_hand = data[: edit["start"]] + edit["text"].encode() + data[edit["end"] :]
    assert run("fix", "--write", config).code == 0
    assert config.read_bytes() == by_hand


def test_fix_shows_and_writes_nothing(config: Path) -> None:
    config.write_text(WARNED)
    done = run("fix", config)
    assert "-ClientAliveInterval 0\n+ClientAliveInterval 60\n" in done.out
    assert config.read_text() == WARNED


def test_fix_writes_once(config: Path) -> None:
    config.write_text(WARNED)
    assert run("fix", "--write", config).code == 0
    written = config.stat()
    assert (
        run("fix", "--write", config).out
        == f"nothing to fix (target {NEWEST_TARGET.name}, the newest, since no --target is given)\n"
    )
    assert (config.stat().st_ino, config.stat().st_mtime_ns) == (written.st_ino, written.st_mtime_ns)


def test_fix_as_a_filter() -> None:
    done = run("fix", "--kind", "sshd_config", "-", stdin=b"Port 22\r\nClientAliveInterval 0\r\n")
    assert done == Done(0, "Port 22\r\nClientAliveInterval 60\r\n", "")
    clean = run("fix", "--kind", "sshd_config", "-", stdin=b"ClientAliveInterval 60")
    assert clean == Done(0, "ClientAliveInterval 60", "")


def test_mode_owner_and_links_are_kept(config: Path) -> None:
    need("root")
    config.write_text(WARNED)
    config.chmod(0o640)
    os.chown(config, 1234, 5678)
    link = config.with_name("link_sshd_config")
    link.symlink_to(config.name)
    assert run("fix", "--write", link).code == 0
    status = config.stat()
    assert (stat.S_IMODE(status.st_mode), status.st_uid, status.st_gid) == (0o640, 1234, 5678)
    assert link.is_symlink()
    assert config.read_text() == WARNED.replace(" 0", " 60")
    assert sorted(os.listdir(config.parent)) == ["link_sshd_config", "sshd_config"]


def test_effective_tells_of_a_line_that_leaves_the_default(tmp_path: Path) -> None:
    (tmp_path / "ssh_config").write_text("ServerAliveInterval none\n")
    done = run("effective", "ssh_config", "--host", "x", "--keyword", "ServerAliveInterval", cwd=tmp_path)
    assert done.out.splitlines()[1:] == [
        "    ssh_config:1 says none: no effect, it leaves the default as it is"
    ]


def test_effective_names_the_line_that_won_and_those_that_lost(config: Path) -> None:
    config.write_text(
        "ClientAliveInterval 60\nClientAliveInterval 30\nMatch User bob\n  ClientAliveInterval 10\n"
    )
    text = run("effective", "--keyword", "ClientAliveInterval", "-C", "user=bob", config).out
    assert text.splitlines() == [
        f"ClientAliveInterval 10  {config}:4",
        f"    {config}:1 says 60: no effect, a Match block overrides it",
        f"    {config}:2 says 30: no effect, an earlier line wins",
    ]
    other = run("effective", "--keyword", "clientaliveinterval", "-C", "user=ann", config).out
    assert other.splitlines()[0] == f"ClientAliveInterval 60  {config}:1"


def test_effective_tells_defaults(config: Path) -> None:
    config.write_text("")
    out = run("effective", "--target", "debian-12", config).out
    assert "ClientAliveInterval 0  default of debian-12\n" in out


def test_effective_does_not_run_match_exec(tmp_path: Path) -> None:
    proof = tmp_path / "proof"
    config = tmp_path / "ssh_config"
    config.write_text(
        f'Match exec "touch {proof}"\n  ServerAliveInterval 20\nHost *\n  ServerAliveInterval 10\n'
    )
    done = run("effective", "--host", "web", "--format", "json", "--keyword", "ServerAliveInterval", config)
    (setting,) = json.loads(done.out)["settings"]
    assert setting["values"] == ["10"]
    assert [line["values"] for line in setting["alternatives"]] == [["20"]]
    assert run("lint", config).code == 0
    assert not proof.exists()


def test_a_page_shows_what_why_before_after_and_sources() -> None:
    out = run("rule", "interval-doubled").out
    for part in ("9.5 fixed it", "Debian 12", "Fix:", "seconds = 60", "References", "serverloop.c"):
        assert part in out


def test_version_and_help() -> None:
    assert run("--version").out.startswith("sshkeep ")
    for arguments in (
        ["--help"],
        ["-h"],
        ["lint", "-h"],
        ["fix", "--help"],
        ["effective", "-h"],
        ["rule", "-h"],
    ):
        done = run(*arguments)
        assert (done.code, done.err) == (0, "")


def test_examples_of_our_own_are_linted_from_their_folder() -> None:
    done = run("lint", "examples", cwd=ROOT)
    assert done.code == 1
    assert all(
        name in done.out for name in ("debian-server", "cloud-image", "trailing-match", "home", "old-advice")
    )


@pytest.mark.parametrize(
    ("block", "listed", "more"),
    [
        ("Host h{0}\n    HostName 192.0.2.{0}\n", 3, "no effect, its block does not apply"),
        ("Host *\n    HostName h{0}\n", 10, "no effect, an earlier line wins"),
        ("Match exec true{0}\n    HostName h{0}\n", 10, "whether their blocks apply is not known"),
    ],
)
def test_lines_that_do_not_decide_are_counted(block: str, listed: int, more: str, tmp_path: Path) -> None:
    path = tmp_path / "ssh_config"
    first = "" if "exec" in block else "Host web\n    HostName first\n"
    path.write_text(first + "".join(map(block.format, range(1200))))
    asked = ("effective", "--host", "web", "--keyword", "HostName", path)
    lines = run(*asked).out.splitlines()
    assert len(lines) == 1 + listed + 1
    assert lines[-1] == f"    and {1200 - listed:,} more lines: {more}"
    (setting,) = json.loads(run(*asked, "--format", "json").out)["settings"]
    assert len(setting["lost"]) + len(setting["alternatives"]) == 1200
