"""The records of this user's runs, for reading."""

from __future__ import annotations

import os
from typing import NamedTuple

from sshkeep.errors import SshkeepError
from sshkeep.state.directory import state_directory, state_path
from sshkeep.state.record import About, FileRecord, Record
from sshkeep.state.record_store import load_record, record_files

__all__ = [
    "About",
    "FileRecord",
    "FoundRecords",
    "Record",
    "all_records",
    "find_records",
    "last_record",
    "record_with_id",
]


class FoundRecords(NamedTuple):
    """The records, newest first, and a sentence for each file that is none but is called so."""

    records: list[Record]
    problems: list[str]


def find_records() -> FoundRecords:
    """All there is. Raises SshkeepError where the state directory itself can't be read."""
    found = FoundRecords([], [])
    if os.path.lexists(state_path()):
        with state_directory() as folder:
            for file in record_files(folder):
                try:
                    found.records.append(load_record(folder, file))
                except SshkeepError as error:
                    found.problems.append(str(error))
    return found


def all_records() -> list[Record]:
    """Newest first. Raises as `find`."""
    return find_records().records


def record_with_id(id: str) -> Record:
    """The record with this number. Raises SshkeepError where there is none, or it can't be read."""
    if os.path.lexists(state_path()):
        with state_directory() as folder:
            for file in record_files(folder):
                if str(file.number) == id:
                    return load_record(folder, file)
    raise SshkeepError(f"there is no record {id}", "`sshkeep undo --list` lists them")


def last_record() -> Record | None:
    """The one to take back next: of a run that was cut off, else the newest that is in effect.

    Raises SshkeepError where it can't be read.
    """
    if not os.path.lexists(state_path()):
        return None
    with state_directory() as folder:
        files = record_files(folder)
        for state in ("pending", "done"):
            for file in files:
                if file.state == state:
                    return load_record(folder, file)
    return None
