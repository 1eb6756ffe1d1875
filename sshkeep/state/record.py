"""What a run wrote, as it is stored so that it can be undone."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sshkeep.state.stored_json import NUMBER_OF_RECORD, StoredObject, stored_bytes, stored_name
from sshkeep.system.attributes import Attributes

RecordState = Literal["pending", "done", "undone"]
RECORD_VERSION = 1
LARGEST_ID = 2**32 - 2
"""Of users and groups; the next number stands for none."""


@dataclass(frozen=True)
class About:
    """Why a run wrote: its command (``fix``, ``set ClientAliveInterval 60``), the ids of the rules that asked
    for it, each with the title of its fix, and the name of the target."""

    command: str
    reasons: tuple[str, ...]
    target: str


@dataclass(frozen=True)
class FileRecord:
    """One file: its absolute path without links, and its content before and after; None means no file.

    ``attributes`` are those of a file that was removed. ``temporary`` is the name, in the same directory,
    that the new file has until it takes its place.
    """

    path: str
    before: bytes | None
    after: bytes | None
    attributes: Attributes | None = None
    temporary: str = ""


@dataclass(frozen=True)
class Record:
    """One run. It is ``pending`` from its start until all files are written, and while it is undone.

    ``id`` is a number; later runs have greater ones. ``state`` is part of the file's name, not its content.
    """

    id: str
    when: datetime
    about: About
    files: tuple[FileRecord, ...]
    state: RecordState = "pending"

    def to_json(self) -> bytes:
        """As it is stored."""
        stored = {
            "version": RECORD_VERSION,
            "id": self.id,
            "when": self.when.isoformat(),
            "about": vars(self.about),
            "files": [_stored_file(file) for file in self.files],
        }
        return json.dumps(stored, indent=1).encode()

    @classmethod
    def from_json(cls, data: bytes) -> Record:
        """What `to_json` made. Raises ValueError for what it could not have made."""
        stored = StoredObject.read(data, RECORD_VERSION)
        files = tuple(_file(file) for file in stored.objects("files"))
        if not files:
            raise ValueError("files is empty")
        about = stored.object("about")
        return cls(
            id=stored.text("id", NUMBER_OF_RECORD),
            when=stored.time("when"),
            about=About(about.text("command"), about.texts("reasons"), about.text("target")),
            files=files,
        )


def _stored_file(file: FileRecord) -> dict[str, Any]:
    attributes = file.attributes
    return {
        "path": stored_name(file.path),
        "before": stored_bytes(file.before),
        "after": stored_bytes(file.after),
        "attributes": attributes
        and {
            "mode": attributes.mode,
            "uid": attributes.uid,
            "gid": attributes.gid,
            "extended": [(stored_name(name), stored_bytes(value)) for name, value in attributes.extended],
        },
        "temporary": file.temporary,
    }


def _file(stored: StoredObject) -> FileRecord:
    path = stored.name("path")
    if not os.path.isabs(path):
        raise ValueError("path is not absolute")
    return FileRecord(
        path=path,
        before=stored.content("before"),
        after=stored.content("after"),
        attributes=_attributes(stored.object("attributes")) if stored.has("attributes") else None,
        temporary=stored.text("temporary", r"(\.sshkeep-[0-9a-f]{16})?"),
    )


def _attributes(stored: StoredObject) -> Attributes:
    return Attributes(
        mode=stored.number("mode", 0, 0o777),
        uid=stored.number("uid", 0, LARGEST_ID),
        gid=stored.number("gid", 0, LARGEST_ID),
        extended=stored.pairs("extended"),
    )
