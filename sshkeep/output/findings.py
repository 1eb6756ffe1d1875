"""Findings as text: position, message, the marked line, and the fix."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from sshkeep.lint.finding import Finding, Related
from sshkeep.lint.runner import MAX_PER_RULE
from sshkeep.named import NamedTuple
from sshkeep.output.terminal import Terminal, cells, safe, safe_character
from sshkeep.syntax.source import decode


def finding_lines(finding: Finding, terminal: Terminal) -> Iterator[str]:
    """A finding: a line for editors and grep, then the marked source line, notes and fix."""
    line, _ = finding.source.position(finding.span.start)
    yield head_line(finding, terminal)
    number = f"{line:>5} "
    if finding.span.end > finding.span.start:
        yield from _frame(finding, line, number, terminal)
    elif finding.label:
        yield from _wrapped(finding.label, terminal)
    for note in finding.notes:
        yield from _wrapped(note, terminal)
    for related in finding.related:
        yield from _wrapped(_place(related), terminal)
    if finding.fix:
        head = "fix" if finding.fix.safety == "safe" else "unsafe fix"
        yield from _wrapped(f"{head}: {finding.fix.title}", terminal)


def head_line(finding: Finding, terminal: Terminal) -> str:
    """``path:line:column: severity rule-id  message``, which editors and grep understand."""
    line, column = finding.source.position(finding.span.start)
    severity = terminal.paint(finding.severity, finding.severity or "info")
    message = terminal.paint(safe(finding.message), "bold")
    return f"{safe(finding.source.path)}:{line}:{column}: {severity} {finding.rule}  {message}"


def statistics_lines(findings: Sequence[Finding]) -> Iterator[str]:
    """How many findings each rule has, the most first, and for how many there is a fix."""
    counts = Counter(finding.rule for finding in findings)
    fixes = Counter(finding.rule for finding in findings if finding.fix)
    for rule, count in sorted(counts.items(), key=lambda each: (-each[1], each[0])):
        fixable = f"  {fixes[rule]} with a fix" if fixes[rule] else ""
        yield f"{count:>6}  {rule:<26}{fixable}".rstrip()


def _place(related: Related) -> str:
    line, _ = related.source.position(related.span.start)
    return f"{related.source.path}:{line}: {related.message}"


def _frame(finding: Finding, line: int, number: str, terminal: Terminal) -> Iterator[str]:
    """The source line with a mark under the span; a long line is cut around the span."""
    source, span = finding.source, finding.span
    text = source.text(line - 1)
    first = len(decode(source.data[source.start(line - 1) : span.start]))
    last = first + len(decode(source.data[span.start : span.end]).split("\n", 1)[0].rstrip("\r"))
    room = terminal.width - len(number) - 4
    left = max(0, min(first - 8, last - room)) if last > room else 0
    pieces = [safe_character(character) for character in text[left : left + room]]
    while (
        sum(map(cells, pieces[: first - left])) > room - 8
    ):  # wide characters, or codes of such as are not shown
        left, pieces = left + 1, pieces[1:]
    cut = "..." if left else ""
    before = len(cut) + sum(map(cells, pieces[: first - left]))
    marked = sum(map(cells, pieces[first - left : last - left]))
    gutter = " " * len(number) + "| "
    yield _within(f"{number}| {cut}", pieces, terminal.width)
    mark = "^" * max(1, min(marked, room - before))
    under = f"{gutter}{' ' * before}{mark}"
    if finding.label:
        label = safe(finding.label)
        if len(under) + 1 + len(label) <= terminal.width:
            under += f" {label}"
        else:
            yield under
            yield from _wrapped(finding.label, terminal)
            return
    yield under


def _within(head: str, pieces: Sequence[str], width: int) -> str:
    """The head and as many of the pieces as fit into the width; of the last one, what fits."""
    line, room = head, width - len(head)
    for piece in pieces:
        taken = cells(piece)
        if taken > room:
            return line + (piece[:room] if piece.isascii() else "")
        line, room = line + piece, room - taken
    return line


def _wrapped(text: str, terminal: Terminal) -> Iterator[str]:
    lines = [safe(text)]
    room = max(terminal.width - 8, 20)
    if len(lines[0]) > room:
        from textwrap import wrap

        lines = wrap(lines[0], room, break_long_words=False, break_on_hyphens=False)
    for count, line in enumerate(lines):
        yield ("      = " if count == 0 else "        ") + line


class Unlisted(NamedTuple):
    """How many findings are not listed: suppressed by comments, or known to a baseline.

    ``cut`` are ids of rules with more findings than are listed.
    """

    suppressed: int = 0
    known: int = 0
    cut: tuple[str, ...] = ()


def lint_summary(findings: Sequence[Finding], targets: Sequence[str], files: int, unlisted: Unlisted) -> str:
    """The last line: how many problems, how many have a fix, and the targets."""
    read_for = f"target {', '.join(targets)}" if len(targets) == 1 else f"targets {', '.join(targets)}"
    if unlisted.suppressed:
        read_for = f"{unlisted.suppressed} suppressed; {read_for}"
    if unlisted.known:
        read_for = f"{unlisted.known} known; {read_for}"
    if unlisted.cut:
        read_for = f"only the first {MAX_PER_RULE:,} of {', '.join(unlisted.cut)}; {read_for}"
    if not findings:
        return f"no problems in {_count(files, 'file')} ({read_for})"
    safe_fixes = sum(1 for f in findings if f.fix and f.fix.safety == "safe")
    unsafe_fixes = sum(1 for f in findings if f.fix and f.fix.safety == "unsafe")
    parts = [f"{'more than ' if unlisted.cut else ''}{_count(len(findings), 'problem')}"]
    if safe_fixes:
        parts.append(f"{safe_fixes} that `sshkeep fix` can fix")
    if unsafe_fixes:
        parts.append(
            f"{unsafe_fixes} more with `--unsafe`"
            if safe_fixes
            else f"{unsafe_fixes} that `sshkeep fix --unsafe` can fix"
        )
    return f"{', '.join(parts)} ({read_for})"


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
