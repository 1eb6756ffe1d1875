"""Texts in UTF-16 or UTF-32, which OpenSSH reads as bytes: most of them are NUL bytes."""

from __future__ import annotations

from sshkeep.named import NamedTuple

_MARKS = (
    (b"\xff\xfe\0\0", "utf-32-le"),
    (b"\0\0\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
"""Byte order marks; that of UTF-32LE begins with that of UTF-16LE."""
UTF_8_MARK = b"\xef\xbb\xbf"
_WITHOUT_MARK = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
_EXAMINED = 4096
_NULS_OF_TEXT = {"utf-32": 0.7, "utf-16": 0.4}
"""The least part of NUL bytes: a config is mostly ASCII, of which each character has one or three."""
_TITLES = {
    "utf-16-le": "UTF-16, little endian",
    "utf-16-be": "UTF-16, big endian",
    "utf-32-le": "UTF-32, little endian",
    "utf-32-be": "UTF-32, big endian",
}


class Marked(NamedTuple):
    """The byte order mark of a file that Windows wrote, and the encoding behind it; both empty for none.

    The encoding is also empty for UTF-8, of which the bytes are read as they are.
    """

    mark: bytes = b""
    encoding: str = ""

    def decode(self, data: bytes) -> bytes:
        """The text in UTF-8; Windows' own texts may have halves of surrogate pairs, and keep them."""
        data = data[len(self.mark) :]
        if not self.encoding:
            return data
        try:
            return data.decode(self.encoding, "surrogatepass").encode("utf-8", "surrogatepass")
        except UnicodeDecodeError:  # half a character at the end
            return data.decode(self.encoding, "replace").encode("utf-8", "replace")


def byte_order_mark(data: bytes) -> Marked:
    """The byte order mark of UTF-8 or UTF-16; those of UTF-32 are no settings file's."""
    for mark, encoding in (*_MARKS[2:], (UTF_8_MARK, "")):
        if data.startswith(mark):
            return Marked(mark, encoding)
    return Marked()


class WideText(NamedTuple):
    """The text of a file in UTF-16 or UTF-32 without its byte order mark, and the encoding's name."""

    text: str
    title: str
    marked: bool
    """Whether it begins with a byte order mark."""


def wide_text(data: bytes) -> WideText | None:
    """The text of ``data``, if that is UTF-16 or UTF-32; None for anything else."""
    if b"\0" not in data:
        return None
    for mark, encoding in _MARKS:
        if data.startswith(mark) and (text := _decoded(data[len(mark) :], encoding)) is not None:
            return WideText(text, _TITLES[encoding], marked=True)
    for encoding in _WITHOUT_MARK:
        if _looks_like(data, encoding) and (text := _decoded(data, encoding)) is not None:
            return WideText(text, _TITLES[encoding], marked=False)
    return None


def _looks_like(data: bytes, encoding: str) -> bool:
    """Whether the bytes that are NUL in ASCII text are, and the others are not."""
    width = 4 if encoding.startswith("utf-32") else 2
    start = data[: _EXAMINED // width * width]
    own = 0 if encoding.endswith("le") else width - 1
    nuls = start.count(b"\0")
    return (
        nuls >= len(start) * _NULS_OF_TEXT[encoding[:6]]
        and start[own::width].count(b"\0") == 0
        and len(start) >= 2 * width
    )


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text
