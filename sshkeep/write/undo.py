"""Taking back what a run wrote."""

from __future__ import annotations

from sshkeep.errors import SshkeepError
from sshkeep.state.directory import state_directory
from sshkeep.state.record import Record
from sshkeep.state.record_store import load_record, record_files
from sshkeep.write.restore import Difference, UndoResult, restore

__all__ = ["Difference", "UndoResult", "undo"]


def undo(record: Record) -> UndoResult:
    """All files of the record become what they were before it, or none.

    None where one of them is no longer as the record left it: then the differences come back. Files
    that are as before already, since the run was cut off, count as done. Raises SshkeepError.
    """
    with state_directory() as folder:
        for file in record_files(folder):
            if str(file.number) == record.id:
                record = load_record(folder, file)  # another sshkeep may have come first
                if record.state == "undone":
                    raise SshkeepError(f"record {record.id} has been taken back already")
                return restore(folder, record)
    raise SshkeepError(f"there is no record {record.id} any more")
