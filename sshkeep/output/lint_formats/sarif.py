"""SARIF 2.1.0, the format of code scanning (docs.oasis-open.org/sarif/sarif/v2.1.0)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from sshkeep.lint.finding import SuppressedFinding
from sshkeep.lint.rule import LoadedRule
from sshkeep.output.json_reports.models import Edit, Finding, Fix, LintReport, as_json
from sshkeep.output.rule_page import markdown_page, rule_page
from sshkeep.syntax.source import clean, escaped_json
from sshkeep.version import VERSION

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {"error": "error", "warning": "warning", "info": "note"}
SECURITY_SEVERITY = {"error": "8.0", "warning": "6.0", "info": "3.0"}
"""GitHub's scale: from 4.0 medium, from 7.0 high."""

FINGERPRINT = "sshkeep/v1"


def sarif_text(
    report: LintReport,
    suppressed: Sequence[tuple[Finding, SuppressedFinding]],
    fingerprints: Sequence[str],
    rules: Mapping[str, LoadedRule],
    *,
    has_baseline: bool,
) -> str:
    """The report as one SARIF log, with what is suppressed behind the findings.

    ``fingerprints`` are those of both, ``rules`` by id; with ``has_baseline`` each result is new or known.
    """
    from json import dumps

    every: list[tuple[Finding, SuppressedFinding | None]] = [(each, None) for each in report.findings]
    every += suppressed
    found = list(dict.fromkeys(finding.rule for finding, _ in every))
    results = [
        {
            **_result(finding, found.index(finding.rule)),
            "partialFingerprints": {FINGERPRINT: fingerprint},
            **_state(accepted, has_baseline),
        }
        for (finding, accepted), fingerprint in zip(every, fingerprints, strict=True)
    ]
    driver = {
        "name": "sshkeep",
        "semanticVersion": VERSION,
        "rules": [_rule(id, rules.get(id)) for id in found],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(report)],
        "results": results,
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return escaped_json(dumps(log, indent=1, ensure_ascii=False))


def _invocation(report: LintReport) -> dict[str, Any]:
    problems = [{"level": "error", "message": {"text": error}} for error in report.errors]
    return {
        "executionSuccessful": not report.errors,
        "exitCode": report.exit_code,
        **({"toolExecutionNotifications": problems} if problems else {}),
    }


def _rule(id: str, loaded: LoadedRule | None) -> dict[str, Any]:
    """A rule's descriptor; of a policy's own rule only the id is known."""
    if loaded is None:
        return {"id": id}
    tags = {"tags": [loaded.group, *loaded.rule.applies_to]}
    if loaded.group == "security":
        tags |= {"security-severity": SECURITY_SEVERITY[loaded.rule.severity]}  # type: ignore[dict-item]
    return {
        "id": id,
        "shortDescription": {"text": f"{loaded.rule.summary}."},
        "fullDescription": {"text": loaded.doc.partition("\n\n")[0].replace("\n", " ")},
        "help": {"text": "\n".join(rule_page(loaded)), "markdown": "\n".join(markdown_page(loaded))},
        "defaultConfiguration": {"level": LEVELS[loaded.rule.severity]},
        "properties": tags,
    }


def _result(finding: Finding, rule_index: int) -> dict[str, Any]:
    region = {
        "startLine": finding.line,
        "startColumn": finding.column,
        "endLine": finding.end_line,
        "endColumn": finding.end_column,
    }
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": rule_index,
        "level": LEVELS[finding.severity],
        "message": {"text": _sentences(finding)},
        "locations": [_location(finding.file, region)],
    }
    if finding.related:
        result["relatedLocations"] = [
            {
                "id": number,
                **_location(place.file, {"startLine": place.line, "startColumn": place.column}),
                "message": {"text": place.message},
            }
            for number, place in enumerate(finding.related, 1)
        ]
    if finding.fix:
        result["fixes"] = [_fix(finding.fix)]
    if finding.controls:
        result["properties"] = {"controls": as_json(finding.controls)}
    return result


def _state(accepted: SuppressedFinding | None, has_baseline: bool) -> dict[str, Any]:
    """Whether the baseline knows the result, and who accepts it."""
    known = accepted is not None and accepted.by == "baseline"
    state: dict[str, Any] = {"baselineState": "unchanged" if known else "new"} if has_baseline else {}
    if accepted:
        suppression = {"kind": "external" if known else "inSource", "status": "accepted"}
        if accepted.reason:
            suppression["justification"] = clean(accepted.reason)
        state["suppressions"] = [suppression]
    return state


def _sentences(finding: Finding) -> str:
    return ". ".join(filter(None, [finding.message, finding.label, *finding.notes])) + "."


def _location(file: str, region: Mapping[str, int]) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": {"uri": _uri(file)}, "region": dict(region)}}


def _uri(file: str) -> str:
    """A relative path as a relative reference, an absolute one as a file URI (RFC 3986, RFC 8089)."""
    path = quote(file.replace("\\", "/").removeprefix("./"))
    return f"file://{path}" if path.startswith("/") else path


def _fix(fix: Fix) -> dict[str, Any]:
    files = dict.fromkeys(edit.file for edit in fix.edits)
    changes = [
        {
            "artifactLocation": {"uri": _uri(file)},
            "replacements": _replacements(edit for edit in fix.edits if edit.file == file),
        }
        for file in files
    ]
    return {"description": {"text": f"{fix.title} ({fix.safety})"}, "artifactChanges": changes}


def _replacements(edits: Iterable[Edit]) -> list[dict[str, Any]]:
    return [
        {
            "deletedRegion": {"byteOffset": edit.start, "byteLength": edit.end - edit.start},
            "insertedContent": {"binary": edit.raw_base64} if edit.raw_base64 else {"text": edit.text},
        }
        for edit in edits
    ]
