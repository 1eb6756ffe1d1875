"""``sshkeep undo``."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, NamedTuple

from sshkeep.cli import options
from sshkeep.cli.declarations import Argument, Option
from sshkeep.cli.exit_codes import Exit
from sshkeep.cli.formats import Format, FormatOption, View, lines_of
from sshkeep.cli.messages import print_errors, print_notes
from sshkeep.cli.output import OutputWriter
from sshkeep.errors import SshkeepError
from sshkeep.output.terminal import Terminal, safe
from sshkeep.trees.kind import kind_by_name
from sshkeep.trees.this_machine import is_live

if TYPE_CHECKING:  # pydantic, which --help does without
    from sshkeep.state.record import Record


def undo(
    id: Annotated[
        str | None, Argument(metavar="[ID]", help="A record's number; none: the last one in effect.")
    ] = None,
    list: Annotated[bool, Option("--list", help="List what was written; changes nothing.")] = False,
    show: Annotated[
        bool, Option("--show", help="Show what a record changed, and why; changes nothing.")
    ] = False,
    format: Annotated[Format, FormatOption("undo", "How --list and --show are printed.")] = "text",
    color: options.Color = "auto",
) -> Exit:
    """Take back what was written last, unless the files were changed since."""
    if list and (show or id):
        raise SshkeepError("--list lists all records", "leave out --show and the record's number")
    if format == "json" and not (list or show):
        raise SshkeepError("--format is for --list and --show", "the exit code says what undo did")
    with OutputWriter(None) as writer:
        terminal = Terminal(color)
        if list:
            return _list(writer, format, terminal)
        if show:
            writer.lines(lines_of("undo", format, Records([_find(id)], whole=True), View(terminal)))
            return Exit.FINE
        return _undo(_find(id), writer, terminal)


class Records(NamedTuple):
    """The records to show, what is wrong with others, and whether the one record is shown whole."""

    records: "Sequence[Record]"
    problems: Sequence[str] = ()
    whole: bool = False


def _list(writer: OutputWriter, format: Format, terminal: Terminal) -> Exit:
    from sshkeep.state.record_store import find_records

    found = find_records()
    code = Exit.FAILED if found.problems else Exit.FINE
    result = Records(found.records, found.problems)
    writer.lines(lines_of("undo", format, result, View(terminal, exit_code=code)))
    print_errors(found.problems)
    return code


def text_lines(result: Records, view: View) -> Iterable[str]:
    """A line for each record, or all of one."""
    from sshkeep.output.undo import list_lines, show_lines

    return show_lines(result.records[0], view.terminal) if result.whole else list_lines(result.records)


def json_lines(result: Records, view: View) -> Iterator[str]:
    """The JSON report."""
    from sshkeep.output.undo import json_report

    yield json_report(result.records, result.problems, view.exit_code)


def _undo(record: "Record", writer: OutputWriter, terminal: Terminal) -> Exit:
    from sshkeep.output.undo import difference_lines, near
    from sshkeep.write.undo import undo_changes

    if record.state == "pending":
        print_notes([f"the run of record {record.id} was cut off before its end"])
    result = undo_changes(record)
    if result.differences:
        writer.lines(difference_lines(record, result.differences, terminal))
        return Exit.FOUND
    created = {file.path for file in record.files if file.before is None}
    for path in result.restored:
        writer.lines([safe(f"{'removed' if path in created else 'restored'} {near(path)}")])
    writer.lines([safe(f"took back record {record.id}: {record.about.command}")])
    writer.lines(_reload_lines(record))
    return Exit.FINE


def _reload_lines(record: "Record") -> Iterator[str]:
    """The command that makes sshd read the files, where they are its live ones."""
    from sshkeep.reload.changed_options import changed_keywords
    from sshkeep.reload.init_systems import find_reload_command

    live = [f for f in record.files if is_live(f.path) and kind_by_name(f.path) == "sshd_config"]
    if live:
        changed = {name for f in live for name in changed_keywords(f.before or b"", f.after or b"")}
        reload = find_reload_command(changed)
        yield f"reload with: {reload.shown}" if reload.commands else f"note: {reload.why}"


def _find(id: str | None) -> "Record":
    from sshkeep.state.record_store import find_record, last_record

    record = find_record(id) if id else last_record()
    if record is None:
        raise SshkeepError(
            "nothing is left to take back", "records are kept for each user: are you the same?"
        )
    return record
