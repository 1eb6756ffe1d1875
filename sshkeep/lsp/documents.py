"""The open documents: the text that the editor has, which may differ from the file on disk."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lsprotocol.types import (
    Position,
    TextDocumentContentChangeEvent,
    TextDocumentContentChangePartial,
    TextDocumentItem,
)
from pygls.uris import from_fs_path, to_fs_path

from sshkeep.lsp.positions import bytes_before, bytes_of
from sshkeep.openssh.kind import Kind
from sshkeep.trees.kind import kind_by_name

KIND_OF_LANGUAGE: dict[str, Kind] = {
    "sshdconfig": "sshd_config",
    "sshd_config": "sshd_config",
    "sshd-config": "sshd_config",
    "sshconfig": "ssh_config",
    "ssh_config": "ssh_config",
    "ssh-config": "ssh_config",
}
"""What editors call the two languages: Vim and Neovim, VS Code, Helix."""


MAX_EXCERPT = 1_000
"""Lines on each side of one that an excerpt has at most."""
_HEADER = re.compile(rb"[ \t]*(host|match)[ \t=]", re.IGNORECASE)


def path_of_uri(uri: str) -> str | None:
    """The path of a ``file:`` URI; None for another one."""
    return to_fs_path(uri) if uri.startswith("file:") else None


def uri_of_path(path: str) -> str:
    """The URI of an absolute path."""
    return from_fs_path(path) or ""


class Document:
    """One open text, line by line in UTF-8, so that an edit of a large one costs little.

    ``path`` is its file's; of a text without a file, its URI. ``language`` is what the editor calls it.
    """

    def __init__(self, item: TextDocumentItem) -> None:
        self.uri = item.uri
        self.on_disk = path_of_uri(item.uri) is not None
        self.path = path_of_uri(item.uri) or item.uri
        self.language = item.language_id
        self.version = item.version
        self.lines: list[bytes] = []
        self._replace_all(item.text)

    @property
    def data(self) -> bytes:
        """The whole text."""
        return b"".join(self.lines)

    @property
    def kind(self) -> Kind | None:
        """The language of a file whose name does not show it, as the editor has it."""
        return None if kind_by_name(self.path) else KIND_OF_LANGUAGE.get(self.language)

    def excerpt(self, line: int) -> tuple[bytes, int]:
        """The block around a line, or what is before the first block, and the number of its first line."""
        first, last = line, line + 1
        while first > 0 and line - first < MAX_EXCERPT and not _HEADER.match(self._line(first)):
            first -= 1
        while last < len(self.lines) and last - line < MAX_EXCERPT and not _HEADER.match(self.lines[last]):
            last += 1
        return b"".join(self.lines[first:last]), first

    def change(self, changes: Sequence[TextDocumentContentChangeEvent], version: int) -> None:
        """Carry out the changes, each on what the one before has left."""
        for change in changes:
            if isinstance(change, TextDocumentContentChangePartial):
                self._replace(change.range.start, change.range.end, bytes_of(change.text))
            else:
                self._replace_all(change.text)
        self.version = version

    def _replace_all(self, text: str) -> None:
        self.lines = bytes_of(text).splitlines(keepends=True)

    def _replace(self, start: Position, end: Position, text: bytes) -> None:
        first, before = self._place(start)
        last, after = self._place(end)
        piece = self._line(first)[:before] + text + self._line(last)[after:]
        if first and self.lines[first - 1].endswith(b"\r"):  # it may end with \r\n now
            first -= 1
            piece = self.lines[first] + piece
        if not piece.endswith((b"\n", b"\r")) and last + 1 < len(self.lines):
            last += 1
            piece += self.lines[last]
        self.lines[first : last + 1] = piece.splitlines(keepends=True)

    def _place(self, position: Position) -> tuple[int, int]:
        """A line's number and a byte of it; a position behind the end is the end."""
        ends_open = bool(self.lines) and not self.lines[-1].endswith((b"\n", b"\r"))
        last = len(self.lines) - ends_open
        if position.line > last:
            return last, len(self._line(last))
        return position.line, bytes_before(self._line(position.line), position.character)

    def _line(self, number: int) -> bytes:
        """A line with its ending; the one behind the last line ending is empty."""
        return self.lines[number] if number < len(self.lines) else b""


class Documents:
    """The open documents by URI."""

    def __init__(self) -> None:
        self._open: dict[str, Document] = {}

    def __iter__(self) -> Iterator[Document]:
        return iter(self._open.values())

    def open(self, item: TextDocumentItem) -> Document:
        """Take up a document; of one that is open already, its new text."""
        self._open[item.uri] = document = Document(item)
        return document

    def close(self, uri: str) -> Document | None:
        """Forget a document, and return it."""
        return self._open.pop(uri, None)

    def close_all(self) -> None:
        """Forget them all."""
        self._open.clear()

    def get(self, uri: str) -> Document | None:
        """The open document with this URI."""
        return self._open.get(uri)

    def contents(self) -> dict[str, bytes]:
        """The texts that take the place of files on disk, by path."""
        return {document.path: document.data for document in self if document.on_disk}

    def versions(self) -> dict[str, int]:
        """What the editor calls the present state of each text, by path."""
        return {document.path: document.version for document in self}
