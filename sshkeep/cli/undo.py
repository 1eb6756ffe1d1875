"""``sshkeep undo``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from sshkeep.cli import options
from sshkeep.cli.exits import Exit
from sshkeep.cli.options import Format
from sshkeep.cli.run import tell
from sshkeep.cli.sink import Sink
from sshkeep.cli.written_report import WrittenReport
from sshkeep.errors import SshkeepError
from sshkeep.output.terminal import Terminal, safe
from sshkeep.trees.kind import kind_by_name
from sshkeep.trees.this_machine import is_live

if TYPE_CHECKING:  # pydantic, which --help does without
    from sshkeep.state.record import Record
    from sshkeep.state.trial_marker import Trial


def undo(
    id: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="A record's number; none: the last one in effect.")
    ] = None,
    list: Annotated[bool, typer.Option("--list", help="List what was written; changes nothing.")] = False,
    show: Annotated[
        bool, typer.Option("--show", help="Show what a record changed, and why; changes nothing.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show the diff that undo would make; changes nothing.")
    ] = False,
    forget: Annotated[
        str | None,
        typer.Option("--forget", metavar="ID", help="Remove a record, as one whose files are gone."),
    ] = None,
    format: Annotated[
        Format, typer.Option("--format", help="How --list and --show are printed.")
    ] = Format.TEXT,
    color: options.Color = options.ColorWhen.AUTO,
) -> Exit:
    """Take back what was written last, unless the files were changed since."""
    if list and (show or id):
        raise SshkeepError("--list lists all records", "leave out --show and the record's number")
    if sum((list, show, dry_run, forget is not None)) > 1:
        raise SshkeepError("--list, --show, --dry-run and --forget don't go together")
    if format is Format.JSON and not (list or show):
        raise SshkeepError("--format is for --list and --show", "the exit code says what undo did")
    with Sink(None) as sink:
        terminal = Terminal(color.value)
        if list:
            return _list(sink, format)
        if show:
            return _show(_find(id), sink, format, terminal)
        if forget is not None:
            return _forget(forget, sink)
        return _undo(_find(id), sink, terminal, dry_run)


def _list(sink: Sink, format: Format) -> Exit:
    from sshkeep.output.undo import json_report, list_lines
    from sshkeep.state.record_store import find_records
    from sshkeep.write.undo import files_are_gone

    found = find_records()
    gone = frozenset(
        record.id for record in found.records if record.state != "undone" and files_are_gone(record)
    )
    code = Exit.FAILED if found.problems else Exit.FINE
    if format is Format.JSON:
        sink.lines([json_report(found.records, found.problems, code, gone)])
    else:
        sink.lines(list_lines(found.records, gone))
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


def _forget(id: str, sink: Sink) -> Exit:
    from sshkeep.state.record_store import forget_record

    trial = _trial()
    if trial and trial.record == id:
        raise SshkeepError(f"record {id} is of the change on trial", "`sshkeep undo` takes it back")
    forget_record(id)
    sink.lines([f"forgot record {id}; its files were not touched"])
    return Exit.FINE


def _undo(record: Record, sink: Sink, terminal: Terminal, dry_run: bool) -> Exit:
    from sshkeep.output.undo import back_lines, difference_lines, named_line
    from sshkeep.write.undo import check_undo, undo_changes

    sink.lines([named_line(record)])
    if record.state == "pending":
        tell(f"note: the run of record {record.id} was cut off before its end")
    trial = _trial()
    if trial and trial.record != record.id and {file.path for file in record.files} & {*trial.paths}:
        raise SshkeepError(
            f"these files are on trial by record {trial.record}",
            "`sshkeep undo` takes that back, `sshkeep confirm` keeps it",
        )
    on_trial = trial is not None and trial.record == record.id
    result = check_undo(record) if dry_run or on_trial else undo_changes(record)
    if result.differences:
        sink.lines(difference_lines(record, result.differences, terminal))
        return Exit.FOUND
    if dry_run:
        sink.lines(back_lines(record, result.restored, terminal))
        return Exit.FINE
    if on_trial:
        return _end_trial(record, sink)
    with WrittenReport(f"record {record.id} was taken back"):
        sink.lines(_restored(record, result.restored))
        sink.lines(_reload_lines(record))
    return Exit.FINE


def _end_trial(record: Record, sink: Sink) -> Exit:
    from sshkeep.reload.trial import THIS_MACHINE, acknowledge_problem, describe_outcome, take_back_trial
    from sshkeep.state.record_store import find_record

    ended = take_back_trial(THIS_MACHINE)
    if ended is None:
        state = find_record(record.id).state
        raise SshkeepError(f"the trial has just ended, and record {record.id} is {state}", "look again")
    with WrittenReport(describe_outcome(ended)):
        if ended.outcome == "taken back":
            sink.lines(_restored(record, [file.path for file in record.files]))
        sink.lines(map(safe, ended.steps))
    acknowledge_problem(ended)
    if ended.problem:
        raise SshkeepError(describe_outcome(ended))
    sink.lines(["the trial is over"])
    return Exit.FINE


def _restored(record: Record, paths: Iterable[str]) -> Iterator[str]:
    from sshkeep.output.undo import near

    created = {file.path for file in record.files if file.before is None}
    for path in paths:
        yield safe(f"{'removed' if path in created else 'restored'} {near(path)}")
    yield safe(f"took back record {record.id}: {record.about.command}")


def _trial() -> Trial | None:
    from sshkeep.state.directory import existing_state_directory
    from sshkeep.write.on_trial import trial_in_progress

    with existing_state_directory(lock=False) as directory:
        return trial_in_progress(directory) if directory else None


def _reload_lines(record: Record) -> Iterator[str]:
    """What is left to do so that sshd reads the files, where they are its live ones."""
    from sshkeep.reload.after_write import reload_notice
    from sshkeep.reload.changed_options import changed_keywords

    live = [f for f in record.files if is_live(f.path) and kind_by_name(f.path) == "sshd_config"]
    if live:
        changed = {name for f in live for name in changed_keywords(f.before or b"", f.after or b"")}
        notice = reload_notice(changed, "restored")
        yield from map(safe, (*notice.lines, notice.state))


def _find(id: str | None) -> Record:
    from sshkeep.state.record_store import find_record, last_record
    from sshkeep.write.undo import files_are_gone

    def is_passed_over(record: Record) -> bool:
        gone = files_are_gone(record)
        if gone:
            tell(
                f"note: files of record {record.id} are gone; `sshkeep undo --forget {record.id}` removes it"
            )
        return gone

    record = find_record(id) if id else last_record(is_passed_over)
    if record is None:
        raise SshkeepError(
            "nothing is left to take back", "records are kept for each user: are you the same?"
        )
    return record
