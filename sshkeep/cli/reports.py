"""The reports of one run: each --format goes to its --output, or to standard output."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import ExitStack
from types import TracebackType
from typing import Any

from sshkeep.cli.formats import Format, View, formatted_lines
from sshkeep.cli.output import OutputWriter
from sshkeep.errors import SshkeepError
from sshkeep.output.terminal import Terminal


class Reports:
    """Writes a result in each format; a context manager, at whose end the files are there.

    Of several formats with one --output less, the first goes to standard output. In a job of GitHub Actions
    the default is text, and then the commands that show findings beside the lines.
    """

    def __init__(self, formats: Sequence[Format] | None, outputs: Sequence[str] | None) -> None:
        paths: list[str | None] = [*(outputs or ())]
        if not formats and not paths and os.environ.get("GITHUB_ACTIONS") == "true":
            formats, paths = ("text", "github"), [None, None]
        formats = formats or ("text",)
        if len(paths) == len(formats) - 1:
            paths.insert(0, None)
        if len(paths) != len(formats):
            raise SshkeepError(
                f"--format is given {len(formats)} times and --output {len(paths)} times",
                "each format needs its own --output; the first one may do without, and is printed",
            )
        self._stack = ExitStack()
        self._writers = [(format, OutputWriter(path)) for format, path in zip(formats, paths, strict=True)]

    @property
    def formats(self) -> tuple[Format, ...]:
        """All formats that are written."""
        return tuple(format for format, _ in self._writers)

    def __enter__(self) -> Reports:
        for _, writer in self._writers:
            self._stack.enter_context(writer)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)

    def write(self, command: str, result: Any, view: View) -> None:
        """The result in each format; a file has no colours."""
        plain = view._replace(terminal=Terminal("never", view.terminal.language))
        for format, writer in self._writers:
            shown = view if writer.path is None else plain
            writer.lines(formatted_lines(command, format, result, shown))
