"""The records of this user's runs, for reading."""

from __future__ import annotations

import os
from typing import NamedTuple

from sshkeep.errors import SshkeepError
from sshkeep.write.record import About, FileRecord, Record
from sshkeep.write.state import state_folder, state_path
from sshkeep.write.store import kept, load

__all__ = ["About", "FileRecord", "Found", "Record", "find", "last", "record_of", "records"]


class Found(NamedTuple):
    """The records, newest first, and a sentence for each file that is none but is called so."""

    records: list[Record]
    problems: list[str]


def find() -> Found:
    """All there is. Raises SshkeepError where the state directory itself can't be read."""
    found = Found([], [])
    if os.path.lexists(state_path()):
        with state_folder() as folder:
            for file in kept(folder):
                try:
                    found.records.append(load(folder, file))
                except SshkeepError as error:
                    found.problems.append(str(error))
    return found


def records() -> list[Record]:
    """Newest first. Raises as `find`."""
    return find().records


def record_of(id: str) -> Record:
    """The record with this number. Raises SshkeepError where there is none, or it can't be read."""
    if os.path.lexists(state_path()):
        with state_folder() as folder:
            for file in kept(folder):
                if str(file.number) == id:
                    return load(folder, file)
    raise SshkeepError(f"there is no record {id}", "`sshkeep undo --list` lists them")


def last() -> Record | None:
    """The one to take back next: of a run that was cut off, else the newest that is in effect.

    Raises SshkeepError where it can't be read.
    """
    if not os.path.lexists(state_path()):
        return None
    with state_folder() as folder:
        files = kept(folder)
        for state in ("pending", "done"):
            for file in files:
                if file.state == state:
                    return load(folder, file)
    return None
