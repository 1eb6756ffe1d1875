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
from sshkeep.syntax.source import clean
from sshkeep.write.back import kept_attributes, take_back
from sshkeep.write.folder import Folder
from sshkeep.write.folders import Folders
from sshkeep.write.present import check_may_write, look
from sshkeep.write.record import About, FileRecord, Record
from sshkeep.write.replacement import Replacement, run, temporary_name
from sshkeep.write.state import state_folder
from sshkeep.write.store import add, drop, kept, mark, tidy
from sshkeep.write.told import cannot_write, changed_meanwhile
from sshkeep.write.unfinished import settle


def write_changes(changes: Sequence[Change], about: About) -> Record:
    """Make every change, and leave a record with which `sshkeep.write.undo` takes them back.

    Raises SshkeepError, and then nothing is changed; only where even putting back what was done fails,
    its text says so. Changes that change nothing are left out.
    """
    wanted = list(dict.fromkeys(change for change in changes if change.before != change.after))
    if not wanted:
        raise SshkeepError("there is nothing to write")
    with Folders() as folders:
        replacements = [_checked(change, folders) for change in wanted]
        _check_distinct(replacements)
        with state_folder() as state:
            try:
                settle(state, {each.place.path for each in replacements})
                tidy(state)
            except OSError as error:
                raise SshkeepError(
                    f"can't keep records in {state.path}: {error.strerror}", "nothing was written"
                ) from None
            return _write(state, replacements, about)


def _checked(change: Change, folders: Folders) -> Replacement:
    try:
        place = folders.reach(change.path)
    except OSError as error:
        raise cannot_write(change.path, error) from None
    found = look(place, change.path)
    if (found.data if found else None) != change.before:
        raise changed_meanwhile(change.path)
    check_may_write(place, change.path)
    return Replacement(place, change.path, found, change.after, temporary_name())


def _check_distinct(replacements: Sequence[Replacement]) -> None:
    seen = set()
    for each in replacements:
        name = (id(each.place.folder), each.place.name)
        if name in seen or (each.found and each.found.seen in seen):
            raise cannot_write(each.path, "it is to become two different things", "name it once")
        seen |= {name, each.found.seen if each.found else name}


def _write(state: Folder, replacements: list[Replacement], about: About) -> Record:
    record = _record(state, replacements, about)
    add(state, record)
    try:
        run(replacements)
        return mark(state, record, "done")
    except BaseException as error:
        _put_back(state, record, replacements, error)
        if isinstance(error, OSError):
            raise SshkeepError(
                f"can't mark record {record.id} in {state.path}: {error.strerror}", "nothing was written"
            ) from None
        raise


def _record(state: Folder, replacements: Sequence[Replacement], about: About) -> Record:
    newest = next(iter(kept(state)), None)
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
        attributes=kept_attributes(found.attributes) if found and data is None else None,
        temporary=replacement.temporary,
    )


def _put_back(
    state: Folder, record: Record, replacements: Sequence[Replacement], error: BaseException
) -> None:
    """What was done so far is undone, and the record goes. Raises SshkeepError where that fails, too.

    A file that was not begun may be somebody's newer one, and is left alone.
    """
    begun = tuple(file for file, each in zip(record.files, replacements, strict=True) if each.begun)
    try:
        for each in replacements:
            each.drop()
        undone = take_back(state, record.model_copy(update={"files": begun}))
        stuck = undone.differences[0].path if undone.differences else ""
    except SshkeepError as second:
        stuck = second.sentence
    if stuck:
        raise SshkeepError(
            f"{getattr(error, 'sentence', 'interrupted')}; and not all could be put back: {stuck}",
            "`sshkeep undo` does it when that is mended",
        ) from None
    with suppress(OSError):
        drop(state, record.model_copy(update={"state": "undone"}))
