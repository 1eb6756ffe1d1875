"""The settings file of a client program: its lines as text, and its bytes as they are stored."""

from __future__ import annotations

from collections.abc import Iterator

from sshkeep.config.tree.file import Directive, File
from sshkeep.config.tree.file_system import UnreadableFile, describe_read_error, read_regular_file
from sshkeep.errors import SshkeepError
from sshkeep.named import NamedTuple
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.targets import Target
from sshkeep.syntax.encoding import byte_order_mark
from sshkeep.syntax.source import Source, decode

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


class SettingsFile(File):
    """A settings file; ``source`` is its text in UTF-8, whatever the encoding in which it is stored."""

    __slots__ = ("_stored", "encoding", "mark")

    comment_marks = (b";", b"#")

    def __init__(self, path: str, stored: bytes, kind: Kind, target: Target) -> None:
        self._stored = stored
        marked = byte_order_mark(stored)
        self.mark, self.encoding = marked
        super().__init__(Source(path, marked.decode(stored)), kind, target)
        self.cut, self.wide = False, None

    def _read(self) -> Iterator[Directive]:
        """No line is a keyword of OpenSSH."""
        return iter(())

    @property
    def setting_numbers(self) -> set[int]:
        """The lines that are neither blank nor a comment."""
        lines = enumerate(raw.lstrip(b" \t") for raw in self.source.lines)
        return {number for number, raw in lines if raw.strip() and not raw.startswith(self.comment_marks)}

    @property
    def stored(self) -> bytes:
        """The bytes of the file."""
        return self._stored

    def encode(self, data: bytes) -> bytes:
        """The bytes to store for the text ``data``, with the byte order mark that the file has."""
        if self.encoding:
            data = data.decode("utf-8", "surrogatepass").encode(self.encoding, "surrogatepass")
        return self.mark + data

    @property
    def editable(self) -> bool:
        """Whether the text has all that the bytes have, so that a change of one keeps the other."""
        return self.encode(self.source.data) == self._stored

    @property
    def lines(self) -> list[SettingsLine]:
        """The lines as the program reads them."""
        path = self.source.path
        return [
            SettingsLine(decode(raw).removesuffix("\n").removesuffix("\r"), path, number)
            for number, raw in enumerate(self.source.lines, 1)
        ]


def read_settings(path: str) -> bytes:
    """The content of the settings file ``path``. Raises SshkeepError if it can't be read."""
    try:
        data = read_regular_file(path)
    except (OSError, UnreadableFile) as error:
        raise SshkeepError(*describe_read_error(path, error)) from None
    check_size(path, data)
    return data


def check_size(path: str, data: bytes) -> None:
    """Raises SshkeepError for more than any settings file has."""
    if len(data) > MAX_BYTES:
        raise SshkeepError(f"{path}: larger than {MAX_BYTES // 1024 // 1024} MiB", "name a settings file")
