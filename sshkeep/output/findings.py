"""Findings as text: position, message, the marked line, and the fix."""

from __future__ import annotations

import os.path
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Literal

from sshkeep.lint.finding import Finding, Related
from sshkeep.lint.runner import MAX_PER_RULE
from sshkeep.named import NamedTuple
from sshkeep.output.terminal import Terminal, cells, safe, safe_character
from sshkeep.output.wrapping import wrapped
from sshkeep.phrase import Phrase, in_turn
from sshkeep.syntax.source import decode


def finding_lines(finding: Finding, terminal: Terminal, *, show_source: bool = True) -> Iterator[str]:
    """A finding: a line for editors and grep, then the marked source line, notes and fix."""
    line, _ = finding.source.position(finding.span.start)
    yield head_line(finding, terminal)
    number = f"{line:>5} "
    if show_source and finding.span.end > finding.span.start:
        yield from _frame(finding, line, number, terminal)
    elif finding.label:
        yield from _wrapped(finding.label, terminal)
    for note in finding.notes:
        yield from _wrapped(note, terminal)
    for related in finding.related:
        yield from _wrapped(_place(related), terminal)
    if finding.fix:
        head = Phrase("fix: {title}") if finding.fix.safety == "safe" else Phrase("unsafe fix: {title}")
        yield from _wrapped(head.filled(title=finding.fix.title), terminal)


def read_on(rule_id: str, terminal: Terminal) -> Iterator[str]:
    """Where a rule is explained, for the first of its findings."""
    return _wrapped(Phrase("more: sshkeep rule {id}", id=rule_id), terminal)


def read_on_all(rule_ids: Iterable[str], terminal: Terminal) -> list[str]:
    """Where the rules are explained that a list of findings has; nothing for no finding."""
    first, *others = dict.fromkeys(rule_ids) or [""]
    if not first:
        return []
    more = (
        Phrase("more: sshkeep rule {id}, and so for each rule")
        if others
        else Phrase("more: sshkeep rule {id}")
    )
    return [terminal.show(more.filled(id=first))]


def head_line(finding: Finding, terminal: Terminal, *, english: bool = False) -> str:
    """``path:line:column: severity rule-id  message``, which editors and grep understand.

    The controls that ask for it stand behind the message: ``[CIS 5.1.7]``. ``english`` for programs.
    """
    line, column = finding.source.position(finding.span.start)
    severity = terminal.paint(finding.severity, finding.severity or "info")
    message = terminal.paint(safe(finding.message) if english else terminal.show(finding.message), "bold")
    texts = dict.fromkeys(each.text for each in finding.controls)  # two documents may name one control
    controls = f" [{safe(', '.join(texts))}]" if texts else ""
    return f"{safe(finding.source.path)}:{line}:{column}: {severity} {finding.rule}  {message}{controls}"


def statistics_lines(findings: Sequence[Finding], group: Group) -> Iterator[str]:
    """How many findings each rule, host or file has, the most first, and for how many there is a fix."""
    name = GROUP_NAMES[group]
    counts = Counter(map(name, findings))
    fixes = Counter(name(finding) for finding in findings if finding.fix)
    for each, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        fixable = f"  {fixes[each]} with a fix" if fixes[each] else ""
        yield f"{count:>6}  {safe(each):<26}{fixable}".rstrip()


def host_of(path: str) -> str:
    """The host whose collected file it is: the folder of its etc/ssh or .ssh, else that of the file."""
    folder = os.path.dirname(path)
    for end in ("/etc/ssh", "/.ssh"):
        above, found, _ = f"{folder}/".partition(f"{end}/")
        if found:
            return above
    return folder or "."


Group = Literal["rule", "host", "file"]
GROUP_NAMES: Mapping[Group, Callable[[Finding], str]] = {
    "rule": lambda finding: finding.rule,
    "host": lambda finding: host_of(finding.source.path),
    "file": lambda finding: finding.source.path,
}
"""What findings are counted by."""


def _place(related: Related) -> str:
    line, _ = related.source.position(related.span.start)
    place = f"{related.source.path}:{line}"
    return Phrase("{place}: {message}", place=place, message=related.message)


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
        label = terminal.show(finding.label)
        if len(under) + 1 + cells(label) <= terminal.width:
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
    yield from wrapped(terminal.show(text), max(terminal.width, 28), "      = ", "        ")


class Unlisted(NamedTuple):
    """How many findings are not listed: suppressed by comments, or known to a baseline.

    ``cut`` are ids of rules with more findings than are listed.
    """

    suppressed: int = 0
    known: int = 0
    cut: tuple[str, ...] = ()


def lint_summary(findings: Sequence[Finding], targets: Sequence[str], files: int, unlisted: Unlisted) -> str:
    """The last line: how many problems, how many have a fix, and the targets."""
    read_for = in_turn([*_unlisted(unlisted), targets_phrase(targets)])
    if not findings:
        none = Phrase("no problems in 1 file") if files == 1 else Phrase("no problems in {files} files")
        return Phrase("{result} ({targets})", result=none.filled(files=files), targets=read_for)
    count = Phrase("1 problem") if len(findings) == 1 else Phrase("{number} problems")
    problems = count.filled(number=len(findings))
    result = Phrase("more than {problems}", problems=problems) if unlisted.cut else problems
    for number, can_be_fixed in _fixable(findings):
        result = Phrase("{result}, {fixes}", result=result, fixes=can_be_fixed.filled(number=number))
    return Phrase("{result} ({targets})", result=result, targets=read_for)


def targets_phrase(targets: Sequence[str]) -> Phrase:
    """The targets for which configs were read."""
    found = Phrase("target {targets}") if len(targets) == 1 else Phrase("targets {targets}")
    return found.filled(targets=targets[0] if len(targets) == 1 else ", ".join(targets))


def _unlisted(unlisted: Unlisted) -> Iterator[Phrase]:
    if unlisted.cut:
        most, rules = f"{MAX_PER_RULE:,}", ", ".join(unlisted.cut)
        yield Phrase("only the first {most} of {rules}", most=most, rules=rules)
    if unlisted.known:
        yield Phrase("{number} known", number=unlisted.known)
    if unlisted.suppressed:
        yield Phrase("{number} suppressed", number=unlisted.suppressed)


def _fixable(findings: Sequence[Finding]) -> Iterator[tuple[int, Phrase]]:
    fixes = Counter(finding.fix.safety for finding in findings if finding.fix)
    if fixes["safe"]:
        yield fixes["safe"], Phrase("{number} that `sshkeep fix` can fix")
    if fixes["unsafe"]:
        more = Phrase("{number} more with `--unsafe`")
        yield (
            fixes["unsafe"],
            more if fixes["safe"] else Phrase("{number} that `sshkeep fix --unsafe` can fix"),
        )
