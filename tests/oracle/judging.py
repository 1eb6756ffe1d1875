"""Puts a config before one release's OpenSSH and before sshkeep, and shrinks what they disagree on."""

import json
import re
import shutil
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from sshkeep.config.tree.file_system import DiskFileSystem
from sshkeep.config.tree.include_paths import IncludeBase
from sshkeep.config.tree.load import TopFile
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.targets import Target
from sshkeep.trees.tree import Tree
from tests.oracle.answers import ELSEWHERE, Answer, Difference, differences, openssh_answer, sshkeep_answers
from tests.oracle.cases import Case
from tests.oracle.dangers import danger
from tests.oracle.programs import SYSTEM_CONFIG, USER_CONFIG, Programs, command_for, programs_of
from tests.oracle.releases import Release
from tests.program import call

_TRUE = re.compile(r"exec[ \t]+\"?true", re.IGNORECASE)
_FALSE = re.compile(r"exec[ \t]+\"?false", re.IGNORECASE)


class Verdict(NamedTuple):
    """OpenSSH's answers to a config's questions, and the differences with the question of each one."""

    answers: list[Answer]
    differences: list[tuple[str, Difference]]
    danger: str = ""
    """Why nothing was asked."""


REPORTED = 10
"""Of so many configs, one is also reported as JSON."""


def report_faults(kind: Kind, path: Path, target: Target) -> Iterator[Difference]:
    """A traceback, or no JSON, where lint and effective print JSON about the config."""
    host = ["--host", "web"] if kind == "ssh_config" else []
    for command in (["lint"], ["effective", *host]):
        try:
            done = call(*command, "--format", "json", "--kind", kind, "--target", target.name, path)
            if done.out or command[0] == "lint":
                json.loads(done.out)
        except Exception as error:
            about = f"{command[0]} --format json: {type(error).__name__}"
            yield Difference("crash", about, "", traceback.format_exc(limit=-3))


class ChamberFiles(DiskFileSystem):
    """The files as the programs in the chamber see them: /root and /etc/ssh are below ``folder``."""

    def __init__(self, folder: Path) -> None:
        self.folder = str(folder)

    def outside(self, path: str) -> str:
        return self.folder + path if path.startswith(("/root/", "/etc/ssh/")) else path

    def read(self, path: str) -> bytes:
        return super().read(self.outside(path))

    def glob(self, pattern: str) -> list[str]:
        mapped = self.outside(pattern)
        cut = len(mapped) - len(pattern)
        return [path[cut:] for path in super().glob(mapped)]

    def is_file(self, path: str) -> bool:
        return super().is_file(self.outside(path))


class Judge:
    """Asks both sides; configs are written to a folder that both see under one path."""

    def __init__(self, release: Release, programs: Programs) -> None:
        self.release = release
        self.programs = programs
        self.count = 0

    def judge(self, kind: Kind, case: Case) -> Verdict:
        """One config with all its questions, which are not asked where that is dangerous."""
        texts = (case.config, *case.files.values(), case.system or "")
        dangers = {danger(kind, text.encode(errors="surrogateescape")) for text in texts} - {""}
        if dangers:
            return Verdict([], [], dangers.pop())
        exec_holds, exec_fails = (any(map(each.search, texts)) for each in (_TRUE, _FALSE))
        if exec_holds and exec_fails:
            return Verdict([], [], "it has Match exec of which one holds and one does not")
        self.count += 1
        folder = self.programs.folder / "configs" / str(self.count)
        path = written(kind, case, folder)
        try:
            if case.system is None:
                verdict = self.compare(kind, path, case.asks, exec_holds)
                return verdict if self.count % REPORTED else self.with_reports(verdict, kind, path)
            with self.as_own_files(path, case.system.replace("{dir}", str(folder))) as tree:
                return self.compare(kind, USER_CONFIG, case.asks, exec_holds, tree)
        finally:
            shutil.rmtree(folder)

    def with_reports(self, verdict: Verdict, kind: Kind, path: Path) -> Verdict:
        """Also what is wrong with sshkeep's own reports as JSON."""
        found = verdict.differences + [("", each) for each in report_faults(kind, path, self.release.target)]
        return verdict._replace(differences=found)

    @contextmanager
    def as_own_files(self, path: Path, system: str) -> Iterator[Tree]:
        """The config at ``path`` as the user's file, and the system's beside it."""
        inside = {USER_CONFIG: path.read_bytes(), SYSTEM_CONFIG: system.encode(errors="surrogateescape")}
        files = {self.programs.folder / str(place)[1:]: data for place, data in inside.items()}
        for file, data in files.items():
            file.write_bytes(data)
            file.chmod(0o600)
        tops = tuple(
            TopFile(
                str(top),
                IncludeBase("ssh_config", str(top.parent), "/root", "/", system=top == SYSTEM_CONFIG),
            )
            for top in inside
        )
        held = ChamberFiles(self.programs.folder)
        try:
            yield Tree(tops, "ssh_config", self.release.target, held)
        finally:
            for file in files:
                file.unlink()

    def compare(
        self, kind: Kind, path: Path, asks: tuple[str, ...], exec_holds: bool, tree: Tree | None = None
    ) -> Verdict:
        """The file at ``path``; ``exec_holds`` is for all its Match exec. OpenSSH works on its answers while sshkeep does."""
        self.programs.send([command_for(kind, path, ask) for ask in asks])
        try:
            ours = sshkeep_answers(kind, path, asks, self.release.target, exec_holds, tree=tree)
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
        if kind == "ssh_config" and not found:
            # Which tokens there are is known for any file, also for one that is another machine's.
            anywhere = sshkeep_answers(kind, path, asks, self.release.target, exec_holds, ELSEWHERE, tree)
            found = [
                (ask, d)
                for ask, theirs, own in zip(asks, real, anywhere, strict=True)
                for d in differences(
                    theirs, own._replace(complaints=theirs.complaints, settings=theirs.settings)
                )
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
