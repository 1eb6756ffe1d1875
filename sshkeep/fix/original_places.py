"""The places of findings of later rounds in the files as they were before the first round."""

from __future__ import annotations

from sshkeep.config.tree.config import Config
from sshkeep.config.tree.file import LineNumber
from sshkeep.edit.edits import LineMoves
from sshkeep.lint.finding import Finding, Related
from sshkeep.phrase import Phrase
from sshkeep.syntax.source import Source, Span


class OriginalPlaces:
    """Follows lines back through the rounds that were made so far."""

    def __init__(self, old: Config) -> None:
        self.old = self.now = old
        self.rounds: list[LineMoves] = []

    def add(self, moved: LineMoves, now: Config) -> None:
        """A round was made, which led to ``now``."""
        self.rounds.append(moved)
        self.now = now

    def of(self, finding: Finding) -> Finding:
        """The finding of ``now`` where lint reports it; one about a new line, where that was put in."""
        if not self.rounds:
            return finding
        source, span = self._place(finding.source, finding.span)
        fix = finding.fix
        return finding._replace(
            message=self._text(finding.message),
            source=source,
            span=span,
            label=self._text(finding.label),
            notes=tuple(map(self._text, finding.notes)),
            fix=fix and fix._replace(title=self._text(fix.title)),
            related=tuple(map(self._related, finding.related)),
        )

    def _related(self, place: Related) -> Related:
        return Related(*self._place(place.source, place.span), self._text(place.message))

    def _text(self, text: str) -> str:
        """The text with the lines' numbers of then."""
        if not isinstance(text, Phrase) or not text.fields:
            return text
        return text.filled(**{name: self._field(value) for name, value in text.fields.items()})

    def _field(self, value: object) -> object:
        if isinstance(value, str):
            return self._text(value)
        return self._line_number(value) if isinstance(value, LineNumber) else value

    def _line_number(self, line: LineNumber) -> LineNumber:
        old, now = self.old.files.get(line.path), self.now.files.get(line.path)
        if old is None or now is None:
            return line
        start = self._start(line.path, now.source.start(line - 1))
        return LineNumber(old.source.position(start)[0], line.path)

    def _start(self, path: str, start: int) -> int:
        """Where the line that begins at ``start`` now began."""
        for moved in reversed(self.rounds):
            start = moved.back(path, start)
        return start

    def _place(self, source: Source, span: Span) -> tuple[Source, Span]:
        file = self.old.files.get(source.path)
        if file is None:
            return source, span
        line, _ = source.position(span.start)
        began = source.start(line - 1)
        start = self._start(source.path, began)
        old = file.source
        number, _ = old.position(start)
        last = old.start(number - 1) + len(old.lines[number - 1].rstrip(b"\r\n")) if old.lines else 0
        # An earlier round may have changed the line itself.
        first = min(start + span.start - began, last)
        return old, Span(first, max(first, min(first + span.end - span.start, len(old.data))))
