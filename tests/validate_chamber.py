"""One question to `sshkeep.validate`, in a process of its own: its /etc/ssh and ~/.ssh are folders of a test.

unshare -m python -m tests.validate_chamber     with a pickled `Question` as input and a `Told` as output
"""

import os
import pickle
import resource
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from sshkeep.config.local_machine import home_directory
from sshkeep.config.tree.file_system import DiskFileSystem
from sshkeep.fix.change import Change
from sshkeep.openssh.targets import NEWEST_TARGET
from sshkeep.trees.discover import TreeOptions, tree_for
from sshkeep.trees.this_machine import installed_target
from sshkeep.validate import commands, mount_overlay, private_copy, run_program, scratch_directory
from sshkeep.validate.check import validate_changes
from sshkeep.validate.result import ValidationResult
from tests.requirements import need

_ = private_copy, mount_overlay, resource
"""Loaded while they can be: the user asked as may not read the checkout."""

ROOT = Path(__file__).parent.parent


class Question(NamedTuple):
    """``after`` is what becomes of files: by path, None for one that goes.

    ``binds`` are folders with the places at which they are to be seen. ``user`` is who asks;
    ``program`` stands for sshd and ssh.
    """

    after: Mapping[str, bytes | None]
    binds: Mapping[str, str]
    top: str = "/etc/ssh/sshd_config"
    user: int = 0
    program: str = ""
    seconds: float = 10
    may_mount: bool = True
    target: str = "auto"
    place: str = "/tmp"
    """Where private copies are made."""


class Told(NamedTuple):
    """The judgement, and the files that were bound as the asking process saw them afterwards."""

    judgement: ValidationResult
    seen: Mapping[str, bytes]
    left: tuple[str, ...]
    """What is left in the place of private copies."""


class Changed(DiskFileSystem):
    """The disk with changes made to it, for what sshkeep itself reads."""

    def __init__(self, after: Mapping[str, bytes | None]) -> None:
        self.after = after

    def read(self, path: str) -> bytes:
        data = self.after.get(path)
        return super().read(path) if data is None else data

    def glob(self, pattern: str) -> list[str]:
        from fnmatch import fnmatchcase

        new = {path for path in self.after if fnmatchcase(path, pattern)}
        gone = {path for path, data in self.after.items() if data is None}
        return sorted(({*super().glob(pattern)} | new) - gone)


def ask(question: Question) -> ValidationResult:
    """Ask from a namespace of its own, and check that nothing was changed or left behind."""
    need("openssh", "root", "mounts")
    done = subprocess.run(
        ["unshare", "-m", sys.executable, "-m", "tests.validate_chamber"],
        cwd=ROOT,
        input=pickle.dumps(question),
        stdout=subprocess.PIPE,
        timeout=60,
        check=True,
    )
    told: Told = pickle.loads(done.stdout)
    for path, data in told.seen.items():
        assert Path(path).read_bytes() == data, f"{path} was changed"
    assert told.left == ()
    return told.judgement


def _answer(question: Question) -> Told:
    for folder, place in question.binds.items():
        subprocess.run(["mount", "--bind", folder, place], check=True)
    before = {path: _read(path) for path in question.after}
    seen = {
        str(path): path.read_bytes()
        for folder in question.binds
        for path in Path(folder).rglob("*")
        if path.is_file() and not path.is_symlink()
    }
    if question.program:
        commands.OPENSSH_PROGRAMS["sshd_config"] = commands.OPENSSH_PROGRAMS["ssh_config"] = (
            question.program,
        )
    scratch_directory.PARENT = question.place
    run_program.PROGRAM_TIME_LIMIT = question.seconds  # type: ignore[assignment]
    if not question.may_mount:
        mount_overlay._NEW_MOUNTS = -1
    installed_target()
    if question.user:
        os.setgid(question.user)
        os.setuid(question.user)
    target = NEWEST_TARGET if question.target == "newest" else None
    tree = tree_for(question.top, TreeOptions(target=target))
    config = tree._replace(files=Changed(question.after)).load()
    changes = [Change(path, before[path], after) for path, after in question.after.items()]
    judgement = validate_changes(tree, config, changes)
    assert before == {path: _read(path) for path in question.after}
    return Told(judgement, seen, tuple(os.listdir(question.place)))


def _read(path: str) -> bytes | None:
    try:
        return Path(path).read_bytes()
    except FileNotFoundError:
        return None


def _main(answer: Callable[[Question], Told]) -> None:
    Path(home_directory(), ".ssh").mkdir(mode=0o700, exist_ok=True)
    question = pickle.load(sys.stdin.buffer)
    sys.stdout.buffer.write(pickle.dumps(answer(question)))


if __name__ == "__main__":
    # Pickled under this module's own name, whatever name it runs under.
    from tests import validate_chamber

    validate_chamber._main(validate_chamber._answer)
