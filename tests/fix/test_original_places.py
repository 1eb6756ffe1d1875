"""What `fix` reports as fixed stands where `lint` reports it, however many rounds it took (A12)."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sshkeep
from sshkeep.edit.edits import Edit, LineMoves, apply_edits
from sshkeep.lint.finding import Finding
from tests.program import run

CONFIGS = [
    # what is missing is added at one place, an option a round
    "Port 22\nPermitEmptyPasswords yes\nX11Forwarding yes\nMatch User bob\n    Banner none\n",
    "Protocol 2\nServerKeyBits 768\nPort 22\nClientAliveInterval 0\nUsePrivilegeSeparation no\n",
    "Port 22\nMatch User bob\n    Banner none\nPort 2222\nPort 2223\nListenAddress 192.0.2.1\nUseDNS no\nSubsystem sftp x\n",
    "ClientAliveIntervall 60\nClientAliveCountMax 0\nTCPKeepAlive no\nProtocol 2\nKeepAlive yes\n",
    "Port 22",
    "",
]
SELECT = ("correctness", "keepalive", "security")


@pytest.mark.parametrize("text", CONFIGS)
def test_fixed_findings_stand_on_the_lines_that_lint_names(text: str) -> None:
    files: dict[str, bytes | str] = {"sshd_config": text}
    linted = sshkeep.lint(files=files, select=SELECT, target="debian-12").findings
    there = {(each.rule, each.source.position(each.span.start)[0]) for each in linted}
    fixed = sshkeep.fix(files=files, select=SELECT, target="debian-12", unsafe=True).fixed
    assert fixed
    for each in (each.finding for each in fixed):
        assert each.source.data == text.encode()
        line, _ = each.source.position(each.span.start)
        # What only shows after another fix has no place of its own before.
        if each.rule in {rule for rule, _ in there}:
            assert (each.rule, line) in there, each.message


def test_text_and_json_name_them(tmp_path: Path) -> None:
    path = tmp_path / "sshd_config"
    path.write_text(CONFIGS[2])
    arguments = ("--select", "not-in-match", "--target", "debian-12", path)
    lint = json.loads(run("lint", "--format", "json", *arguments).out)
    lines = sorted(each["line"] for each in lint["findings"])
    assert lines == [4, 5, 6, 7, 8]
    text = run("fix", "--unsafe", *arguments).out.splitlines()
    assert sorted(line.split(":")[1] for line in text if ": not-in-match:" in line) == list(map(str, lines))
    report = json.loads(run("fix", "--unsafe", "--format", "json", *arguments).out)
    assert sorted(each["line"] for each in report["fixed"]) == lines


WINDOWS = (
    "PasswordAuthentication no\nSubsystem sftp sftp-server.exe\nMatch Group administrators\n"
    "       AuthorizedKeysFile __PROGRAMDATA__/ssh/administrators_authorized_keys\n"
)
NUMBERED = {
    "the title of a fix": f"{WINDOWS}PasswordAuthentication no\nPubkeyAuthentication yes\nMaxAuthTries 3\n",
    "the title of a fix of two lines": f"{WINDOWS}PasswordAuthentication no\nMaxAuthTries 3\n",
    "the message": f"Protocol 2\nMaxAuthTries 3\n{WINDOWS}MaxAuthTries 4\nMaxSessions 2\n",
}


@pytest.mark.parametrize("text", NUMBERED.values(), ids=NUMBERED)
def test_texts_name_the_lines_that_lint_names(text: str) -> None:
    files: dict[str, bytes | str] = {"sshd_config": text}
    target = "windows-server-2022"
    linted = sshkeep.lint(files=files, target=target).findings
    fixed = sshkeep.fix(files=files, target=target, unsafe=True).fixed
    numbered = {line for finding in linted for line in _texts(finding) if _NUMBER.search(line)}
    assert numbered
    named = {line for each in fixed for line in _texts(each.finding) if _NUMBER.search(line)}
    assert named <= numbered
    assert named


_NUMBER = re.compile(r"\blines? \d")


def _texts(finding: Finding) -> list[str]:
    title = [finding.fix.title] if finding.fix else []
    return [finding.message, finding.label, *finding.notes, *title]


def test_what_is_left_stands_where_lint_names_it_in_the_fixed_file(tmp_path: Path) -> None:
    path = tmp_path / "sshd_config"
    path.write_text("Protocol 2\nClientAliveInterval 0\nMatch User bob\n    UsePAM yes\n")
    arguments = ("--target", "debian-12", path)
    text = run("fix", "--write", *arguments).out.splitlines()
    heading = text.index("left, at the lines of the fixed file:")
    assert text[heading - 2].startswith(f"{path}:1:1: deprecated-option: ")
    assert text[heading - 1].startswith(f"{path}:2:1: client-alive-interval: ")
    assert text[heading + 1].startswith(f"{path}:3:5: error not-in-match: ")
    (left,) = json.loads(run("lint", "--format", "json", *arguments).out)["findings"]
    assert left["line"] == 3
    (again,) = json.loads(run("fix", "--format", "json", *arguments).out)["findings"]
    assert again["line"] == 3
    assert not any(line.startswith("left, ") for line in run("fix", *arguments).out.splitlines())


LINES = st.lists(st.sampled_from([b"a\n", b"bc\n", b"\n", b"defg\n"]), min_size=1, max_size=8)


@given(LINES, st.data())
def test_a_line_that_stays_is_found_where_it_was(lines: list[bytes], data: st.DataObject) -> None:
    """Lines are deleted, kept, renamed in place, or get a line before them."""
    starts = [sum(map(len, lines[:number])) for number in range(len(lines))]
    edits: list[Edit] = []
    for start, line in zip(starts, lines, strict=True):
        if data.draw(st.booleans()):
            edits.append(Edit("f", start, start, b"new\n"))
        what = data.draw(st.sampled_from(["keep", "delete", "replace"]))
        if what == "delete":
            edits.append(Edit("f", start, start + len(line), b""))
        elif what == "replace" and len(line) > 2:
            edits.append(Edit("f", start + 1, start + len(line) - 1, b"longer"))
    moved = LineMoves(edits)
    text, after = b"".join(lines), apply_edits(b"".join(lines), edits)
    for start in starts:
        now = moved.to("f", start)
        if now is not None:
            assert moved.back("f", now) == start
            assert after[now : now + 1] == text[start : start + 1]
