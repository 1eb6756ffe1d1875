"""A process that writes under strace, which can kill it or make any of its system calls fail."""

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.program import ROOT
from tests.requirements import need
from tests.write.child import FILES

OLD = {name: old for name, (old, _) in FILES.items()}
KILLED = -9
CALL = re.compile(r"(\w+)\(")
CHANGES = re.compile(r"O_CREAT|^(mkdir|rename|link|unlink)")
"""A call that changes the disk."""


class Lab:
    """Fresh folders for each run, and a process that starts them."""

    def __init__(self, folder: Path, zygote: "subprocess.Popen[str]") -> None:
        self.folder = folder
        self.zygote = zygote
        self.runs = 0

    def fresh(self, monkeypatch: pytest.MonkeyPatch) -> Path:
        """A folder with all files old; the state directory is beside it."""
        self.runs += 1
        folder = self.folder / str(self.runs)
        (folder / "etc/sshd_config.d").mkdir(parents=True)
        (folder / "state").mkdir()
        for name, old in OLD.items():
            if old is not None:
                (folder / "etc" / name).write_bytes(old)
        monkeypatch.setenv("XDG_STATE_HOME", str(folder / "state"))
        return folder

    def run(self, action: str, folder: Path, *options: str) -> int:
        """Its exit code, with strace attached that has these options."""
        assert self.zygote.stdin and self.zygote.stdout
        asked = {"action": action, "folder": f"{folder}/etc", "state": f"{folder}/state"}
        self.zygote.stdin.write(json.dumps(asked) + "\n")
        self.zygote.stdin.flush()
        pid = int(self.zygote.stdout.readline())
        command = ["strace", "-f", "-p", str(pid), *options]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as strace:
            assert strace.stderr
            told = strace.stderr.readline()
            assert "attached" in told, told
            self.zygote.stdin.write("\n")
            self.zygote.stdin.flush()
            return int(self.zygote.stdout.readline())

    def last_error(self) -> str:
        """The last sentence that a run reported."""
        return self.folder.joinpath("errors").read_text().splitlines()[-1]

    def traced(self, action: str, folder: Path) -> list[str]:
        """The system calls of an undisturbed run, with the paths of their descriptors."""
        trace = folder / "trace"
        assert self.run(action, folder, "-y", "-s", "300", "-o", str(trace)) == 0
        lines = [line.split(maxsplit=1)[1] for line in trace.read_text().splitlines()]
        return [line for line in lines if CALL.match(line)]


@contextmanager
def open_lab() -> Iterator[Lab]:
    """Near the root, since every directory on the way is several system calls."""
    need("strace")
    command = [sys.executable, "-m", "tests.write.child"]
    pipe = subprocess.PIPE
    with (
        TemporaryDirectory(prefix="sshkeep-kill-") as folder,
        Path(folder, "errors").open("ab") as errors,
        subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=errors, text=True, cwd=ROOT) as zygote,
    ):
        yield Lab(Path(folder), zygote)
        assert zygote.stdin
        zygote.stdin.close()


MEMORY = ("mmap", "munmap", "brk", "mremap", "madvise", "getrandom", "futex", "exit_group", "rt_sigaction")
"""Calls that have nothing to do with files: their errors are another test's."""
START = re.compile(r'^openat\(AT_FDCWD.*, "/"')
"""The first step on the way to a file."""


def faults(
    lab: Lab,
    action: str,
    fresh: Callable[[], Path],
    fault: str,
    *,
    begin: re.Pattern[str] = START,
    spare: str = "",
) -> Iterator[tuple[int, Path, str]]:
    """The exit code, the folder and a description of each run in which one call fails, or is the last one.

    It is each call from the first that fits ``begin``, but for those of the name ``spare``.
    """
    where = points(lab.traced(action, fresh()), begin)
    where = [point for point in where if point[0] not in (*MEMORY, spare)]
    for name, number in where:
        folder = fresh()
        inject = f"inject={name}:{fault}:when={number}"
        code = lab.run(action, folder, "-e", f"trace={name}", "-e", inject)
        yield code, folder, f"{action}: {name} number {number}: {fault}"


def points(calls: list[str], begin: re.Pattern[str] = CHANGES) -> list[tuple[str, int]]:
    """Every call from the first that fits ``begin``: its name, and which of that name it is, from 1."""
    seen: Counter[str] = Counter()
    found: list[tuple[str, int]] = []
    for call in calls:
        match = CALL.match(call)
        assert match
        seen[match[1]] += 1
        if found or begin.search(call):
            found.append((match[1], seen[match[1]]))
    return found
