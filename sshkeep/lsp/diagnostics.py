"""Findings as the protocol's diagnostics."""

from __future__ import annotations

import os

from lsprotocol import types

from sshkeep.lint.finding import Finding, Severity
from sshkeep.lint.registry import rules_folder
from sshkeep.lsp.analysis import Analysis
from sshkeep.lsp.documents import uri_of_path
from sshkeep.lsp.positions import Positions
from sshkeep.named import NamedTuple
from sshkeep.syntax.source import clean

SOURCE = "sshkeep"
SEVERITIES: dict[Severity, types.DiagnosticSeverity] = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "info": types.DiagnosticSeverity.Information,
}
DEPRECATED = ("deprecated-option",)
WITHOUT_EFFECT = (
    "count-without-interval",
    "duplicate-block",
    "keepalive-shadowed",
    "never-applies",
    "never-in-effect",
    "repeated-setting",
    "unused-connection-timeout",
    "unused-suppression",
)
"""Rules about lines that change nothing: editors grey them out."""


class Report(NamedTuple):
    """The diagnostics of each file of a document's tree, by path, and the paths of all its files."""

    diagnostics: dict[str, list[types.Diagnostic]]
    files: tuple[str, ...]


def report(analysis: Analysis) -> Report:
    """All that is found in the document's tree. The document itself is always there, perhaps without any."""
    found: dict[str, list[types.Diagnostic]] = {analysis.job.path: []}
    files: dict[str, None] = {}
    for linted in analysis.result.configs:
        for path in linted.config.files:
            files[path] = None
            if linted.tree.shows(path):
                found.setdefault(path, [])
        for finding in linted.findings:
            found.setdefault(finding.source.path, []).append(diagnostic(finding, analysis))
    found[analysis.job.path] += [_error(error) for error in analysis.result.errors]
    return Report(found, tuple(files))


def failed(path: str, error: str) -> Report:
    """The report on a document that can't be analysed."""
    return Report({path: [_error(error)]}, ())


def diagnostic(finding: Finding, analysis: Analysis) -> types.Diagnostic:
    """One finding; of several lines of the message, the first one is the message of ``sshkeep lint``."""
    return types.Diagnostic(
        range=analysis.positions(finding.source.path, finding.source.data).range(*finding.span),
        message="\n".join(map(clean, filter(None, [finding.message, finding.label, *finding.notes]))),
        severity=SEVERITIES[finding.severity or "info"],
        code=finding.rule,
        code_description=_description(finding.rule),
        source=SOURCE,
        tags=_tags(finding.rule) or None,
        related_information=_related(finding, analysis) or None,
    )


def _related(finding: Finding, analysis: Analysis) -> list[types.DiagnosticRelatedInformation]:
    places = []
    for place in finding.related:
        positions: Positions = analysis.positions(place.source.path, place.source.data)
        uri = uri_of_path(os.path.abspath(place.source.path)) if analysis.job.on_disk else analysis.job.path
        location = types.Location(uri, positions.range(*place.span))
        places.append(types.DiagnosticRelatedInformation(location, clean(place.message)))
    return places


def _tags(rule: str) -> list[types.DiagnosticTag]:
    deprecated = [types.DiagnosticTag.Deprecated] if rule in DEPRECATED else []
    return deprecated + ([types.DiagnosticTag.Unnecessary] if rule in WITHOUT_EFFECT else [])


def _description(rule: str) -> types.CodeDescription | None:
    """The rule's page, where the documentation is there, as in a checkout."""
    page = os.path.join(os.path.dirname(rules_folder()), "docs", "rules", f"{rule}.md")
    return types.CodeDescription(uri_of_path(page)) if os.path.isfile(page) else None


def _error(error: str) -> types.Diagnostic:
    """What sshkeep could not do, at the beginning of the document."""
    start = types.Range(types.Position(0, 0), types.Position(0, 0))
    return types.Diagnostic(start, clean(error), types.DiagnosticSeverity.Warning, source=SOURCE)
