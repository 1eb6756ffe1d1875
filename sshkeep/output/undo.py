"""Records of what was written, as text, and what prevents an undo."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator

from sshkeep.output.diff import diff_lines
from sshkeep.output.terminal import Terminal, safe
from sshkeep.state.path import state_path
from sshkeep.state.record import FileRecord, Record
from sshkeep.write.undo import Difference

STATES = {"pending": "cut off", "done": "written", "undone": "taken back"}


def list_lines(records: Iterable[Record], gone: Collection[str]) -> Iterator[str]:
    """A line for each record: its number, when, what became of it, the command and its files.

    ``gone`` are the numbers of records of which a file is there no more.
    """
    for record in records:
        line = f"{record.id:>4}  {_time(record)}  {STATES[record.state]:<10}  {record.about.command}"
        yield safe(f"{line}  {_files(record)}{'  (files gone)' if record.id in gone else ''}")


def named_line(record: Record) -> str:
    """The record that undo takes back."""
    return safe(f"record {record.id}, {_time(record)}: {record.about.command} in {_files(record)}")


def _files(record: Record) -> str:
    return ", ".join(relative_path(file.path) for file in record.files)


def show_lines(record: Record, terminal: Terminal) -> Iterator[str]:
    """One record with all that it changed, as a diff."""
    yield safe(f"record {record.id}: {record.about.command}, {_time(record)}, {STATES[record.state]}")
    yield safe(f"read for {record.about.target}")
    for reason in record.about.reasons:
        yield safe(f"  {reason}")
    yield ""
    for file in record.files:
        yield from file_diff(file, terminal)


def file_diff(file: FileRecord, terminal: Terminal) -> Iterator[str]:
    return _diff(file.path, file.before, file.after, terminal, ("before", "written"))


def back_lines(record: Record, paths: Collection[str], terminal: Terminal) -> Iterator[str]:
    """The diff of what undo would do to the files ``paths``."""
    for file in record.files:
        if file.path in paths:
            yield from _diff(file.path, file.after, file.before, terminal, ("now", "restored"))


def difference_lines(record: Record, differences: Iterable[Difference], terminal: Terminal) -> Iterator[str]:
    """How files changed since they were written, and what to do."""
    cut_off = record.state == "pending"
    reasons = []
    for each in differences:
        yield from _diff(
            each.path, each.left, each.now, terminal, ("before" if cut_off else "written", "now")
        )
        reasons.append(_reason(each))
    yield ""
    yield safe(f"nothing was taken back of record {record.id}: {'; '.join(dict.fromkeys(reasons))}")
    if cut_off:
        kept = f"{state_path()}/{record.id}-pending.json"
        yield safe(f"put that right and run it again, or remove {kept} to leave all as it is")


def _reason(difference: Difference) -> str:
    path = relative_path(difference.path)
    if difference.later:
        later = difference.later
        return f"sshkeep itself wrote {path} later (record {later}): `sshkeep undo {later}` comes first"
    return f"{path} was changed since, and not by sshkeep"


def _diff(
    path: str, old: bytes | None, new: bytes | None, terminal: Terminal, labels: tuple[str, str]
) -> Iterator[str]:
    shown = [label if data is not None else "no file" for label, data in zip(labels, (old, new), strict=True)]
    lines = list(diff_lines(relative_path(path), old or b"", new or b"", terminal, (shown[0], shown[1])))
    yield from lines or [safe(f"{relative_path(path)}: {shown[0]}; {shown[1]}")]


def relative_path(path: str) -> str:
    """``path`` relative to the current directory, if it is below it."""
    here = os.path.join(os.getcwd(), "")
    return path.removeprefix(here)


def _time(record: Record) -> str:
    return f"{record.when:%Y-%m-%d %H:%M:%S} UTC"
