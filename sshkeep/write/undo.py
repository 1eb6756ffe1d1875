"""Taking back what a run wrote."""

from __future__ import annotations

from sshkeep.errors import SshkeepError
from sshkeep.write.back import Difference, Undone, take_back
from sshkeep.write.record import Record
from sshkeep.write.state import state_folder
from sshkeep.write.store import kept, load

__all__ = ["Difference", "Undone", "undo"]


def undo(record: Record) -> Undone:
    """All files of the record become what they were before it, or none.

    None where one of them is no longer as the record left it: then the differences come back. Files
    that are as before already, since the run was cut off, count as done. Raises SshkeepError.
    """
    with state_folder() as folder:
        for file in kept(folder):
            if str(file.number) == record.id:
                record = load(folder, file)  # another sshkeep may have come first
                if record.state == "undone":
                    raise SshkeepError(f"record {record.id} has been taken back already")
                return take_back(folder, record)
    raise SshkeepError(f"there is no record {record.id} any more")
