"""Where a command's result goes: standard output, or the file or stream of --output."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING

from sshkeep.errors import SshkeepError
from sshkeep.trees.kind import kind_by_name

if TYPE_CHECKING:  # most runs have no --output
    from sshkeep.system.output import Output


@contextmanager
def result_errors() -> Iterator[None]:
    """Let the errors of standard output be a SshkeepError, but BrokenPipeError what it is."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        drop_output()
        raise SshkeepError(f"can't write the result: {error.strerror}") from None


def flush_result() -> None:
    """All that was printed has gone out when this returns. Raises as `result_errors`."""
    with result_errors():
        sys.stdout.flush()


def drop_output() -> None:
    """Send what is still buffered nowhere, so that nothing complains about it at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class OutputWriter:
    """Writes the result piece by piece; a context manager.

    Standard output gets each piece at once. A file of --output gets all at the end, and stays as it was where
    the command fails; whether it can be written is checked at the beginning. With ``paged``, lines for a
    terminal that are more than it shows go through the user's pager.
    """

    def __init__(self, path: str | None, *, paged: bool = False) -> None:
        self.path = path
        self.paged = paged
        self.output: Output | None = None
        self.pieces: list[bytes] = []

    def __enter__(self) -> OutputWriter:
        if self.path is not None:
            from sshkeep.system.output import open_output

            if kind_by_name(self.path):
                raise SshkeepError(
                    f"--output {self.path} has the name of a config", "write the report elsewhere"
                )
            self.output = open_output(self.path)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.output:
            with self.output:
                if error is None:
                    self._write(self.output)

    def _write(self, output: Output) -> None:
        try:
            output.write(b"".join(self.pieces))
        except SshkeepError as error:  # its hint may say that nothing was written, but configs may have been
            raise SshkeepError(error.sentence, "name another --output") from None

    def lines(self, lines: Iterable[str]) -> None:
        """Print each line."""
        ended = (f"{line}\n" for line in lines)
        if self.output:
            self.pieces.append("".join(ended).encode("utf-8", "backslashreplace"))
        else:
            with result_errors():
                if self.paged and sys.stdout.isatty():
                    from sshkeep.cli.pager import write_paged

                    write_paged(ended)
                else:
                    sys.stdout.writelines(ended)  # one by one: a large config has a million

    def data(self, data: bytes) -> None:
        """Print bytes as they are."""
        if self.output:
            self.pieces.append(data)
        else:
            with result_errors():
                sys.stdout.flush()
                sys.stdout.buffer.write(data)
