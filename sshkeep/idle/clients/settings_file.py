"""The lines of a client program's settings file."""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE

from sshkeep.config.tree.file_system import UnreadableFile, describe_read_error, read_regular_file
from sshkeep.errors import SshkeepError
from sshkeep.named import NamedTuple

MAX_BYTES = 4 * 1024 * 1024
"""Enough for hundreds of PuTTY's sessions."""


class SettingsLine(NamedTuple):
    """A line without its line ending, and where it stands."""

    text: str
    file: str
    number: int

    @property
    def where(self) -> str:
        """``file:line``."""
        return f"{self.file}:{self.number}"


def read_lines(path: str) -> list[SettingsLine]:
    """The lines of the file ``path``. Raises SshkeepError if it can't be read."""
    try:
        data = read_regular_file(path)
    except (OSError, UnreadableFile) as error:
        raise SshkeepError(*describe_read_error(path, error)) from None
    if len(data) > MAX_BYTES:
        raise SshkeepError(f"{path}: larger than {MAX_BYTES // 1024 // 1024} MiB", "name a settings file")
    return split_lines(data, path)


def split_lines(data: bytes, path: str) -> list[SettingsLine]:
    """The lines of a settings file with this content."""
    lines = enumerate(_decode(data).split("\n"), 1)
    return [SettingsLine(text.removesuffix("\r"), path, number) for number, text in lines]


def _decode(data: bytes) -> str:
    """UTF-16 if there is a byte order mark for it, as Windows writes it; else UTF-8 or any 8-bit text."""
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    return data.decode("utf-8-sig", "surrogateescape")
