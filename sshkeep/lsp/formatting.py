"""The white space of a document, or of some of its lines: the edits of ``sshkeep format``."""

from __future__ import annotations

from lsprotocol import types

from sshkeep.config.tree.file_system import UnreadableFile
from sshkeep.errors import SshkeepError
from sshkeep.fix.format_plan import plan_format
from sshkeep.lsp.analysis import Analysis
from sshkeep.lsp.outline import own_file
from sshkeep.lsp.positions import text_of


def format_document(analysis: Analysis, wanted: types.Range | None = None) -> list[types.TextEdit]:
    """The edits of the whole document, or of the lines in the range ``wanted``; none that can't be proven."""
    found, tree = own_file(analysis), analysis.editable_tree
    if found is None or tree is None:
        return []
    file, positions = found
    try:
        edits = plan_format(tree).edits
    except (OSError, UnreadableFile, SshkeepError):
        return []
    own = [edit for edit in edits if edit.path == file.source.path]
    made = [types.TextEdit(positions.range(edit.start, edit.end), text_of(edit.text)) for edit in own]
    return made if wanted is None else [edit for edit in made if _is_in(edit.range.start.line, wanted)]


def _is_in(line: int, wanted: types.Range) -> bool:
    """Whether a line is in the range; one that ends where a line begins does not reach into that line."""
    ends_before = wanted.end.character == 0 and wanted.end.line > wanted.start.line
    return wanted.start.line <= line <= wanted.end.line - ends_before
