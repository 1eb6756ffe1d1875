"""Where a command's result goes: standard output, or the file of --output."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from types import TracebackType
from typing import TextIO

from sshkeep.errors import SshkeepError
from sshkeep.trees.kind import kind_by_name


class Sink:
    """Takes lines of text; a context manager."""

    def __init__(self, path: str | None) -> None:
        self.path = path
        self.stream: TextIO = sys.stdout

    def __enter__(self) -> Sink:
        if self.path is not None:
            if kind_by_name(self.path):
                raise SshkeepError(
                    f"--output {self.path} has the name of a config", "write the report elsewhere"
                )
            try:
                self.stream = open(self.path, "w", encoding="utf-8", errors="backslashreplace")
            except OSError as error:
                raise SshkeepError(
                    f"can't write {self.path}: {error.strerror}", "name another --output"
                ) from None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.path is not None:
            self.stream.close()

    def lines(self, lines: Iterable[str]) -> None:
        """Print each line."""
        self.stream.write("".join(f"{line}\n" for line in lines))
