"""JSON carries all that the text says: the examples' findings, text beside JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import sshkeep
from sshkeep.api.lint import LintResult
from sshkeep.cli.formats import View, formatted_lines
from sshkeep.output.json_reports.findings import LONGEST_LINE
from sshkeep.output.terminal import Terminal, safe
from tests.program import ROOT

WIDE = 100_000
EXAMPLES = sorted(
    path for path in (ROOT / "examples").rglob("*") if path.name in ("sshd_config", "ssh_config")
)


def said_by_json(report: dict[str, object]) -> Iterator[str]:
    """The lines of the text, made of a report."""
    explained = set()
    for each in report["findings"]:  # type: ignore[attr-defined]
        controls = ", ".join(control["text"] for control in each["controls"])
        place = f"{each['file']}:{each['line']}:{each['column']}: {each['severity']} {each['rule']}"
        yield f"{place}  {safe(each['message'])}{f' [{controls}]' if controls else ''}"
        if each["source_line"]:
            yield f"{each['line']:>5} | {safe(each['source_line'])}"
            yield each["label"]
        elif each["label"]:
            yield f"      = {safe(each['label'])}"
        for note in each["notes"]:
            yield f"      = {safe(note)}"
        for place in each["related"]:
            yield f"      = {safe(place['file'])}:{place['line']}: {safe(place['message'])}"
        if each["fix"]:
            head = "fix" if each["fix"]["safety"] == "safe" else "unsafe fix"
            yield f"      = {head}: {safe(each['fix']['title'])}"
        if each["rule"] not in explained:
            yield f"      = more: sshkeep rule {each['rule']}"
        explained.add(each["rule"])
        yield ""


def said_by_text(result: LintResult) -> Iterator[str]:
    """Its lines, without the last one; of the line of marks, the label behind them."""
    terminal = Terminal("never")
    terminal.width = WIDE
    view = View(terminal, quiet=True)
    for line in formatted_lines("lint", "text", result, view):
        before, bar, marked = line.partition("| ")
        yield marked.lstrip(" ").lstrip("^").lstrip(" ") if bar and not before.strip() else line


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.relative_to(ROOT).as_posix())
def test_json_says_what_text_says(path: Path) -> None:
    result = sshkeep.lint(path, policy=ROOT / "sshkeep/profiles/cis.yaml", target="debian-12", select=["ALL"])
    (report,) = formatted_lines("lint", "json", result, View(Terminal("never")))
    assert list(said_by_json(json.loads(report))) == list(said_by_text(result))


def test_a_line_as_long_as_a_file_is_not_in_every_finding() -> None:
    result = sshkeep.lint(files={"sshd_config": f"UsePAM yes {'x' * 5000}\n"}, target="debian-12")
    lines = [finding.source_line for finding in result.report().findings]
    assert max(map(len, lines)) == LONGEST_LINE
