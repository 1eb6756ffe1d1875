"""sshkeep.pyz: one file that does with each Python, and nothing installed, what an installed sshkeep does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple
from zipfile import ZipFile

import pytest

from sshkeep.cli.declarations import COMMAND_NAMES
from tests.program import ROOT, Done, run
from tests.pyz.pythons import SUITES, VERSIONS, python
from tests.requirements import need

CONFIG = "Port 22\nClientAliveInterval 0\nMatch User bob\n    ClientAliveInterval 60\n"


class OneFile(NamedTuple):
    """The file, and a Python that runs it."""

    path: Path
    python: str

    def run(self, *arguments: str | Path, cwd: Path) -> Done:
        """Run it without what is installed for that Python."""
        dropped = ("PYTHON", "FORCE_COLOR", "NO_COLOR")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
        done = subprocess.run(
            [self.python, "-S", self.path, *arguments],
            cwd=cwd,
            env={**kept, "COLUMNS": "100"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        return Done(done.returncode, done.stdout, done.stderr)


def build(output: Path, *arguments: str, **variables: str) -> Path:
    command = [sys.executable, "-m", "tools.pyz", *arguments, str(output)]
    subprocess.run(command, cwd=ROOT, env={**os.environ, **variables}, check=True)
    return output


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Compiled for the Python of this test only, so that others read the modules as texts."""
    return build(tmp_path_factory.mktemp("pyz") / "sshkeep.pyz", SOURCE_DATE_EPOCH="1790000000")


@pytest.fixture(params=VERSIONS)
def one_file(request: pytest.FixtureRequest, built: Path) -> OneFile:
    version = request.param
    if version in SUITES:
        need("pythons")
    program = python(version)
    if program is None:
        pytest.skip(f"there is no Python {version} here")
    return OneFile(built, program)


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    (tmp_path / "sshd_config").write_text(CONFIG)
    return tmp_path


CALLS = [
    ["lint", "--target", "debian-12", "--select", "ALL", "sshd_config"],
    ["lint", "--target", "debian-12", "--format", "json", "sshd_config"],
    ["lint", "--target", "debian-12", "--format", "sarif", "sshd_config"],
    ["fix", "--target", "debian-12", "--unsafe", "sshd_config"],
    ["set", "--target", "debian-12", "MaxAuthTries", "3", "sshd_config"],
    ["effective", "--target", "debian-12", "-C", "user=bob", "sshd_config"],
    ["effective", "--format", "json", "--target", "debian-12", "sshd_config"],
    ["idle", "--server", "sshd_config", "--server-target", "debian-12", "--path-timeout", "300"],
    ["lint", "--lang", "ja", "--target", "debian-12", "sshd_config"],
    ["rule", "unknown-keyword"],
    ["explain", "ClientAliveInterval"],
    ["confirm"],
]


@pytest.mark.parametrize("call", CALLS, ids=lambda call: " ".join(call[:3]))
def test_it_prints_what_an_installed_sshkeep_prints(call: list[str], one_file: OneFile, config: Path) -> None:
    assert one_file.run(*call, cwd=config) == run(*call, cwd=config)


def test_it_finds_in_the_examples_what_an_installed_sshkeep_finds(one_file: OneFile, config: Path) -> None:
    call = ["lint", "--policy", "none", "--select", "ALL", "--target", "debian-12", "--format", "concise"]
    mine, installed = one_file.run(*call, ROOT / "examples", cwd=config), run(*call, ROOT / "examples")
    assert mine == installed and len(mine.out.splitlines()) > 100


def test_it_writes_and_takes_back(one_file: OneFile, config: Path) -> None:
    written = one_file.run("fix", "--write", "--target", "debian-12", "sshd_config", cwd=config)
    assert (written.code, written.err) == (1, ""), "the block keeps its own interval"
    assert (config / "sshd_config").read_text() != CONFIG
    assert "sshkeep undo 1" in written.out
    # A record is the same for every sshkeep.
    shown = run("undo", "--list", cwd=config)
    assert one_file.run("undo", "--list", cwd=config) == shown and shown.out
    assert one_file.run("undo", cwd=config).code == 0
    assert (config / "sshd_config").read_text() == CONFIG


def test_help_and_errors_are_there(one_file: OneFile, config: Path) -> None:
    shown = one_file.run("--help", cwd=config)
    assert shown.code == 0 and all(name in shown.out for name in COMMAND_NAMES)
    assert "--fail-on" in one_file.run("lint", "--help", cwd=config).out
    for call, error in [
        (["lnt"], "lnt"),
        (["lint", "--no-such"], "--no-such"),
        (["lint", "--format", "csv"], "markdown"),
        (["fix", "--confirm", "x"], "'x' is not a number"),
        (["lint", "--target", "debian-twelve", "sshd_config"], "debian-twelve"),
    ]:
        done = one_file.run(*call, cwd=config)
        assert (done.code, done.out) == (2, "") and error in done.err and "Traceback" not in done.err


def test_what_needs_a_library_is_told_in_one_sentence(one_file: OneFile, config: Path) -> None:
    done = one_file.run("lint", "--profile", "cis", "sshd_config", cwd=config)
    assert (done.code, done.err) == (
        2,
        "sshkeep: sshkeep.pyz has no profiles (install sshkeep with pip to use them)\n",
    )
    (config / "sshkeep.yaml").write_text("select: [keepalive]\n")
    done = one_file.run("lint", "sshd_config", cwd=config)
    assert (done.code, done.err) == (
        2,
        "sshkeep: a policy needs pydantic and ruamel.yaml, and tomli before Python 3.11, which this Python has not "
        "(install sshkeep with pip, or use --policy none)\n",
    )
    assert one_file.run("lint", "--policy", "none", "sshd_config", cwd=config).code == 1


def test_the_timer_of_a_trial_is_found_in_it(one_file: OneFile, tmp_path: Path) -> None:
    """As `start_timer` calls it, with the absolute path that `python sshkeep.pyz` has put into sys.path."""
    folder = "python39" if python("3.9") == one_file.python else "python310"
    done = subprocess.run(
        [one_file.python, "-S", "-c", "import sshkeep.reload.timer as timer; print(timer.__file__)"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": f"{one_file.path}/{folder}"},
        capture_output=True,
        text=True,
    )
    assert done.stdout.startswith(f"{one_file.path}/{folder}/"), done.stderr


def test_the_same_checkout_gives_the_same_bytes(built: Path, tmp_path: Path) -> None:
    variables = {"SOURCE_DATE_EPOCH": "1790000000", "TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7", "LC_ALL": "C"}
    again = build(tmp_path / "again.pyz", **variables)
    assert again.read_bytes() == built.read_bytes()
    assert os.access(again, os.X_OK)


def test_it_has_every_rule_and_nothing_that_is_compiled_to_machine_code(built: Path) -> None:
    names = ZipFile(built).namelist()
    rules = [path.relative_to(ROOT).as_posix() for path in ROOT.glob("rules/*/*.py")]
    assert {f"{source}/sshkeep/{rule}" for source in ("python39", "python310") for rule in rules} <= {*names}
    assert {Path(name).suffix for name in names} == {".py", ".pyc", ".mo"}
    assert len(names) == len({*names})


def test_the_compiled_modules_are_those_that_run(built: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-v", built, "lint", "--help"], cwd=tmp_path, capture_output=True, text=True
    )
    folder = built / sys.implementation.cache_tag
    assert f"import 'sshkeep.cli.lint' # <zipimporter object \"{folder}/" in done.stderr
