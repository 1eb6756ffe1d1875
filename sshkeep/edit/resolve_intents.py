"""From intents to edits of one tree."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from sshkeep.config.parse_line import parse_entry
from sshkeep.config.tree.config import Config
from sshkeep.edit.edits import Edit, apply_edits
from sshkeep.edit.intents import (
    CommentAbove,
    DeleteLine,
    Intent,
    MoveToEveryone,
    RenameKeyword,
    ReplaceLine,
    RewriteFile,
    SetGlobal,
    SetInBlock,
    SetInSession,
    SetLine,
)
from sshkeep.edit.line_edits import (
    comment_above,
    delete_line,
    replace_arguments,
    replace_keyword,
    replace_line,
)
from sshkeep.edit.move_to_everyone import move_to_everyone
from sshkeep.edit.set_global import set_global
from sshkeep.edit.set_in_block import set_in_block


def resolve_intents(
    intents: Iterable[Intent], config: Config, kept: Collection[int] = ()
) -> tuple[Edit, ...]:
    """The smallest edits that carry out ``intents``, in their order.

    ``kept`` are indexes of lines that stay as they are, whatever option is set.
    """
    # The lines of a file that is included twice are there twice.
    return tuple(dict.fromkeys(edit for intent in intents for edit in _edits(intent, config, kept)))


def _edits(intent: Intent, config: Config, kept: Collection[int]) -> list[Edit]:
    if isinstance(intent, SetGlobal):
        return set_global(intent, config, kept)
    if isinstance(intent, SetInBlock):
        return set_in_block(intent, config, kept)
    if isinstance(intent, SetLine):
        return [replace_arguments(intent.entry, parse_entry(intent.entry, config), intent.value)]
    if isinstance(intent, RenameKeyword):
        return [replace_keyword(intent.entry, intent.keyword)]
    if isinstance(intent, MoveToEveryone):
        return move_to_everyone(intent, config)
    if isinstance(intent, ReplaceLine):
        return [replace_line(intent.file, intent.number, intent.text)]
    if isinstance(intent, RewriteFile):
        return [Edit(intent.file.source.path, 0, len(intent.file.source.data), intent.data)]
    if isinstance(intent, CommentAbove):
        return [comment_above(intent.entry, intent.text)]
    if isinstance(intent, SetInSession):
        from sshkeep.edit.set_in_session import set_in_session

        return set_in_session(intent, config)
    assert isinstance(intent, DeleteLine)
    return [delete_line(intent.entry)]


def edited_files(config: Config, edits: Sequence[Edit]) -> dict[str, bytes]:
    """The new content of every file that the edits are of; one that is not there yet is empty so far."""
    edited = {}
    for path in dict.fromkeys(edit.path for edit in edits):
        file = config.files.get(path)
        data = apply_edits(file.source.data if file else b"", [edit for edit in edits if edit.path == path])
        edited[path] = file.encode(data) if file else data
    return edited
