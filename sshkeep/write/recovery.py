"""Runs that were cut off before: what becomes of their records when the same files are written again."""

from __future__ import annotations

from collections.abc import Collection

from sshkeep.errors import SshkeepError
from sshkeep.state.record import Record
from sshkeep.state.record_store import load_record, mark_record, record_files
from sshkeep.system.held_directories import HeldDirectories
from sshkeep.system.held_directory import HeldDirectory
from sshkeep.write.restore import CurrentFile, current_files


def settle_interrupted(state: HeldDirectory, paths: Collection[str]) -> None:
    """A cut off run that left all files old, or all new, is marked so.

    Raises SshkeepError where it left one of ``paths`` among files of which some are old and some new,
    and OSError.
    """
    for file in record_files(state):
        if file.state == "pending":
            record = load_record(state, file)
            if any(each.path in paths for each in record.files):
                _settle(state, record)


def _settle(state: HeldDirectory, record: Record) -> None:
    with HeldDirectories() as folders:
        files = current_files(record, folders)
        for folder in folders.held.values():
            folder.sync()
    if all(_is(now, now.file.before) for now in files):
        mark_record(state, record, "undone")
    elif all(_is(now, now.file.after) for now in files):
        mark_record(state, record, "done")
    else:
        raise SshkeepError(
            f"an earlier run (record {record.id}) was cut off while it wrote {record.files[0].path}",
            "nothing was written; `sshkeep undo` takes back what that run wrote",
        )


def _is(now: CurrentFile, data: bytes | None) -> bool:
    return now.data == data
