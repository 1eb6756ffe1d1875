"""Changes of files as edits that an editor makes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from lsprotocol import types

from sshkeep.fix.change import Change
from sshkeep.lsp.analysis import Job
from sshkeep.lsp.documents import uri_of_path
from sshkeep.lsp.positions import Positions, text_of
from sshkeep.named import NamedTuple

MOST_COMPARED = 2_000
"""Lines that are compared one by one; of more, all are replaced between the first and the last change."""


class EditSupport(NamedTuple):
    """What the editor can do: edits of documents by version, and new files."""

    documents: bool = False
    new_files: bool = False


def workspace_edit(changes: Iterable[Change], job: Job, support: EditSupport) -> types.WorkspaceEdit | None:
    """The edits; None where the editor can't make them, or there are none.

    Those of an open document are of its version: the editor drops them if it has another text by now.
    A file that is neither open nor UTF-8 can't be edited: the editor would write other bytes
    back than it has read.
    """
    edits: dict[str, list[types.TextEdit]] = {}
    versions: dict[str, int | None] = {}
    new: list[str] = []
    for change in changes:
        uri = uri_of_path(os.path.abspath(change.path)) if job.on_disk else change.path
        if change.after is None or (change.before is None and not support.new_files):
            return None
        if change.before is None:
            new.append(uri)
        elif change.path not in job.texts and not _is_utf_8(change.before):
            return None
        versions[uri] = job.versions.get(change.path)
        edits[uri] = list(text_edits(change.before or b"", change.after))
    if not edits:
        return None
    if not support.documents:
        return types.WorkspaceEdit(changes=edits)
    documents = [
        types.TextDocumentEdit(types.OptionalVersionedTextDocumentIdentifier(uri, versions[uri]), list(each))
        for uri, each in edits.items()
    ]
    return types.WorkspaceEdit(document_changes=[*map(types.CreateFile, new), *documents])


def text_edits(before: bytes, after: bytes) -> Iterator[types.TextEdit]:
    """Edits of whole lines that make ``after`` of ``before``."""
    positions = Positions(before)
    for start, end, text in _differences(before, after):
        yield types.TextEdit(positions.range(start, end), text_of(text))


def _differences(before: bytes, after: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Start and end in ``before``, and what takes that place."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    same = 0
    for one, other in zip(old, new, strict=False):
        if one != other:
            break
        same += 1
    behind = 0
    while behind < min(len(old), len(new)) - same and old[-1 - behind] == new[-1 - behind]:
        behind += 1
    at = len(b"".join(old[:same]))
    old, new = old[same : len(old) - behind], new[same : len(new) - behind]
    if max(len(old), len(new)) > MOST_COMPARED:
        yield at, at + len(b"".join(old)), b"".join(new)
        return
    for tag, start, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        length = len(b"".join(old[start:end]))
        if tag != "equal":
            yield at, at + length, b"".join(new[first:last])
        at += length


def _is_utf_8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
