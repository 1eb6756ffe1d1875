"""What the client says that it can do; of what it does not name, that it can't."""

from __future__ import annotations

from lsprotocol import types

from sshkeep.lsp.hover import plain_text
from sshkeep.lsp.workspace_edits import EditSupport


class ClientFeatures:
    """The capabilities of one client."""

    def __init__(self, capabilities: types.ClientCapabilities) -> None:
        self._texts = capabilities.text_document or types.TextDocumentClientCapabilities()
        self._workspace = capabilities.workspace or types.WorkspaceClientCapabilities()

    @property
    def pulls_diagnostics(self) -> bool:
        """Whether it asks for diagnostics; then none are sent to it."""
        return self._texts.diagnostic is not None

    @property
    def takes_other_files(self) -> bool:
        """Whether an answer about a document may have diagnostics of other files."""
        diagnostic = self._texts.diagnostic
        return bool(diagnostic and diagnostic.related_document_support)

    @property
    def asks_again(self) -> bool:
        """Whether it asks for diagnostics again when it is told to."""
        diagnostics = self._workspace.diagnostics
        return bool(diagnostics and diagnostics.refresh_support)

    @property
    def has_settings(self) -> bool:
        """Whether it can be asked for its settings."""
        return bool(self._workspace.configuration)

    @property
    def watches_files(self) -> bool:
        """Whether it can be asked to report files that change on disk."""
        watched = self._workspace.did_change_watched_files
        return bool(watched and watched.dynamic_registration)

    @property
    def edits(self) -> EditSupport:
        """The edits that it carries out."""
        support = self._workspace.workspace_edit or types.WorkspaceEditClientCapabilities()
        creates = types.ResourceOperationKind.Create in (support.resource_operations or ())
        documents = bool(support.document_changes)
        return EditSupport(documents, documents and creates)

    def shown(self, found: types.Hover) -> types.Hover:
        """A hover in a format that it shows."""
        formats = self._texts.hover.content_format if self._texts.hover else None
        if isinstance(found.contents, types.MarkupContent) and types.MarkupKind.Markdown not in (
            formats or ()
        ):
            found.contents = types.MarkupContent(types.MarkupKind.PlainText, plain_text(found.contents.value))
        return found

    def offered(self, found: types.CompletionList) -> types.CompletionList:
        """The completions that it can insert, with documentation in a format that it shows."""
        completion = self._texts.completion
        support = (completion and completion.completion_item) or types.ClientCompletionItemOptions()
        if not support.snippet_support:
            found.items = [each for each in found.items if each.insert_text_format is None]
        if types.MarkupKind.Markdown not in (support.documentation_format or ()):
            for item in found.items:
                if isinstance(item.documentation, types.MarkupContent):
                    item.documentation = plain_text(item.documentation.value)
        return found
