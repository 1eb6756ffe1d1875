"""The hooks of .pre-commit-hooks.yaml, run by the real pre-commit in a real ``git commit``."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
from ruamel.yaml import YAML

from tests.program import ROOT
from tests.project.checkout import copy_checkout
from tests.requirements import need

TIME_LIMIT = 600

CONFIGS = {
    "sshd_config": "ClientAliveInterval 0\n",
    "etc/ssh/sshd_config": "Include /etc/ssh/sshd_config.d/*.conf\nPort 22\n",
    "etc/ssh/sshd_config.d/50-x.conf": "ClientAliveInterval 0\n",
    ".ssh/config": "Host *\n    ServerAliveInterval 0\n",
    "README.txt": "ClientAliveInterval 0\n",
    "sshd_config.j2": "ClientAliveInterval 0\n",
}
MENDED = {
    "sshd_config": "ClientAliveInterval 60\n",
    "etc/ssh/sshd_config.d/50-x.conf": "ClientAliveInterval 60\n",
    ".ssh/config": "Host *\n    ServerAliveInterval 60\n",
}
FINDINGS = [
    ".ssh/config:2:5: warning server-alive-interval",
    "etc/ssh/sshd_config.d/50-x.conf:1:1: warning client-alive-interval",
    "sshd_config:1:1: warning client-alive-interval",
]


class Hooks(NamedTuple):
    """The repository that has the hooks, and where pre-commit builds them."""

    repository: Path
    revision: str
    home: Path
    environment: Mapping[str, str]


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Hooks:
    """The working tree, changes that are not committed included, as a repository with one commit."""
    need("git", "pypi")
    folder = tmp_path_factory.mktemp("pre_commit")
    environment = _environment(folder / "home")
    repository = copy_checkout(folder / "sshkeep")
    _start(repository, environment)
    _run(["git", "commit", "--quiet", "--message=sshkeep"], repository, environment)
    revision = _run(["git", "rev-parse", "HEAD"], repository, environment).strip()
    return Hooks(repository, revision, folder / "home", environment)


def test_lint_refuses_the_commit(hooks: Hooks, tmp_path: Path) -> None:
    _use(hooks, "sshkeep-lint", tmp_path)
    code, output = _commit(hooks, tmp_path)
    assert code == 1, output
    assert _findings(output) == FINDINGS
    assert "hook id: sshkeep-lint" in output
    assert "README.txt" not in output
    assert "sshd_config.j2" not in output
    assert _commits(hooks, tmp_path) == 0
    assert _texts(tmp_path) == CONFIGS
    # The sshkeep of the environment that runs the tests is on PATH too, but must not be what ran.
    installed = {path.name for path in hooks.home.glob("repo*/py_env-*/*/*")}
    assert installed & {"sshkeep", "sshkeep.exe"}


def test_fix_mends_the_files_and_the_next_commit_succeeds(hooks: Hooks, tmp_path: Path) -> None:
    _use(hooks, "sshkeep-fix", tmp_path)
    code, output = _commit(hooks, tmp_path)
    assert code == 1, output
    assert "hook id: sshkeep-fix" in output
    assert "files were modified by this hook" in output
    assert "exit code" not in output, "sshkeep itself succeeded"
    assert "README.txt" not in output
    assert "sshd_config.j2" not in output
    assert _commits(hooks, tmp_path) == 0
    assert _texts(tmp_path) == CONFIGS | MENDED

    _run(["git", "add", "--all"], tmp_path, hooks.environment)
    code, output = _commit(hooks, tmp_path)
    assert code == 0, output
    assert _commits(hooks, tmp_path) == 1
    assert _texts(tmp_path) == CONFIGS | MENDED
    assert _run(["git", "status", "--porcelain"], tmp_path, hooks.environment) == ""


@pytest.mark.parametrize(
    ("path", "matches"),
    [
        ("sshd_config", True),
        ("ssh_config", True),
        ("etc/ssh/sshd_config", True),
        ("roles/x/files/etc/ssh/sshd_config", True),
        ("roles/x/files/etc/ssh/ssh_config", True),
        ("sshd_config.d/50-x.conf", True),
        ("ssh_config.d/50-x.conf", True),
        ("etc/ssh/sshd_config.d/50 x.local.conf", True),
        ("etc/ssh/ssh_config.d/x.conf", True),
        (".ssh/config", True),
        ("home/me/.ssh/config", True),
        ("roles/-x/sshd_config", True),
        ("new\nline/sshd_config", True),
        ("-x/sshd_config", False),
        ("--output=x/sshd_config", False),
        ("README.txt", False),
        ("config", False),
        ("ssh/config", False),
        ("x.ssh/config", False),
        ("dot_ssh/config", False),
        (".ssh/config.j2", False),
        (".ssh/config~", False),
        (".ssh/config.d/x.conf", False),
        (".ssh/known_hosts", False),
        ("sshd_config.j2", False),
        ("sshd_config.bak", False),
        ("sshd_config.orig", False),
        ("sshd_config.dpkg-dist", False),
        ("sshd_config~", False),
        (".sshd_config.swp", False),
        ("my_sshd_config", False),
        ("sshdd_config", False),
        ("SSHD_CONFIG", False),
        ("sshd_config/main.yml", False),
        ("sshd_config.d/README", False),
        ("sshd_config.d/50-x", False),
        ("sshd_config.d/50-xconf", False),
        ("sshd_config.d/.conf", False),
        ("sshd_config.d/.50-x.conf", False),
        ("sshd_config.d/50-x.conf.j2", False),
        ("sshd_config.d/50-x.conf~", False),
        ("sshd_config.d/50-x.conf.dpkg-old", False),
        ("sshd_config.d/old/50-x.conf", False),
        ("x_sshd_config.d/50-x.conf", False),
        ("sshdxconfig", False),
        ("sshd_configxd/50-x.conf", False),
    ],
)
def test_files_pattern(path: str, matches: bool) -> None:
    manifest = YAML(typ="safe").load(ROOT / ".pre-commit-hooks.yaml")
    assert [hook["id"] for hook in manifest] == ["sshkeep-lint", "sshkeep-fix"]
    for hook in manifest:
        assert bool(re.search(hook["files"], path)) is matches


def _environment(home: Path) -> dict[str, str]:
    """The environment without what the user set up for git, pre-commit, Python and colours."""
    dropped = ("GIT_", "PRE_COMMIT", "PYTHONPATH", "PYTHONHOME", "FORCE_COLOR")
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(dropped) and name != "SKIP"
    }
    return {
        **kept,
        "PATH": os.pathsep.join((os.path.dirname(sys.executable), kept.get("PATH", os.defpath))),
        "PRE_COMMIT_HOME": str(home),
        "PRE_COMMIT_COLOR": "never",
        "NO_COLOR": "1",
        "LC_ALL": "C.UTF-8",
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "Tester",
        "GIT_AUTHOR_EMAIL": "tester@example.org",
        "GIT_COMMITTER_NAME": "Tester",
        "GIT_COMMITTER_EMAIL": "tester@example.org",
    }


def _use(hooks: Hooks, hook: str, folder: Path) -> None:
    """Make ``folder`` a repository of configs, staged but not committed, that has ``hook`` installed."""
    for name, text in CONFIGS.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    source = {"repo": str(hooks.repository), "rev": hooks.revision, "hooks": [{"id": hook}]}
    YAML(typ="safe").dump({"repos": [source]}, folder / ".pre-commit-config.yaml")
    _start(folder, hooks.environment)
    _run(["pre-commit", "install"], folder, hooks.environment)


def _start(folder: Path, environment: Mapping[str, str]) -> None:
    _run(["git", "init", "--quiet"], folder, environment)
    _run(["git", "add", "--all", "--force"], folder, environment)


def _commit(hooks: Hooks, folder: Path) -> tuple[int, str]:
    done = _done(["git", "commit", "--quiet", "--message=configs"], folder, hooks.environment)
    return done.returncode, done.stdout + done.stderr


def _commits(hooks: Hooks, folder: Path) -> int:
    return len(_run(["git", "rev-list", "--all"], folder, hooks.environment).splitlines())


def _findings(output: str) -> list[str]:
    """Where each finding is and its rule, as printed; sorted."""
    return sorted(re.findall(r"^\S+:\d+:\d+: \S+ \S+", output, re.MULTILINE))


def _texts(folder: Path) -> dict[str, str]:
    return {name: (folder / name).read_text() for name in CONFIGS}


def _run(command: list[str], folder: Path, environment: Mapping[str, str]) -> str:
    done = _done(command, folder, environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _done(
    command: list[str], folder: Path, environment: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=TIME_LIMIT,
        check=False,
    )
