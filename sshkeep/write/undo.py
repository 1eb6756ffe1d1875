"""Restore the files of a record as they were before it, whatever became of the run."""

from __future__ import annotations

from typing import NamedTuple

from sshkeep.config.tree.file_system import MAX_FILE_BYTES
from sshkeep.errors import SshkeepError
from sshkeep.state.directory import state_directory
from sshkeep.state.record import FileRecord, Record
from sshkeep.state.record_store import load_record, mark_record, record_files
from sshkeep.system.existing_file import ExistingFile, check_writable, read_existing
from sshkeep.system.held_directory import HeldDirectory
from sshkeep.system.replacement import Replacement, discard_all, discard_temporary, replace_all
from sshkeep.system.safe_path import DirectoryEntry, HeldDirectories
from sshkeep.system.write_errors import write_error


class Difference(NamedTuple):
    """A file that is neither as the record left it nor as it was before; None means no file.

    ``left`` is the content before the run where the run was interrupted and may never have written the file.
    """

    path: str
    left: bytes | None
    now: bytes | None


class UndoResult(NamedTuple):
    """The files that were restored, or the differences that prevent it; then no file was touched."""

    restored: tuple[str, ...]
    differences: tuple[Difference, ...]


class CurrentFile(NamedTuple):
    """A record's file as it is now; ``entry`` is None where its directory is gone."""

    file: FileRecord
    entry: DirectoryEntry | None
    found: ExistingFile | None

    @property
    def data(self) -> bytes | None:
        return self.found.data if self.found else None


def undo_changes(record: Record) -> UndoResult:
    """Restore all files of the record, or none where one of them has been changed since.

    Files that are as before already, since the run was interrupted, need nothing. Raises SshkeepError.
    """
    with state_directory() as directory:
        for file in record_files(directory):
            if str(file.number) == record.id:
                record = load_record(directory, file)  # another sshkeep may have been faster
                if record.state == "undone":
                    raise SshkeepError(f"record {record.id} has been taken back already")
                return restore(directory, record)
    raise SshkeepError(f"there is no record {record.id} any more")


def restore(state: HeldDirectory, record: Record) -> UndoResult:
    """`undo` in the open state directory.

    The record is ``pending`` meanwhile, so that the next undo finishes an interrupted one. Raises
    SshkeepError.
    """
    with HeldDirectories() as directories:
        files = current_files(record, directories)
        differences = tuple(_difference(now, record) for now in files if not _is_known(now))
        if differences:
            return UndoResult((), differences)
        replacements = [_back(f, f.entry) for f in files if f.entry and f.data != f.file.before]
        for each in replacements:
            check_writable(each.entry, each.path)
        _replace(state, record, replacements)
    return UndoResult(tuple(each.path for each in replacements), ())


def current_files(record: Record, directories: HeldDirectories) -> list[CurrentFile]:
    """Each file as it is now. Temporary files of an interrupted run are removed. Raises SshkeepError."""
    return [_current(file, directories) for file in record.files]


def _current(file: FileRecord, directories: HeldDirectories) -> CurrentFile:
    try:
        entry = directories.locate(file.path, follow=False)
    except FileNotFoundError:
        return CurrentFile(file, None, None)
    except OSError as error:
        raise write_error(file.path, error) from None
    discard_temporary(entry, file.temporary)
    return CurrentFile(file, entry, read_existing(entry, file.path, max_bytes=MAX_FILE_BYTES))


def _is_known(now: CurrentFile) -> bool:
    return now.data == now.file.before or (now.entry is not None and now.data == now.file.after)


def _difference(now: CurrentFile, record: Record) -> Difference:
    left = now.file.before if record.state == "pending" else now.file.after
    return Difference(now.file.path, left, now.data)


def _back(now: CurrentFile, entry: DirectoryEntry) -> Replacement:
    file = now.file
    attributes = file.attributes.restore() if file.attributes else None
    return Replacement(
        entry, file.path, now.found, file.before, temporary=file.temporary, attributes=attributes
    )


def _replace(state: HeldDirectory, record: Record, replacements: list[Replacement]) -> None:
    try:
        pending = mark_record(state, record, "pending")
        try:
            replace_all(replacements)
        finally:
            discard_all(replacements)
        mark_record(state, pending, "undone")
    except OSError as error:
        raise SshkeepError(f"can't mark record {record.id} in {state.path}: {error.strerror}") from None
    except SshkeepError as error:
        raise SshkeepError(error.sentence, "`sshkeep undo` can be run again when that is mended") from None
