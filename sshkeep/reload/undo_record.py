"""Undo as a trial needs it: by the id of the record."""

from __future__ import annotations

from sshkeep.errors import SshkeepError
from sshkeep.state.records import record_with_id
from sshkeep.write.undo import undo


def undo_record(id: str) -> None:
    """Put back what the run with this id wrote, unless somebody did so already. Raises SshkeepError."""
    record = record_with_id(id)
    if record.state == "undone":
        return
    undone = undo(record)
    if undone.differences:
        raise SshkeepError(f"{undone.differences[0].path} was changed since")
