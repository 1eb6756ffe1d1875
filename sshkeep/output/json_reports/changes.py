"""Changes as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sshkeep.fix.change import Change
from sshkeep.output.fix import change_lines
from sshkeep.output.json_reports import models
from sshkeep.output.terminal import Terminal
from sshkeep.syntax.source import clean


def changed_files(changes: Iterable[Change]) -> list[models.FixedFile]:
    """Each changed file with its diff."""
    plain = Terminal("never")
    return [
        models.FixedFile(
            file=clean(change.path), diff=clean("".join(f"{line}\n" for line in change_lines(change, plain)))
        )
        for change in changes
    ]


def applied_model(record: str, lines: Iterable[str]) -> dict[str, Any]:
    """The fields of a report on whether the change was written."""
    return {"written": bool(record), "record": record or None, "notes": [clean(line) for line in lines]}
