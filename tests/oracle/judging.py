"""Puts a config before one release's OpenSSH and before sshkeep, and shrinks what they disagree on."""

import re
import shutil
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from sshkeep.openssh.kind import Kind
from tests.oracle.answers import Answer, Difference, differences, openssh_answer, sshkeep_answers
from tests.oracle.cases import Case
from tests.oracle.dangers import danger
from tests.oracle.programs import Programs, command_for, programs_of
from tests.oracle.releases import Release

_TRUE = re.compile(r"exec[ \t]+\"?true", re.IGNORECASE)


class Verdict(NamedTuple):
    """OpenSSH's answers to a config's questions, and the differences with the question of each one."""

    answers: list[Answer]
    differences: list[tuple[str, Difference]]
    danger: str = ""
    """Why nothing was asked."""


class Judge:
    """Asks both sides; configs are written to a folder that both see under one path."""

    def __init__(self, release: Release, programs: Programs) -> None:
        self.release = release
        self.programs = programs
        self.count = 0

    def judge(self, kind: Kind, case: Case) -> Verdict:
        """One config with all its questions, which are not asked where that is dangerous."""
        texts = (case.config, *case.files.values())
        dangers = {danger(kind, text.encode(errors="surrogateescape")) for text in texts} - {""}
        if dangers:
            return Verdict([], [], dangers.pop())
        self.count += 1
        folder = self.programs.folder / "configs" / str(self.count)
        path = written(kind, case, folder)
        try:
            return self.compare(kind, path, case.asks, any(_TRUE.search(text) for text in texts))
        finally:
            shutil.rmtree(folder)

    def compare(self, kind: Kind, path: Path, asks: tuple[str, ...], exec_holds: bool) -> Verdict:
        """The file at ``path``; ``exec_holds`` is for all its Match exec. OpenSSH works on its answers while sshkeep does."""
        self.programs.send([command_for(kind, path, ask) for ask in asks])
        try:
            ours = sshkeep_answers(kind, path, asks, self.release.target, exec_holds)
        except Exception as error:
            self.programs.receive()
            crash = Difference(
                "crash", f"{type(error).__name__}: {str(error)[:60]}", "", traceback.format_exc(limit=-3)
            )
            return Verdict([], [("", crash)])
        real = [openssh_answer(ended, path, kind, self.release.target) for ended in self.programs.receive()]
        found = [
            (ask, d)
            for ask, theirs, own in zip(asks, real, ours, strict=True)
            for d in differences(theirs, own)
        ]
        return Verdict(real, found)


@contextmanager
def judge_of(release: Release) -> Iterator[Judge]:
    """A judge with the programs of ``release``."""
    with programs_of(release) as programs:
        yield Judge(release, programs)


def written(kind: Kind, case: Case, folder: Path) -> Path:
    """The case's files on disk; the path of its config."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in {**case.files, kind: case.config}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.replace("{dir}", str(folder)).encode(errors="surrogateescape"))
        path.chmod(0o600)
    return folder / kind
