"""Taking a record's files back to what they were before it, whatever has become of the run."""

from __future__ import annotations

from typing import NamedTuple

from sshkeep.errors import SshkeepError
from sshkeep.write.attributes import Attributes
from sshkeep.write.folder import Folder
from sshkeep.write.folders import Folders
from sshkeep.write.present import Present, check_may_write, look
from sshkeep.write.reach import Place
from sshkeep.write.record import FileRecord, KeptAttributes, Record
from sshkeep.write.replacement import Replacement, remove_temporary, run
from sshkeep.write.store import mark
from sshkeep.write.told import cannot_write


class Difference(NamedTuple):
    """A file that is neither as the record left it nor as it was before; None is no file.

    ``left`` is what it was before where the run was cut off and may never have come to it.
    """

    path: str
    left: bytes | None
    now: bytes | None


class Undone(NamedTuple):
    """The files that are now as before, or what stood in the way of all; then none was touched."""

    restored: tuple[str, ...]
    differences: tuple[Difference, ...]


class Now(NamedTuple):
    """A record's file as it is; ``place`` is None where its directory is gone."""

    file: FileRecord
    place: Place | None
    found: Present | None

    @property
    def data(self) -> bytes | None:
        return self.found.data if self.found else None


def look_again(record: Record, folders: Folders) -> list[Now]:
    """Each file as it is; what a cut off run left beside it is removed. Raises SshkeepError."""
    return [_look(file, folders) for file in record.files]


def _look(file: FileRecord, folders: Folders) -> Now:
    try:
        place = folders.reach(file.path, follow=False)
    except FileNotFoundError:
        return Now(file, None, None)
    except OSError as error:
        raise cannot_write(file.path, error) from None
    remove_temporary(place, file.temporary)
    return Now(file, place, look(place, file.path))


def take_back(state: Folder, record: Record) -> Undone:
    """Every file that is as the record left it becomes as it was; the record is marked ``undone``.

    The record is ``pending`` meanwhile, so that the next undo ends what a kill cut off. Raises
    SshkeepError.
    """
    with Folders() as folders:
        files = look_again(record, folders)
        differences = tuple(_difference(now, record) for now in files if not _known(now))
        if differences:
            return Undone((), differences)
        replacements = [_way_back(f, f.place) for f in files if f.place and f.data != f.file.before]
        for each in replacements:
            check_may_write(each.place, each.path)
        _run_marked(state, record, replacements)
    return Undone(tuple(each.path for each in replacements), ())


def _known(now: Now) -> bool:
    return now.data == now.file.before or (now.place is not None and now.data == now.file.after)


def _difference(now: Now, record: Record) -> Difference:
    left = now.file.before if record.state == "pending" else now.file.after
    return Difference(now.file.path, left, now.data)


def _way_back(now: Now, place: Place) -> Replacement:
    file = now.file
    attributes = unpacked(file.attributes) if file.attributes else None
    return Replacement(place, file.path, now.found, file.before, file.temporary, attributes)


def _run_marked(state: Folder, record: Record, replacements: list[Replacement]) -> None:
    try:
        pending = mark(state, record, "pending")
        try:
            run(replacements)
        finally:
            for each in replacements:
                each.drop()
        mark(state, pending, "undone")
    except OSError as error:
        raise SshkeepError(f"can't mark record {record.id} in {state.path}: {error.strerror}") from None
    except SshkeepError as error:
        raise SshkeepError(error.sentence, "`sshkeep undo` can be run again when that is mended") from None


def kept_attributes(attributes: Attributes) -> KeptAttributes:
    """As a record holds them."""
    return KeptAttributes(**vars(attributes))


def unpacked(kept: KeptAttributes) -> Attributes:
    """As they were put into the record."""
    return Attributes(kept.mode, kept.uid, kept.gid, kept.extended)
