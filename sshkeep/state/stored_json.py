"""JSON of the state directory: the objects are read field by field, since anything may stand there."""

from __future__ import annotations

import json
import re
import zlib
from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote_from_bytes, unquote_to_bytes

from sshkeep.config.tree.file_system import MAX_FILE_BYTES
from sshkeep.syntax.source import decode, encode

NUMBER_OF_RECORD = "[1-9][0-9]{0,8}"
_KINDS = {str: "a text", int: "a whole number", bool: "true or false", list: "a list", dict: "an object"}


def stored_bytes(data: bytes | None) -> str | None:
    """Bytes as zlib and base64. Configs compress to a fifth, and a record has two copies of each."""
    return None if data is None else b64encode(zlib.compress(data)).decode()


def stored_name(text: str) -> str:
    """A path or name of any bytes; those that are not plain ASCII are %XX."""
    return quote_from_bytes(encode(text), safe="/ ")


class StoredObject:
    """One object of JSON; ``place`` is where it stands. All methods raise ValueError for what is not as it
    should be, with a sentence that names the field."""

    def __init__(self, fields: Mapping[str, Any], place: str = "") -> None:
        self._fields = fields
        self._place = place

    @classmethod
    def read(cls, data: bytes, version: int) -> StoredObject:
        """The object that is the whole of ``data``, in this version of its format."""
        try:
            value = json.loads(data)
        except RecursionError:
            raise ValueError("its JSON is too deep") from None
        if not isinstance(value, dict):
            raise ValueError("it is not an object")
        stored = cls(value)
        if stored.number("version", version, version) != version:
            raise ValueError("version")
        return stored

    def has(self, name: str) -> bool:
        """Whether there is such a field, and it is not null."""
        return self._fields.get(name) is not None

    def text(self, name: str, pattern: str = "(?s:.*)") -> str:
        """A text that all of ``pattern`` matches."""
        value: str = self._value(name, str)
        if not re.fullmatch(pattern, value):
            raise self._wrong(name, "has another form")
        return value

    def number(self, name: str, least: int, most: int) -> int:
        """A whole number in this range."""
        value: int = self._value(name, int)
        if not least <= value <= most:
            raise self._wrong(name, f"is not between {least} and {most}")
        return value

    def flag(self, name: str) -> bool:
        """True or false."""
        return bool(self._value(name, bool))

    def time(self, name: str) -> datetime:
        """A time with its offset from UTC."""
        try:
            time = datetime.fromisoformat(re.sub("Z$", "+00:00", self.text(name)))
        except ValueError:
            raise self._wrong(name, "is not a time") from None
        if time.tzinfo is None:
            raise self._wrong(name, "has no time zone")
        return time

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts."""
        values = self._value(name, list)
        if not all(isinstance(value, str) for value in values):
            raise self._wrong(name, "is not all texts")
        return tuple(values)

    def name(self, name: str) -> str:
        """A text as `stored_name` makes it."""
        return self._unquoted(name, self.text(name))

    def names(self, name: str) -> tuple[str, ...]:
        """A list of such texts."""
        return tuple(self._unquoted(name, text) for text in self.texts(name))

    def content(self, name: str) -> bytes | None:
        """Bytes as `stored_bytes` makes them, or null; at most what sshkeep reads of a config."""
        return self._decompressed(name, self.text(name)) if self.has(name) else None

    def pairs(self, name: str) -> tuple[tuple[str, bytes], ...]:
        """A list of pairs: a name, and its bytes."""
        found = []
        for pair in self._value(name, list):
            if not (isinstance(pair, list) and [type(each) for each in pair] == [str, str]):
                raise self._wrong(name, "is not all pairs of texts")
            found.append((self._unquoted(name, pair[0]), self._decompressed(name, pair[1])))
        return tuple(found)

    def object(self, name: str) -> StoredObject:
        """An object within this one."""
        return StoredObject(self._value(name, dict), f"{self._place}{name}.")

    def objects(self, name: str) -> list[StoredObject]:
        """A list of objects."""
        values = self._value(name, list)
        if not all(isinstance(value, dict) for value in values):
            raise self._wrong(name, "is not all objects")
        return [StoredObject(value, f"{self._place}{name}.{number}.") for number, value in enumerate(values)]

    def _value(self, name: str, kind: type) -> Any:
        if name not in self._fields:
            raise self._wrong(name, "is missing")
        value = self._fields[name]
        if type(value) is not kind:
            raise self._wrong(name, f"is not {_KINDS[kind]}")
        return value

    def _unquoted(self, name: str, text: str) -> str:
        unquoted = decode(unquote_to_bytes(text))
        if "\0" in unquoted:
            raise self._wrong(name, "is not a name")
        return unquoted

    def _decompressed(self, name: str, text: str) -> bytes:
        stream = zlib.decompressobj()
        try:
            data = stream.decompress(b64decode(text, validate=True), MAX_FILE_BYTES + 1)
        except (ValueError, zlib.error) as error:
            raise self._wrong(name, f"can't be unpacked: {error}") from None
        if len(data) > MAX_FILE_BYTES or not stream.eof:
            raise self._wrong(name, "is cut off, or too large")
        return data

    def _wrong(self, name: str, what: str) -> ValueError:
        return ValueError(f"{self._place}{name} {what}")
