"""Formatting in an editor: the edits of `sshkeep format`, for a document or for lines of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types

from sshkeep.edit.edits import Edit, apply_edits
from sshkeep.lsp.formatting import format_document
from sshkeep.lsp.positions import Positions
from tests.lsp.client import Client
from tests.lsp.questions import analysis_of

SSHD = "/nowhere/sshd_config"
BEFORE = "Port  22 \n# 日 😀 \n\n\n\nMatch  User bob\nPermitTTY  no"
AFTER = "Port 22\n# 日 😀\n\nMatch User bob\n    PermitTTY no\n"


def applied(text: str, edits: list[types.TextEdit]) -> str:
    """The text with the edits made, as an editor makes them."""
    data = text.encode()
    positions = Positions(data)
    spans = [(positions.span(edit.range), edit.new_text.encode()) for edit in edits]
    return apply_edits(data, [Edit("", *span, new) for span, new in spans]).decode()


@pytest.mark.parametrize(
    ("start", "end", "after"),
    [
        (None, None, AFTER),
        ((0, 0), (6, 12), AFTER),
        ((0, 3), (0, 5), "Port 22\n# 日 😀 \n\n\n\nMatch  User bob\nPermitTTY  no"),
        ((1, 0), (2, 0), "Port  22 \n# 日 😀\n\n\n\nMatch  User bob\nPermitTTY  no"),
        ((3, 0), (3, 0), "Port  22 \n# 日 😀 \n\n\nMatch  User bob\nPermitTTY  no"),
        ((6, 0), (6, 1), "Port  22 \n# 日 😀 \n\n\n\nMatch  User bob\n    PermitTTY no\n"),
        ((9, 0), (9, 1), BEFORE),
    ],
)
def test_a_document_or_lines_of_it(
    start: tuple[int, int] | None, end: tuple[int, int] | None, after: str
) -> None:
    wanted = types.Range(types.Position(*start), types.Position(*end)) if start and end else None
    found = format_document(analysis_of(SSHD, {SSHD: BEFORE}), wanted)
    assert applied(BEFORE, found) == after


@pytest.mark.parametrize("text", [AFTER, "  Port  22\n\0\n", "# Ansible managed\n  Port  22\n"])
def test_no_edits(text: str) -> None:
    assert format_document(analysis_of(SSHD, {SSHD: text})) == []


def test_other_files_of_the_tree_stay() -> None:
    drop_in = "/nowhere/sshd_config.d/10.conf"
    texts = {SSHD: "Include /etc/ssh/sshd_config.d/*.conf\nPort  22\n", drop_in: "  UseDNS  no\n"}
    for path, after in ((SSHD, "Port 22"), (drop_in, "UseDNS no")):
        found = format_document(analysis_of(path, texts))
        assert applied(texts[path], found).splitlines()[-1] == after


def test_an_editor_asks(tmp_path: Path) -> None:
    with Client() as client:
        offered = client.initialized["capabilities"]
        assert offered["documentFormattingProvider"] and offered["documentRangeFormattingProvider"]
        uri = (tmp_path / "sshd_config").as_uri()
        client.open(uri, "Port  22\nUseDNS  no\n")
        options = {"tabSize": 8, "insertSpaces": False}
        document = {"uri": uri}
        whole = client.request("textDocument/formatting", textDocument=document, options=options)
        assert [edit["range"]["start"]["line"] for edit in whole] == [0, 1]
        place = {"start": {"line": 1, "character": 0}, "end": {"line": 1, "character": 1}}
        part = client.request(
            "textDocument/rangeFormatting", textDocument=document, range=place, options=options
        )
        assert part == whole[1:]
