"""The records of this user's runs, each a file in the state directory: ``12-done.json`` is record 12.

The state is part of the name, so that one rename changes it, and the content never changes.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import cast

from sshkeep.errors import SshkeepError
from sshkeep.named import NamedTuple
from sshkeep.state.directory import existing_state_directory
from sshkeep.state.record import Record, RecordState
from sshkeep.system.held_directory import HeldDirectory
from sshkeep.system.private_files import create_private_file, read_private_file
from sshkeep.system.temporary_file import TEMPORARY_PREFIX

MAX_FINISHED = 100
"""Older records are removed when a new one is added, unless they are of a run that was interrupted."""
MAX_RECORD_BYTES = 512 * 1024 * 1024
_NAME = re.compile(r"([1-9][0-9]{0,8})-(pending|done|undone)\.json")


class FoundRecords(NamedTuple):
    """The records, newest first, and a sentence for each file that is none in spite of its name."""

    records: list[Record]
    problems: list[str]


class RecordFile(NamedTuple):
    """The file of a record."""

    number: int
    state: RecordState

    @property
    def name(self) -> str:
        return f"{self.number}-{self.state}.json"


def find_records() -> FoundRecords:
    """All records. Raises SshkeepError where the state directory itself can't be read."""
    found = FoundRecords([], [])
    with _stored() as (directory, files):
        for file in files:
            try:
                found.records.append(load_record(directory, file))
            except SshkeepError as error:
                found.problems.append(str(error))
    return found


def find_record(id: str) -> Record:
    """The record with this number. Raises SshkeepError where there is none, or it can't be read."""
    with _stored() as (directory, files):
        for file in files:
            if str(file.number) == id:
                return load_record(directory, file)
    raise SshkeepError(f"there is no record {id}", "`sshkeep undo --list` lists them")


def last_record(is_passed_over: Callable[[Record], bool] = lambda record: False) -> Record | None:
    """The record to undo next: of an interrupted run, else the newest that is in effect.

    Raises SshkeepError where it can't be read.
    """
    with _stored() as (directory, files):
        for state in ("pending", "done"):
            for file in files:
                if file.state == state:
                    record = load_record(directory, file)
                    if not is_passed_over(record):
                        return record
    return None


def forget_record(id: str) -> None:
    """Remove the record with this number, even if it is damaged. Raises SshkeepError."""
    with _stored() as (directory, files):
        for file in files:
            if str(file.number) == id:
                try:
                    directory.remove(file.name)
                    directory.sync()
                except OSError as error:
                    raise SshkeepError(f"can't remove record {id}: {error.strerror}") from None
                return
    raise SshkeepError(f"there is no record {id}", "`sshkeep undo --list` lists them")


@contextmanager
def _stored() -> Iterator[tuple[HeldDirectory, list[RecordFile]]]:
    """The open state directory and the files of its records; an empty list where there is none."""
    with existing_state_directory() as directory:
        if directory is None:
            yield HeldDirectory("", None), []
        else:
            yield directory, record_files(directory)


# In the open state directory.


def record_files(directory: HeldDirectory) -> list[RecordFile]:
    """The files of all records, the newest first. Raises SshkeepError."""
    try:
        found = [_NAME.fullmatch(name) for name in directory.entry_names()]
    except OSError as error:
        raise SshkeepError(f"can't read {directory.path}: {error.strerror}") from None
    files = [RecordFile(int(match[1]), cast(RecordState, match[2])) for match in found if match]
    return sorted(files, key=lambda file: file.number, reverse=True)


def load_record(directory: HeldDirectory, file: RecordFile) -> Record:
    """Raises SshkeepError where the file is not a record that sshkeep could have written."""
    path = os.path.join(directory.path, file.name)
    try:
        record = Record.from_json(read_private_file(directory, file.name, MAX_RECORD_BYTES))
    except (OSError, ValueError) as error:
        raise _unusable(path, getattr(error, "strerror", None) or str(error)) from None
    if record.id != str(file.number):
        raise _unusable(path, f"it claims to be record {record.id}")
    return replace(record, state=file.state)


def _unusable(path: str, why: str) -> SshkeepError:
    return SshkeepError(f"{path} is not a record of sshkeep: {why}", "move it away if it is in the way")


def next_id(directory: HeldDirectory) -> str:
    """The number of the next record. Raises SshkeepError."""
    newest = next(iter(record_files(directory)), None)
    return str(newest.number + 1 if newest else 1)


def add_record(directory: HeldDirectory, record: Record) -> None:
    """Store a new record, on disk when this returns. Raises SshkeepError."""
    try:
        data = record.to_json()
        if len(data) > MAX_RECORD_BYTES:
            raise ValueError("the files are too large")
        create_private_file(directory, _file(record).name, data)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise SshkeepError(
            f"can't keep a record in {directory.path}: {reason}", "nothing was written"
        ) from None


def mark_record(directory: HeldDirectory, record: Record, state: RecordState) -> Record:
    """The record in its new state, on disk when this returns. Raises OSError, and then nothing changed."""
    marked = replace(record, state=state)
    old, new = _file(record).name, _file(marked).name
    directory.rename(old, new)
    try:
        directory.sync()
    except OSError:
        with suppress(OSError):
            directory.rename(new, old)
        raise
    return marked


def remove_record(directory: HeldDirectory, record: Record) -> None:
    """Raises OSError."""
    directory.remove(_file(record).name)
    directory.sync()


def prune(directory: HeldDirectory, keep: Collection[int] = ()) -> None:
    """Remove the temporary files of interrupted runs, and old records but those with a number in ``keep``.

    Raises OSError and SshkeepError.
    """
    for name in directory.entry_names():
        if name.startswith(TEMPORARY_PREFIX):
            directory.remove(name)
    finished = [file for file in record_files(directory) if file.state != "pending"]
    for file in finished[MAX_FINISHED:]:
        if file.number not in keep:
            directory.remove(file.name)


def _file(record: Record) -> RecordFile:
    return RecordFile(int(record.id), record.state)
