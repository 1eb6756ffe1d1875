"""What a rule finds, and the fix it proposes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from sshkeep.edit.intents import Intent
from sshkeep.named import NamedTuple
from sshkeep.syntax.source import Source, Span

if TYPE_CHECKING:  # only a policy has guides
    from sshkeep.lint.guide import ControlRef

Severity = Literal["error", "warning", "info"]
Safety = Literal["safe", "unsafe"]
RefusalStatus = Literal["reported", "last", "hidden"]
"""Of a refused line: OpenSSH reports it, reports it as the last one, or exits before it reads it."""


class Fix(NamedTuple):
    """A whole change: all of ``intents`` or none.

    ``safety`` has no default. Safe: the program behaves as before, or the finding is about exactly
    this change and the change can't lock anyone out.
    """

    title: str
    safety: Safety
    intents: tuple[Intent, ...]


class Related(NamedTuple):
    """Another place that belongs to a finding."""

    source: Source
    span: Span
    message: str


class Finding(NamedTuple):
    """One problem at one place.

    ``label`` is printed under the marked text, each of ``notes`` on a line below. ``concerns`` names what
    the finding is about beyond its span (see `sshkeep.lint.checks.findings`), so that one cause is
    reported once. ``dated``: an older release than sshkeep knows may take the line as it is meant, so that
    it is right in the branch of a template that is for such a release. The runner fills in ``rule``,
    ``refused``, the ``controls`` of guides that ask for it and, where the rule leaves it empty, ``severity``.
    """

    message: str
    source: Source
    span: Span
    keyword: str = ""
    block: str = ""
    label: str = ""
    notes: tuple[str, ...] = ()
    fix: Fix | None = None
    related: tuple[Related, ...] = ()
    concerns: tuple[str, ...] = ()
    severity: Severity | Literal[""] = ""
    rule: str = ""
    refused: RefusalStatus | None = None
    dated: bool = False
    controls: tuple[ControlRef, ...] = ()


class SuppressedFinding(NamedTuple):
    """A finding that is not reported, since a comment of the file or the baseline accepts it.

    ``reason`` is what stands there, or empty. There is no fix in it.
    """

    finding: Finding
    by: Literal["comment", "baseline"]
    reason: str = ""


class Filtered(NamedTuple):
    """``accepted`` are refusals that the user accepts: they are reported as info, without a fix.

    ``suppressed`` are all others that a comment suppresses."""

    kept: list[Finding]
    accepted: list[Finding]
    suppressed: list[SuppressedFinding]


def causes_of(finding: Finding) -> Iterator[object]:
    """What two findings share that have one cause."""
    if not is_about_missing(finding):  # missing settings share one position
        yield finding.source.path, finding.span
    if finding.refused:
        yield line_place(finding)
    yield from finding.concerns


def is_about_missing(finding: Finding) -> bool:
    """Whether the finding is about a missing setting, so that its line is only the insertion point."""
    return finding.span.start == finding.span.end


def line_place(finding: Finding) -> tuple[str, int]:
    """The path and the number, from 1, of the finding's line."""
    return finding.source.path, finding.source.position(finding.span.start)[0]


ACCEPTED_NOTE = "accepted: "
"""The last note of an accepted refusal begins with it."""


def accept_refusal(finding: Finding, why: str) -> Finding:
    """The finding on a refused line, as accepted by the user; ``why`` goes into the note."""
    return finding._replace(severity="info", fix=None, notes=(*finding.notes, f"{ACCEPTED_NOTE}{why}"))
