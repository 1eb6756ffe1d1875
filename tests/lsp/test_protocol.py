"""The protocol as other people's library for tests of language servers speaks it, in the clients' own words."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

from tests.program import ROOT

COMMAND = [sys.executable, "-m", "sshkeep", "lsp"]


@pytest_lsp.fixture(  # type: ignore[untyped-decorator]
    params=["neovim", "visual_studio_code", "emacs"],
    config=ClientServerConfig(server_command=COMMAND, server_env={"PYTHONPATH": str(ROOT)}),
)
async def editor(lsp_client: LanguageClient, request: pytest.FixtureRequest) -> AsyncIterator[None]:
    lsp_client.feature(types.CLIENT_REGISTER_CAPABILITY)(lambda params: None)
    capabilities = client_capabilities(request.param)
    await lsp_client.initialize_session(
        types.InitializeParams(
            capabilities=capabilities,
            process_id=None,
            root_uri=None,
            initialization_options={"target": "9.9"},
        )
    )
    yield
    await lsp_client.shutdown_session()


@pytest.mark.asyncio
async def test_an_editor_gets_findings_hover_completion_and_fixes(
    editor: LanguageClient, tmp_path: Path
) -> None:
    uri = (tmp_path / "sshd_config").as_uri()
    text = "# 日 😀\nClientAliveInterval 0\n"
    document = types.TextDocumentIdentifier(uri)
    place = types.Position(1, 3)
    editor.text_document_did_open(
        types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, "sshdconfig", 1, text))
    )
    features = editor.capabilities.text_document if editor.capabilities else None
    if features and features.diagnostic:
        found = await editor.text_document_diagnostic_async(types.DocumentDiagnosticParams(document))
        assert isinstance(found, types.RelatedFullDocumentDiagnosticReport)
        diagnostics = list(found.items)
    else:
        await editor.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        diagnostics = list(editor.diagnostics[uri])
    assert [(each.code, each.range.start.line) for each in diagnostics] == [("client-alive-interval", 1)]
    hover = await editor.text_document_hover_async(types.HoverParams(document, place))
    assert hover is not None
    offered = await editor.text_document_completion_async(types.CompletionParams(document, place))
    assert isinstance(offered, types.CompletionList)
    context = types.CodeActionContext(diagnostics)
    actions = await editor.text_document_code_action_async(
        types.CodeActionParams(document, types.Range(place, place), context)
    )
    titles = [each.title for each in actions or ()]
    assert "Fix the one safe problem" in titles
    assert "Explain client-alive-interval" in titles
