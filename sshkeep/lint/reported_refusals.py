"""Which refused lines OpenSSH itself reports, and where it stops reading."""

from __future__ import annotations

from sshkeep.config.effective.conflicts import conflicts
from sshkeep.config.refusals import Refusal, refused_lines, reported_by_openssh
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.file import Directive
from sshkeep.lint.finding import Finding, RefusalStatus
from sshkeep.openssh.error_texts import RefusedLine, error_text
from sshkeep.phrase import Phrase
from sshkeep.syntax.words import BadQuotes

LONGEST_ERROR = 99
"""Characters; a longer one quotes a long value."""

LinePosition = tuple[str, int]
"""Path, and number of the line from 1."""


class ReportedRefusals:
    """What OpenSSH reports of a tree that it refuses; ``last_note`` is for the last reported line.

    ``printed`` has the note on what OpenSSH prints for a line that it reports.
    """

    def __init__(
        self, status_of: dict[LinePosition, RefusalStatus], printed: dict[LinePosition, str], last_note: str
    ) -> None:
        self.status_of = status_of
        self.printed = printed
        self.last_note = last_note

    def with_status(self, finding: Finding) -> Finding:
        """The finding with the status of its line, OpenSSH's own error, and a note on the last such line."""
        number, _ = finding.source.position(finding.span.start)
        line = finding.source.path, number
        status = self.status_of.get(line)
        if status is None:
            return finding
        printed = self.printed.get(line, "")
        last = self.last_note if status == "last" else ""
        return finding._replace(refused=status, notes=(*filter(None, (printed, *finding.notes, last)),))


def reported_refusals(config: Config) -> ReportedRefusals:
    """The status of every refused line. Of conflicts that OpenSSH finds after reading, it reports one."""
    refused = refused_lines(config)
    seen = reported_by_openssh(config, refused)
    at = [_line(refusal.directive) for refusal in refused]
    late = [_line(entry.directive) for entry, _ in conflicts(config)]
    status_of: dict[LinePosition, RefusalStatus] = dict.fromkeys((*at, *late), "hidden")
    lines = list(dict.fromkeys(at[: len(seen)])) or late[:1]
    status_of.update(dict.fromkeys(lines, "reported"))
    status_of.update(dict.fromkeys(lines[-1:], "last"))
    at_once = not seen or seen[-1].stops
    program = config.kind.removesuffix("_config")
    printed = {_line(each.directive): _printed(each, program, config) for each in reversed(seen)}
    return ReportedRefusals(status_of, printed, _last_note(program, len(lines), len(status_of), at_once))


def _printed(refusal: Refusal, program: str, config: Config) -> str:
    """OpenSSH's own error with the line number; empty where it is not known, or is the message itself."""
    line, row = refusal.directive.line, refusal.entry.keyword
    if refusal.reason == "unknown keyword":
        return ""
    try:
        words = tuple(word.text for word in refusal.directive.words(row.type.splitting if row else "words"))
    except BadQuotes:
        words = ()
    refused = RefusedLine(config.kind, config.target.release, refusal.reason, line.name, row, words)
    text = error_text(refused)
    note = Phrase(
        "{program} prints: line {number}: {text}",
        program=program,
        number=refusal.directive.line_number,
        text=text,
    )
    shown = text and note.isascii() and note.isprintable() and len(note) <= LONGEST_ERROR
    return note if shown else ""


def _line(directive: Directive) -> LinePosition:
    return directive.file.source.path, directive.number + 1


def _last_note(program: str, seen: int, every: int, at_once: bool) -> str:
    """The note on the last reported line, if other lines are refused too."""
    if every < 2:
        return ""
    hidden = every - seen
    if hidden:
        where = Phrase("here") if at_once else Phrase("at the end of this file")
        text = (
            Phrase("{program} stops {where} and does not report 1 more refused line")
            if hidden == 1
            else Phrase("{program} stops {where} and does not report {hidden} more refused lines")
        )
        return text.filled(program=program, where=where, hidden=hidden)
    lines = Phrase("both") if every == 2 else Phrase("all {every}", every=every)
    text = (
        Phrase("{program} reports {lines} refused lines and stops here")
        if at_once
        else Phrase("{program} reports {lines} refused lines and stops")
    )
    return text.filled(program=program, lines=lines)
