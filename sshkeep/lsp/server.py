"""The server: which message of the protocol leads to what."""

from __future__ import annotations

from collections.abc import Callable, Generator
from functools import partial
from typing import Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, default_converter, lsp_method

from sshkeep.errors import SshkeepError
from sshkeep.lsp.analyses import Analyses
from sshkeep.lsp.answers import Answers
from sshkeep.lsp.client_features import ClientFeatures
from sshkeep.lsp.code_actions import EXPLAIN, FIX_ALL
from sshkeep.lsp.diagnostics import SOURCE, Report
from sshkeep.lsp.documents import Document, Documents, path_of_uri
from sshkeep.lsp.editor_settings import SECTION, EditorSettings, check_target, settings_from_json
from sshkeep.lsp.formatting import format_document
from sshkeep.lsp.navigation import definition, document_links, inlay_hints, references
from sshkeep.lsp.outline import code_lenses, document_symbols, folding_ranges
from sshkeep.lsp.reporting import Reporting
from sshkeep.lsp.semantic_tokens import LEGEND, semantic_tokens
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
        self.analyses = Analyses(self.documents, self, self.folders)
        self.settings = EditorSettings()
        self.reporting = Reporting(self, self.documents, self.analyses)
        self.answers = Answers(self, self.documents, self.analyses)
        self._name_features()

    def _name_features(self) -> None:
        """Tell the library what answers each message."""
        answers: dict[str, Callable[..., Any]] = {
            types.INITIALIZED: self.initialized,
            types.SHUTDOWN: self.shut_down,
            types.TEXT_DOCUMENT_DID_SAVE: self.saved,
            types.WORKSPACE_DID_CHANGE_WATCHED_FILES: self.saved,
            types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS: self.saved,
            types.WORKSPACE_DID_CHANGE_CONFIGURATION: self.configured,
            types.TEXT_DOCUMENT_HOVER: self.answers.hover,
            types.WORKSPACE_SYMBOL: self.answers.workspace_symbols,
        }
        for feature, answer in answers.items():
            self.feature(feature)(partial(answer))
        self.feature(
            types.TEXT_DOCUMENT_DIAGNOSTIC,
            types.DiagnosticOptions(inter_file_dependencies=True, workspace_diagnostics=False),
        )(partial(self.reporting.asked))
        kinds = [types.CodeActionKind.QuickFix, FIX_ALL]
        self.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=kinds))(
            partial(self.answers.code_actions)
        )
        for feature, question in NAVIGATION.items():
            self.feature(feature)(partial(self.answers.navigate, question))
        for feature in (types.TEXT_DOCUMENT_FORMATTING, types.TEXT_DOCUMENT_RANGE_FORMATTING):
            self.feature(feature)(partial(self.answers.navigate, format_document))
        self.feature(types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL, LEGEND)(
            partial(self.answers.navigate, semantic_tokens)
        )
        triggers = [" ", "=", ",", "+", "-", "^", "%"]
        self.feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=triggers))(
            partial(self.answers.completion)
        )
        self.command(EXPLAIN)(partial(self.explain))
        self.command(SET_TARGET)(partial(self.set_target))

    # Documents

    def opened(self, item: types.TextDocumentItem) -> None:
        """A text counts from now on, and may be a new file of a tree."""
        document = self.documents.open(item)
        self.reporting.opened(document)
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
            self.reporting.closed(uri)
            self.analyses.all_changed()

    def saved(self, params: object) -> None:
        """Files on disk may have changed, a policy among them, or the folders that the editor has open."""
        self.analyses.all_changed()

    def reported(self, document: Document, found: Report) -> None:
        """A text is judged."""
        self.reporting.reported(document, found)

    @property
    def client(self) -> ClientFeatures:
        """What the client can do."""
        return ClientFeatures(self.client_capabilities)

    # Commands

    def explain(self, rule: str) -> str:
        """The command: show why a rule exists. Returns the rule's page as Markdown."""
        loaded = self.analyses.rules.rule(rule)
        if loaded is None:
            return ""
        text = f"{loaded.id}: {loaded.rule.summary}\n\n{loaded.doc}"
        self.window_show_message(types.ShowMessageParams(types.MessageType.Info, text))
        return "\n".join(markdown_page(loaded))

    # Settings

    def folders(self) -> list[str]:
        """The folders that the editor has open."""
        uris = [each.uri for each in self.workspace.folders.values()] or [self.workspace.root_uri]
        return [path for uri in uris if uri and (path := path_of_uri(uri))]

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
        if found and found[0] is not None:  # else it knows none, and those that it began with count
            self.use(found[0])
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
        """End what still works, and what waits for it."""
        self.documents.close_all()
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


WATCHED = ("**/sshkeep.yaml", "**/pyproject.toml", "**/*ssh*_config*", "**/*ssh*_config.d/*", "**/.ssh/**")
"""Files whose change on disk may change findings."""
