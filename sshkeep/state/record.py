"""What a run wrote, as it is stored so that it can be undone."""

from __future__ import annotations

import os
import zlib
from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import Annotated, Literal
from urllib.parse import quote_from_bytes, unquote_to_bytes

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    ValidationInfo,
)

from sshkeep.config.tree.file_system import MAX_FILE_BYTES
from sshkeep.syntax.source import decode, encode
from sshkeep.system.attributes import Attributes

RecordState = Literal["pending", "done", "undone"]


def _compress(data: bytes) -> str:
    return b64encode(zlib.compress(data)).decode()


def _decompress(value: object) -> object:
    """Raises ValueError for what is not compressed, or larger than any config that sshkeep reads."""
    if not isinstance(value, str):  # not from JSON
        return value
    stream = zlib.decompressobj()
    try:
        data = stream.decompress(b64decode(value, validate=True), MAX_FILE_BYTES + 1)
    except zlib.error as error:
        raise ValueError(str(error)) from None
    if len(data) > MAX_FILE_BYTES or not stream.eof:
        raise ValueError("cut off, or too large")
    return data


def _quote(text: str) -> str:
    return quote_from_bytes(encode(text), safe="/ ")


def _unquote(value: object, info: ValidationInfo) -> str:
    text = value if isinstance(value, str) else "\0"
    if info.mode == "json":
        text = decode(unquote_to_bytes(text))
    if "\0" in text:
        raise ValueError("not a name")
    return text


def _absolute(path: str) -> str:
    if not os.path.isabs(path):
        raise ValueError("not an absolute path")
    return path


CompressedBytes = Annotated[bytes, BeforeValidator(_decompress), PlainSerializer(_compress)]
"""Bytes; in JSON zlib and base64. Configs compress to a fifth, and a record has two copies of each."""
QuotedText = Annotated[str, PlainValidator(_unquote), PlainSerializer(_quote)]
"""A path or name of any bytes; in JSON those that are not plain ASCII are %XX."""


@dataclass(frozen=True)
class About:
    """Why a run wrote: its command (``fix``, ``set ClientAliveInterval 60``), the ids of the rules that asked
    for it, each with the title of its fix, and the name of the target."""

    command: str
    reasons: tuple[str, ...]
    target: str


class StoredAttributes(BaseModel):
    """`Attributes` of a file that was removed."""

    model_config = ConfigDict(frozen=True)
    mode: int = Field(ge=0, le=0o777)
    uid: int = Field(ge=0, lt=2**32 - 1)
    gid: int = Field(ge=0, lt=2**32 - 1)
    extended: tuple[tuple[QuotedText, CompressedBytes], ...] = ()

    @classmethod
    def store(cls, attributes: Attributes) -> StoredAttributes:
        """The attributes in the form of a record."""
        return cls(**vars(attributes))

    def restore(self) -> Attributes:
        """The attributes that `store` was given."""
        return Attributes(self.mode, self.uid, self.gid, self.extended)


class FileRecord(BaseModel):
    """One file: its absolute path without links, and its content before and after; None means no file."""

    model_config = ConfigDict(frozen=True)
    path: Annotated[QuotedText, AfterValidator(_absolute)]
    before: CompressedBytes | None
    after: CompressedBytes | None
    attributes: StoredAttributes | None = None
    """Of a file that was removed."""
    temporary: str = Field(default="", pattern=r"^(\.sshkeep-[0-9a-f]{16})?$")
    """The name, in the same directory, that the new file has until it takes its place."""


class Record(BaseModel):
    """One run. It is ``pending`` from its start until all files are written, and while it is undone."""

    model_config = ConfigDict(frozen=True)
    version: Literal[1] = 1
    id: str = Field(pattern=r"^[1-9][0-9]{0,8}$")
    """A number; later runs have greater ones."""
    when: AwareDatetime
    about: About
    files: tuple[FileRecord, ...] = Field(min_length=1)
    state: RecordState = Field(default="pending", exclude=True)
    """Part of the file's name, not of its content."""
