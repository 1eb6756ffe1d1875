"""The marked text of a finding: the mark is under the right columns of a terminal."""

import pytest

from sshkeep.lint.finding import Finding
from sshkeep.output.findings import finding_lines
from sshkeep.output.terminal import Terminal, cells, safe
from sshkeep.syntax.source import Source, Span

MARKED = [
    ("ASCII", "Port x", "x", "Port x", "     ^"),
    ("wide before", "Host 東京 x", "x", "Host 東京 x", "          ^"),
    ("wide, marked", "Port \uff12\uff12", "\uff12\uff12", "Port \uff12\uff12", "     ^^^^"),
    ("combining before", "Host cafe\u0301 x", "x", "Host cafe\u0301 x", "          ^"),
    ("a blank that is none", "Port\u00a022", "\u00a0", "Port\\xa022", "    ^^^^"),
    ("a wide blank", "Port\u300022", "\u3000", "Port\\u300022", "    ^^^^^^"),
    ("nothing to see", "Po\u200brt 22", "22", "Po\\u200brt 22", "           ^^"),
    ("a tab", "Port\t22", "22", "Port    22", "        ^^"),
    ("no UTF-8", "Port\udca022", "22", "Port\\xa022", "        ^^"),
]


@pytest.mark.parametrize(
    ("text", "marked", "shown", "mark"), [r[1:] for r in MARKED], ids=[r[0] for r in MARKED]
)
def test_the_mark_is_under_what_it_is_about(text: str, marked: str, shown: str, mark: str) -> None:
    start, end = (len(part.encode(errors="surrogateescape")) for part in (text[: text.index(marked)], marked))
    source = Source("x", f"{text}\n".encode(errors="surrogateescape"))
    finding = Finding("is wrong", source, Span(start, start + end), severity="error")
    _, line, under, *_ = finding_lines(finding, Terminal("never"))
    assert line == f"    1 | {shown}"
    assert under == f"      | {mark}"


@pytest.mark.parametrize("text", ["東" * 300, "x" * 300, "\u00a0" * 300, "e\u0301" * 300])
def test_a_line_is_no_wider_than_the_terminal(text: str) -> None:
    source = Source("x", f"{text}\n".encode())
    terminal = Terminal("never")
    for start in (0, 60, 300):
        lines = finding_lines(Finding("", source, Span(start, start + 6), severity="error"), terminal)
        assert all(cells(line) <= terminal.width for line in lines)


def test_a_blank_that_is_none_to_openssh_is_seen() -> None:
    assert safe("a\u00a0b\u3000c d") == "a\\xa0b\\u3000c d"
