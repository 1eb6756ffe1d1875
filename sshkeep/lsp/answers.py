"""What the client asks about an open document, and what is answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from sshkeep.errors import SshkeepError
from sshkeep.lsp.analyses import Analyses
from sshkeep.lsp.client_features import ClientFeatures
from sshkeep.lsp.code_actions import code_actions
from sshkeep.lsp.completion import completion_list
from sshkeep.lsp.documents import Documents
from sshkeep.lsp.hover import hover
from sshkeep.lsp.outline import code_lenses, host_symbols
from sshkeep.lsp.worker import AnalysisEnded


class Answers:
    """Questions about open documents, each answered from the analysis of its present text."""

    def __init__(self, server: LanguageServer, documents: Documents, analyses: Analyses) -> None:
        self.server = server
        self.documents = documents
        self.analyses = analyses

    @property
    def client(self) -> ClientFeatures:
        """What the client can do."""
        return ClientFeatures(self.server.client_capabilities)

    async def hover(self, params: types.HoverParams) -> types.Hover | None:
        """What is known about a word."""
        found, before = await self._about(params.text_document.uri, params.position, hover)
        if found is None:
            return None
        if found.range:
            found.range = _lower(found.range, before)
        return self.client.shown(found)

    async def completion(self, params: types.CompletionParams) -> types.CompletionList | None:
        """What may be written here."""
        found, before = await self._about(params.text_document.uri, params.position, completion_list)
        if found is None:
            return None
        for item in found.items:
            item.text_edit.range = _lower(item.text_edit.range, before)
        return self.client.offered(found)

    async def _about(
        self, uri: str, position: types.Position, question: Callable[..., Any]
    ) -> tuple[Any, int]:
        """An answer about a position, and the number of lines that are before those that it counts.

        Of a large text that is judged just now, the block around it is looked at.
        """
        document = self.documents.get(uri)
        if document is None or not self.analyses.is_busy(document):
            return await self._ask(uri, question, position), 0
        try:
            analysis, before = self.analyses.excerpt(document, position.line)
        except SshkeepError:
            return None, 0
        inside = types.Position(position.line - before, position.character)
        return question(analysis, inside, False), before

    async def navigate(self, question: Callable[..., Any], params: Any) -> Any:
        """The answer to one of the questions of NAVIGATION; nothing while a large text is judged."""
        document = self.documents.get(params.text_document.uri)
        lenses_off = question is code_lenses and not self.analyses.rules.settings.code_lens
        if document is None or lenses_off or self.analyses.is_busy(document):
            return None
        place = [getattr(params, name) for name in ("position", "range") if hasattr(params, name)]
        return await self._ask(document.uri, question, *place)

    async def workspace_symbols(self, params: types.WorkspaceSymbolParams) -> list[types.WorkspaceSymbol]:
        """The Host and Match lines of all open documents, and of the files in their trees."""
        found: dict[tuple[object, ...], types.WorkspaceSymbol] = {}
        for document in list(self.documents):
            if not self.analyses.is_busy(document):
                symbols = await self._ask(document.uri, host_symbols, params.query)
                found.update({_identity(each): each for each in symbols or ()})
        return list(found.values())

    async def code_actions(self, params: types.CodeActionParams) -> list[types.CodeAction] | None:
        """What can be done about the selected lines."""
        only = [str(getattr(each, "value", each)) for each in params.context.only or ()]
        arguments = params.range, only, self.client.edits
        found: list[types.CodeAction] | None = await self._ask(
            params.text_document.uri, code_actions, *arguments
        )
        return found

    async def _ask(self, uri: str, question: Callable[..., Any], *arguments: object) -> Any:
        """An answer about the present text of a document; None where there is none."""
        try:
            return await self.analyses.ask(uri, question, *arguments)
        except AnalysisEnded:
            return None


def _identity(symbol: types.WorkspaceSymbol) -> tuple[object, ...]:
    """What no other symbol has: a file may be in the trees of several documents."""
    place = symbol.location
    start = place.range.start if isinstance(place, types.Location) else types.Position(0, 0)
    return place.uri, start.line, start.character, symbol.name


def _lower(place: types.Range, lines: int) -> types.Range:
    """The range that many lines further down."""
    start, end = place.start, place.end
    return types.Range(
        types.Position(start.line + lines, start.character), types.Position(end.line + lines, end.character)
    )
