"""``sshkeep undo``."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, NamedTuple

from sshkeep.cli import options
from sshkeep.cli.declarations import CommandArgument, CommandOption
from sshkeep.cli.exit_codes import Exit
from sshkeep.cli.formats import Format, FormatOption, View, formatted_lines
from sshkeep.cli.messages import print_errors, print_notes
from sshkeep.cli.output import OutputWriter
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
        str | None, CommandArgument(metavar="[ID]", help="A record's number; none: the last one in effect.")
    ] = None,
    list: Annotated[bool, CommandOption("--list", help="List what was written; changes nothing.")] = False,
    show: Annotated[
        bool, CommandOption("--show", help="Show what a record changed, and why; changes nothing.")
    ] = False,
    dry_run: Annotated[
        bool, CommandOption("--dry-run", help="Show the diff that undo would make; changes nothing.")
    ] = False,
    forget: Annotated[
        str | None,
        CommandOption("--forget", metavar="ID", help="Remove a record, as one whose files are gone."),
    ] = None,
    format: Annotated[Format, FormatOption("undo", "How --list and --show are printed.")] = "text",
    color: options.Color = "auto",
) -> Exit:
    """Take back the last change, unless its files changed since."""
    if list and (show or id):
        raise SshkeepError("--list lists all records", "leave out --show and the record's number")
    if sum((list, show, dry_run, forget is not None)) > 1:
        raise SshkeepError("--list, --show, --dry-run and --forget don't go together")
    if format == "json" and not (list or show):
        raise SshkeepError("--format is for --list and --show", "the exit code shows what undo did")
    with OutputWriter(None) as writer:
        terminal = Terminal(color)
        if list:
            return _list(writer, format, terminal)
        if show:
            writer.lines(formatted_lines("undo", format, Records([_find(id)], whole=True), View(terminal)))
            return Exit.FINE
        if forget is not None:
            return _forget(forget, writer)
        return _undo(_find(id), writer, terminal, dry_run)


class Records(NamedTuple):
    """The records to show, what is wrong with others, and whether the one record is shown whole.

    ``gone`` are the numbers of records of which a file is there no more.
    """

    records: "Sequence[Record]"
    problems: Sequence[str] = ()
    whole: bool = False
    gone: frozenset[str] = frozenset()


def _list(writer: OutputWriter, format: Format, terminal: Terminal) -> Exit:
    from sshkeep.state.record_store import find_records
    from sshkeep.write.undo import files_are_gone

    found = find_records()
    code = Exit.FAILED if found.problems else Exit.FINE
    in_effect = (record for record in found.records if record.state != "undone")
    gone = frozenset(record.id for record in in_effect if files_are_gone(record))
    result = Records(found.records, found.problems, gone=gone)
    writer.lines(formatted_lines("undo", format, result, View(terminal, exit_code=code)))
    print_errors(found.problems)
    return code


def text_lines(result: Records, view: View) -> Iterable[str]:
    """A line for each record, or all of one."""
    from sshkeep.output.undo import list_lines, show_lines

    if result.whole:
        return show_lines(result.records[0], view.terminal)
    return list_lines(result.records, result.gone)


def json_lines(result: Records, view: View) -> Iterator[str]:
    """The JSON report."""
    from sshkeep.output.json_reports.records import undo_report

    yield undo_report(result.records, result.problems, view.exit_code, result.gone)


def _forget(id: str, writer: OutputWriter) -> Exit:
    from sshkeep.state.record_store import forget_record

    trial = _trial()
    if trial and trial.record == id:
        raise SshkeepError(f"record {id} is of the change on trial", "`sshkeep undo` takes it back")
    forget_record(id)
    writer.lines([f"forgot record {id}; its files were not touched"])
    return Exit.FINE


def _undo(record: "Record", writer: OutputWriter, terminal: Terminal, dry_run: bool) -> Exit:
    from sshkeep.output.undo import back_lines, difference_lines, named_line
    from sshkeep.write.undo import check_undo, undo_changes

    writer.lines([named_line(record)])
    if record.state == "pending":
        print_notes([f"the run of record {record.id} was cut off before its end"])
    trial = _trial()
    if trial and trial.record != record.id and {file.path for file in record.files} & {*trial.paths}:
        raise SshkeepError(
            f"these files are on trial by record {trial.record}",
            "`sshkeep undo` takes that back, `sshkeep confirm` keeps it",
        )
    on_trial = trial is not None and trial.record == record.id
    result = check_undo(record) if dry_run or on_trial else undo_changes(record)
    if result.differences:
        writer.lines(difference_lines(record, result.differences, terminal))
        return Exit.FOUND
    if dry_run:
        writer.lines(back_lines(record, result.restored, terminal))
        return Exit.FINE
    if on_trial:
        return _end_trial(record, writer)
    with WrittenReport(f"record {record.id} was taken back"):
        writer.lines(_restored(record, result.restored))
        writer.lines(_reload_lines(record))
    return Exit.FINE


def _end_trial(record: "Record", writer: OutputWriter) -> Exit:
    from sshkeep.reload.trial import THIS_MACHINE, acknowledge_problem, describe_outcome, take_back_trial
    from sshkeep.state.record_store import find_record

    ended = take_back_trial(THIS_MACHINE)
    if ended is None:
        state = find_record(record.id).state
        raise SshkeepError(f"the trial has just ended, and record {record.id} is {state}", "look again")
    with WrittenReport(describe_outcome(ended)):
        if ended.outcome == "taken back":
            writer.lines(_restored(record, [file.path for file in record.files]))
        writer.lines(map(safe, ended.steps))
    acknowledge_problem(ended)
    if ended.problem:
        raise SshkeepError(describe_outcome(ended))
    writer.lines(["the trial is over"])
    return Exit.FINE


def _restored(record: "Record", paths: Iterable[str]) -> Iterator[str]:
    from sshkeep.output.undo import relative_path

    created = {file.path for file in record.files if file.before is None}
    for path in paths:
        yield safe(f"{'removed' if path in created else 'restored'} {relative_path(path)}")
    yield safe(f"took back record {record.id}: {record.about.command}")


def _trial() -> "Trial | None":
    from sshkeep.state.directory import existing_state_directory
    from sshkeep.write.on_trial import trial_in_progress

    with existing_state_directory(lock=False) as directory:
        return trial_in_progress(directory) if directory else None


def _reload_lines(record: "Record") -> Iterator[str]:
    """What is left to do so that sshd reads the files, where they are its live ones."""
    from sshkeep.reload.after_write import reload_notice
    from sshkeep.reload.changed_options import changed_keywords

    live = [f for f in record.files if is_live(f.path) and kind_by_name(f.path) == "sshd_config"]
    if live:
        changed = {name for f in live for name in changed_keywords(f.before or b"", f.after or b"")}
        notice = reload_notice(changed, "restored")
        yield from map(safe, (*notice.lines, notice.state))


def _find(id: str | None) -> "Record":
    from sshkeep.state.record_store import find_record, last_record
    from sshkeep.write.undo import files_are_gone

    def is_passed_over(record: "Record") -> bool:
        gone = files_are_gone(record)
        if gone:
            print_notes(
                [f"files of record {record.id} are gone; `sshkeep undo --forget {record.id}` removes it"]
            )
        return gone

    trial = None if id else _trial()
    id = trial.record if trial else id  # what is on trial goes before what was written since
    record = find_record(id) if id else last_record(is_passed_over)
    if record is None:
        raise SshkeepError(
            "nothing is left to take back", "records are kept for each user: are you the same?"
        )
    return record
