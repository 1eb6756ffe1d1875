"""What the editor shows about the word under the cursor."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types

from sshkeep.lsp.hover import code, hover, plain_text
from tests.lsp.client import Client, position, range_of
from tests.lsp.questions import analysis_of

SSHD = """\
Include /etc/ssh/sshd_config.d/*.conf
ClientAliveInterval 1m30
HostKeyAlgorithms +ssh-rsa
ClientAliveInterval 20
X11Forwarding maybe
AllowUsers bob ann
Match User bob,carl
    PermitTTY no
Match all User x
# nothing
"""
SSH = """\
Host web *.internal
    ServerAliveInterval 45
Host db
    Port 22
Match host web
    ProxyJump db
Host a,b
"""
DROP_INS = {"/nowhere/sshd_config.d/10.conf": "", "/nowhere/sshd_config.d/20.conf": ""}


def text_at(text: str, kind: str, line: int, character: int, target: str = "debian-12") -> str:
    path = f"/nowhere/{kind}"
    files = {path: text, **(DROP_INS if kind == "sshd_config" else {})}
    found = hover(analysis_of(path, files, target), types.Position(line, character))
    assert found is None or isinstance(found.contents, types.MarkupContent)
    return found.contents.value if found and isinstance(found.contents, types.MarkupContent) else ""


HOVERS = [
    # kind, line, character, what is said
    ("sshd_config", 0, 2, "**Include** (sshd_config)"),
    ("sshd_config", 0, 9, "1. `/nowhere/sshd_config.d/10.conf`\n2. `/nowhere/sshd_config.d/20.conf`"),
    ("sshd_config", 1, 0, "Seconds of silence from a client"),
    ("sshd_config", 1, 0, "- default: `0 (debian-12)`"),
    ("sshd_config", 1, 0, "- in Match: yes"),
    ("sshd_config", 1, 22, "Comes to `90`"),
    ("sshd_config", 1, 22, "In effect for everyone"),
    ("sshd_config", 2, 20, ",ssh-rsa`"),
    (
        "sshd_config",
        3,
        22,
        "**Not in effect**: `ClientAliveInterval 1m30` wins for everyone (`/nowhere/sshd_config:2`)",
    ),
    ("sshd_config", 4, 15, "Refused: "),
    ("sshd_config", 6, 8, "Of the users in these files it applies to: `bob`, `carl`"),
    ("sshd_config", 8, 2, "Refused: "),
    ("ssh_config", 0, 2, "Of the hosts in these files it applies to: `web`"),
    ("ssh_config", 1, 25, "Idle session (`web`): first probe after 44 s"),
    ("ssh_config", 4, 2, "Of the hosts in these files it applies to: `web`"),
    ("ssh_config", 6, 2, "**Never applies**: a host name contains no comma"),
]


@pytest.mark.parametrize(("kind", "line", "character", "wanted"), HOVERS)
def test_hover(kind: str, line: int, character: int, wanted: str) -> None:
    assert wanted in text_at(SSHD if kind == "sshd_config" else SSH, kind, line, character)


@pytest.mark.parametrize(("line", "character"), [(9, 3), (50, 0)])
def test_nothing_is_said_about_nothing(line: int, character: int) -> None:
    assert text_at(SSHD, "sshd_config", line, character) == ""


IDLE = [
    (
        "sshd_config",
        "ClientAliveInterval 90\n",
        0,
        "(`sshd`): first probe after 1 min 30 s; it survives 4 of 7",
    ),
    ("sshd_config", "ClientAliveInterval 90\n", 0, "\n\nAt risk on: "),
    ("sshd_config", "ClientAliveInterval 0\n", 0, "no probe is ever sent; it survives 0 of 7"),
    ("ssh_config", "ServerAliveInterval 45\nHost x\n", 0, "(`*`): first probe after 44 s"),
]


@pytest.mark.parametrize(("kind", "text", "line", "wanted"), IDLE)
def test_on_a_keepalive_line_what_becomes_of_idle_sessions(
    kind: str, text: str, line: int, wanted: str
) -> None:
    assert wanted in text_at(text, kind, line, 22)


@pytest.mark.parametrize(
    ("text", "shown"),
    [("a", "`a`"), ("*x*", "`*x*`"), ("a`b", "`` a`b ``"), ("```", "```` ``` ````"), ("a\nb\x1b", None)],
)
def test_what_a_file_says_can_not_break_out_of_the_markdown(text: str, shown: str | None) -> None:
    found = code(text)
    assert shown in (None, found)
    assert found.isprintable()


def test_an_editor_without_markdown_gets_text() -> None:
    assert plain_text("**Port** `22`, ``a`b``\n\n- default: `` ` ``") == "Port 22, a`b\n\n- default: `"


def test_the_range_counts_utf_16(client: Client, tmp_path: Path) -> None:
    uri = (tmp_path / "sshd_config").as_uri()
    client.open(uri, 'AllowUsers "日😀" # 日\nPort 22\n')
    found = client.request("textDocument/hover", textDocument={"uri": uri}, position=position(0, 13))
    assert found["range"] == range_of((0, 0), (0, 20))
    assert found["contents"]["kind"] == "markdown"


def test_a_large_text_answers_while_it_is_judged(client: Client, tmp_path: Path) -> None:
    uri = (tmp_path / "ssh_config").as_uri()
    blocks = [f"Host h{n}\n  Port 22\n  ServerAliveInterval 1m\n" for n in range(20_000)]
    client.open(uri, "".join(blocks))
    found = client.request("textDocument/hover", textDocument={"uri": uri}, position=position(30_002, 23))
    assert uri not in client.published
    assert found["contents"]["value"] == "Comes to `60`"
    assert found["range"] == range_of((30_002, 2), (30_002, 24))
    items = client.request("textDocument/completion", textDocument={"uri": uri}, position=position(30_000, 0))
    assert items["items"][0]["textEdit"]["range"] == range_of((30_000, 0), (30_000, 0))
