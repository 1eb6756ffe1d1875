"""Restore the files of a record as they were before it, whatever became of the run."""

from __future__ import annotations

import os
from contextlib import suppress

from sshkeep.config.tree.file_system import MAX_FILE_BYTES
from sshkeep.errors import SshkeepError
from sshkeep.named import NamedTuple
from sshkeep.state.directory import state_directory
from sshkeep.state.record import FileRecord, Record
from sshkeep.state.record_store import load_record, mark_record, record_files
from sshkeep.system.existing_file import ExistingFile, check_writable, read_existing
from sshkeep.system.held_directory import HeldDirectory
from sshkeep.system.replacement import (
    Replacement,
    discard_all,
    discard_temporary,
    put_back,
    replace_all,
)
from sshkeep.system.safe_path import DirectoryEntry, HeldDirectories
from sshkeep.system.write_errors import write_error


class NotPutBack(SshkeepError):
    """Some files were restored, and others could not be."""


class Difference(NamedTuple):
    """A file that is neither as the record left it nor as it was before; None means no file.

    ``left`` is the content before the run where the run was interrupted and may never have written the file.
    """

    path: str
    left: bytes | None
    now: bytes | None
    later: str = ""
    """The number of a later record whose run made it what it is; empty for what is not sshkeep's."""


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
        return restore(directory, _stored(directory, record))


def check_undo(record: Record) -> UndoResult:
    """What `undo_changes` would do; nothing is written. Raises SshkeepError."""
    with state_directory() as state, HeldDirectories() as directories:
        record = _stored(state, record)
        files = current_files(record, directories)
        differences = _differences(files, record, state)
        restored = tuple(now.file.path for now in files if now.data != now.file.before)
        return UndoResult((), differences) if differences else UndoResult(restored, ())


def files_are_gone(record: Record) -> bool:
    """Whether a file that the run left is there no more, so that undo would find a difference."""
    cut_off = record.state == "pending"  # it may not have come to creating the file
    left = [file for file in record.files if file.after is not None and not (cut_off and file.before is None)]
    return any(not os.path.lexists(file.path) for file in left)


def _stored(directory: HeldDirectory, record: Record) -> Record:
    """The record as it is now: another sshkeep may have been faster. Raises SshkeepError."""
    for file in record_files(directory):
        if str(file.number) == record.id:
            record = load_record(directory, file)
            if record.state == "undone":
                raise SshkeepError(f"record {record.id} has been taken back already")
            return record
    raise SshkeepError(f"record {record.id} no longer exists")


def restore(state: HeldDirectory | None, record: Record) -> UndoResult:
    """`undo_changes` in the open state directory; None where the record no longer exists.

    The record is ``pending`` meanwhile, so that the next undo finishes an interrupted one. Raises
    SshkeepError, and then all files are as they were, unless its text says otherwise.
    """
    with HeldDirectories() as directories:
        files = current_files(record, directories)
        differences = _differences(files, record, state)
        if differences:
            return UndoResult((), differences)
        replacements = [_back(f, f.entry) for f in files if f.entry and f.data != f.file.before]
        for each in replacements:
            check_writable(each.entry, each.path)
        if state:
            _replace_and_mark(state, record, replacements)
        else:
            _replace(replacements)
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


def _differences(
    files: list[CurrentFile], record: Record, state: HeldDirectory | None
) -> tuple[Difference, ...]:
    return tuple(_difference(now, record, state) for now in files if not _is_known(now))


def _is_known(now: CurrentFile) -> bool:
    return now.data == now.file.before or (now.entry is not None and now.data == now.file.after)


def _difference(now: CurrentFile, record: Record, state: HeldDirectory | None) -> Difference:
    left = now.file.before if record.state == "pending" else now.file.after
    later = _later_record(now, record, state) if state else ""
    return Difference(now.file.path, left, now.data, later)


def _later_record(now: CurrentFile, record: Record, state: HeldDirectory) -> str:
    """The newest later record that left the file as it is now; empty where there is none."""
    for file in record_files(state):
        if file.number <= int(record.id):
            break
        if file.state == "done":
            with suppress(SshkeepError):  # a damaged one has no data
                later = load_record(state, file)
                if any(each.path == now.file.path and each.after == now.data for each in later.files):
                    return later.id
    return ""


def _back(now: CurrentFile, entry: DirectoryEntry) -> Replacement:
    file = now.file
    return Replacement(
        entry, file.path, now.found, file.before, temporary=file.temporary, attributes=file.attributes
    )


def _replace_and_mark(state: HeldDirectory, record: Record, replacements: list[Replacement]) -> None:
    """Raises SshkeepError, and then files and record are as they were, unless its text says otherwise."""
    try:
        pending = mark_record(state, record, "pending")
    except OSError as error:
        raise _not_marked(state, record, error) from None
    try:
        _replace(replacements)
    except NotPutBack:
        raise
    except BaseException:
        with suppress(OSError):
            mark_record(state, pending, record.state)
        raise
    try:
        mark_record(state, pending, "undone")
    except OSError as error:
        raise SshkeepError(
            f"the files of record {record.id} were taken back, but it can't be marked so in {state.path}: "
            f"{error.strerror}",
            "`sshkeep undo` marks it when that is repaired",
        ) from None


def _not_marked(state: HeldDirectory, record: Record, error: OSError) -> SshkeepError:
    return SshkeepError(
        f"can't mark record {record.id} in {state.path}: {error.strerror}", "nothing was taken back"
    )


def _replace(replacements: list[Replacement]) -> None:
    """All or none. Raises SshkeepError; it is NotPutBack where some files could not be put back."""
    try:
        try:
            replace_all(replacements)
        finally:
            discard_all(replacements)
    except BaseException as error:
        stuck = put_back(replacements)
        if stuck:
            raise NotPutBack(
                f"{getattr(error, 'sentence', 'interrupted')}; and not all could be put back: {stuck}",
                "`sshkeep undo` can be run again when that is repaired",
            ) from None
        if isinstance(error, SshkeepError):
            hint = error.hint.replace("nothing was written", "nothing was taken back")
            raise SshkeepError(error.sentence, hint) from None
        raise
