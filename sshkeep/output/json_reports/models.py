"""The models of the JSON reports."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field


class _Model(BaseModel):
    """Fields may be added in later releases; their meaning never changes within a version."""


class Edit(_Model):
    """Bytes `start` to `end` (exclusive) of `file` become `text`."""

    file: str
    start: int = Field(description="byte offset")
    end: int = Field(description="byte offset, exclusive")
    text: str = Field(description="what takes their place; U+FFFD for bytes that are no text")
    raw_base64: str | None = Field(default=None, description="the exact bytes, where `text` can't hold them")


class Fix(_Model):
    """A change that mends a finding, whole or not at all."""

    title: str
    safety: Literal["safe", "unsafe"]
    edits: list[Edit]


class Related(_Model):
    """Another place that belongs to a finding."""

    file: str
    line: int
    column: int
    message: str


class Finding(_Model):
    """One problem. Lines and columns count from 1, columns in characters; the end is exclusive."""

    rule: str
    severity: Literal["error", "warning", "info"]
    message: str
    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    keyword: str = Field(description="the keyword it is about; empty for none")
    block: str = Field(description="the Host or Match line it stands under; empty outside any block")
    fix: Fix | None
    related: list[Related]
    refused: Literal["reported", "last", "hidden"] | None = Field(
        default=None,
        description="for a refused line: OpenSSH reports it, reports it as its last, or exits before it",
    )


class Summary(_Model):
    """How many findings, and how many of them have a fix."""

    error: int
    warning: int
    info: int
    fixable: int
    fixable_unsafe: int
    suppressed: int = Field(default=0, description="not listed: comments of the files suppress them")
    known: int = Field(default=0, description="not listed: the baseline knows them")
    cut: list[str] = Field(
        default=[], description="rules with more findings than are listed: the first 1,000 of each"
    )


class LintReport(_Model):
    """What `sshkeep lint --format json` prints."""

    version: Literal[1] = 1
    target: str = Field(description="what the files were read for; several are joined by a comma")
    files: list[str]
    findings: list[Finding]
    errors: list[str] = Field(description="what could not be done, a sentence each")
    summary: Summary
    exit_code: int


class FixedFile(_Model):
    """A file that a fix changes."""

    file: str
    diff: str


class _Changed(_Model):
    """What `fix` and `set` say alike."""

    version: Literal[1] = 1
    target: str
    changed: bool = Field(description="something would change, or with `written` has changed")
    written: bool
    record: str | None = Field(description="what `sshkeep undo` takes back; null where nothing was written")
    files: list[FixedFile]
    proven: list[str] = Field(description="what holds as before, and what comes along, a sentence each")
    notes: list[str] = Field(
        description="what the installed OpenSSH said of it, how to take it back, how to reload"
    )


class FixReport(_Changed):
    """What `sshkeep fix --format json` prints."""

    mended: list[Finding] = Field(
        description="what the fixes mend; places are those of the text that each round of fixes began with"
    )
    findings: list[Finding] = Field(description="what is left")
    errors: list[str]
    exit_code: int


class SetReport(_Changed):
    """What `sshkeep set --format json` prints."""

    keyword: str
    values: list[str] = Field(description="as the lines say it, one each; none where it is unset")
    block: str = Field(description="the Host or Match line it is set under; empty for everyone")
    errors: list[str]
    exit_code: int


class OtherLine(_Model):
    """A line that does not decide, and why."""

    file: str
    line: int
    values: list[str]
    why: str


class Setting(_Model):
    """One option in effect. `file` and `line` are null where the default holds."""

    keyword: str
    values: list[str] = Field(description="as OpenSSH prints them; several where lines add up")
    file: str | None
    line: int | None
    default: bool
    alternatives: list[OtherLine] = Field(
        description="lines that decide if a condition holds that can't be known"
    )
    lost: list[OtherLine]


class Refused(_Model):
    """A line for which OpenSSH refuses the config."""

    file: str
    line: int
    message: str


class EffectiveReport(_Model):
    """What `sshkeep effective --format json` prints."""

    version: Literal[1] = 1
    target: str
    kind: Literal["sshd_config", "ssh_config"]
    files: list[str]
    accepted: bool
    refused: list[Refused]
    problems: list[str] = Field(
        description="why the program exits when it has read everything; no line alone is to blame"
    )
    settings: list[Setting]
    exit_code: int


class WrittenFile(_Model):
    """A file that a run changed, made or removed."""

    file: str
    diff: str


class Written(_Model):
    """The record of a run that wrote."""

    id: str
    when: datetime
    state: Literal["pending", "done", "undone"] = Field(description="pending: the run was cut off")
    files_gone: bool = Field(description="a file that it wrote is not there any more")
    command: str
    reasons: list[str] = Field(description="the rules that asked for it, and what they asked")
    target: str
    files: list[WrittenFile]


class UndoReport(_Model):
    """What `sshkeep undo --list --format json` and `--show` print."""

    version: Literal[1] = 1
    records: list[Written] = Field(description="the newest first")
    errors: list[str]
    exit_code: int


SCHEMAS: dict[str, type[BaseModel]] = {
    "lint": LintReport,
    "fix": FixReport,
    "set": SetReport,
    "effective": EffectiveReport,
    "undo": UndoReport,
}
"""File name in schemas/ to the report it describes."""
