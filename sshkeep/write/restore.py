"""Taking a record's files back to what they were before it, whatever has become of the run."""

from __future__ import annotations

from typing import NamedTuple

from sshkeep.errors import SshkeepError
from sshkeep.state.record import FileRecord, Record, StoredAttributes
from sshkeep.state.record_store import mark_record
from sshkeep.system.attributes import Attributes
from sshkeep.system.existing_file import ExistingFile, check_writable, read_existing
from sshkeep.system.held_directories import HeldDirectories
from sshkeep.system.held_directory import HeldDirectory
from sshkeep.system.replacement import Replacement, remove_temporary, replace_all
from sshkeep.system.safe_path import Entry
from sshkeep.system.write_errors import write_error


class Difference(NamedTuple):
    """A file that is neither as the record left it nor as it was before; None is no file.

    ``left`` is what it was before where the run was cut off and may never have come to it.
    """

    path: str
    left: bytes | None
    now: bytes | None


class UndoResult(NamedTuple):
    """The files that are now as before, or what stood in the way of all; then none was touched."""

    restored: tuple[str, ...]
    differences: tuple[Difference, ...]


class CurrentFile(NamedTuple):
    """A record's file as it is; ``place`` is None where its directory is gone."""

    file: FileRecord
    place: Entry | None
    found: ExistingFile | None

    @property
    def data(self) -> bytes | None:
        return self.found.data if self.found else None


def current_files(record: Record, folders: HeldDirectories) -> list[CurrentFile]:
    """Each file as it is; what a cut off run left beside it is removed. Raises SshkeepError."""
    return [_look(file, folders) for file in record.files]


def _look(file: FileRecord, folders: HeldDirectories) -> CurrentFile:
    try:
        place = folders.locate(file.path, follow=False)
    except FileNotFoundError:
        return CurrentFile(file, None, None)
    except OSError as error:
        raise write_error(file.path, error) from None
    remove_temporary(place, file.temporary)
    return CurrentFile(file, place, read_existing(place, file.path))


def restore(state: HeldDirectory, record: Record) -> UndoResult:
    """Every file that is as the record left it becomes as it was; the record is marked ``undone``.

    The record is ``pending`` meanwhile, so that the next undo ends what a kill cut off. Raises
    SshkeepError.
    """
    with HeldDirectories() as folders:
        files = current_files(record, folders)
        differences = tuple(_difference(now, record) for now in files if not _known(now))
        if differences:
            return UndoResult((), differences)
        replacements = [_way_back(f, f.place) for f in files if f.place and f.data != f.file.before]
        for each in replacements:
            check_writable(each.place, each.path)
        _run_marked(state, record, replacements)
    return UndoResult(tuple(each.path for each in replacements), ())


def _known(now: CurrentFile) -> bool:
    return now.data == now.file.before or (now.place is not None and now.data == now.file.after)


def _difference(now: CurrentFile, record: Record) -> Difference:
    left = now.file.before if record.state == "pending" else now.file.after
    return Difference(now.file.path, left, now.data)


def _way_back(now: CurrentFile, place: Entry) -> Replacement:
    file = now.file
    attributes = attributes_from_record(file.attributes) if file.attributes else None
    return Replacement(place, file.path, now.found, file.before, file.temporary, attributes)


def _run_marked(state: HeldDirectory, record: Record, replacements: list[Replacement]) -> None:
    try:
        pending = mark_record(state, record, "pending")
        try:
            replace_all(replacements)
        finally:
            for each in replacements:
                each.drop()
        mark_record(state, pending, "undone")
    except OSError as error:
        raise SshkeepError(f"can't mark record {record.id} in {state.path}: {error.strerror}") from None
    except SshkeepError as error:
        raise SshkeepError(error.sentence, "`sshkeep undo` can be run again when that is mended") from None


def stored_attributes(attributes: Attributes) -> StoredAttributes:
    """As a record holds them."""
    return StoredAttributes(**vars(attributes))


def attributes_from_record(kept: StoredAttributes) -> Attributes:
    """As they were put into the record."""
    return Attributes(kept.mode, kept.uid, kept.gid, kept.extended)
