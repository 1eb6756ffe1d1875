"""Transcripts of sshkeep: commands and what they print, run again and compared.

A transcript is a text of ``$ command`` lines, each followed by its output and, where it is not 0, its
``[exit code]``.
"""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

COLUMNS = "96"
TIME, SHOWN_TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC"), "2026-01-31 02:00:00 UTC"
"""Every run has another time; a transcript has one that it stands for."""


def rerun(transcript: str, folder: Path) -> str:
    """The transcript as it comes out today, its commands run in ``folder`` one after the other."""
    commands = [line[2:] for line in transcript.splitlines() if line.startswith("$ ")]
    return "".join(f"$ {command}\n{_output(command, folder)}" for command in commands)


def _output(command: str, folder: Path) -> str:
    words = shlex.split(command)
    if words[0] == "sshkeep":
        words[:1] = [sys.executable, "-m", "sshkeep"]
    elif words[0] == "python":
        words[0] = sys.executable
    unwanted = ("FORCE_COLOR", "NO_COLOR", "PYTHONIOENCODING")
    environment = {key: value for key, value in os.environ.items() if key not in unwanted}
    done = subprocess.run(
        words,
        cwd=folder,
        env={
            **environment,
            "COLUMNS": COLUMNS,
            "LC_ALL": "C.UTF-8",
            "PYTHONPATH": str(Path(__file__).parent.parent.parent),
            "XDG_STATE_HOME": str(folder.parent / "state"),
        },
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=60,
    )
    return TIME.sub(SHOWN_TIME, done.stdout) + (f"[exit {done.returncode}]\n" if done.returncode else "")
