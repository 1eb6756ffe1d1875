"""Where the editor goes from a word, and what it lists."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types

from sshkeep.lsp.navigation import definition, document_links, inlay_hints, references
from sshkeep.lsp.outline import code_lenses, document_symbols, folding_ranges, host_symbols
from sshkeep.lsp.semantic_tokens import LEGEND, semantic_tokens
from tests.lsp.client import Client, position
from tests.lsp.questions import analysis_of

SSHD = """\
Include /etc/ssh/sshd_config.d/*.conf
ClientAliveInterval 45
ClientAliveInterval 60
Match User bob
    X11Forwarding no
    ClientAliveInterval 90

# end
Match Group a
"""
SSH = """\
ServerAliveInterval 60
Host web
    ProxyJump bob@jump:22,db
Host *.internal jump
Host db web
Match host web
    Port 23
"""
OTHER = "/nowhere/sshd_config.d/10.conf"


def analysis(kind: str, target: str = "debian-12") -> Any:
    texts = {"sshd_config": SSHD, "ssh_config": SSH}
    path = f"/nowhere/{kind}"
    return analysis_of(path, {path: texts[kind], OTHER: "Port 22\n"}, target)


def lines(found: list[types.Location]) -> list[tuple[str, int]]:
    return [(each.uri.rpartition("/")[2], each.range.start.line) for each in found]


@pytest.mark.parametrize(
    ("kind", "line", "character", "places"),
    [
        ("sshd_config", 0, 12, [("10.conf", 0)]),
        ("sshd_config", 2, 3, [("sshd_config", 1)]),  # the line that wins
        ("sshd_config", 5, 6, [("sshd_config", 5)]),
        ("sshd_config", 3, 2, []),
        ("sshd_config", 7, 2, []),
        ("ssh_config", 2, 16, [("ssh_config", 3), ("ssh_config", 4)]),
    ],
)
def test_definition(kind: str, line: int, character: int, places: list[tuple[str, int]]) -> None:
    assert lines(definition(analysis(kind), types.Position(line, character))) == places


@pytest.mark.parametrize(
    ("line", "character", "places"),
    [
        (1, 6, [1, 4, 5]),  # web
        (4, 6, [4, 2]),  # db, also in the ProxyJump
        (3, 17, [3, 2]),
        (6, 6, []),
    ],
)
def test_references_of_a_host(line: int, character: int, places: list[int]) -> None:
    found = references(analysis("ssh_config"), types.Position(line, character))
    assert [line for _, line in lines(found)] == places


def test_symbols_are_blocks_with_their_settings() -> None:
    found = document_symbols(analysis("sshd_config"))
    assert [each.name for each in found] == [
        "Include",
        "ClientAliveInterval",
        "ClientAliveInterval",
        "Match User bob",
        "Match Group a",
    ]
    assert [(each.name, each.detail) for each in found[3].children or ()] == [
        ("X11Forwarding", "no"),
        ("ClientAliveInterval", "90"),
    ]


def test_folding_ends_with_the_last_setting_of_a_block() -> None:
    assert [(f.start_line, f.end_line) for f in folding_ranges(analysis("sshd_config"))] == [(3, 5)]


def test_links_are_the_includes_that_read_one_file() -> None:
    (link,) = document_links(analysis("sshd_config"))
    assert link.target == f"file://{OTHER}"
    assert (link.range.start.character, link.range.end.character) == (8, 37)


@pytest.mark.parametrize(
    ("target", "hints"),
    [("debian-12", ["probes every 90 s", "probes every 120 s", "probes every 180 s"]), ("9.9", [])],
)
def test_hints_where_openssh_doubles_an_interval(target: str, hints: list[str]) -> None:
    everywhere = types.Range(types.Position(0, 0), types.Position(99, 0))
    assert [each.label for each in inlay_hints(analysis("sshd_config", target), everywhere)] == hints
    first = types.Range(types.Position(0, 0), types.Position(1, 0))
    assert [each.label for each in inlay_hints(analysis("sshd_config", target), first)] == hints[:1]


@pytest.mark.parametrize(
    ("text", "target", "hints"),
    [
        ("Host *\n    BatchMode yes\n", "debian-12", [(1, "probes every 300 s")]),
        ("Host *\n    BatchMode yes\n", "9.9", []),
        ("Host *\n    BatchMode no\n", "debian-12", []),
        ("Host *\n    BatchMode yes\n    ServerAliveInterval 60\n", "debian-12", []),
        ("BatchMode no\nHost a\n    BatchMode yes\n", "debian-12", []),
        (
            "Host a\n    BatchMode yes\nHost b\n    BatchMode yes\n    ServerAliveInterval 0\n",
            "debian-12",
            [(1, "probes every 300 s")],
        ),
    ],
)
def test_hints_where_debian_makes_batch_mode_probe(
    text: str, target: str, hints: list[tuple[int, str]]
) -> None:
    everywhere = types.Range(types.Position(0, 0), types.Position(99, 0))
    found = inlay_hints(analysis_of("ssh_config", {"ssh_config": text}, target), everywhere)
    assert [(each.position.line, each.label) for each in found] == hints


def test_a_lens_over_each_host_line() -> None:
    found = [
        (each.range.start.line, each.command and each.command.title)
        for each in code_lenses(analysis("ssh_config"))
    ]
    assert found == [(line, "survives 7 of 7 common paths") for line in (1, 3, 4)]
    assert code_lenses(analysis("sshd_config")) == []


@pytest.mark.parametrize(("query", "names"), [("", 4), ("wEb", 3), ("hdw", 1), ("nothing", 0)])
def test_workspace_symbols_are_the_host_and_match_lines(query: str, names: int) -> None:
    assert len(host_symbols(analysis("ssh_config"), query)) == names


TOKENS = [
    # text, and for each token its line, character, length and type
    ("Port 22 # x", [(0, 0, 4, "keyword"), (0, 5, 2, "number"), (0, 8, 3, "comment")]),
    ("# 日😀\n\tPermitTTY\tno\n", [(0, 0, 5, "comment"), (1, 1, 9, "keyword"), (1, 11, 2, "enumMember")]),
    ('Banner "日 😀" \n', [(0, 0, 6, "keyword"), (0, 7, 6, "string")]),
    ("Match User bob\n", [(0, 0, 5, "namespace"), (0, 6, 4, "string"), (0, 11, 3, "string")]),
    ("ClientAliveInterval=1m", [(0, 0, 19, "keyword"), (0, 20, 2, "number")]),
    ("Foo 1", [(0, 0, 3, "variable"), (0, 4, 1, "number")]),
    ("Foo a\rb c\n", [(0, 0, 3, "variable"), (0, 4, 1, "string"), (1, 0, 1, "string"), (1, 2, 1, "string")]),
    ("# 日\r#\n", [(0, 0, 3, "comment"), (1, 0, 1, "comment")]),
    ('Banner ""', [(0, 0, 6, "keyword"), (0, 7, 2, "string")]),
    ("ForceCommand", [(0, 0, 12, "keyword")]),
]


@pytest.mark.parametrize(("text", "tokens"), TOKENS)
def test_semantic_tokens(text: str, tokens: list[tuple[int, int, int, str]]) -> None:
    path = "/nowhere/sshd_config"
    data = semantic_tokens(analysis_of(path, {path: text}, "9.9")).data
    found, line, character = [], 0, 0
    for down, right, length, kind, _ in zip(*[iter(data)] * 5, strict=True):
        line, character = line + down, right if down else character + right
        found.append((line, character, length, LEGEND.token_types[kind]))
    assert found == tokens


QUESTIONS = ["documentSymbol", "foldingRange", "codeLens", "documentLink"]


def test_over_the_wire(client: Client, tmp_path: Path) -> None:
    uri = (tmp_path / "ssh_config").as_uri()
    client.open(uri, SSH)
    document = {"uri": uri}
    for question in QUESTIONS:
        assert isinstance(client.request(f"textDocument/{question}", textDocument=document), list)
    (first, *_) = client.request("textDocument/definition", textDocument=document, position=position(2, 15))
    assert first["uri"] == uri
    assert client.request("textDocument/semanticTokens/full", textDocument=document)["data"]
    assert len(client.request("workspace/symbol", query="web")) == 3


def test_the_hosts_of_a_file_in_two_trees_are_listed_once(client: Client, tmp_path: Path) -> None:
    texts = {
        "ssh_config": "Include /etc/ssh/ssh_config.d/*.conf\nHost web\n",
        "ssh_config.d/a.conf": "Host a b\n",
    }
    for name, text in texts.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
        client.open((tmp_path / name).as_uri(), text)
        client.diagnostics((tmp_path / name).as_uri())
    found = client.request("workspace/symbol", query="")
    assert sorted(each["name"] for each in found) == ["Host a b", "Host web"]


def test_the_lens_can_be_switched_off(tmp_path: Path) -> None:
    uri = (tmp_path / "ssh_config").as_uri()
    with Client(options={"codeLens": False}) as client:
        client.open(uri, SSH)
        assert client.request("textDocument/codeLens", textDocument={"uri": uri}) is None


def test_nothing_is_known_of_a_file_of_another_program() -> None:
    text = (
        '[HKEY_CURRENT_USER\\Software\\SimonTatham\\PuTTY\\Sessions\\a]\n"PingIntervalSecs"=dword:0000003c\n'
    )
    path = "/nowhere/putty.reg"
    found = analysis_of(path, {path: f"Windows Registry Editor Version 5.00\n\n{text}"})
    assert document_symbols(found) == []
    assert definition(found, types.Position(3, 0)) == []
