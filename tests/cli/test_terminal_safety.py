"""Nothing that sshkeep prints speaks to a terminal, whatever stands in a config, a name or a policy."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from sshkeep.cli.formats import FORMATS
from sshkeep.syntax.source import escaped_json, may_be_shown
from tests.program import Done, run

EVIL = "\x1b]0;owned\x07\x9b31m\u202e\u2066\u2028\u2029\x7f\r\x08\U000e0001ä"
"""A window title, a colour by a C1 control, text turned around, line ends, DEL, going back, a tag."""
NAME = EVIL.replace("\r", "")
RAW = re.compile(
    "\r(?!\n|$)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\udc80-\udcff\U000e0001]"
)
SSHD = f'Banner "{EVIL}"\nClientAliveInterval 0\nMatch User "{EVIL}"\n    ClientAliveInterval 0\nFoo{EVIL}\n'
SSH = f'Host "{EVIL}" web\n    User "{EVIL}"\n    Hostname "h{EVIL}"\n    ServerAliveInterval 0\n'
POLICY = """\
targets: ["{}", openssh-9.2]
rules: {{"{}": {{severity: "{}"}}}}
paths: {{"{}": 300}}
"{}": 1
"""

CONFIGS = [
    "lint {sshd}",
    "lint --format json {sshd}",
    "lint --format concise {sshd}",
    "lint --format jsonl {sshd}",
    "lint --format sarif {sshd}",
    "lint --format html {sshd}",
    "lint --format github {sshd}",
    "lint --format gitlab {sshd}",
    "lint --format junit {sshd}",
    "lint --format checkstyle {sshd}",
    "lint --format markdown {sshd}",
    "fix {sshd}",
    "fix --format json {sshd}",
    "fix --format markdown {sshd}",
    "set Port 23 {sshd}",
    "set --format json Port 23 {sshd}",
    "set --format markdown Banner {evil} {sshd}",
    "set --format json Banner {evil} {sshd}",
    "effective -C user=bob {sshd}",
    "effective -C user={evil} --format json {sshd}",
    "effective -C user={evil} --format openssh {sshd}",
    "idle --server {sshd} -C user={evil}",
    "idle --format json --server {sshd}",
    "idle --format svg --path-timeout 300 --server {sshd}",
    "lint {ssh}",
    "lint --format json {ssh}",
    "effective --host web {ssh}",
    "effective --host {evil} --user {evil} --local-user {evil} --format json {ssh}",
    "idle --host {evil} --client {ssh}",
    "idle --format json --host {evil} --user {evil} --client {ssh}",
    "idle --host {evil} --path {evil} --client {ssh}",
    "idle --client-program {evil} --client {ssh}",
    "hosts {ssh}",
    "hosts --path {evil} --user {evil} --format json {ssh}",
    "hosts --format csv {ssh}",
    "hosts {evil}",
    "idle --client-program putty --client {ssh}",
    "idle --client-program teraterm --client {ssh}",
    "idle --server-target {evil} --server {sshd}",
    "policy check {policy}",
    "policy check {evil}",
    "policy init {evil}/x",
    "policy init {policy}",
    "lint --policy {policy} {sshd}",
    "lint --baseline {policy} {sshd}",
    "lint --rules {policy} {sshd}",
    "explain {evil}",
    "rule {evil}",
    "targets",
    "targets --format json",
    "lint --target {evil} {sshd}",
    "lint --select {evil} {sshd}",
    "effective --keyword {evil} {sshd}",
    "lint {evil}",
    "rule --format md {evil}",
    "rule --format json",
    "rule --group {evil}",
    "undo {evil}",
    "undo --list",
    "profiles",
    "profiles --format json",
    "profiles {evil}",
    "audit --profile cis --format markdown {sshd}",
    "audit --profile cis --format html {sshd}",
    "audit --profile cis --format json {sshd}",
    "audit --profile {evil} --baseline {evil} {evil}",
    "lint --profile {evil} {sshd}",
    "undo --list --format json",
    "confirm {evil}",
]


@pytest.mark.parametrize("command", CONFIGS)
def test_no_output_speaks_to_a_terminal(command: str, tmp_path: Path) -> None:
    done = evil(command, tmp_path)
    assert RAW.findall(done.out + done.err) == []
    assert "Traceback" not in done.err and done.code != 70


def test_every_format_is_tried() -> None:
    tried = {(words[0], _format_of(words)) for words in map(str.split, CONFIGS)}
    assert {(command, name) for command, names in FORMATS.items() for name in names} <= tried


def _format_of(words: list[str]) -> str:
    return words[words.index("--format") + 1] if "--format" in words else "text"


def evil(command: str, folder: Path) -> Done:
    """The command on files that are evil by name and by content."""
    names = {"sshd": f"sshd_config{NAME}", "ssh": f"ssh_config{NAME}", "policy": f"policy{NAME}.yaml"}
    told = json.dumps(EVIL).strip('"')
    texts = {
        "sshd": SSHD,
        "ssh": SSH,
        "policy": POLICY.replace("{}", told).replace("{{", "{").replace("}}", "}"),
    }
    for key, name in names.items():
        (folder / name).write_bytes(texts[key].encode())
    words = [word.format(**names, evil=NAME) for word in command.split()]
    return run(*words, cwd=folder)


def test_a_name_that_is_no_text_is_shown_in_json(tmp_path: Path) -> None:
    name = os.fsdecode(b"sshd_config\x9b\xff")
    (tmp_path / name).write_text("Port 22\n")
    assert RAW.findall(run("lint", "--format", "json", name, cwd=tmp_path).out) == []


def test_a_baseline_holds_nothing_raw(tmp_path: Path) -> None:
    (tmp_path / f"sshd_config{NAME}").write_bytes(SSHD.encode())
    arguments = ("lint", f"sshd_config{NAME}")
    run(*arguments, "--write-baseline", "known.json", cwd=tmp_path)
    assert RAW.findall((tmp_path / "known.json").read_text()) == []
    assert run(*arguments, "--baseline", "known.json", cwd=tmp_path).code == 0


@pytest.mark.parametrize(
    "text", ["", "plain", "ä漢", "\x7f", "\x85\x9b", EVIL, "\U000e0001\U0010ffff", '"\\']
)
def test_escaped_json_is_the_same_to_a_parser(text: str) -> None:
    escaped = escaped_json(json.dumps({"a": [text]}, ensure_ascii=False, indent=2))
    assert json.loads(escaped) == {"a": [text]}
    assert all(c == "\n" or may_be_shown(c) for c in escaped)


def test_the_escape_is_the_character_s_number() -> None:
    assert escaped_json('"\x9bä\u202e"') == '"\\u009bä\\u202e"'
