"""Whether an edit of a template takes effect in everything that is made from it."""

from __future__ import annotations

from collections.abc import Iterable

from sshkeep.config.tree.config import Config
from sshkeep.config.tree.file import File
from sshkeep.edit.edits import Edit
from sshkeep.errors import SshkeepError

HINT = "sshkeep changes no line with an expression: change its variable, or the line by hand"


def check_template_edits(option: str, config: Config, edits: Iterable[Edit]) -> None:
    """Raises SshkeepError where a line of ``option`` (lower case), or one before an edit, is not known.

    In a branch, a line is there in some of what is made from the template, and so is what an edit adds to it.
    """
    for entry in config.lines(option):
        file, number = entry.directive.file, entry.directive.number
        if not file.language:
            continue
        if entry.directive.has_expression:
            raise SshkeepError(f"{entry.directive.where} has an expression", HINT)
        _check_place(file, number)
        if file.template[number].branch or not entry.directive.block_is_known:
            raise SshkeepError(f"{entry.directive.where} is in a branch, or in a block that may be", HINT)
    for edit in edits:
        file = config.files[edit.path]
        if not file.language:
            continue
        at_end = edit.start == len(file.source.data)
        number = len(file.template) if at_end else file.source.position(edit.start)[0] - 1
        _check_place(file, number)
        # A line's branch is that of the place before it. The end is where the first line is: in no branch,
        # unless the tags are not balanced.
        if file.template[0 if at_end else number].branch:
            raise SshkeepError(f"{edit.path}:{number + 1}: the new line would be in a branch", HINT)


def _check_place(file: File, number: int) -> None:
    """Raises SshkeepError for a line behind one that may become any lines."""
    unknown = next((at for at, line in enumerate(file.template[:number]) if line.kind == "anything"), None)
    if unknown is not None:
        where = f"{file.source.path}:{unknown + 1}"
        raise SshkeepError(f"{where} may become any lines, so what follows may have no effect", HINT)
