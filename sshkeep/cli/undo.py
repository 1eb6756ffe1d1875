"""``sshkeep undo``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from sshkeep.cli import options
from sshkeep.cli.exits import Exit
from sshkeep.cli.options import Format
from sshkeep.cli.run import tell
from sshkeep.cli.sink import Sink
from sshkeep.errors import SshkeepError
from sshkeep.output.terminal import Terminal, safe
from sshkeep.trees.kind import kind_by_name
from sshkeep.trees.this_machine import is_live

if TYPE_CHECKING:  # pydantic, which --help does without
    from sshkeep.state.record import Record


def undo(
    id: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="A record's number; none: the last one in effect.")
    ] = None,
    list: Annotated[bool, typer.Option("--list", help="List what was written; changes nothing.")] = False,
    show: Annotated[
        bool, typer.Option("--show", help="Show what a record changed, and why; changes nothing.")
    ] = False,
    format: Annotated[
        Format, typer.Option("--format", help="How --list and --show are printed.")
    ] = Format.TEXT,
    color: options.Color = options.ColorWhen.AUTO,
) -> Exit:
    """Take back what was written last, unless the files were changed since."""
    if list and (show or id):
        raise SshkeepError("--list lists all records", "leave out --show and the record's number")
    if format is Format.JSON and not (list or show):
        raise SshkeepError("--format is for --list and --show", "the exit code says what undo did")
    with Sink(None) as sink:
        terminal = Terminal(color.value)
        if list:
            return _list(sink, format)
        if show:
            return _show(_find(id), sink, format, terminal)
        return _undo(_find(id), sink, terminal)


def _list(sink: Sink, format: Format) -> Exit:
    from sshkeep.output.undo import json_report, list_lines
    from sshkeep.state.record_store import find_records

    found = find_records()
    code = Exit.FAILED if found.problems else Exit.FINE
    if format is Format.JSON:
        sink.lines([json_report(found.records, found.problems, code)])
    else:
        sink.lines(list_lines(found.records))
    for problem in found.problems:
        tell(problem)
    return code


def _show(record: Record, sink: Sink, format: Format, terminal: Terminal) -> Exit:
    from sshkeep.output.undo import json_report, show_lines

    if format is Format.JSON:
        sink.lines([json_report([record], [], Exit.FINE)])
    else:
        sink.lines(show_lines(record, terminal))
    return Exit.FINE


def _undo(record: Record, sink: Sink, terminal: Terminal) -> Exit:
    from sshkeep.output.undo import difference_lines, near
    from sshkeep.write.undo import undo_changes

    if record.state == "pending":
        tell(f"note: the run of record {record.id} was cut off before its end")
    result = undo_changes(record)
    if result.differences:
        sink.lines(difference_lines(record, result.differences, terminal))
        return Exit.FOUND
    created = {file.path for file in record.files if file.before is None}
    for path in result.restored:
        sink.lines([safe(f"{'removed' if path in created else 'restored'} {near(path)}")])
    sink.lines([safe(f"took back record {record.id}: {record.about.command}")])
    sink.lines(_reload_lines(record))
    return Exit.FINE


def _reload_lines(record: Record) -> Iterator[str]:
    """The command that makes sshd read the files, where they are its live ones."""
    from sshkeep.reload.changed_options import changed_keywords
    from sshkeep.reload.init_systems import find_reload_command

    live = [f for f in record.files if is_live(f.path) and kind_by_name(f.path) == "sshd_config"]
    if live:
        changed = {name for f in live for name in changed_keywords(f.before or b"", f.after or b"")}
        reload = find_reload_command(changed)
        yield f"reload with: {reload.shown}" if reload.commands else f"note: {reload.why}"


def _find(id: str | None) -> Record:
    from sshkeep.state.record_store import find_record, last_record

    record = find_record(id) if id else last_record()
    if record is None:
        raise SshkeepError(
            "nothing is left to take back", "records are kept for each user: are you the same?"
        )
    return record
