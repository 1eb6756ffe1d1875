"""The directory in which sshkeep keeps its records, for its owner's eyes only."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from sshkeep.errors import SshkeepError
from sshkeep.system.held_directory import HeldDirectory
from sshkeep.system.safe_path import open_directory
from sshkeep.system.trust import effective_user, others_may_replace

_HINT = "XDG_STATE_HOME names another place for it"


def state_path() -> str:
    """``$XDG_STATE_HOME/sshkeep``, by default below ~/.local/state, and /var/lib/sshkeep for root.

    As the XDG specification has it, a relative path in the variable does not count.
    """
    base = os.environ.get("XDG_STATE_HOME", "")
    if not os.path.isabs(base):
        if hasattr(os, "geteuid") and effective_user() == 0:
            return "/var/lib/sshkeep"
        base = os.path.join(os.path.expanduser("~"), ".local", "state")
        if not os.path.isabs(base):
            raise SshkeepError("this user has no home directory to keep records in", _HINT)
    return os.path.join(base, "sshkeep")


@contextmanager
def state_directory() -> Iterator[HeldDirectory]:
    """The directory, made where it is missing, and this process's alone as long as it is open.

    Raises SshkeepError where it can't be had, or others could reach into it.
    """
    path = state_path()
    try:
        folder = open_directory(path, _make, _check_way)
    except OSError as error:
        raise SshkeepError(f"can't keep records in {path}: {error.strerror}", _HINT) from None
    with folder:
        _check_own(folder)
        with _locked(folder):
            yield folder


def _make(folder: HeldDirectory, name: str) -> None:
    try:
        folder.make_directory(name)
    except FileExistsError:  # by another sshkeep, in this instant
        return
    folder.sync()


def _check_way(folder: HeldDirectory) -> None:
    """For users other than root who owns what is above their home is a given.

    In a container that may be somebody without a name there; the directory itself must be their own.
    """
    status = folder.status()
    everybody = status.st_mode & stat.S_IWOTH and not status.st_mode & stat.S_ISVTX
    if others_may_replace(status) if effective_user() == 0 else everybody:
        raise SshkeepError(f"can't keep records below {folder.path}: others may write there", _HINT)


def _check_own(folder: HeldDirectory) -> None:
    status = folder.status()
    if hasattr(os, "geteuid") and (status.st_uid != effective_user() or stat.S_IMODE(status.st_mode) & 0o077):
        raise SshkeepError(
            f"can't keep records in {folder.path}: it must be this user's own, with mode 0700",
            f"chmod 700 mends the mode; {_HINT}",
        )


@contextmanager
def _locked(folder: HeldDirectory) -> Iterator[None]:
    """One sshkeep at a time: what another is in the middle of must not look cut off."""
    try:
        from fcntl import LOCK_EX, flock
    except ImportError:  # Windows
        yield
        return
    descriptor = folder.open_readable()
    try:
        with suppress(OSError):  # a network file system without locks
            flock(descriptor, LOCK_EX)
        yield
    finally:
        os.close(descriptor)
