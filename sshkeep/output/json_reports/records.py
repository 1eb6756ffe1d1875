"""Records of what was written, as JSON."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from sshkeep.output.json_reports import models
from sshkeep.output.terminal import Terminal
from sshkeep.output.undo import file_diff
from sshkeep.state.record import Record
from sshkeep.syntax.source import clean


def undo_report(
    records: Iterable[Record], problems: Sequence[str], code: int, gone: Collection[str] = ()
) -> str:
    """A `models.UndoReport` as JSON; ``gone`` are the numbers of records with a file that is not there."""
    report = models.UndoReport(
        records=[_written(record, record.id in gone) for record in records],
        errors=[clean(problem) for problem in problems],
        exit_code=code,
    )
    return models.json_text(report)


def _written(record: Record, gone: bool) -> models.Written:
    plain = Terminal("never")
    return models.Written(
        id=record.id,
        when=record.when,
        state=record.state,
        files_gone=gone,
        command=record.about.command,
        reasons=[*record.about.reasons],
        target=record.about.target,
        files=[
            models.WrittenFile(
                file=clean(file.path),
                diff=clean("".join(f"{line}\n" for line in file_diff(file, plain))),
            )
            for file in record.files
        ],
    )
