"""Which refused lines OpenSSH itself reports, and where it stops reading."""

from __future__ import annotations

from sshkeep.config.effective.conflicts import conflicts
from sshkeep.config.refusals import refused_lines, reported_by_openssh
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.file import Directive
from sshkeep.lint.finding import Finding, RefusalStatus

LinePosition = tuple[str, int]
"""Path, and number of the line from 1."""


class ReportedRefusals:
    """What OpenSSH reports of a tree that it refuses; ``last_note`` is for the last reported line."""

    def __init__(self, status_of: dict[LinePosition, RefusalStatus], last_note: str) -> None:
        self.status_of = status_of
        self.last_note = last_note

    def with_status(self, finding: Finding) -> Finding:
        """The finding with the status of its line, and a note on the last line that OpenSSH reports."""
        number, _ = finding.source.position(finding.span.start)
        status = self.status_of.get((finding.source.path, number))
        if status is None:
            return finding
        notes = (*finding.notes, self.last_note) if status == "last" and self.last_note else finding.notes
        return finding._replace(refused=status, notes=notes)


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
    return ReportedRefusals(status_of, _last_note(program, len(lines), len(status_of), at_once))


def _line(directive: Directive) -> LinePosition:
    return directive.file.source.path, directive.number + 1


def _last_note(program: str, seen: int, every: int, at_once: bool) -> str:
    """The note on the last reported line, if other lines are refused too."""
    if every < 2:
        return ""
    hidden = every - seen
    if hidden:
        where = "here" if at_once else "at the end of this file"
        return f"{program} stops {where} and does not report {hidden} more refused line{'s'[: hidden > 1]}"
    lines = "both" if every == 2 else f"all {every}"
    return f"{program} reports {lines} refused lines and stops{' here' if at_once else ''}"
