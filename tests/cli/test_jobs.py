"""Many configs: several processes say the same as one, and how far they are."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sshkeep.api.sharing import MANY_TREES, Sharing
from sshkeep.cli import progress
from sshkeep.cli.formats import FORMATS
from sshkeep.cli.progress import Progress
from sshkeep.system import worker_processes
from tests.bench.collected import collected_trees
from tests.program import ROOT, call

pytestmark = pytest.mark.skipif(not worker_processes.can_share_work(), reason="this system copies no process")

FIXABLE = "ClientAliveInterval 0\nPort 22\nPort x\nX11Forwarding yes  # sshkeep: ignore\n"
SLOW_RULE = """'''Waits.'''
import time
from pathlib import Path
from sshkeep.lint import Rule

def check(config, options):
    Path(r"{folder}", config.top.replace("/", "_")).touch()
    time.sleep(60)
    return []

RULE = Rule(summary="waits", applies_to=("sshd_config",), severity="info", check=check, references=("x",), examples=())
"""


@pytest.fixture
def fleet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Hosts that are equal, that differ, with two targets, without a file, and with a policy that is wrong."""
    folder = tmp_path / "collected"
    collected_trees(str(folder), 12, 4)
    for number in (5, 6):
        (folder / f"host{number:05}/etc/ssh/sshd_config").write_text(FIXABLE)
    (folder / "host00007/etc/ssh/sshkeep.yaml").write_text("targets: [debian-12, rhel-8]\n")
    (folder / "host00008/etc/ssh/sshkeep.yaml").write_text("targets: [no-such-system]\n")
    (folder / "host00009/etc/ssh/sshd_config").write_text("Include /etc/ssh/sshd_config.d\n" * 2 + "\0\n")
    monkeypatch.chdir(tmp_path)
    return folder


@pytest.mark.parametrize("format", FORMATS["lint"])
def test_each_format_is_the_same_byte_for_byte(format: str, fleet: Path) -> None:
    alone = call("lint", "--format", format, "--jobs", "1", "collected")
    assert alone.out
    for jobs in ("2", "5"):
        assert call("lint", "--format", format, "--jobs", jobs, "collected") == alone


@pytest.mark.parametrize(
    "options",
    [
        ["--statistics"],
        ["--group-by", "host"],
        ["--group-by", "file", "-v"],
        ["--baseline", "known.json"],
        ["--select", "ALL", "--target", "debian-12", "--quiet"],
    ],
)
def test_so_is_what_options_ask_for(options: list[str], fleet: Path) -> None:
    if "--baseline" in options:
        call("lint", "--write-baseline", "known.json", "collected/host00002", "collected/host00005")
    alone = call("lint", *options, "--jobs", "1", "collected")
    assert call("lint", *options, "--jobs", "3", "collected") == alone


@pytest.mark.parametrize(
    ("jobs", "trees", "processes"),
    [(None, 1, 1), (None, MANY_TREES - 1, 1), (None, MANY_TREES, 4), (1, 9_999, 1), (3, 2, 2), (8, 100, 8)],
)
def test_how_many_processes(
    jobs: int | None, trees: int, processes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_processes, "cores", lambda: 4)
    assert Sharing(jobs).processes(trees) == processes


def test_ctrl_c_ends_all_processes(fleet: Path, tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "begun").mkdir()
    (tmp_path / "rules/waits.py").write_text(SLOW_RULE.format(folder=tmp_path / "begun"))
    command = [
        sys.executable,
        "-m",
        "sshkeep",
        "lint",
        "--jobs",
        "2",
        "--rules",
        "rules",
        "--select",
        "waits",
    ]
    started = subprocess.Popen(
        [*command, "collected"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        start_new_session=True,
    )
    while len(list((tmp_path / "begun").iterdir())) < 2:
        assert started.poll() is None, started.communicate()
        time.sleep(0.02)
    os.killpg(started.pid, signal.SIGINT)
    out, _ = started.communicate(timeout=30)
    assert (started.returncode, out) == (130, b"")
    with pytest.raises(ProcessLookupError):
        os.killpg(started.pid, 0)


class _Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_shows_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "AFTER", 0)
    monkeypatch.setattr(progress, "EACH", 0)
    monkeypatch.setattr(sys, "stderr", screen := _Screen())
    monkeypatch.setenv("TERM", "xterm")
    with Progress(True) as shown:
        shown.searched(1_234)
        shown.linted(100, 2_000)
    erased = "\r\x1b[K"
    assert screen.getvalue() == f"\r1,234 folders searched\x1b[K\r100 of 2,000 configs linted\x1b[K{erased}"


@pytest.mark.parametrize(
    ("terminal", "wanted", "term", "after"),
    [
        (False, True, "xterm", 0),
        (True, False, "xterm", 0),
        (True, True, "dumb", 0),
        (True, True, "xterm", 60),
    ],
)
def test_nothing_else_does(
    terminal: bool, wanted: bool, term: str, after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not a pipe, not --quiet or a format for programs, no terminal that erases nothing, no short run."""
    monkeypatch.setattr(progress, "AFTER", after)
    monkeypatch.setattr(sys, "stderr", screen := _Screen() if terminal else io.StringIO())
    monkeypatch.setenv("TERM", term)
    with Progress(wanted) as shown:
        shown.linted(100, 2_000)
    assert screen.getvalue() == ""
