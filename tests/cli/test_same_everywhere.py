"""The same files, target and options give the same bytes: on any machine, at any time, in any order."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from sshkeep.cli.formats import FORMATS
from sshkeep.lint.registry import all_rules
from tests.program import ROOT

MACHINES = [
    # order of the folders in arguments and on disk, hash seed, time zone
    (False, "1", "UTC0"),
    (True, "2", "Asia/Tokyo"),
    (True, "3", "XYZ+11:30"),
]


def corpus(every: int) -> dict[str, str]:
    """The examples of every so many rules, and a policy for a part of them."""
    files = {f"{number % 7}/sshkeep.yaml": "extend_select: [security]\n" for number in (2, 5)}
    for number, loaded in enumerate([*all_rules().values()][::every]):
        for place, example in enumerate(loaded.rule.examples if loaded.rule.check else ()):
            kind = example.kind or loaded.rule.applies_to[0]
            if kind.endswith("_config"):
                files[f"{number % 7}/{loaded.id}-{place}/{kind}"] = example.before
                files[f"{number % 7}/{loaded.id}-{place}/{kind}.d/50.conf"] = example.before
    return files


def written(files: Iterable[tuple[str, str]], folder: Path) -> None:
    for name, text in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def reports(command: str, folder: Path, backwards: bool, seed: str, zone: str) -> dict[str, str]:
    """What the command prints in each format, on a machine that has the files in this order."""
    # To plan a fix takes longer than to find the problem.
    files = sorted(corpus(8 if command == "fix" else 1).items(), reverse=backwards)
    written(files, folder)
    folders = sorted({name.partition("/")[0] for name, _ in files}, reverse=backwards)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed, "TZ": zone, "COLUMNS": "90"}
    found = {}
    formats = list(FORMATS[command])
    calls = [[each] for each in formats] if command == "fix" else [formats]
    for call in calls:
        arguments = [f"--format={each}" for each in call] + [f"--output=../{each}" for each in call]
        done = subprocess.run(
            [sys.executable, "-m", "sshkeep", command, "-v", *arguments, *folders],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode in (1, 2) and "bug" not in done.stderr, done.stderr
        found[f"standard error {call}"] = done.stderr
        found.update({each: (folder.parent / each).read_text() for each in call})
    return found


@pytest.mark.parametrize("command", ["lint", "fix"])
def test_the_same_files_give_the_same_bytes(command: str, tmp_path: Path) -> None:
    first, *others = (
        reports(command, tmp_path / str(number) / "files", *machine)
        for number, machine in enumerate(MACHINES)
    )
    assert all(len(text) > 1_000 for name, text in first.items() if name in FORMATS[command])
    for other in others:
        for name, text in first.items():
            assert other[name] == text, name
