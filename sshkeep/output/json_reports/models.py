"""The JSON reports. Fields may be added in later releases; their meaning never changes within a version.

The text of an annotation describes the field. pydantic makes the schemas of these classes
(`sshkeep.output.schemas.generate`). A report is printed without it: to import it costs more than a lint.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from sshkeep.named import NamedTuple
from sshkeep.syntax.source import escaped_json

REPORT_VERSION = 1
"""What every report begins with."""


def json_text(report: tuple[Any, ...]) -> str:
    """A report as it is printed: nothing in it is a control character for a terminal."""
    from json import dumps

    return escaped_json(dumps({"version": REPORT_VERSION, **as_json(report)}, indent=2, ensure_ascii=False))


def as_json(value: Any) -> Any:
    """A report's part as lists and dictionaries."""
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return {name: as_json(each) for name, each in zip(value._fields, value, strict=True)}
    if isinstance(value, list | tuple):
        return [as_json(each) for each in value]
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return value


class Edit(NamedTuple):
    """Bytes `start` to `end` (exclusive) of `file` become `text`."""

    file: str
    start: Annotated[int, "byte offset"]
    end: Annotated[int, "byte offset, exclusive"]
    text: Annotated[str, "what takes their place; U+FFFD for bytes that are no text"]
    raw_base64: Annotated[str | None, "the exact bytes, where `text` can't hold them"] = None


class Fix(NamedTuple):
    """A change that fixes a finding, whole or not at all."""

    title: str
    safety: Literal["safe", "unsafe"]
    edits: list[Edit]


class Related(NamedTuple):
    """Another place that belongs to a finding."""

    file: str
    line: int
    column: int
    message: str


class FindingControl(NamedTuple):
    """A control that asks for what a finding reports."""

    profile: Annotated[str, "the profile that follows the guide, or the guide of your own policy"]
    id: Annotated[str, "its number in the document, such as 5.1.7"]
    document: Annotated[str, "title and version"]
    text: Annotated[str, "as people are shown it, such as CIS 5.1.7"]


class Finding(NamedTuple):
    """One problem. Lines and columns count from 1, columns in characters; the end is exclusive."""

    rule: str
    severity: Literal["error", "warning", "info"]
    message: str
    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    keyword: Annotated[str, "the keyword it is about; empty for none"]
    block: Annotated[str, "the Host or Match line it stands under; empty outside any block"]
    label: Annotated[str, "what is printed beside the marked text; empty for none"]
    notes: Annotated[list[str], "what is printed below it, a sentence each"]
    fix: Fix | None
    related: list[Related]
    controls: Annotated[list[FindingControl], "the controls of guides that ask for it"]
    refused: Annotated[
        Literal["reported", "last", "hidden"] | None,
        "for a refused line: OpenSSH reports it, reports it as its last, or exits before it",
    ] = None
    page: Annotated[
        str, "the rule's page below the root of the documentation; empty for a rule of your own"
    ] = ""
    source_line: Annotated[
        str, "the line it is about, up to 1,000 characters; empty for a missing setting"
    ] = ""


class Summary(NamedTuple):
    """How many findings, and how many of them have a fix."""

    error: int
    warning: int
    info: int
    fixable: int
    fixable_unsafe: int
    suppressed: Annotated[int, "not listed: comments of the files suppress them"]
    known: Annotated[int, "not listed: the baseline knows them"]
    cut: Annotated[list[str], "rules with more findings than are listed: the first 1,000 of each"]


class LintReport(NamedTuple):
    """What `sshkeep lint --format json` prints."""

    target: Annotated[str, "what the files were read for; several are joined by a comma"]
    files: list[str]
    findings: list[Finding]
    errors: Annotated[list[str], "what could not be done, a sentence each"]
    summary: Summary
    exit_code: int


class FixedFile(NamedTuple):
    """A file that a fix changes."""

    file: str
    diff: str


class FixReport(NamedTuple):
    """What `sshkeep fix --format json` prints."""

    target: str
    changed: Annotated[bool, "something would change, or with `written` has changed"]
    written: bool
    record: Annotated[str | None, "what `sshkeep undo` takes back; null where nothing was written"]
    files: list[FixedFile]
    proven: Annotated[list[str], "what holds as before, and what comes along, a sentence each"]
    notes: Annotated[list[str], "what OpenSSH printed about it, how to take it back, how to reload"]
    fixed: Annotated[
        list[Finding],
        "what the fixes repair, at the places that lint reports; offsets of `edits` are those of the text "
        "that the fix was made in, after fixes of earlier rounds",
    ]
    findings: Annotated[list[Finding], "what is left, at its places in the fixed files"]
    errors: list[str]
    exit_code: int


class SetSetting(NamedTuple):
    """One keyword of `sshkeep set`, and its values."""

    keyword: str
    values: Annotated[list[str], "as the lines have them, one each; none where it is unset"]


class SetReport(NamedTuple):
    """What `sshkeep set --format json` prints."""

    target: str
    changed: Annotated[bool, "something would change, or with `written` has changed"]
    written: bool
    record: Annotated[str | None, "what `sshkeep undo` takes back; null where nothing was written"]
    files: list[FixedFile]
    proven: Annotated[list[str], "what holds as before, and what comes along, a sentence each"]
    notes: Annotated[list[str], "what OpenSSH printed about it, how to take it back, how to reload"]
    keyword: Annotated[str, "of the first setting"]
    values: Annotated[list[str], "of the first setting"]
    settings: list[SetSetting]
    block: Annotated[str, "the Host or Match line it is set under; empty for everyone"]
    errors: list[str]
    exit_code: int


class OtherLine(NamedTuple):
    """A line that does not decide, and why."""

    file: str
    line: int
    values: list[str]
    why: str


class Setting(NamedTuple):
    """One option in effect. `file` and `line` are null where the default holds."""

    keyword: str
    values: Annotated[list[str], "as OpenSSH prints them; several where lines add up"]
    file: str | None
    line: int | None
    default: bool
    alternatives: Annotated[list[OtherLine], "lines that decide if a condition holds that can't be known"]
    lost: list[OtherLine]
    notes: Annotated[list[str], "why the running program may use another value"]


class Refused(NamedTuple):
    """A line for which OpenSSH refuses the config."""

    file: str
    line: int
    message: str


class EffectiveReport(NamedTuple):
    """What `sshkeep effective --format json` prints."""

    target: str
    kind: Literal["sshd_config", "ssh_config"]
    files: list[str]
    accepted: bool
    refused: list[Refused]
    problems: Annotated[
        list[str], "why the program exits when it has read everything; no line alone is to blame"
    ]
    settings: list[Setting]
    exit_code: int


class EffectiveOfHost(NamedTuple):
    """The settings for one of several hosts."""

    host: Annotated[str, "as it was given to --host"]
    report: EffectiveReport


class EffectiveHostsReport(NamedTuple):
    """What `sshkeep effective --format json` prints for several --host."""

    hosts: Annotated[list[EffectiveOfHost], "in the order in which they were given"]
    exit_code: int


class WrittenFile(NamedTuple):
    """A file that a run changed, made or removed."""

    file: str
    diff: str


class Written(NamedTuple):
    """The record of a run that wrote."""

    id: str
    when: datetime
    state: Annotated[Literal["pending", "done", "undone"], "pending: the run was cut off"]
    files_gone: Annotated[bool, "a file that it wrote no longer exists"]
    command: str
    reasons: Annotated[list[str], "the rules that asked for it, and what they asked"]
    target: str
    files: list[WrittenFile]


class ListedTarget(NamedTuple):
    """What `--target` takes: a release of OpenSSH, and whose patches it has."""

    name: str
    release: str
    vendor: str
    aliases: Annotated[list[str], "other names that --target takes"]
    verified: Annotated[bool, "false where it is not sure that the distribution ships this release"]


class TargetsReport(NamedTuple):
    """What `sshkeep targets --format json` prints."""

    targets: list[ListedTarget]


class UndoReport(NamedTuple):
    """What `sshkeep undo --list --format json` and `--show` print."""

    records: Annotated[list[Written], "the newest first"]
    errors: list[str]
    exit_code: int


class GuideDocument(NamedTuple):
    """One edition of the guide that a profile follows."""

    name: str
    title: str
    version: str
    source: Annotated[str, "where its numbers were read"]
    targets: Annotated[list[str], "what it is about; empty for every target"]


class GuideControl(NamedTuple):
    """What the guide asks; the title is sshkeep's own."""

    title: str
    ids: Annotated[dict[str, str], "its number in each document, by the document's name"]
    applies_to: list[str]
    level: str
    asks: Annotated[str, "of the config; empty where nothing checks it"]
    rules: Annotated[list[str], "what checks it"]
    unchecked: Annotated[str, "why nothing checks it; empty where rules do"]


class ShippedProfile(NamedTuple):
    """A profile that comes with sshkeep."""

    name: str
    sources: Annotated[str, "the documents that it follows, with their versions"]
    rules: Annotated[int, "how many rules it selects, its own ones included"]
    guide: Annotated[str, "what findings call it, as in [CIS 5.1.7]"]
    documents: list[GuideDocument]
    controls: list[GuideControl]


class ProfilesReport(NamedTuple):
    """What `sshkeep profiles --format json` prints."""

    profiles: list[ShippedProfile]


class RuleExample(NamedTuple):
    """A config, and what becomes of it."""

    before: str
    after: Annotated[str | None, "the config with the fix; null where there is none"]
    reported: Annotated[bool, "whether the rule reports something"]
    unsafe: Annotated[bool, "whether the fix is made with `--unsafe` only"]
    target: Annotated[str, "what it is read for; empty: any"]


class ListedRule(NamedTuple):
    """A rule, and what it asks."""

    id: str
    group: str
    severity: Literal["error", "warning", "info"]
    applies_to: Annotated[list[str], "the languages: sshd_config, ssh_config, or a client program's settings"]
    fix: Literal["yes", "unsafe", "no"]
    default: Annotated[bool, "whether it runs unless others are selected"]
    summary: str
    text: Annotated[str, "the page of the rule"]
    options: Annotated[dict[str, str | int | list[str]], "what a policy may set, with defaults"]
    references: list[str]
    examples: list[RuleExample]


class RulesReport(NamedTuple):
    """What `sshkeep rule --format json` prints."""

    rules: list[ListedRule]


SCHEMAS: dict[str, type[tuple[Any, ...]]] = {
    "lint": LintReport,
    "fix": FixReport,
    "set": SetReport,
    "effective": EffectiveReport,
    "effective_hosts": EffectiveHostsReport,
    "targets": TargetsReport,
    "undo": UndoReport,
    "profiles": ProfilesReport,
    "rule": RulesReport,
}
"""File name in schemas/ to the report it describes."""
