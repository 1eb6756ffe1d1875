"""Bytes and paths as JSON can hold them."""

from __future__ import annotations

import zlib
from base64 import b64decode, b64encode
from typing import Annotated
from urllib.parse import quote_from_bytes, unquote_to_bytes

from pydantic import BeforeValidator, PlainSerializer, PlainValidator, ValidationInfo

from sshkeep.config.files import MAX_BYTES
from sshkeep.syntax.source import decode, encode


def _pack(data: bytes) -> str:
    return b64encode(zlib.compress(data)).decode()


def _unpack(value: object) -> object:
    """ValueError for what is not packed, or larger than any config that sshkeep reads."""
    if not isinstance(value, str):  # not from JSON
        return value
    stream = zlib.decompressobj()
    try:
        data = stream.decompress(b64decode(value, validate=True), MAX_BYTES + 1)
    except zlib.error as error:
        raise ValueError(str(error)) from None
    if len(data) > MAX_BYTES or not stream.eof:
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


CompressedBytes = Annotated[bytes, BeforeValidator(_unpack), PlainSerializer(_pack)]
"""Bytes, compressed and in base64; configs compress to a fifth, and records keep two copies of each."""
QuotedText = Annotated[str, PlainValidator(_unquote), PlainSerializer(_quote)]
"""A path or name of any bytes; those that are not plain ASCII are %XX in JSON."""
