"""The records' files in the state directory: ``12-done.json`` is the record with the number 12.

The state is part of the name, so that one rename changes it, and the content never changes.
"""

from __future__ import annotations

import os
import re
import stat
from typing import NamedTuple, cast

from pydantic import ValidationError

from sshkeep.errors import SshkeepError
from sshkeep.state.record import Record, RecordState
from sshkeep.system.held_directory import HeldDirectory
from sshkeep.system.replacement import TEMPORARY_PREFIX, temporary_name

MAX_FINISHED = 100
"""Older records go when a new one comes, unless they are of a run that was cut off."""
MAX_BYTES_OF_RECORD = 512 * 1024 * 1024
_NAME = re.compile(r"([1-9][0-9]{0,8})-(pending|done|undone)\.json")


class RecordFile(NamedTuple):
    """A record's file."""

    number: int
    state: RecordState

    @property
    def name(self) -> str:
        return f"{self.number}-{self.state}.json"


def record_files(folder: HeldDirectory) -> list[RecordFile]:
    """Every record's file, the newest first. Raises SshkeepError."""
    try:
        found = [_NAME.fullmatch(name) for name in folder.names()]
    except OSError as error:
        raise SshkeepError(f"can't read {folder.path}: {error.strerror}") from None
    files = [RecordFile(int(match[1]), cast(RecordState, match[2])) for match in found if match]
    return sorted(files, key=lambda file: file.number, reverse=True)


def load_record(folder: HeldDirectory, file: RecordFile) -> Record:
    """Raises SshkeepError where the file is not a record that sshkeep could have written."""
    path = os.path.join(folder.path, file.name)
    try:
        record = Record.model_validate_json(_read(folder, file.name))
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"]))
        raise _unusable(path, f"{field}: {first['msg']}" if field else first["msg"]) from None
    except (OSError, ValueError) as error:
        raise _unusable(path, getattr(error, "strerror", None) or str(error)) from None
    if record.id != str(file.number):
        raise _unusable(path, f"it says that it is record {record.id}")
    return record.model_copy(update={"state": file.state})


def _unusable(path: str, why: str) -> SshkeepError:
    return SshkeepError(f"{path} is no record of sshkeep's: {why}", "move it away if it is in the way")


def _read(folder: HeldDirectory, name: str) -> bytes:
    descriptor = folder.open(name)
    with os.fdopen(descriptor, "rb") as stream:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise ValueError("not a regular file")
        data = stream.read(MAX_BYTES_OF_RECORD + 1)
    if len(data) > MAX_BYTES_OF_RECORD:
        raise ValueError("too large")
    return data


def add_record(folder: HeldDirectory, record: Record) -> None:
    """A new record, on disk when this returns. Raises SshkeepError."""
    temporary = temporary_name()
    try:
        data = record.model_dump_json(indent=1).encode()
        if len(data) > MAX_BYTES_OF_RECORD:
            raise ValueError("the files are too large")
        descriptor = folder.create(temporary)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(descriptor)
        folder.replace(_file(record).name, temporary)
        folder.sync()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise SshkeepError(f"can't keep a record in {folder.path}: {reason}", "nothing was written") from None


def mark_record(folder: HeldDirectory, record: Record, state: RecordState) -> Record:
    """The record in its new state, on disk when this returns. Raises OSError."""
    marked = record.model_copy(update={"state": state})
    folder.replace(_file(marked).name, _file(record).name)
    folder.sync()
    return marked


def remove_record(folder: HeldDirectory, record: Record) -> None:
    """The record goes. Raises OSError."""
    folder.remove(_file(record).name)
    folder.sync()


def prune(folder: HeldDirectory) -> None:
    """What cut off runs left in the state directory goes, and old records. Raises OSError."""
    for name in folder.names():
        if name.startswith(TEMPORARY_PREFIX):
            folder.remove(name)
    finished = [file for file in record_files(folder) if file.state != "pending"]
    for file in finished[MAX_FINISHED:]:
        folder.remove(file.name)


def _file(record: Record) -> RecordFile:
    return RecordFile(int(record.id), record.state)
