"""Several formats in one run: which goes where, and what GitHub's jobs print."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.program import run

CASES = [
    # the arguments, how standard output begins, what each file begins with
    ([], "sshd_config:1:1: warning client-alive-interval", {}),
    (["--output", "a"], "", {"a": "sshd_config:1:1: warning"}),
    (["--format", "json", "--output", "a"], "", {"a": "{"}),
    (["--format", "concise", "--format", "sarif", "--output", "a"], "sshd_config:1:1: warning", {"a": "{"}),
    (["--format=junit", "--output=a", "--format=gitlab", "--output=b"], "", {"a": "<?xml", "b": "["}),
]


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    (tmp_path / "sshd_config").write_text("ClientAliveInterval 0\n")
    return tmp_path


@pytest.mark.parametrize(("arguments", "printed", "files"), CASES)
def test_each_format_goes_to_its_output(
    arguments: list[str], printed: str, files: dict[str, str], config: Path
) -> None:
    done = run("lint", *arguments, "sshd_config", cwd=config)
    assert (done.code, done.err) == (1, "")
    assert done.out.startswith(printed) and bool(done.out) == bool(printed)
    assert all((config / name).read_text().startswith(text) for name, text in files.items())


@pytest.mark.parametrize(
    "arguments",
    [
        ["--format", "text", "--format", "json"],
        ["--format", "json", "--output", "a", "--output", "b"],
        ["--output", "a", "--output", "b"],
    ],
)
def test_formats_and_outputs_that_do_not_fit_are_refused(arguments: list[str], config: Path) -> None:
    done = run("lint", *arguments, "sshd_config", cwd=config)
    assert (done.code, done.out) == (2, "") and "each format needs its own --output" in done.err
    assert sorted(path.name for path in config.iterdir()) == ["sshd_config"]


def test_a_job_of_github_prints_both(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    done = run("lint", "sshd_config", cwd=config)
    assert done.out.splitlines()[-1].startswith("::warning file=sshd_config,line=1,")
    assert done.out.startswith("sshd_config:1:1: warning")
    assert json.loads(run("lint", "--format", "json", "sshd_config", cwd=config).out)["exit_code"] == 1
