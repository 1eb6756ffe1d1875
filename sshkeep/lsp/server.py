"""The server: which message of the protocol leads to what."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator
from functools import partial
from typing import Any, cast

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, default_converter, lsp_method

from sshkeep.errors import SshkeepError
from sshkeep.lsp.analyses import Analyses
from sshkeep.lsp.client_features import ClientFeatures
from sshkeep.lsp.code_actions import EXPLAIN, FIX_ALL, code_actions
from sshkeep.lsp.completion import completion_list
from sshkeep.lsp.diagnostics import SOURCE, Report
from sshkeep.lsp.documents import Document, Documents, uri_of_path
from sshkeep.lsp.editor_settings import SECTION, EditorSettings, check_target, settings_from_json
from sshkeep.lsp.formatting import format_document
from sshkeep.lsp.hover import hover
from sshkeep.lsp.navigation import definition, document_links, inlay_hints, references
from sshkeep.lsp.outline import code_lenses, document_symbols, folding_ranges, host_symbols
from sshkeep.lsp.semantic_tokens import LEGEND, semantic_tokens
from sshkeep.lsp.worker import AnalysisEnded
from sshkeep.output.rule_page import markdown_page
from sshkeep.version import VERSION

SET_TARGET = "sshkeep.setTarget"


class Protocol(LanguageServerProtocol):
    """The protocol with documents of our own: the library's take long for large texts.

    They also take more characters for line endings than the protocol names.
    """

    _server: EditorServer

    @lsp_method(types.INITIALIZE)
    def lsp_initialize(self, params: types.InitializeParams) -> Generator[Any, Any, types.InitializeResult]:
        if params.capabilities.general:
            params.capabilities.general.position_encodings = None  # UTF-16, which every client has
        self._server.use(params.initialization_options)
        return (yield from super().lsp_initialize(params))

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> None:
        self._server.opened(params.text_document)

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> None:
        self._server.changed(params)

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> None:
        self._server.closed(params.text_document.uri)


class EditorServer(LanguageServer):
    """One client's server."""

    def __init__(self) -> None:
        super().__init__(SOURCE, VERSION, protocol_cls=Protocol, converter_factory=default_converter)
        self.documents = Documents()
        self.analyses = Analyses(self.documents, self)
        self.settings = EditorSettings()
        self._not_open: dict[str, dict[str, list[types.Diagnostic]]] = {}
        """By the URI of an open document, the diagnostics of other files of its tree that are not open."""
        answers: dict[str, Callable[..., Any]] = {
            types.INITIALIZED: self.initialized,
            types.SHUTDOWN: self.shut_down,
            types.TEXT_DOCUMENT_DID_SAVE: self.saved,
            types.WORKSPACE_DID_CHANGE_WATCHED_FILES: self.saved,
            types.WORKSPACE_DID_CHANGE_CONFIGURATION: self.configured,
            types.TEXT_DOCUMENT_HOVER: self.hover,
            types.WORKSPACE_SYMBOL: self.workspace_symbols,
        }
        for feature, answer in answers.items():
            self.feature(feature)(partial(answer))
        self.feature(
            types.TEXT_DOCUMENT_DIAGNOSTIC,
            types.DiagnosticOptions(inter_file_dependencies=True, workspace_diagnostics=False),
        )(partial(self.diagnostics))
        kinds = [types.CodeActionKind.QuickFix, FIX_ALL]
        self.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=kinds))(
            partial(self.code_actions)
        )
        for feature, question in NAVIGATION.items():
            self.feature(feature)(partial(self.navigate, question))
        for feature in (types.TEXT_DOCUMENT_FORMATTING, types.TEXT_DOCUMENT_RANGE_FORMATTING):
            self.feature(feature)(partial(self.navigate, format_document))
        self.feature(types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL, LEGEND)(
            partial(self.navigate, semantic_tokens)
        )
        triggers = [" ", "=", ",", "+", "-", "^", "%"]
        self.feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=triggers))(
            partial(self.completion)
        )
        self.command(EXPLAIN)(partial(self.explain))
        self.command(SET_TARGET)(partial(self.set_target))

    # Documents

    def opened(self, item: types.TextDocumentItem) -> None:
        """A text counts from now on, and may be a new file of a tree."""
        document = self.documents.open(item)
        for others in self._not_open.values():
            others.pop(document.path, None)
        self.analyses.all_changed()

    def changed(self, params: types.DidChangeTextDocumentParams) -> None:
        """Text is typed."""
        document = self.documents.get(params.text_document.uri)
        if document:
            document.change(params.content_changes, params.text_document.version)
            self.analyses.changed(document)

    def closed(self, uri: str) -> None:
        """The file on disk counts again."""
        if self.documents.close(uri):
            self.analyses.closed(uri)
            self._publish(uri, [])
            for path in self._not_open.pop(uri, ()):
                self._publish_not_open(path)
            self.analyses.all_changed()

    def saved(self, params: object) -> None:
        """Files on disk may have changed, a policy among them."""
        self.analyses.all_changed()

    # Diagnostics

    @property
    def client(self) -> ClientFeatures:
        """What the client can do."""
        return ClientFeatures(self.client_capabilities)

    def reported(self, document: Document, found: Report) -> None:
        """Send new diagnostics; a client that asks for them is asked to ask again."""
        if self.client.pulls_diagnostics:
            if len(list(self.documents)) > 1 and self.client.asks_again:
                self.workspace_diagnostic_refresh(None)
            return
        self._publish(document.uri, found.diagnostics[document.path], document.version)
        before = self._not_open.get(document.uri, {})
        self._not_open[document.uri] = others = self._others(found)
        for path in before | others:
            self._publish_not_open(path)

    def _others(self, found: Report) -> dict[str, list[types.Diagnostic]]:
        """The diagnostics of files that are not open, by absolute path."""
        is_open = {document.path for document in self.documents}
        return {
            os.path.abspath(path): each for path, each in found.diagnostics.items() if path not in is_open
        }

    def _publish_not_open(self, path: str) -> None:
        """Send the diagnostics of a file that is not open: it may be in the trees of several documents."""
        uri = uri_of_path(path)
        if self.documents.get(uri) is None:
            found: list[types.Diagnostic] = []
            for others in self._not_open.values():
                found += [each for each in others.get(path, ()) if each not in found]
            self._publish(uri, found)

    def _publish(self, uri: str, diagnostics: list[types.Diagnostic], version: int | None = None) -> None:
        if not self.client.pulls_diagnostics:
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, diagnostics, version))

    async def diagnostics(self, params: types.DocumentDiagnosticParams) -> types.DocumentDiagnosticReport:
        """The diagnostics of a document, for a client that asks; of its other files, if that takes them."""
        document = self.documents.get(params.text_document.uri)
        while document:
            try:
                found = await self.analyses.report(document.uri)
            except AnalysisEnded:  # by the next keystroke
                document = self.documents.get(params.text_document.uri)
                continue
            others = {
                uri_of_path(path): types.FullDocumentDiagnosticReport(each)
                for path, each in (self._others(found) if self.client.takes_other_files else {}).items()
            }
            return types.RelatedFullDocumentDiagnosticReport(
                found.diagnostics[document.path], related_documents=cast(Any, others) or None
            )
        return types.RelatedFullDocumentDiagnosticReport([])

    async def ask(self, uri: str, question: Callable[..., Any], *arguments: object) -> Any:
        """An answer about the present text of a document; None where there is none."""
        try:
            return await self.analyses.ask(uri, question, *arguments)
        except AnalysisEnded:
            return None

    # What is under the cursor

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
            return await self.ask(uri, question, position), 0
        try:
            analysis, before = self.analyses.excerpt(document, position.line)
        except SshkeepError:
            return None, 0
        inside = types.Position(position.line - before, position.character)
        return question(analysis, inside, False), before

    # Navigation

    async def navigate(self, question: Callable[..., Any], params: Any) -> Any:
        """The answer to one of the questions of NAVIGATION; nothing while a large text is judged."""
        document = self.documents.get(params.text_document.uri)
        lenses_off = question is code_lenses and not self.settings.code_lens
        if document is None or lenses_off or self.analyses.is_busy(document):
            return None
        place = [getattr(params, name) for name in ("position", "range") if hasattr(params, name)]
        return await self.ask(document.uri, question, *place)

    async def workspace_symbols(self, params: types.WorkspaceSymbolParams) -> list[types.WorkspaceSymbol]:
        """The Host and Match lines of all open documents, and of the files in their trees."""
        found: list[types.WorkspaceSymbol] = []
        for document in list(self.documents):
            if not self.analyses.is_busy(document):
                symbols = await self.ask(document.uri, host_symbols, params.query)
                found += [each for each in symbols or () if each not in found]
        return found

    # Code actions

    async def code_actions(self, params: types.CodeActionParams) -> list[types.CodeAction] | None:
        """What can be done about the selected lines."""
        only = [str(getattr(each, "value", each)) for each in params.context.only or ()]
        arguments = params.range, only, self.client.edits
        found: list[types.CodeAction] | None = await self.ask(
            params.text_document.uri, code_actions, *arguments
        )
        return found

    def explain(self, rule: str) -> str:
        """The command: show why a rule exists. Returns the rule's page as Markdown."""
        loaded = self.analyses.rules.rule(rule)
        if loaded is None:
            return ""
        text = f"{loaded.id}: {loaded.rule.summary}\n\n{loaded.doc}"
        self.window_show_message(types.ShowMessageParams(types.MessageType.Info, text))
        return "\n".join(markdown_page(loaded))

    # Settings

    async def initialized(self, params: object) -> None:
        """Ask the client for its settings, and to report files that change on disk."""
        if self.client.watches_files:
            watched = [types.FileSystemWatcher(pattern) for pattern in WATCHED]
            options = types.DidChangeWatchedFilesRegistrationOptions(watched)
            registration = types.Registration("watch", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
            self.client_register_capability(types.RegistrationParams([registration]), lambda _: None)
        await self._ask_for_settings()

    async def configured(self, params: types.DidChangeConfigurationParams) -> None:
        """The settings have changed: they are in the message, or have to be asked for."""
        if not await self._ask_for_settings():
            self.use(params.settings)

    async def _ask_for_settings(self) -> bool:
        if not self.client.has_settings:
            return False
        items = [types.ConfigurationItem(section=SECTION)]
        found = await self.workspace_configuration_async(types.ConfigurationParams(items))
        self.use(found[0] if found else None)
        return True

    def use(self, given: Any) -> None:
        """Work with the settings that the client has sent."""
        try:
            settings = settings_from_json(given)
        except SshkeepError as error:
            self._show(str(error))
            return
        if settings != self.settings:
            self.settings = settings
            self.analyses.use(settings)

    def set_target(self, name: str) -> str:
        """The command: read all documents as this target does."""
        try:
            check_target(name)
        except SshkeepError as error:
            self._show(str(error))
            return self.settings.target
        self.settings = self.settings._replace(target=name)
        self.analyses.use(self.settings)
        return name

    def _show(self, sentence: str) -> None:
        self.window_show_message(types.ShowMessageParams(types.MessageType.Error, f"sshkeep: {sentence}"))

    def shut_down(self, params: object) -> None:
        """End what still works."""
        self.analyses.end()


NAVIGATION: dict[str, Callable[..., Any]] = {
    types.TEXT_DOCUMENT_DOCUMENT_SYMBOL: document_symbols,
    types.TEXT_DOCUMENT_FOLDING_RANGE: folding_ranges,
    types.TEXT_DOCUMENT_CODE_LENS: code_lenses,
    types.TEXT_DOCUMENT_DEFINITION: definition,
    types.TEXT_DOCUMENT_REFERENCES: references,
    types.TEXT_DOCUMENT_DOCUMENT_LINK: document_links,
    types.TEXT_DOCUMENT_INLAY_HINT: inlay_hints,
}
"""Requests about a document, and what answers each."""


def _lower(place: types.Range, lines: int) -> types.Range:
    """The range that many lines further down."""
    start, end = place.start, place.end
    return types.Range(
        types.Position(start.line + lines, start.character), types.Position(end.line + lines, end.character)
    )


WATCHED = ("**/sshkeep.yaml", "**/*ssh*_config*", "**/*ssh*_config.d/*", "**/.ssh/**")
"""Files whose change on disk may change findings."""
