"""What the editor offers to write: `|` is the cursor."""

from __future__ import annotations

import pytest
from lsprotocol import types

from sshkeep.lsp.completion import completion_list
from tests.lsp.questions import analysis_of


def items_at(text: str, kind: str = "sshd_config", target: str = "debian-12") -> list[types.CompletionItem]:
    path, before = f"/nowhere/{kind}", text.partition("|")[0]
    analysis = analysis_of(path, {path: text.replace("|", "")}, target)
    line = before.count("\n")
    found = completion_list(analysis, types.Position(line, len(before.rpartition("\n")[2])))
    return list(found.items) if found else []


def labels(text: str, kind: str = "sshd_config", target: str = "debian-12") -> list[str]:
    return [item.label for item in items_at(text, kind, target)]


def item(text: str, label: str, kind: str = "sshd_config", target: str = "debian-12") -> types.CompletionItem:
    return next(each for each in items_at(text, kind, target) if each.label == label)


OFFERED = [
    # kind, text, what is offered
    ("sshd_config", "PermitRootLogin |", ["yes", "no", "prohibit-password"]),
    ("sshd_config", "PermitRootLogin=|", ["yes"]),
    ("sshd_config", "Ciphers aes128-ctr,|", ["chacha20-poly1305@openssh.com"]),
    ("sshd_config", "Ciphers -|", ["aes128-cbc"]),
    ("sshd_config", "Ciphers ^aes|", ["aes256-gcm@openssh.com"]),
    ("sshd_config", "ClientAliveInterval |", ["30s", "5m"]),
    ("sshd_config", "AllowUsers bob\nDenyUsers |", ["bob"]),
    ("sshd_config", "AllowGroups wheel\nMatch Group |", ["wheel"]),
    ("sshd_config", "AllowUsers bob\nMatch User ann,|", ["bob", "ann"]),
    ("sshd_config", "Match |", ["all", "user", "address"]),
    ("sshd_config", "Match User bob |", ["address"]),
    ("sshd_config", "AuthorizedKeysFile /etc/keys/%|", ["%u", "%h"]),
    ("sshd_config", "|", ["ClientAliveInterval", "keepalive", "sftp-only"]),
    ("ssh_config", "Host a b.example\nHost c\n  ProxyJump |", ["a", "b.example", "none"]),
    ("ssh_config", "Host a\nMatch |", ["host", "originalhost", "final"]),
    ("ssh_config", "Host a\nMatch host |", ["a"]),
    ("ssh_config", "Host a\n  ControlPath ~/.ssh/%r@%|", ["%h", "%C"]),
    ("ssh_config", "|", ["ServerAliveInterval", "keepalive"]),
]


@pytest.mark.parametrize(("kind", "text", "wanted"), OFFERED)
def test_offered(kind: str, text: str, wanted: list[str]) -> None:
    found = labels(text, kind)
    assert [each for each in wanted if each not in found] == []


@pytest.mark.parametrize(
    "text", ["# Permit|", "Match User |", "Foo |", "Banner |", "AllowUsers *\nDenyUsers |", "Match address |"]
)
def test_nothing_is_offered_where_nothing_is_known(text: str) -> None:
    assert labels(text) == []


@pytest.mark.parametrize(
    ("text", "name", "why"),
    [
        ("Match User bob\n    |", "Port", "not in a Match block"),
        ("|", "RequiredRSASize", None),
        ("|", "PerSourcePenalties", "not in debian-12"),
        ("|", "UsePrivilegeSeparation", "deprecated"),
        ("Match all\n|", "Port", None),
    ],
)
def test_what_may_not_stand_here_comes_last_and_is_marked(text: str, name: str, why: str | None) -> None:
    found = item(text, name)
    assert (found.detail, bool(found.tags)) == (why, bool(why))
    marked = [bool(each.tags) for each in items_at(text)]
    assert marked == sorted(marked)


@pytest.mark.parametrize(
    ("text", "inserted"),
    [
        ("|", "MaxSessions "),
        ("port 22\nusepam yes\n|", "maxsessions "),
        ("Port=22\n|", "MaxSessions="),
        ("Port\t22\n|", "MaxSessions\t"),
    ],
)
def test_case_and_separator_follow_the_file(text: str, inserted: str) -> None:
    (found,) = [each for each in items_at(text) if each.label.lower() == "maxsessions"]
    assert isinstance(found.text_edit, types.TextEdit)
    assert found.text_edit.new_text == inserted


@pytest.mark.parametrize(
    ("text", "label", "start"),
    [
        ("Max|", "MaxSessions", 0),
        ("PermitRootLogin wi|", "without-password", 16),
        ("Ciphers +aes128-ctr,aes2|", "aes256-ctr", 20),
        ("Match User bob,a|\nAllowUsers ann", "ann", 15),
    ],
)
def test_the_word_that_is_begun_is_replaced(text: str, label: str, start: int) -> None:
    edit = item(text, label).text_edit
    assert isinstance(edit, types.TextEdit)
    assert edit.range.start.character == start
    assert edit.range.end.character == len(text.partition("|")[0])
