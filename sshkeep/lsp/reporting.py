"""What the client is told about its documents: diagnostics, sent to it or asked for by it."""

from __future__ import annotations

import asyncio
import os
from typing import Any, cast

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from sshkeep.lsp.analyses import Analyses
from sshkeep.lsp.client_features import ClientFeatures
from sshkeep.lsp.diagnostics import Report
from sshkeep.lsp.documents import Document, Documents, uri_of_path
from sshkeep.lsp.worker import AnalysisEnded


class Reporting:
    """The diagnostics of open documents, and of the files of their trees that are not open."""

    def __init__(self, server: LanguageServer, documents: Documents, analyses: Analyses) -> None:
        self.server = server
        self.documents = documents
        self.analyses = analyses
        self._not_open: dict[str, dict[str, list[types.Diagnostic]]] = {}
        """By the URI of an open document, the diagnostics of other files of its tree that are not open."""
        self._versions: dict[str, int] = {}
        """By the URI of an open document, the version that the last report was about."""

    @property
    def client(self) -> ClientFeatures:
        """What the client can do."""
        return ClientFeatures(self.server.client_capabilities)

    def opened(self, document: Document) -> None:
        """The document has diagnostics of its own from now on."""
        for others in self._not_open.values():
            others.pop(document.path, None)

    def closed(self, uri: str) -> None:
        """Take back what was sent about the document and for its sake."""
        self._versions.pop(uri, None)
        self._publish(uri, [])
        for path in self._not_open.pop(uri, ()):
            self._publish_not_open(path)

    def reported(self, document: Document, found: Report) -> None:
        """Send new diagnostics; a client that asks for them is asked to ask again.

        It asks by itself about a text that it has changed, so only about others it is told.
        """
        client = self.client
        is_new = self._versions.get(document.uri) != document.version
        self._versions[document.uri] = document.version
        if client.pulls_diagnostics:
            if client.asks_again and not is_new:
                self.server.workspace_diagnostic_refresh(None)
            return
        self._publish(document.uri, found.diagnostics[document.path], document.version)
        before = self._not_open.get(document.uri, {})
        self._not_open[document.uri] = others = self._others(found)
        for path in before | others:
            self._publish_not_open(path)

    async def asked(self, params: types.DocumentDiagnosticParams) -> types.DocumentDiagnosticReport:
        """The diagnostics of a document, for a client that asks; of its other files, if that takes them."""
        document = self.documents.get(params.text_document.uri)
        while document:
            try:
                found = await self.analyses.report(document.uri)
            except AnalysisEnded:  # by the next keystroke, or with the server
                await asyncio.sleep(0)
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
            params = types.PublishDiagnosticsParams(uri, diagnostics, version)
            self.server.text_document_publish_diagnostics(params)
