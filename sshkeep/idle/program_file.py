"""The settings file of a program that is not OpenSSH, as lines."""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from typing import NamedTuple

from sshkeep.config.tree.file_system import UnreadableFile, describe_read_error, read_regular_file
from sshkeep.errors import SshkeepError

MAX_BYTES = 4 * 1024 * 1024
"""Hundreds of PuTTY's sessions."""


class Line(NamedTuple):
    """A line without its end, and where it stands."""

    text: str
    file: str
    number: int

    @property
    def where(self) -> str:
        """``file:line``."""
        return f"{self.file}:{self.number}"


def file_lines(path: str) -> list[Line]:
    """The lines of the file in ``path``. Raises SshkeepError where it can't be read."""
    try:
        data = read_regular_file(path)
    except (OSError, UnreadableFile) as error:
        raise SshkeepError(*describe_read_error(path, error)) from None
    if len(data) > MAX_BYTES:
        raise SshkeepError(f"{path}: larger than {MAX_BYTES // 1024 // 1024} MiB", "name a settings file")
    return list(lines_of(data, path))


def lines_of(data: bytes, file: str) -> Iterator[Line]:
    """The lines of ``data``: UTF-16 where it says so, as Windows writes it, else UTF-8 or any 8-bit text."""
    for number, text in enumerate(_decoded(data).split("\n"), 1):
        yield Line(text.removesuffix("\r"), file, number)


def _decoded(data: bytes) -> str:
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    return data.decode("utf-8-sig", "surrogateescape")
