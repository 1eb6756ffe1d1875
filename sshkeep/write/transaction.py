"""Writing several files so that all are written or none, even if the machine stops midway.

First the record of what was there, then every new file under a temporary name, then the renames, then
the record's mark that all is done; each is on disk before the next begins.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timezone

from sshkeep.errors import SshkeepError
from sshkeep.fix.change import Change
from sshkeep.state.directory import state_directory
from sshkeep.state.record import About, FileRecord, Record
from sshkeep.state.record_store import add_record, mark_record, prune, record_files, remove_record
from sshkeep.syntax.source import clean
from sshkeep.system.existing_file import check_writable, read_existing
from sshkeep.system.held_directories import HeldDirectories
from sshkeep.system.held_directory import HeldDirectory
from sshkeep.system.replacement import Replacement, replace_all, temporary_name
from sshkeep.system.write_errors import changed_error, write_error
from sshkeep.write.recovery import settle_interrupted
from sshkeep.write.restore import restore, stored_attributes


def write_changes(changes: Sequence[Change], about: About) -> Record:
    """Make every change, and leave a record with which `sshkeep.write.undo` takes them back.

    Raises SshkeepError, and then nothing is changed; only where even putting back what was done fails,
    its text says so. Changes that change nothing are left out.
    """
    wanted = list(dict.fromkeys(change for change in changes if change.before != change.after))
    if not wanted:
        raise SshkeepError("there is nothing to write")
    with HeldDirectories() as folders:
        replacements = [_checked(change, folders) for change in wanted]
        _check_distinct(replacements)
        with state_directory() as state:
            try:
                settle_interrupted(state, {each.place.path for each in replacements})
                prune(state)
            except OSError as error:
                raise SshkeepError(
                    f"can't keep records in {state.path}: {error.strerror}", "nothing was written"
                ) from None
            return _write(state, replacements, about)


def _checked(change: Change, folders: HeldDirectories) -> Replacement:
    try:
        place = folders.locate(change.path)
    except OSError as error:
        raise write_error(change.path, error) from None
    found = read_existing(place, change.path)
    if (found.data if found else None) != change.before:
        raise changed_error(change.path)
    check_writable(place, change.path)
    return Replacement(place, change.path, found, change.after, temporary_name())


def _check_distinct(replacements: Sequence[Replacement]) -> None:
    seen = set()
    for each in replacements:
        name = (id(each.place.directory), each.place.name)
        if name in seen or (each.found and each.found.identity in seen):
            raise write_error(each.path, "it is to become two different things", "name it once")
        seen |= {name, each.found.identity if each.found else name}


def _write(state: HeldDirectory, replacements: list[Replacement], about: About) -> Record:
    record = _record(state, replacements, about)
    add_record(state, record)
    try:
        replace_all(replacements)
        return mark_record(state, record, "done")
    except BaseException as error:
        _put_back(state, record, replacements, error)
        if isinstance(error, OSError):
            raise SshkeepError(
                f"can't mark record {record.id} in {state.path}: {error.strerror}", "nothing was written"
            ) from None
        raise


def _record(state: HeldDirectory, replacements: Sequence[Replacement], about: About) -> Record:
    newest = next(iter(record_files(state)), None)
    return Record(
        id=str(newest.number + 1 if newest else 1),
        when=datetime.now(timezone.utc).replace(microsecond=0),
        about=About(clean(about.command), tuple(map(clean, about.reasons)), clean(about.target)),
        files=tuple(map(_file_record, replacements)),
        state="pending",
    )


def _file_record(replacement: Replacement) -> FileRecord:
    found, data = replacement.found, replacement.data
    return FileRecord(
        path=replacement.place.path,
        before=found.data if found else None,
        after=data,
        attributes=stored_attributes(found.attributes) if found and data is None else None,
        temporary=replacement.temporary,
    )


def _put_back(
    state: HeldDirectory, record: Record, replacements: Sequence[Replacement], error: BaseException
) -> None:
    """What was done so far is undone, and the record goes. Raises SshkeepError where that fails, too.

    A file that was not begun may be somebody's newer one, and is left alone.
    """
    begun = tuple(file for file, each in zip(record.files, replacements, strict=True) if each.begun)
    try:
        for each in replacements:
            each.drop()
        undone = restore(state, record.model_copy(update={"files": begun}))
        stuck = undone.differences[0].path if undone.differences else ""
    except SshkeepError as second:
        stuck = second.sentence
    if stuck:
        raise SshkeepError(
            f"{getattr(error, 'sentence', 'interrupted')}; and not all could be put back: {stuck}",
            "`sshkeep undo` does it when that is mended",
        ) from None
    with suppress(OSError):
        remove_record(state, record.model_copy(update={"state": "undone"}))
