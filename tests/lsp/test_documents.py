"""A document after edits by range is what an editor has."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lsprotocol.types import (
    Position,
    Range,
    TextDocumentContentChangePartial,
    TextDocumentContentChangeWholeDocument,
    TextDocumentItem,
)

from sshkeep.lsp.documents import Document
from sshkeep.lsp.positions import text_of
from tests.lsp.editor import offset_in, positions_of

PIECES = st.text(st.sampled_from("ab日😀\t\r\n\x0c\u2028"), max_size=12)
EDITED = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)  # other tests run meanwhile


def document(text: str, uri: str = "file:///etc/ssh/sshd_config", language: str = "") -> Document:
    return Document(TextDocumentItem(uri, language, 1, text))


def replace(start: tuple[int, int], end: tuple[int, int], text: str) -> TextDocumentContentChangePartial:
    return TextDocumentContentChangePartial(Range(Position(*start), Position(*end)), text)


EDITS = [
    ("", (0, 0), (0, 0), "Port 22", "Port 22"),
    ("a\nb\n", (1, 0), (1, 1), "", "a\n\n"),
    ("a\nb\n", (2, 0), (2, 0), "c", "a\nb\nc"),
    ("a\nb", (0, 1), (1, 0), "", "ab"),
    ("a\r\nb", (0, 1), (1, 0), "", "ab"),
    ("😀b", (0, 2), (0, 3), "c", "😀c"),
    ("a\rx\nb", (1, 0), (1, 1), "", "a\r\nb"),  # two line endings become one
    ("a\nb", (9, 9), (9, 9), "!", "a\nb!"),
]


@pytest.mark.parametrize(("before", "start", "end", "text", "after"), EDITS)
def test_an_edit(before: str, start: tuple[int, int], end: tuple[int, int], text: str, after: str) -> None:
    edited = document(before)
    edited.change([replace(start, end, text)], 2)
    assert (text_of(edited.data), edited.version) == (after, 2)
    assert edited.lines == edited.data.splitlines(keepends=True)


@EDITED
@given(PIECES, st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40), PIECES), max_size=8))
def test_edits_are_those_of_the_text(text: str, edits: list[tuple[int, int, str]]) -> None:
    edited = document(text)
    for one, other, piece in edits:
        places = positions_of(text)
        start, end = sorted((one % len(places), other % len(places)))
        edited.change([replace(places[start], places[end], piece)], 2)
        text = text[: offset_in(text, places[start])] + piece + text[offset_in(text, places[end]) :]
        assert text_of(edited.data) == text
        assert edited.lines == edited.data.splitlines(keepends=True)


def test_several_changes_count_one_after_the_other() -> None:
    edited = document("a")
    edited.change([TextDocumentContentChangeWholeDocument("b\nc"), replace((1, 0), (1, 1), "d")], 3)
    assert edited.data == b"b\nd"


@pytest.mark.parametrize(
    ("uri", "language", "kind"),
    [
        ("file:///etc/ssh/sshd_config", "sshconfig", None),  # the name counts
        ("file:///tmp/notes", "sshdconfig", "sshd_config"),
        ("file:///tmp/notes", "sshconfig", "ssh_config"),
        ("file:///tmp/notes", "plaintext", None),  # the content counts
        ("untitled:Untitled-1", "ssh_config", "ssh_config"),
    ],
)
def test_language(uri: str, language: str, kind: str | None) -> None:
    assert document("", uri, language).kind == kind


@pytest.mark.parametrize(
    ("uri", "path", "on_disk"),
    [
        ("file:///a/b%20%E6%97%A5", "/a/b 日", True),
        ("untitled:Untitled-1", "untitled:Untitled-1", False),
    ],
)
def test_path(uri: str, path: str, on_disk: bool) -> None:
    found = document("", uri)
    assert (found.path, found.on_disk) == (path, on_disk)
