"""What an editor gets about open documents, over the wire."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import sshkeep
from tests.lsp.client import Client, range_of
from tests.program import run
from tests.requirements import need

OLD = "ClientAliveInterval 0\n"
LARGE = "".join(
    f"Host h{n} 10.0.*.{n}\n  Port {n % 9 + 1}\n  ServerAliveInterval 60\n" for n in range(20_000)
)
"""A config that is judged for seconds."""
REFRESH = "workspace/diagnostic/refresh"
PULLS = {"textDocument": {"diagnostic": {"relatedDocumentSupport": True}}}


def codes(diagnostics: list[dict[str, Any]]) -> list[str]:
    return [each.get("code", each["message"]) for each in diagnostics]


def methods(client: Client) -> list[str]:
    """What the server has sent, but for diagnostics."""
    return [each["method"] for each in client.messages]


def write(folder: Path, files: dict[str, str]) -> dict[str, str]:
    """Write files, and return the URI of each."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return {name: (folder / name).as_uri() for name in files}


def test_a_finding(tmp_path: Path) -> None:
    uri = (tmp_path / "sshd_config").as_uri()
    with Client(options={"target": "debian-12"}) as client:
        client.open(uri, "# 日本語 😀\nClientAliveInterval 30\nFoo\tyes\nUsePrivilegeSeparation no\n")
        unknown, old = client.diagnostics(uri)
    assert unknown["range"] == range_of((2, 0), (2, 3))
    assert unknown["severity"] == 1
    assert (unknown["code"], unknown["source"]) == ("unknown-keyword", "sshkeep")
    assert unknown["codeDescription"]["href"].endswith("/docs/rules/unknown-keyword.md")
    assert (old["code"], old["tags"]) == ("deprecated-option", [2])


def test_a_line_without_effect_is_greyed_out_and_names_the_line_that_wins(
    client: Client, tmp_path: Path
) -> None:
    uri = (tmp_path / "sshd_config").as_uri()
    client.open(uri, "ClientAliveInterval 60\nPort 22\nClientAliveInterval 30\n")
    (found,) = client.diagnostics(uri)
    assert found["tags"] == [1]
    assert found["range"]["start"]["line"] == 2
    (place,) = found["relatedInformation"]
    assert place["location"] == {"uri": uri, "range": range_of((0, 0), (0, 22))}


@pytest.mark.parametrize(
    ("name", "language", "text", "code"),
    [
        ("sshd_config", "", OLD, "client-alive-interval"),
        ("x/sshd_config.d/10.conf", "", OLD, "client-alive-interval"),
        (".ssh/config", "", "Host a\n  ServerAliveInterval 0\n", "server-alive-interval"),
        ("notes", "sshdconfig", OLD, "client-alive-interval"),
        ("notes", "", f"{OLD}PermitRootLogin no\n", "client-alive-interval"),  # by content
    ],
)
def test_language_by_name_then_editor_then_content(
    client: Client, tmp_path: Path, name: str, language: str, text: str, code: str
) -> None:
    uri = (tmp_path / name).as_uri()
    client.open(uri, text, language)
    assert code in codes(client.diagnostics(uri))


def test_a_text_without_a_file_is_read_alone(client: Client) -> None:
    client.open("untitled:Untitled-1", f"Include /etc/ssh/*\n{OLD}", "sshdconfig")
    assert codes(client.diagnostics("untitled:Untitled-1")) == ["client-alive-interval"]


def test_what_can_not_be_read_is_said_at_the_beginning(client: Client, tmp_path: Path) -> None:
    client.open("untitled:Untitled-1", "dear diary\n")
    (found,) = client.diagnostics("untitled:Untitled-1")
    assert found["range"] == range_of((0, 0), (0, 0))
    assert "can't tell whether" in found["message"]


def test_a_drop_in_is_judged_in_its_tree_with_the_open_text_of_the_others(
    client: Client, tmp_path: Path
) -> None:
    uris = write(
        tmp_path,
        {
            "sshd_config": "Include /etc/ssh/sshd_config.d/*.conf\nClientAliveInterval 60\n",
            "sshd_config.d/10.conf": "ClientAliveInterval 60\n",
            "sshd_config.d/20.conf": "ClientAliveInterval 30\n",
        },
    )
    main, first, second = uris.values()
    client.open(second, "ClientAliveInterval 30\n")
    assert codes(client.diagnostics(second, 1)) == ["keepalive-shadowed"]
    # The text that wins is changed in the editor, not on disk.
    client.open(first, "ClientAliveInterval 60\n")
    client.change(first, 2, {"range": range_of((0, 0), (1, 0)), "text": ""})
    client.wait(lambda: client.diagnostics(second) == [])
    # The main file is included behind it, so its line has lost already.
    client.open(main, (tmp_path / "sshd_config").read_text())
    assert codes(client.diagnostics(main, 1)) == ["keepalive-shadowed"]
    # On disk it still wins.
    client.close(first)
    client.wait(lambda: codes(client.diagnostics(second)) == ["keepalive-shadowed"])


def test_files_that_are_not_open_are_reported_and_taken_back(client: Client, tmp_path: Path) -> None:
    uris = write(
        tmp_path,
        {"sshd_config": "Include /etc/ssh/sshd_config.d/*.conf\n", "sshd_config.d/10.conf": OLD},
    )
    main, drop_in = uris.values()
    client.open(main, "Include /etc/ssh/sshd_config.d/*.conf\n")
    assert codes(client.diagnostics(drop_in)) == ["client-alive-interval"]
    client.close(main)
    client.wait(lambda: client.diagnostics(drop_in) == [])


def test_a_new_file_of_the_tree_counts_before_it_is_saved(client: Client, tmp_path: Path) -> None:
    text = "Include /etc/ssh/sshd_config.d/*.conf\nClientAliveInterval 60\n"
    (main,) = write(tmp_path, {"sshd_config": text}).values()
    client.open(main, text)
    assert client.diagnostics(main) == []
    client.open((tmp_path / "sshd_config.d" / "new.conf").as_uri(), "ClientAliveInterval 30\n")
    client.wait(lambda: codes(client.diagnostics(main)) == ["keepalive-shadowed"])


def test_the_policy_and_suppressions_and_the_baseline_count(client: Client, tmp_path: Path) -> None:
    text = f"# sshkeep: ignore[deprecated-option] test\nUsePrivilegeSeparation no\nBar 1\n{OLD}"
    (uri,) = write(tmp_path, {"sshd_config": text}).values()
    (tmp_path / "sshkeep.yaml").write_text(
        "target: debian-12\nrules:\n  client-alive-interval: {severity: error}\n"
    )
    lint = sshkeep.lint(tmp_path / "sshd_config")
    assert lint.unlisted.suppressed == 1
    client.open(uri, text)
    found = client.diagnostics(uri)
    assert codes(found) == [each.rule for each in lint.findings]
    assert [each["severity"] for each in found if each["code"] == "client-alive-interval"] == [1]
    # A changed policy counts when the editor saves something, or reports the change.
    (tmp_path / "sshkeep.yaml").write_text("ignore: client-alive-interval\n")
    client.notify("workspace/didChangeWatchedFiles", changes=[])
    client.wait(lambda: "client-alive-interval" not in codes(client.diagnostics(uri)))


def test_a_baseline(tmp_path: Path) -> None:
    (uri,) = write(tmp_path, {"sshd_config": OLD}).values()
    known = tmp_path / "known.json"
    run("lint", "--write-baseline", known, tmp_path / "sshd_config")
    with Client(options={"baseline": str(known)}) as client:
        client.open(uri, OLD)
        assert client.diagnostics(uri, 1) == []
        client.change(uri, 2, {"text": f"{OLD}MaxAuthTries x\n"})
        assert codes(client.diagnostics(uri, 2)) == ["bad-value"]


def test_paths_in_the_settings_are_relative_to_the_folder_of_the_editor(tmp_path: Path) -> None:
    files = {
        "a/sshd_config": OLD,
        "a/b/sshd_config": OLD,
        "a/b/p.yaml": "ignore: [client-alive-interval]\n",
        "a/p.yaml": "rules:\n  client-alive-interval: {severity: error}\n",
        "sshd_config": OLD,
    }
    uris = write(tmp_path, files)
    outer, inner = tmp_path / "a", tmp_path / "a/b"
    with Client(options={"policy": "p.yaml"}, folder=tmp_path, workspace=[outer, inner]) as client:
        for name in ("sshd_config", "a/sshd_config", "a/b/sshd_config"):
            client.open(uris[name], OLD)
        assert [each["severity"] for each in client.diagnostics(uris["a/sshd_config"])] == [1]
        assert client.diagnostics(uris["a/b/sshd_config"]) == []
        assert [each["severity"] for each in client.diagnostics(uris["sshd_config"])] == [1]
        event = {"added": [], "removed": [{"uri": inner.as_uri(), "name": "b"}]}
        client.notify("workspace/didChangeWorkspaceFolders", event=event)
        client.wait(lambda: len(client.diagnostics(uris["a/b/sshd_config"])) == 1)
    run("lint", "--write-baseline", inner / "known.json", inner / "sshd_config")
    with Client(options={"baseline": "known.json"}, folder=tmp_path, workspace=[inner]) as client:
        client.open(uris["a/b/sshd_config"], OLD)
        assert client.diagnostics(uris["a/b/sshd_config"]) == []


def test_the_target_is_set_by_a_setting_and_a_command(tmp_path: Path) -> None:
    uri = (tmp_path / "sshd_config").as_uri()
    text = "ClientAliveInterval 60\nRequiredRSASize 2048\n"
    with Client(options={"target": "openssh-8.4"}) as client:
        client.open(uri, text)
        assert codes(client.diagnostics(uri)) == ["unknown-keyword"]
        assert (
            client.request("workspace/executeCommand", command="sshkeep.setTarget", arguments=["9.9"])
            == "9.9"
        )
        client.wait(lambda: client.diagnostics(uri) == [])
        client.notify("workspace/didChangeConfiguration", settings={"sshkeep": {"target": "8.4"}})
        client.wait(lambda: codes(client.diagnostics(uri)) == ["unknown-keyword"])
        client.request("workspace/executeCommand", command="sshkeep.setTarget", arguments=["nonsense"])
        assert "unknown target" in client.messages[-1]["params"]["message"]


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ([None], ["unknown-keyword"]),  # it does not know the section
        ([{}], []),
    ],
)
def test_the_settings_of_the_beginning_count_if_the_client_has_no_others(
    tmp_path: Path, answer: Any, found: list[str]
) -> None:
    class Editor(Client):
        def reply(self, message: Mapping[str, Any]) -> Any:
            return answer

    uri = (tmp_path / "sshd_config").as_uri()
    with Editor({"workspace": {"configuration": True}}, {"target": "openssh-8.4"}) as client:
        client.wait(lambda: "workspace/configuration" in methods(client))
        client.open(uri, "ClientAliveInterval 60\nRequiredRSASize 2048\n")
        assert codes(client.diagnostics(uri)) == found


def test_a_client_may_ask_for_diagnostics_itself(tmp_path: Path) -> None:
    uris = write(
        tmp_path,
        {"sshd_config": "Include /etc/ssh/sshd_config.d/*.conf\n", "sshd_config.d/10.conf": OLD},
    )
    main, drop_in = uris.values()
    with Client(PULLS) as client:
        client.open(main, "Include /etc/ssh/sshd_config.d/*.conf\nFoo\n")
        found = client.request("textDocument/diagnostic", textDocument={"uri": main})
        # The answer is about the text at the time of the answer.
        client.change(main, 2, {"text": "Include /etc/ssh/sshd_config.d/*.conf\n"})
        again = client.request("textDocument/diagnostic", textDocument={"uri": main})
        assert client.published == {}
    assert found["kind"] == "full"
    assert codes(found["items"]) == ["unknown-keyword"]
    assert codes(found["relatedDocuments"][drop_in]["items"]) == ["client-alive-interval"]
    assert again["items"] == []


def test_a_client_that_asks_is_asked_to_ask_again_about_other_documents(tmp_path: Path) -> None:
    text = {"sshd_config": "Include /etc/ssh/sshd_config.d/*.conf\n", "sshd_config.d/10.conf": OLD}
    main, drop_in = write(tmp_path, text).values()
    with Client({**PULLS, "workspace": {"diagnostics": {"refreshSupport": True}}}) as client:
        client.open(main, text["sshd_config"])
        client.open(drop_in, OLD)
        client.request("textDocument/diagnostic", textDocument={"uri": main})
        client.request("textDocument/diagnostic", textDocument={"uri": drop_in})
        client.messages.clear()
        client.change(drop_in, 2, {"text": ""})
        client.wait(lambda: REFRESH in methods(client))


def test_a_client_that_asks_is_asked_to_ask_again_after_other_settings_but_not_after_its_own_edit(
    tmp_path: Path,
) -> None:
    (uri,) = write(tmp_path, {"sshd_config": OLD}).values()
    with Client({**PULLS, "workspace": {"diagnostics": {"refreshSupport": True}}}) as client:
        client.open(uri, OLD)
        client.request("textDocument/diagnostic", textDocument={"uri": uri})
        client.change(uri, 2, {"text": f"{OLD}Foo\n"})
        client.request("textDocument/diagnostic", textDocument={"uri": uri})
        client.request("textDocument/hover", textDocument={"uri": uri}, position={"line": 0, "character": 0})
        assert REFRESH not in methods(client)
        client.request("workspace/executeCommand", command="sshkeep.setTarget", arguments=["8.4"])
        client.wait(lambda: REFRESH in methods(client))
        client.messages.clear()
        client.notify("workspace/didChangeWatchedFiles", changes=[])
        client.wait(lambda: REFRESH in methods(client))


def test_a_server_that_is_asked_for_diagnostics_ends(tmp_path: Path) -> None:
    uri = (tmp_path / "ssh_config").as_uri()
    with Client(PULLS) as client:
        client.open(uri, LARGE)
        client.ask("textDocument/diagnostic", textDocument={"uri": uri})
        time.sleep(0.5)


@pytest.mark.parametrize("text", ["Include {0}/fifo\n", "Include {0}/loop\n", 'Match exec "touch {0}/ran"\n'])
def test_a_hostile_file_neither_hangs_the_server_nor_is_executed(
    client: Client, tmp_path: Path, text: str
) -> None:
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "loop").write_text(f"Include {tmp_path}/loop\n")
    uri = (tmp_path / "ssh_config").as_uri()
    client.open(uri, text.format(tmp_path))
    client.diagnostics(uri)
    assert not (tmp_path / "ran").exists()


def test_no_program_is_started_and_nothing_is_sent(client: Client, tmp_path: Path) -> None:
    """Only ``ssh -V`` may be, for this machine's own files, to know which release reads them."""
    need("strace")
    uri = (tmp_path / "ssh_config").as_uri()
    trace = tmp_path / "trace"
    text = "Host a\n  ProxyCommand nc %h %p\n  HostName example.org\nMatch exec true\n  Port 23\n"
    # Behind the start, where Python itself may do such things.
    command = ["strace", "-f", "-o", str(trace), "-e", "trace=execve,connect,sendto", "-p"]
    with subprocess.Popen([*command, str(client.process.pid)], stderr=subprocess.PIPE) as strace:
        assert strace.stderr
        assert b"attached" in strace.stderr.readline()
        client.open(uri, text)
        client.diagnostics(uri)
        strace.terminate()
    assert not [line for line in trace.read_text().splitlines() if "execve(" in line or "AF_INET" in line]


def test_the_next_keystroke_ends_work(client: Client, tmp_path: Path) -> None:
    """A large config is judged for seconds; the answer for the next text does not wait for that."""
    uri = (tmp_path / "ssh_config").as_uri()
    client.open(uri, LARGE)
    time.sleep(1)
    assert uri not in client.published
    start = time.monotonic()
    client.change(uri, 2, {"text": "Host *\n  ServerAliveInterval 60\n"})
    assert client.diagnostics(uri, 2) == []
    assert time.monotonic() - start < 5
