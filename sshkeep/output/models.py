"""Findings and settings as JSON."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Sequence
from typing import Any

from sshkeep.config.effective.evaluate import Evaluated
from sshkeep.config.effective.sshd import lines_without_effect
from sshkeep.config.parse_line import ParsedLine
from sshkeep.config.refusals import Refusal
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.edit.edits import Edit
from sshkeep.edit.resolve_intents import resolve_intents
from sshkeep.fix.change import Change
from sshkeep.lint.finding import Finding
from sshkeep.output import report
from sshkeep.output.effective import options_by_name, told_texts
from sshkeep.output.fixed import change_lines
from sshkeep.output.terminal import Terminal
from sshkeep.output.text import Unsaid
from sshkeep.syntax.source import clean


def finding_model(finding: Finding, config: Config) -> report.Finding:
    """A finding with its edits."""
    line, column = finding.source.position(finding.span.start)
    end_line, end_column = finding.source.position(finding.span.end)
    fix = None
    if finding.fix:
        edits = [_edit(edit) for edit in resolve_intents(finding.fix.intents, config)]
        fix = report.Fix(title=clean(finding.fix.title), safety=finding.fix.safety, edits=edits)
    return report.Finding(
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
    )


def _edit(edit: Edit) -> report.Edit:
    text = edit.text.decode("utf-8", "replace")
    raw = None if text.encode() == edit.text else b64encode(edit.text).decode("ascii")
    return report.Edit(file=clean(edit.path), start=edit.start, end=edit.end, text=text, raw_base64=raw)


def _related(position: tuple[int, int], path: str, message: str) -> report.Related:
    return report.Related(file=clean(path), line=position[0], column=position[1], message=clean(message))


def changed_files(changes: Iterable[Change]) -> list[report.FixedFile]:
    """Each changed file with its diff."""
    plain = Terminal("never")
    return [
        report.FixedFile(
            file=clean(change.path), diff=clean("".join(f"{line}\n" for line in change_lines(change, plain)))
        )
        for change in changes
    ]


def applied_model(record: str, lines: Iterable[str]) -> dict[str, Any]:
    """The fields of a report that tell what became of a change."""
    return {"written": bool(record), "record": record or None, "notes": [clean(line) for line in lines]}


def summary_model(findings: Iterable[Finding], unsaid: Unsaid) -> report.Summary:
    """The counts of a report."""
    found = list(findings)
    by = {
        severity: sum(1 for f in found if f.severity == severity) for severity in ("error", "warning", "info")
    }
    fixes = {
        safety: sum(1 for f in found if f.fix and f.fix.safety == safety) for safety in ("safe", "unsafe")
    }
    return report.Summary(
        **by,
        fixable=fixes["safe"],
        fixable_unsafe=fixes["unsafe"],
        suppressed=unsaid.suppressed,
        known=unsaid.known,
        cut=list(unsaid.cut),
    )


def setting_models(evaluated: Evaluated, config: Config, only: tuple[str, ...] = ()) -> list[report.Setting]:
    """All settings that have a value or might have one, by name; ``only`` are names as printed."""
    options = options_by_name(config)
    names = sorted(only or {*evaluated.lines, *options})
    return [_setting(name, options.get(name, name), evaluated, config) for name in names]


def _setting(name: str, option: str, evaluated: Evaluated, config: Config) -> report.Setting:
    setting = evaluated.settings.get(option)
    row = config.known.get(name)
    winner = setting.won[0].entry if setting and setting.won else None
    return report.Setting(
        keyword=row.name if row else name,
        values=[clean(text) for text in evaluated.lines.get(name, ())],
        file=clean(winner.directive.file.source.path) if winner else None,
        line=winner.directive.number + 1 if winner else None,
        default=winner is None,
        alternatives=[
            _line(line.entry, line.parsed, _condition(line.entry), config)
            for line in (setting.maybe if setting else ())
        ],
        lost=[_line(*lost, config) for lost in lines_without_effect(option, setting, config)],
    )


def _condition(entry: Entry) -> str:
    from sshkeep.config.tree.block import block_name

    return f"decides if '{block_name(entry.block)}' applies"


def _line(entry: Entry, parsed: ParsedLine, why: str, config: Config) -> report.Line:
    return report.Line(
        file=clean(entry.directive.file.source.path),
        line=entry.directive.number + 1,
        values=[clean(text) for text in told_texts(entry, parsed, config)],
        why=clean(why),
    )


def refused_models(refused: Sequence[Refusal]) -> list[report.Refused]:
    """The lines for which OpenSSH refuses the config."""
    return [
        report.Refused(
            file=clean(r.directive.file.source.path), line=r.directive.number + 1, message=clean(r.problem)
        )
        for r in refused
    ]
