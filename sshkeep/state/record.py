"""What a run wrote, as it is kept so that it can be taken back."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from sshkeep.state.compressed import CompressedBytes, QuotedText

RecordState = Literal["pending", "done", "undone"]


@dataclass(frozen=True)
class About:
    """What a run was for: the command (``fix``, ``set ClientAliveInterval 60``), the rules' ids and
    titles that asked for it, and the target's name."""

    command: str
    reasons: tuple[str, ...]
    target: str


def _absolute(path: str) -> str:
    if not os.path.isabs(path):
        raise ValueError("not an absolute path")
    return path


class StoredAttributes(BaseModel):
    """Of a file that was removed; `sshkeep.system.attributes` explains them."""

    model_config = ConfigDict(frozen=True)
    mode: int = Field(ge=0, le=0o777)
    uid: int = Field(ge=0, lt=2**32 - 1)
    gid: int = Field(ge=0, lt=2**32 - 1)
    extended: tuple[tuple[QuotedText, CompressedBytes], ...] = ()


class FileRecord(BaseModel):
    """One file: its absolute path without links, and its bytes before and after; None is no file."""

    model_config = ConfigDict(frozen=True)
    path: Annotated[QuotedText, AfterValidator(_absolute)]
    before: CompressedBytes | None
    after: CompressedBytes | None
    attributes: StoredAttributes | None = None
    temporary: str = Field(default="", pattern=r"^(\.sshkeep-[0-9a-f]{16})?$")
    """The name, in the same directory, under which a file is made that then takes its place."""


class Record(BaseModel):
    """One run. ``pending`` is one that was cut off, as long as it was neither finished nor taken back."""

    model_config = ConfigDict(frozen=True)
    version: Literal[1] = 1
    id: str = Field(pattern=r"^[1-9][0-9]{0,8}$")
    """A number, greater for later runs."""
    when: AwareDatetime
    about: About
    files: tuple[FileRecord, ...] = Field(min_length=1)
    state: RecordState = Field(default="pending", exclude=True)
    """Told by the file's name, not its content."""
