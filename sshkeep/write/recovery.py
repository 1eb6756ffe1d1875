"""Records of interrupted runs: what becomes of them when their files are written again."""

from __future__ import annotations

from collections.abc import Collection

from sshkeep.errors import SshkeepError
from sshkeep.state.record import Record
from sshkeep.state.record_store import load_record, mark_record, record_files
from sshkeep.system.held_directory import HeldDirectory
from sshkeep.system.safe_path import HeldDirectories
from sshkeep.write.undo import current_files


def settle_interrupted(state: HeldDirectory, paths: Collection[str]) -> None:
    """Mark an interrupted run that left all of its files old, or all new, as undone or done.

    Only runs that wrote one of ``paths`` count. Raises SshkeepError for one that left some files old and some
    new, and OSError.
    """
    for file in record_files(state):
        if file.state == "pending":
            record = load_record(state, file)
            if any(each.path in paths for each in record.files):
                _settle(state, record)


def _settle(state: HeldDirectory, record: Record) -> None:
    with HeldDirectories() as directories:
        files = current_files(record, directories)
        for directory in directories.held.values():
            directory.sync()
    if all(now.data == now.file.before for now in files):
        mark_record(state, record, "undone")
    elif all(now.data == now.file.after for now in files):
        mark_record(state, record, "done")
    else:
        raise SshkeepError(
            f"an earlier run (record {record.id}) was cut off while it wrote {record.files[0].path}",
            "nothing was written; `sshkeep undo` takes back what that run wrote",
        )
