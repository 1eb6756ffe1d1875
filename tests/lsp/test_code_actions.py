"""What the editor offers about findings, and what becomes of the text."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types

import sshkeep
from sshkeep.lint.registry import all_rules
from sshkeep.lint.rule import Example
from sshkeep.lsp.analysis import Analysis
from sshkeep.lsp.code_actions import EXPLAIN, code_actions
from sshkeep.lsp.workspace_edits import EditSupport
from tests.lsp.client import Client, range_of
from tests.lsp.editor import edited
from tests.lsp.questions import analysis_of, as_json

EVERYTHING = types.Range(types.Position(0, 0), types.Position(1_000_000, 0))
FULL = {"workspace": {"workspaceEdit": {"documentChanges": True, "resourceOperations": ["create"]}}}


def actions(analysis: Analysis, only: tuple[str, ...] = (), line: int | None = None) -> list[dict[str, Any]]:
    where = EVERYTHING if line is None else types.Range(types.Position(line, 0), types.Position(line, 0))
    found: list[dict[str, Any]] = as_json(code_actions(analysis, where, only, EditSupport()))
    return found


def titles(found: list[dict[str, Any]]) -> list[str]:
    return [each["title"] for each in found]


def action(found: list[dict[str, Any]], title: str) -> dict[str, Any]:
    return next(each for each in found if each["title"].startswith(title))


def made(text: str, found: dict[str, Any]) -> str:
    """The text of the one file that an action changes."""
    ((_, edits),) = found["edit"]["changes"].items()
    return edited(text, edits)


def examples_of_rules() -> Iterator[Any]:
    for id, loaded in all_rules().items():
        for number, example in enumerate(loaded.rule.examples):
            plain = not (example.files or example.facts or example.options or example.client)
            openssh = (example.kind or loaded.rule.applies_to[0]) in ("sshd_config", "ssh_config")
            if plain and openssh and loaded.rule.check and loaded.group in ("correctness", "keepalive"):
                kind = example.kind or loaded.rule.applies_to[0]
                yield pytest.param(kind, example, id=f"{id}-{number}")


@pytest.mark.parametrize(("kind", "example"), [*examples_of_rules()])
def test_fix_all_does_what_fix_does(kind: str, example: Example) -> None:
    path = f"/nowhere/{kind}"
    target = example.target or "auto"
    fixed = sshkeep.fix(path, unsaved={path: example.before}, kind=kind, target=target, policy="none")
    found = actions(analysis_of(path, {path: example.before}, target, kind), ("source.fixAll",))
    wanted = [change.after.decode() for change in fixed.changes if change.after is not None]
    assert [made(example.before, each) for each in found] == wanted


SSHD = """\
Port 22
ClientAliveInterval 0
Match User bob
    # old
    X11Forwarding maybe
    KerberosGetAFSToken no
"""

SUPPRESSED = [
    # line, title, the text after it
    (1, "Suppress client-alive-interval here", "Port 22\n# sshkeep: ignore[client-alive-interval]\nClientAl"),
    (1, "Suppress client-alive-interval for the file", "# sshkeep: ignore-file[client-alive-interval]\nPort"),
    (4, "Suppress bad-value here", "    # old\n    # sshkeep: ignore[bad-value]\n    X11Forwarding maybe\n"),
    (4, "Suppress bad-value for the block", "0\n# sshkeep: ignore-block[bad-value]\nMatch User bob\n"),
]


@pytest.mark.parametrize(("line", "title", "part"), SUPPRESSED)
def test_suppress(line: int, title: str, part: str) -> None:
    path = "/nowhere/sshd_config"
    found = action(actions(analysis_of(path, {path: SSHD}, "9.9"), line=line), title)
    after = made(SSHD, found)
    assert part in after
    assert found["diagnostics"][0]["code"] in title
    (rule,) = {each["code"] for each in found["diagnostics"]}
    left = sshkeep.lint(path, unsaved={path: after}, target="9.9", policy="none").findings
    assert [each.rule for each in left if each.rule == rule and each.severity != "info"] == []
    assert not [each for each in left if "suppression" in each.rule]


@pytest.mark.parametrize(
    ("path", "text", "line", "titles_not_offered"),
    [
        # What is missing has no line.
        ("/nowhere/sshd_config", "Port 22\n", 0, ["here", "for the block"]),
        # No block is around it.
        ("/nowhere/sshd_config", "ClientAliveInterval 0\n", 0, ["for the block"]),
    ],
)
def test_a_suppression_that_would_suppress_nothing_is_not_offered(
    path: str, text: str, line: int, titles_not_offered: list[str]
) -> None:
    found = titles(actions(analysis_of(path, {path: text}), line=line))
    assert any(title.endswith("for the file") for title in found)
    assert not [title for title in found for end in titles_not_offered if title.endswith(end)]


def test_a_safe_fix_is_preferred_and_an_unsafe_one_is_marked() -> None:
    path = "/nowhere/sshd_config"
    found = actions(analysis_of(path, {path: "ClientAliveInterval 0\n"}), ("quickfix",))
    assert action(found, "Fix: ClientAliveInterval")["isPreferred"] is True
    rule = next(
        example
        for loaded in all_rules().values()
        for example in loaded.rule.examples
        if example.unsafe and loaded.group == "correctness" and not example.files
    )
    kind = rule.kind or "sshd_config"
    path = f"/nowhere/{kind}"
    found = actions(analysis_of(path, {path: rule.before}, rule.target or "auto", kind), ("quickfix",))
    unsafe = action(found, "Unsafe fix: ")
    assert "isPreferred" not in unsafe
    assert made(rule.before, unsafe) == rule.after


def test_make_this_take_effect(tmp_path: Path) -> None:
    path = str(tmp_path / "sshd_config")
    text = "ClientAliveInterval 60\nPort 22\nClientAliveInterval 30\n"
    found = action(
        actions(analysis_of(path, {path: text}, "9.9"), line=2), "Make ClientAliveInterval 30 take effect"
    )
    after = made(text, found)
    Path(path).write_text(after)
    assert sshkeep.load(path, kind="sshd_config", target="9.9").effective().client_alive_interval == 30


def test_a_fix_is_of_this_finding_alone() -> None:
    path = "/nowhere/sshd_config"
    text = "ClientAliveInterval 0\nUsePrivilegeSeparation no\n"
    found = actions(analysis_of(path, {path: text}), line=1)
    assert made(text, action(found, "Fix: delete the line")) == "ClientAliveInterval 0\n"


def test_no_fix_is_offered_where_files_can_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "sshd_config.d").mkdir()
    os.mkfifo(tmp_path / "sshd_config.d" / "a.conf")
    path = str(tmp_path / "sshd_config")
    text = "Include /etc/ssh/sshd_config.d/*.conf\nClientAliveInterval 0\n"
    found = titles(actions(analysis_of(path, {path: text})))
    assert not [title for title in found if title.startswith(("Fix", "Unsafe"))]


def test_nothing_is_offered_for_a_fleet_but_to_explain_and_suppress(tmp_path: Path, client: Client) -> None:
    (tmp_path / "sshkeep.yaml").write_text("target: [debian-11, debian-12]\n")
    uri = (tmp_path / "sshd_config").as_uri()
    client.open(uri, "ClientAliveInterval 0\n")
    found = client.code_actions(uri, range_of((0, 0), (0, 1)))
    assert not [title for title in titles(found) if title.startswith(("Fix", "Unsafe"))]


def test_fix_all_over_the_wire_writes_what_fix_writes(tmp_path: Path) -> None:
    text = "Port 22 # 日本語 😀\r\nClientAliveInterval 0\r\nUsePrivilegeSeparation no\r\n"
    uri = (tmp_path / "sshd_config").as_uri()
    (tmp_path / "sshd_config").write_bytes(text.encode())
    (wanted,) = sshkeep.fix(tmp_path / "sshd_config").changes
    with Client(FULL) as client:
        client.open(uri, text)
        (found,) = client.code_actions(uri, range_of((0, 0), (0, 0)), "source.fixAll")
        assert (found["kind"], found["title"]) == ("source.fixAll.sshkeep", "Fix all 2 safe problems")
        ((document, edits),) = [
            (each["textDocument"]["uri"], each["edits"]) for each in found["edit"]["documentChanges"]
        ]
        assert document == uri
        assert edited(text, edits).encode() == wanted.after
        # The next request is about the text after it.
        client.change(uri, 2, {"text": edited(text, edits)})
        assert client.code_actions(uri, range_of((0, 0), (9, 0)), "source.fixAll") == []


def test_edits_name_the_version_of_an_open_document_and_none_of_another_file(tmp_path: Path) -> None:
    texts = {
        "sshd_config": "Include /etc/ssh/sshd_config.d/*.conf\nClientAliveInterval 0\n",
        "sshd_config.d/a.conf": "UsePrivilegeSeparation no\n",
    }
    (tmp_path / "sshd_config.d").mkdir()
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    uri = (tmp_path / "sshd_config").as_uri()
    with Client(FULL) as client:
        client.open(uri, "", version=7)
        client.change(uri, 8, {"text": texts["sshd_config"]})
        (found,) = client.code_actions(uri, range_of((0, 0), (0, 0)), "source.fixAll")
        documents = [each["textDocument"] for each in found["edit"]["documentChanges"]]
    versions = {uri: 8, (tmp_path / "sshd_config.d/a.conf").as_uri(): None}
    assert {each["uri"]: each["version"] for each in documents} == versions


def test_explain_shows_the_page_of_the_rule(client: Client, tmp_path: Path) -> None:
    uri = (tmp_path / "sshd_config").as_uri()
    client.open(uri, "ClientAliveInterval 0\n")
    command = action(client.code_actions(uri, range_of((0, 0), (0, 0))), "Explain client-alive")["command"]
    page = client.request(
        "workspace/executeCommand", command=command["command"], arguments=command["arguments"]
    )
    assert "client-alive-interval" in page.partition("\n")[0]
    assert client.messages[-1]["method"] == "window/showMessage"
    assert client.request("workspace/executeCommand", command="sshkeep.explain", arguments=["none"]) == ""


def test_explain_knows_the_own_rules_of_two_folders(client: Client, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "sshkeep.yaml").write_text(
            f"own:\n  - {{id: of-{name}, keyword: MaxAuthTries, between: [1, 4], because: I say so}}\n"
        )
        uri = (tmp_path / name / "sshd_config").as_uri()
        client.open(uri, "MaxAuthTries 6\n")
        client.diagnostics(uri, 1)
        client.change(uri, 2, {"text": "MaxAuthTries 5\n"})
        client.diagnostics(uri, 2)
    for name in ("one", "two"):
        page = client.request("workspace/executeCommand", command=EXPLAIN, arguments=[f"of-{name}"])
        assert "I say so" in page
