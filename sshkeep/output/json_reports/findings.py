"""Findings and their counts as JSON."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterable, Sequence

from sshkeep.config.tree.config import Config
from sshkeep.edit.edits import Edit
from sshkeep.edit.intents import Intent
from sshkeep.edit.resolve_intents import resolve_intents
from sshkeep.errors import SshkeepError
from sshkeep.fix.own_place import EDIT_ANYWAY
from sshkeep.lint.finding import Finding
from sshkeep.lint.registry import all_rules
from sshkeep.output.findings import Unlisted
from sshkeep.output.json_reports import models
from sshkeep.output.rule_page import page_address
from sshkeep.syntax.source import clean

EditsFor = Callable[[Sequence[Intent], Config], Sequence[Edit]]
"""The edits that carry out the intents of a fix. Raises SshkeepError."""
LONGEST_LINE = 1_000
"""Characters of a line that a finding has: a line may be as long as a file."""


def finding_model(
    finding: Finding, config: Config, fail: Callable[[str], None], edits_for: EditsFor = resolve_intents
) -> models.Finding:
    """A finding with its edits; ``fail`` gets why there are none where a fix can't be carried out.

    That another program writes the line, and no other place wins, is a note.
    """
    fix, kept_from = _fix(finding, config, fail, edits_for)
    line, column = finding.source.position(finding.span.start)
    end_line, end_column = finding.source.position(finding.span.end)
    return models.Finding(
        rule=finding.rule,
        severity=finding.severity or "info",
        message=clean(finding.message),
        file=clean(finding.source.path),
        line=line,
        column=column,
        end_line=end_line,
        end_column=end_column,
        keyword=clean(finding.keyword),
        block=clean(finding.block),
        fix=fix,
        related=[
            _related(place.source.position(place.span.start), place.source.path, place.message)
            for place in finding.related
        ],
        refused=finding.refused,
        label=clean(finding.label),
        notes=[clean(note) for note in (*finding.notes, *kept_from)],
        controls=[
            models.FindingControl(clean(each.profile), clean(each.id), clean(each.document), clean(each.text))
            for each in finding.controls
        ],
        page=page_address(finding.rule) if finding.rule in all_rules() else "",
        source_line=_source_line(finding, line),
    )


def _source_line(finding: Finding, line: int) -> str:
    if finding.span.end == finding.span.start:
        return ""
    return clean(finding.source.text(line - 1)[:LONGEST_LINE])


def _fix(
    finding: Finding, config: Config, fail: Callable[[str], None], edits_for: EditsFor
) -> tuple[models.Fix | None, tuple[str, ...]]:
    if finding.fix is None:
        return None, ()
    try:
        edits = [_edit(_stored(edit, config)) for edit in edits_for(finding.fix.intents, config)]
    except SshkeepError as error:
        if error.hint == EDIT_ANYWAY:
            return None, (f"no fix: {error.sentence} ({error.hint})",)
        line, _ = finding.source.position(finding.span.start)
        fail(f"{finding.source.path}:{line}: {finding.rule}: no fix: {error.sentence}")
        return None, ()
    return models.Fix(title=clean(finding.fix.title), safety=finding.fix.safety, edits=edits), ()


def _stored(edit: Edit, config: Config) -> Edit:
    """The edit of the file's own bytes, which may be in another encoding than the text that is edited."""
    file = config.files.get(edit.path)
    if file is None or file.stored is file.source.data:
        return edit
    start, end = (len(file.encode(file.source.data[:offset])) for offset in (edit.start, edit.end))
    return edit._replace(start=start, end=end, text=file.encode(edit.text)[len(file.encode(b"")) :])


def _edit(edit: Edit) -> models.Edit:
    text = edit.text.decode("utf-8", "replace")
    raw = None if text.encode() == edit.text else b64encode(edit.text).decode("ascii")
    return models.Edit(file=clean(edit.path), start=edit.start, end=edit.end, text=text, raw_base64=raw)


def _related(position: tuple[int, int], path: str, message: str) -> models.Related:
    return models.Related(file=clean(path), line=position[0], column=position[1], message=clean(message))


def summary_model(findings: Iterable[Finding], unlisted: Unlisted) -> models.Summary:
    """The counts of a report."""
    found = list(findings)
    by = {
        severity: sum(1 for f in found if f.severity == severity) for severity in ("error", "warning", "info")
    }
    fixes = {
        safety: sum(1 for f in found if f.fix and f.fix.safety == safety) for safety in ("safe", "unsafe")
    }
    return models.Summary(
        **by,
        fixable=fixes["safe"],
        fixable_unsafe=fixes["unsafe"],
        suppressed=unlisted.suppressed,
        known=unlisted.known,
        cut=list(unlisted.cut),
    )
