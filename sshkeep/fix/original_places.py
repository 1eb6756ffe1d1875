"""The places of findings of later rounds in the files as they were before the first round."""

from __future__ import annotations

from sshkeep.config.tree.config import Config
from sshkeep.edit.edits import LineMoves
from sshkeep.lint.finding import Finding, Related
from sshkeep.syntax.source import Source, Span


class OriginalPlaces:
    """Follows lines back through the rounds that were made so far."""

    def __init__(self, old: Config) -> None:
        self.old = old
        self.rounds: list[LineMoves] = []

    def add(self, moved: LineMoves) -> None:
        """A round was made."""
        self.rounds.append(moved)

    def of(self, finding: Finding) -> Finding:
        """The finding where lint reports it; one about a new line, where that was put in."""
        if not self.rounds:
            return finding
        source, span = self._place(finding.source, finding.span)
        return finding._replace(source=source, span=span, related=tuple(map(self._related, finding.related)))

    def _related(self, place: Related) -> Related:
        source, span = self._place(place.source, place.span)
        return place._replace(source=source, span=span)

    def _place(self, source: Source, span: Span) -> tuple[Source, Span]:
        file = self.old.files.get(source.path)
        if file is None:
            return source, span
        line, _ = source.position(span.start)
        began = start = source.start(line - 1)
        for moved in reversed(self.rounds):
            start = moved.back(source.path, start)
        old = file.source
        number, _ = old.position(start)
        last = old.start(number - 1) + len(old.lines[number - 1].rstrip(b"\r\n")) if old.lines else 0
        # An earlier round may have changed the line itself.
        first = min(start + span.start - began, last)
        return old, Span(first, max(first, min(first + span.end - span.start, len(old.data))))
