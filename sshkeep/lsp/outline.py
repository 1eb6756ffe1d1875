"""The blocks of a file: symbols, folding, and the lens over each Host."""

from __future__ import annotations

import os
from collections.abc import Iterator

from lsprotocol import types

from sshkeep.config.tree.file import Directive, File
from sshkeep.edit.insertion_point import block_headers
from sshkeep.lsp.analysis import Analysis
from sshkeep.lsp.documents import uri_of_path
from sshkeep.lsp.idle_sessions import idle_outlooks
from sshkeep.lsp.positions import Positions, text_of
from sshkeep.openssh.kind import CLIENT_TITLES


def own_file(analysis: Analysis) -> tuple[File, Positions] | None:
    """The document's file, if it is read as OpenSSH reads it."""
    config, path = analysis.config, analysis.job.path
    if config is None or config.kind in CLIENT_TITLES or path not in config.files:
        return None
    file = config.files[path]
    return file, analysis.positions(path, file.source.data)


def document_symbols(analysis: Analysis) -> list[types.DocumentSymbol]:
    """Each block with its settings, and the settings outside of blocks."""
    found = own_file(analysis)
    if found is None:
        return []
    file, positions = found
    headers = {each.number for each in block_headers(file)}
    symbols: list[types.DocumentSymbol] = []
    block: types.DocumentSymbol | None = None
    for directive in file.directives:
        symbol = _symbol(directive, positions, directive.number in headers)
        if directive.number in headers:
            block = symbol
        elif block is not None:
            block.children = [*(block.children or ()), symbol]
            block.range.end = symbol.range.end
            continue
        symbols.append(symbol)
    return symbols


def _symbol(directive: Directive, positions: Positions, is_block: bool) -> types.DocumentSymbol:
    where = positions.range(*directive.whole)
    if is_block:
        return types.DocumentSymbol(_shown(directive.text), types.SymbolKind.Namespace, where, where)
    name = text_of(directive.raw[directive.line.start : directive.line.stop]) or "?"
    kind = types.SymbolKind.Property
    own = positions.range(*directive.span(directive.line.start, directive.line.stop))
    return types.DocumentSymbol(name, kind, where, own, detail=_shown(directive.arguments))


def _shown(text: str) -> str:
    return " ".join(text.encode("utf-8", "surrogateescape").decode("utf-8", "replace").split())


def folding_ranges(analysis: Analysis) -> list[types.FoldingRange]:
    """From each Host or Match line to the last setting of its block."""
    return [
        types.FoldingRange(symbol.range.start.line, symbol.range.end.line)
        for symbol in document_symbols(analysis)
        if symbol.range.end.line > symbol.range.start.line
    ]


def host_symbols(analysis: Analysis, query: str) -> list[types.WorkspaceSymbol]:
    """The Host and Match lines of the document's tree whose text has all letters of ``query`` in order."""
    config = analysis.config
    if config is None or config.kind in CLIENT_TITLES:
        return []
    symbols = []
    for header in dict.fromkeys(block.header for block in config.blocks):
        source = header.file.source
        text = _shown(header.text)
        if _has_letters(text.lower(), query.lower()):
            place = analysis.positions(source.path, source.data).range(*header.whole)
            location = types.Location(location_uri(analysis, source.path), place)
            symbols.append(types.WorkspaceSymbol(location, text, types.SymbolKind.Namespace))
    return symbols


def location_uri(analysis: Analysis, path: str) -> str:
    """The URI of a file of the tree."""
    return uri_of_path(os.path.abspath(path)) if analysis.job.on_disk else path


def _has_letters(text: str, wanted: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in wanted)


def code_lenses(analysis: Analysis) -> list[types.CodeLens]:
    """Over each Host line, what becomes of idle sessions to its first host."""
    found = own_file(analysis)
    if found is None or found[0].kind != "ssh_config":
        return []
    file, positions = found
    outlooks = {each.header: each for each in reversed(idle_outlooks(analysis))}
    return list(_lenses(file, positions, {where: each.summary for where, each in outlooks.items()}))


def _lenses(file: File, positions: Positions, summaries: dict[str, str]) -> Iterator[types.CodeLens]:
    for header in block_headers(file):
        if summary := summaries.get(header.where):
            yield types.CodeLens(positions.range(*header.whole), types.Command(summary, ""))
