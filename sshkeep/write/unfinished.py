"""Runs that were cut off before: what becomes of their records when the same files are written again."""

from __future__ import annotations

from collections.abc import Collection

from sshkeep.errors import SshkeepError
from sshkeep.write.back import Now, look_again
from sshkeep.write.folder import Folder
from sshkeep.write.folders import Folders
from sshkeep.write.record import Record
from sshkeep.write.store import kept, load, mark


def settle(state: Folder, paths: Collection[str]) -> None:
    """A cut off run that left all files old, or all new, is marked so.

    Raises SshkeepError where it left one of ``paths`` among files of which some are old and some new,
    and OSError.
    """
    for file in kept(state):
        if file.state == "pending":
            record = load(state, file)
            if any(each.path in paths for each in record.files):
                _settle(state, record)


def _settle(state: Folder, record: Record) -> None:
    with Folders() as folders:
        files = look_again(record, folders)
        for folder in folders.held.values():
            folder.sync()
    if all(_is(now, now.file.before) for now in files):
        mark(state, record, "undone")
    elif all(_is(now, now.file.after) for now in files):
        mark(state, record, "done")
    else:
        raise SshkeepError(
            f"an earlier run (record {record.id}) was cut off while it wrote {record.files[0].path}",
            "nothing was written; `sshkeep undo` takes back what that run wrote",
        )


def _is(now: Now, data: bytes | None) -> bool:
    return now.data == data
