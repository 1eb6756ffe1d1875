"""Running mutmut in a copy, and what became of each mutant."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

SURVIVED = ("survived", "no tests", "not checked")
"""mutmut's words for mutants that no test noticed. Of most others a test failed, or the process crashed."""
_RESULT = re.compile(
    r"^ *(?P<name>(?P<module>\S+)\.x(?P<function>\S+)__mutmut_[0-9]+): (?P<status>.+)$", re.MULTILINE
)


class Mutant(NamedTuple):
    """``status`` is mutmut's word for what became of it."""

    name: str
    module: str
    function: str
    status: str

    @property
    def survived(self) -> bool:
        return self.status in SURVIVED

    @property
    def timed_out(self) -> bool:
        """Whether its tests did not end: most such mutants loop for ever."""
        return self.status == "timeout"


class MutmutFailed(Exception):
    """mutmut stopped before it had run the mutants; the text is the end of its output."""


def run_mutants(folder: Path, jobs: int) -> list[Mutant]:
    """All mutants of the project in ``folder``, run. Raises MutmutFailed."""
    log = folder / "mutmut.log"
    with log.open("wb") as output:
        done = subprocess.run(
            [*_MUTMUT, "run", "--max-children", str(jobs)],
            cwd=folder,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    if done.returncode:
        raise MutmutFailed(log.read_text(errors="replace")[-4000:])
    return read_results(_output(folder, "results", "--all", "true"))


def read_results(text: str) -> list[Mutant]:
    """The mutants in the output of ``mutmut results``."""
    return [
        Mutant(found["name"], found["module"], _function(found["function"]), found["status"])
        for found in _RESULT.finditer(text)
    ]


def _function(mangled: str) -> str:
    """``_name``, or ``ǁClassǁname``."""
    return mangled.strip("ǁ").replace("ǁ", ".") if mangled.startswith("ǁ") else mangled[1:]


def changes(folder: Path, mutants: Iterable[Mutant]) -> dict[str, str]:
    """The changed lines of each mutant, by its name. One process shows them all: each start takes a second."""
    show = "import sys; from mutmut.__main__ import cli; [cli(['show', name], standalone_mode=False) for name in sys.stdin.read().split()]"
    done = subprocess.run(
        [sys.executable, "-c", show],
        cwd=folder,
        input="\n".join(mutant.name for mutant in mutants),
        capture_output=True,
        text=True,
        check=True,
    )
    shown = re.split(r"^# (\S+__mutmut_[0-9]+): .*$", done.stdout, flags=re.MULTILINE)[1:]
    return {name: _changed(diff) for name, diff in zip(shown[::2], shown[1::2], strict=True)}


def _changed(diff: str) -> str:
    lines = [line for line in diff.splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    return "\n".join(lines)


_MUTMUT = (sys.executable, "-c", "from mutmut.__main__ import cli; cli()")


def _output(folder: Path, *arguments: str) -> str:
    done = subprocess.run([*_MUTMUT, *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout
