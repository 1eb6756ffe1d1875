"""The formats of CI systems: what each holds for one config, whatever its names and values are."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

import sshkeep
from sshkeep.api.lint import LintResult
from sshkeep.cli.formats import FORMATS, Format, View, formatted_lines
from sshkeep.output.terminal import Terminal
from tests.program import run
from tests.requirements import need

CONFIG = "Port 22\nClientAliveInterval 0\nMaxAuthTires 3\nMatch User bob\n    ClientAliveInterval 60\n"
EVIL = 'x\x1b]0;t\x07::error::%0A"<>&|`\u202e\r'
CI_FORMATS: tuple[Format, ...] = tuple(format for format in FORMATS["lint"] if format != "text")


def linted(text: str = CONFIG, name: str = "sshd_config") -> LintResult:
    """``text`` as an sshd_config of Debian 12."""
    return sshkeep.lint(files={name: text}, kind="sshd_config", target="debian-12")


def shown(format: Format, result: LintResult) -> str:
    """What ``sshkeep lint --format`` prints."""
    view = View(Terminal("never"), exit_code=result.exit_code())
    return "".join(f"{line}\n" for line in formatted_lines("lint", format, result, view))


RULES = [
    ("sshd_config", 2, "client-alive-interval"),
    ("sshd_config", 3, "unknown-keyword"),
]


def of_concise(text: str) -> list[tuple[str, int, str]]:
    found = re.findall(r"^(.*?):(\d+):\d+: \w+ ([a-z-]+)  ", text, re.MULTILINE)
    return [(file, int(line), rule) for file, line, rule in found]


def of_jsonl(text: str) -> list[tuple[str, int, str]]:
    objects = [json.loads(line) for line in text.splitlines()]
    assert [each["type"] for each in objects][-1] == "summary"
    return [(each["file"], each["line"], each["rule"]) for each in objects if each["type"] == "finding"]


def of_json(text: str) -> list[tuple[str, int, str]]:
    return [(each["file"], each["line"], each["rule"]) for each in json.loads(text)["findings"]]


def of_sarif(text: str) -> list[tuple[str, int, str]]:
    run = json.loads(text)["runs"][0]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    places = [each["locations"][0]["physicalLocation"] for each in run["results"]]
    return [
        (place["artifactLocation"]["uri"], place["region"]["startLine"], rules[each["ruleIndex"]])
        for place, each in zip(places, run["results"], strict=True)
    ]


def of_github(text: str) -> list[tuple[str, int, str]]:
    found = re.findall(r"^::\w+ file=(.*?),line=(\d+),.*?title=sshkeep ([a-z-]+)::", text, re.MULTILINE)
    assert len(found) == text.count("\n"), "a line is a command of sshkeep's"
    return [(file, int(line), rule) for file, line, rule in found]


def of_gitlab(text: str) -> list[tuple[str, int, str]]:
    issues = json.loads(text)
    assert len({each["fingerprint"] for each in issues}) == len(issues)
    return [
        (each["location"]["path"], each["location"]["lines"]["begin"], each["check_name"]) for each in issues
    ]


def of_junit(text: str) -> list[tuple[str, int, str]]:
    suite = ET.fromstring(text)
    cases = [case for case in suite if case.find("failure") is not None]
    assert (suite.get("failures"), suite.get("tests")) == (str(len(cases)), str(len(suite)))
    names = [(str(case.get("classname")), str(case.get("name")).partition(", line ")) for case in cases]
    return [(file, int(line), rule) for file, (rule, _, line) in names]


def of_checkstyle(text: str) -> list[tuple[str, int, str]]:
    return [
        (
            str(file.get("name")),
            int(str(error.get("line"))),
            str(error.get("source")).removeprefix("sshkeep."),
        )
        for file in ET.fromstring(text)
        for error in file
    ]


def of_markdown(text: str) -> list[tuple[str, int, str]]:
    rows = [
        re.split(r"(?<!\\) \| ", line.strip("| ")) for line in text.splitlines()[2:] if line.startswith("|")
    ]
    places = [(row[0].replace("\\", "").rpartition(":"), row[2]) for row in rows]
    return [(file, int(line), rule) for (file, _, line), rule in places]


class _Page(HTMLParser):
    """The texts of a page's headings and cells, row by row."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag != "script" and not [name for name, _ in attrs if name.startswith("on")]
        if tag in ("h2", "tr"):
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_data(self, data: str) -> None:
        if self.rows and (self.rows[-1] or not data.isspace()):
            self.rows[-1] = [*self.rows[-1][:-1], (self.rows[-1] or [""])[-1] + data]


def of_html(text: str) -> list[tuple[str, int, str]]:
    page = _Page()
    page.feed(text)
    found, file = [], ""
    for row in page.rows:
        if len(row) == 1:
            file = row[0].partition("\n")[0]
        elif row[0].startswith("Line "):
            found.append((file, int(row[0][5:].partition(":")[0]), row[2].strip()))
    return found


READERS: dict[str, Callable[[str], list[tuple[str, int, str]]]] = {
    "concise": of_concise,
    "json": of_json,
    "jsonl": of_jsonl,
    "sarif": of_sarif,
    "github": of_github,
    "gitlab": of_gitlab,
    "junit": of_junit,
    "checkstyle": of_checkstyle,
    "markdown": of_markdown,
    "html": of_html,
}


def test_each_format_has_a_reader() -> None:
    assert {*READERS} == {*CI_FORMATS}


@pytest.mark.parametrize("format", CI_FORMATS)
def test_a_format_holds_each_finding(format: Format) -> None:
    result = linted()
    found = [(f.source.path, f.source.position(f.span.start)[0], f.rule) for f in result.findings]
    assert {*RULES} <= {*found}
    assert sorted(READERS[format](shown(format, result))) == sorted(found)


@pytest.mark.parametrize("format", CI_FORMATS)
def test_names_and_values_are_only_text(format: Format) -> None:
    text = shown(
        format, linted(f"Banner{EVIL} {EVIL}\nPort {EVIL}\n", "sshd_config" + EVIL.replace("\r", ""))
    )
    assert len(READERS[format](text)) >= 2
    assert re.findall(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", text) == []
    assert not re.search(r"^::error::", text, re.MULTILINE)


@pytest.mark.parametrize("format", CI_FORMATS)
def test_no_finding_is_a_whole_report(format: Format) -> None:
    assert READERS[format](shown(format, linted("ClientAliveInterval 30\n"))) == []


@pytest.mark.parametrize("format", [format for format in CI_FORMATS if format != "concise"])
def test_an_error_is_in_the_report(format: Format, tmp_path: Path) -> None:
    result = sshkeep.lint([tmp_path / "sshd_config"])
    assert len(result.errors) == 1
    assert "sshd_config" in shown(format, result).replace("\\", "") or format == "gitlab"


def sarif_of(text: str, **options: Any) -> Any:
    """The run of the SARIF log about ``text``."""
    result = sshkeep.lint(files={"sshd_config": text}, kind="sshd_config", target="debian-12", **options)
    return json.loads(shown("sarif", result))["runs"][0]


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("# a\n\n" + CONFIG, True),
        (CONFIG.replace("Port 22\n", "Port 22\nUseDNS no\n"), True),
        (CONFIG.replace("ClientAliveInterval 0", "ClientAliveInterval   0"), True),
        (CONFIG.replace("MaxAuthTires 3", "MaxAuthTires 4"), False),
    ],
)
def test_a_fingerprint_is_that_of_the_line_wherever_it_is(text: str, same: bool) -> None:
    gitlab = json.loads(shown("gitlab", linted())), json.loads(shown("gitlab", linted(text)))
    sarif = sarif_of(CONFIG)["results"], sarif_of(text)["results"]
    of_gitlab = [[each["fingerprint"] for each in issues] for issues in gitlab]
    of_sarif = [[each["partialFingerprints"]["sshkeep/v1"] for each in results] for results in sarif]
    assert of_gitlab == of_sarif
    assert (of_sarif[0] == of_sarif[1]) is same and len({*of_sarif[0]}) == len(of_sarif[0])


def test_rules_of_security_have_a_severity_for_code_scanning() -> None:
    rules = sarif_of("PermitRootLogin yes\nClientAliveInterval 0\n", select=["ALL"])["tool"]["driver"][
        "rules"
    ]
    severities = {rule["id"]: rule["properties"].get("security-severity") for rule in rules}
    groups = {rule["id"]: rule["properties"]["tags"][0] for rule in rules}
    assert "client-alive-interval" in severities and "root-login" in severities
    for rule, severity in severities.items():
        assert (severity in ("3.0", "6.0", "8.0")) is (groups[rule] == "security"), rule


def test_a_fix_is_the_bytes_to_replace() -> None:
    results = json.loads(shown("sarif", linted()))["runs"][0]["results"]
    (change,) = next(each for each in results if each["ruleId"] == "client-alive-interval")["fixes"][0][
        "artifactChanges"
    ]
    text = CONFIG
    for edit in reversed(change["replacements"]):
        start, length = edit["deletedRegion"]["byteOffset"], edit["deletedRegion"]["byteLength"]
        text = text[:start] + edit["insertedContent"]["text"] + text[start + length :]
    assert "client-alive-interval" not in [finding.rule for finding in linted(text).findings]


@pytest.mark.parametrize("text", [CONFIG, f"Banner{EVIL} {EVIL}\nPort {EVIL}\n", "ClientAliveInterval 30\n"])
def test_sarif_is_valid_to_its_own_tool(text: str, tmp_path: Path) -> None:
    need("sarif")
    log = tmp_path / "log.sarif"
    log.write_text(shown("sarif", linted(text)))
    done = subprocess.run(["Sarif.Multitool", "validate", str(log)], capture_output=True, text=True)
    assert "Analysis completed successfully" in done.stdout
    assert [line for line in done.stdout.splitlines() if ": error" in line] == []


REASON = "the auditors \u202e\x1b[2J know"
ACCEPTED = (
    "ClientAliveInterval 0\n# sshkeep: ignore[deprecated-option] "
    f"{REASON}\nRSAAuthentication yes\nUseLogin no\nKeepAlive yes\n"
)


@pytest.fixture
def baseline(tmp_path: Path) -> Path:
    """One that knows the first line of ACCEPTED, with a reason."""
    (tmp_path / "sshd_config").write_text(ACCEPTED.splitlines()[0] + "\n")
    run("lint", "--write-baseline", "known.json", "sshd_config", cwd=tmp_path)
    known = json.loads((tmp_path / "known.json").read_text())
    for each in known["findings"]:
        each["reason"] = "next year"
    (tmp_path / "known.json").write_text(json.dumps(known))
    (tmp_path / "sshd_config").write_text(ACCEPTED)
    return tmp_path


def states_of(log: str) -> list[tuple[str, str | None, list[dict[str, str]] | None]]:
    results = json.loads(log)["runs"][0]["results"]
    return [(each["ruleId"], each.get("baselineState"), each.get("suppressions")) for each in results]


def test_sarif_has_what_is_accepted_and_why(baseline: Path) -> None:
    comment = {"kind": "inSource", "status": "accepted", "justification": REASON}
    known = {"kind": "external", "status": "accepted", "justification": "next year"}
    command = ("lint", "--format", "sarif", "--select", "keepalive,deprecated-option", "sshd_config")
    with_it = states_of(run(*command, "--baseline", "known.json", cwd=baseline).out)
    assert ("deprecated-option", "new", None) in with_it
    assert with_it[-2:] == [
        ("deprecated-option", "new", [comment]),
        ("client-alive-interval", "unchanged", [known]),
    ]
    without = states_of(run(*command, cwd=baseline).out)
    assert {state for _, state, _ in without} == {None}
    assert [each for each in without if each[2]] == [("deprecated-option", None, [comment])]


def test_a_log_with_what_is_accepted_is_valid_to_sarifs_own_tool(baseline: Path) -> None:
    need("sarif")
    arguments = ("--format", "sarif", "--output", "log.sarif", "--baseline", "known.json", "sshd_config")
    run("lint", *arguments, cwd=baseline)
    done = subprocess.run(
        ["Sarif.Multitool", "validate", "log.sarif"], cwd=baseline, capture_output=True, text=True
    )
    assert "Analysis completed successfully" in done.stdout
    assert [line for line in done.stdout.splitlines() if ": error" in line] == []
