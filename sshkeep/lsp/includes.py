"""The files that an Include line reads."""

from __future__ import annotations

from sshkeep.config.tree.entry import Entry
from sshkeep.config.tree.include_paths import resolve_include
from sshkeep.config.tree.load import paths_of
from sshkeep.lsp.analysis import Analysis
from sshkeep.named import NamedTuple
from sshkeep.syntax.source import Span
from sshkeep.syntax.words import BadQuotes


class IncludedFiles(NamedTuple):
    """One argument of an Include, and the paths of the files that it reads, in their order."""

    argument: str
    span: Span
    paths: tuple[str, ...]


def included_files(entry: Entry, analysis: Analysis) -> list[IncludedFiles]:
    """The files of each argument, as far as they could be read."""
    config, tree = analysis.config, analysis.tree
    if config is None or tree is None or entry.keyword is None or not entry.keyword.type.is_include:
        return []
    place = tree.tops[config.in_second_top(entry)].place
    try:
        words = entry.directive.words("words")
    except BadQuotes:
        return []
    found = []
    for word in words:
        wanted = resolve_include(word.text, place)
        paths = paths_of(wanted, tree.files) if wanted else []
        read = tuple(path for path in paths if path in config.files)
        found.append(IncludedFiles(word.text, entry.directive.span(word.start, word.end), read))
    return found
