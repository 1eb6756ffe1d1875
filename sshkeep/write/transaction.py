"""Write several files so that all are written or none, even if the machine stops midway.

First comes the record of what was there, then every new file under a temporary name, then the renames, then
the record's mark that all is done. Each step is on disk before the next one begins.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timezone

from sshkeep.config.tree.file_system import MAX_FILE_BYTES
from sshkeep.errors import SshkeepError
from sshkeep.fix.change import Change
from sshkeep.state.directory import state_directory
from sshkeep.state.record import About, FileRecord, Record
from sshkeep.state.record_store import add_record, mark_record, next_id, prune, remove_record
from sshkeep.syntax.source import clean
from sshkeep.system.existing_file import check_writable, read_existing
from sshkeep.system.held_directory import HeldDirectory
from sshkeep.system.replacement import NewFile, Replacement, discard_all, replace_all
from sshkeep.system.safe_path import HeldDirectories
from sshkeep.system.write_errors import changed_error, write_error
from sshkeep.write.on_trial import check_not_on_trial
from sshkeep.write.recovery import settle_interrupted
from sshkeep.write.undo import restore
from sshkeep.write.user_config import is_user_config, make_private_folder

BeforeWriting = Callable[[HeldDirectory, Record], None]
"""Gets the open state directory and the record, which is on disk, before any file is changed."""


def write_changes(
    changes: Sequence[Change], about: About, before_writing: BeforeWriting | None = None
) -> Record:
    """Make every change, and return the record with which `sshkeep.write.undo` undoes them.

    Changes that change nothing are left out. ``before_writing`` may raise. Raises SshkeepError, and then
    nothing is changed; only where even restoring fails, its text says so.
    """
    wanted = list(dict.fromkeys(change for change in changes if change.before != change.after))
    if not wanted:
        raise SshkeepError("there is nothing to write")
    with HeldDirectories() as directories:
        replacements = [_checked(change, directories) for change in wanted]
        _check_distinct(replacements)
        with state_directory() as state:
            try:
                paths = {each.entry.path for each in replacements}
                on_trial = check_not_on_trial(state, paths)
                settle_interrupted(state, paths)
                prune(state, keep=on_trial)
            except OSError as error:
                raise SshkeepError(
                    f"can't keep records in {state.path}: {error.strerror}", "nothing was written"
                ) from None
            return _write(state, replacements, about, before_writing)


def _checked(change: Change, directories: HeldDirectories) -> Replacement:
    try:
        if is_user_config(change):
            make_private_folder(os.path.dirname(change.path))
        entry = directories.locate(change.path)
    except OSError as error:
        raise write_error(change.path, error) from None
    found = read_existing(entry, change.path, max_bytes=MAX_FILE_BYTES)
    if (found.data if found else None) != change.before:
        raise changed_error(change.path)
    check_writable(entry, change.path)
    new = NewFile.PRIVATE if is_user_config(change) else NewFile.LIKE_DIRECTORY
    return Replacement(entry, change.path, found, change.after, new=new)


def _check_distinct(replacements: Sequence[Replacement]) -> None:
    seen = set()
    for each in replacements:
        name = (each.entry.directory, each.entry.name)
        if name in seen or (each.found and each.found.identity in seen):
            raise write_error(each.path, "it is to become two different things", "name it once")
        seen |= {name, each.found.identity if each.found else name}


def _write(
    state: HeldDirectory, replacements: list[Replacement], about: About, before_writing: BeforeWriting | None
) -> Record:
    record = _record(next_id(state), replacements, about)
    add_record(state, record)
    try:
        if before_writing:
            before_writing(state, record)
        replace_all(replacements)
        return mark_record(state, record, "done")
    except BaseException as error:
        _restore(state, record, replacements, error)
        if isinstance(error, OSError):
            raise SshkeepError(
                f"can't mark record {record.id} in {state.path}: {error.strerror}", "nothing was written"
            ) from None
        raise


def _record(id: str, replacements: Sequence[Replacement], about: About) -> Record:
    return Record(
        id=id,
        when=datetime.now(timezone.utc).replace(microsecond=0),
        about=About(clean(about.command), tuple(map(clean, about.reasons)), clean(about.target)),
        files=tuple(map(_file_record, replacements)),
        state="pending",
    )


def _file_record(replacement: Replacement) -> FileRecord:
    found, data = replacement.found, replacement.data
    return FileRecord(
        path=replacement.entry.path,
        before=found.data if found else None,
        after=data,
        attributes=found.attributes if found and data is None else None,
        temporary=replacement.temporary,
    )


def _restore(
    state: HeldDirectory, record: Record, replacements: Sequence[Replacement], error: BaseException
) -> None:
    """Restore what was replaced so far, and remove the record. Raises SshkeepError where that fails, too.

    A file that was not begun may have been changed by another process, and is left alone.
    """
    begun = tuple(file for file, each in zip(record.files, replacements, strict=True) if each.begun)
    try:
        discard_all(replacements)
        result = restore(state, replace(record, files=begun))
        stuck = result.differences[0].path if result.differences else ""
    except SshkeepError as second:
        stuck = second.sentence
    if stuck:
        raise SshkeepError(
            f"{getattr(error, 'sentence', 'interrupted')}; and not all could be put back: {stuck}",
            "`sshkeep undo` does it when that is repaired",
        ) from None
    with suppress(OSError):
        remove_record(state, replace(record, state="undone"))
