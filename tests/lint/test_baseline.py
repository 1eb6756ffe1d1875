"""A baseline: what is known is not told, what is new is."""

import json
from pathlib import Path

import pytest

from sshkeep.errors import SshkeepError
from sshkeep.lint.baseline import read_baseline
from sshkeep.openssh.targets import NEWEST_TARGET
from tests.program import Done, run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "etc").mkdir()
    (tmp_path / "etc/sshd_config").write_text(
        "ClientAliveInterval 60\nKeepAlive yes\nRSAAuthentication yes\n"
    )
    assert lint(tmp_path, "--write-baseline", "known.json").code == 0
    return tmp_path


def lint(folder: Path, *arguments: str) -> Done:
    return run("lint", *arguments, "etc/sshd_config", cwd=folder)


def told(folder: Path, text: str) -> list[str]:
    """``line rule`` of what is new once the config is ``text``."""
    (folder / "etc/sshd_config").write_text(text)
    report = json.loads(lint(folder, "--format", "json", "--baseline", "known.json").out)
    return [f"{f['line']} {f['severity']} {f['rule']}" for f in report["findings"]]


CHANGED = [
    ("as it was", "ClientAliveInterval 60\nKeepAlive yes\nRSAAuthentication yes\n", []),
    ("moved", "Port 22\n\nRSAAuthentication yes\n# x\nClientAliveInterval 60\nKeepAlive yes\n", []),
    ("indented", "ClientAliveInterval 60\n  KeepAlive   yes\nRSAAuthentication yes\n", []),
    ("mended", "ClientAliveInterval 60\n", []),
    (
        "one more of the same",
        "ClientAliveInterval 60\nKeepAlive yes\nRSAAuthentication yes\nRSAAuthentication yes\n",
        ["4 warning deprecated-option"],
    ),
    (
        "another value",
        "ClientAliveInterval 60\nKeepAlive yes\nRSAAuthentication no\n",
        ["3 warning deprecated-option"],
    ),
    (
        "another rule",
        "ClientAliveInterval 60\nKeepAlive yes\nRSAAuthentication yes\nFancy 1\n",
        ["4 error unknown-keyword"],
    ),
    (
        "in a block",
        "ClientAliveInterval 60\nKeepAlive yes\nMatch all\nRSAAuthentication yes\n",
        ["4 warning deprecated-option"],
    ),
]


@pytest.mark.parametrize(("what", "text", "new"), CHANGED)
def test_only_what_is_new_is_told(what: str, text: str, new: list[str], folder: Path) -> None:
    assert told(folder, text) == new


def test_what_is_known_is_counted(folder: Path) -> None:
    done = lint(folder, "--baseline", "known.json")
    assert (done.code, done.out) == (
        0,
        f"no problems in 1 file (2 known; target {NEWEST_TARGET.name}, the newest, since no --target is given)\n",
    )
    report = json.loads(lint(folder, "--format", "json", "--baseline", "known.json").out)
    assert report["summary"]["known"] == 2


def test_a_refusal_that_is_known_is_told_as_accepted(folder: Path) -> None:
    (folder / "etc/sshd_config").write_text("ClientAliveInterval 60\nFancy 1\n")
    lint(folder, "--write-baseline", "known.json")
    done = lint(folder, "--baseline", "known.json")
    assert done.code == 0
    assert "2:1: info unknown-keyword" in done.out and "accepted: the baseline knows it" in done.out


def test_a_missing_setting_has_no_line_that_could_change(folder: Path) -> None:
    (folder / "etc/sshd_config").write_text("Port 22\n")
    lint(folder, "--write-baseline", "known.json")
    assert told(folder, "Port 22\n#ClientAliveInterval 0\nBanner none\n") == []


def test_it_can_be_used_from_any_folder_and_is_the_same_for_the_same(folder: Path) -> None:
    done = run("lint", "--baseline", folder / "known.json", folder / "etc/sshd_config", cwd=Path("/"))
    assert done.code == 0 and "known" in done.out
    before = (folder / "known.json").read_text()
    run("lint", "--write-baseline", folder / "known.json", folder / "etc/sshd_config", cwd=Path("/"))
    assert (folder / "known.json").read_text() == before
    assert json.loads(before)["version"] == 1
    files = [finding["file"] for finding in json.loads(before)["findings"]]
    assert files == ["etc/sshd_config"] * 2


NONE = [
    b"",
    b"{",
    b"[]",
    b"1",
    b"{}",
    b'{"version": 2, "findings": []}',
    b'{"version": 1}',
    b'{"version": 1, "findings": {}}',
    b'{"version": 1, "findings": [1]}',
    b'{"version": 1, "findings": [{}]}',
    b'{"version": 1, "findings": [{"file": 1, "rule": "", "keyword": "", "block": "", "text": "", "count": 1}]}',
    b'{"version": 1, "findings": [{"file": "", "rule": "", "keyword": "", "block": "", "text": "", "count": true}]}',
    b"[" * 100_000,
    b"\xff\xfe",
    b'{"a":' * 50_000,
]


@pytest.mark.parametrize("data", NONE, ids=range(len(NONE)))
def test_what_is_no_baseline_is_told_in_one_sentence(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "known.json").write_bytes(data)
    with pytest.raises(SshkeepError, match="is not a baseline"):
        read_baseline(str(tmp_path / "known.json"))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--baseline", "none.json"], "can't read the baseline"),
        (["--baseline", "etc"], "can't read the baseline"),
        (["--write-baseline", "no/folder.json"], "can't write no/folder.json"),
        (["--write-baseline", "etc/sshd_config"], "has the name of a config"),
        (["--baseline", "known.json", "--write-baseline", "known.json"], "don't go together"),
    ],
)
def test_what_can_not_be_done(arguments: list[str], words: str, folder: Path) -> None:
    before = (folder / "etc/sshd_config").read_text()
    done = lint(folder, *arguments)
    assert done.code == 2 and words in done.err and "Traceback" not in done.err
    assert (folder / "etc/sshd_config").read_text() == before
