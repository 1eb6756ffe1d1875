"""Folders and users for the tests of writing."""

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from sshkeep.errors import SshkeepError
from sshkeep.fix.change import Change
from sshkeep.state.record import About, Record
from sshkeep.write.transaction import write_changes

BOB = 65534
OLD, NEW = b"ClientAliveInterval 0\n", b"ClientAliveInterval 60\n"
ABOUT = About("fix", ("client-alive-interval: ClientAliveInterval 60",), "openssh-9.2")


def write(path: Path | str, before: bytes | None = OLD, after: bytes | None = NEW) -> Record:
    """One change of one file."""
    return write_changes([Change(str(path), before, after)], ABOUT)


def refusal(path: Path | str, before: bytes | None = OLD, after: bytes | None = NEW) -> str:
    """Why that change is not made; empty where it is."""
    return refusal_of([Change(str(path), before, after)])


def refusal_of(changes: Sequence[Change]) -> str:
    """The same for several."""
    try:
        write_changes(changes, ABOUT)
    except SshkeepError as error:
        return str(error)
    return ""


@contextmanager
def home_of_bob() -> Iterator[Path]:
    """A home directory that everybody can reach, with an .ssh that is bob's."""
    with tempfile.TemporaryDirectory(prefix="sshkeep-home-") as folder:
        home = Path(folder)
        home.chmod(0o755)
        (home / ".ssh").mkdir(mode=0o700)
        for path in (home, home / ".ssh"):
            os.chown(path, BOB, BOB)
        yield home


@contextmanager
def as_bob() -> Iterator[None]:
    """The process has bob's rights; root's come back. Bob may be unable to read root's Python."""
    import_module("fcntl")  # which is imported late
    os.setegid(BOB)
    os.seteuid(BOB)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)


def leftovers(folder: Path) -> list[str]:
    """Temporary files below ``folder``."""
    return [str(path) for path in folder.rglob(".sshkeep-*")]
