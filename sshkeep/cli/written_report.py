"""What was written is reported, also where the result can't be printed."""

from __future__ import annotations

from types import TracebackType

from sshkeep.cli.messages import print_message
from sshkeep.cli.output import flush_result


class WrittenReport:
    """A context manager around the printing of a result.

    Where that fails, or is interrupted, standard error gets ``written``, a sentence on the files that were
    changed; empty for none.
    """

    def __init__(self, written: str = "") -> None:
        self.written = written

    def on_written(self, record: str) -> None:
        """Files were written, and the record has this number."""
        self.written = f"the files were changed; to undo this change: sshkeep undo {record}"

    def __enter__(self) -> WrittenReport:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self.written:
            return
        try:
            if error is None:
                flush_result()
        except BaseException:
            print_message(self.written)
            raise
        if error is not None:
            print_message(self.written)
