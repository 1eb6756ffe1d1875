"""The directory in which sshkeep keeps its state. Its user alone can read it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

from sshkeep.errors import SshkeepError
from sshkeep.state.path import STATE_HINT, state_path
from sshkeep.system.held_directory import HeldDirectory
from sshkeep.system.safe_path import open_directory
from sshkeep.system.trust import effective_user, others_may_replace

_HAS_LOCKS = os.name == "posix"


@contextmanager
def state_directory(*, lock: bool = True) -> Iterator[HeldDirectory]:
    """The open directory, which is created where it is missing.

    With ``lock`` one process has it at a time, so that no other takes its unfinished work for interrupted
    work. Raises SshkeepError where it can't be had, or other users could write to it.
    """
    path = state_path()
    with ExitStack() as held:
        try:
            directory = held.enter_context(open_directory(path, _make, _check_parent))
            _check_private(directory)
            if lock:
                held.enter_context(_locked(directory))
        except OSError as error:
            raise SshkeepError(f"can't keep records in {path}: {error.strerror}", STATE_HINT) from None
        yield directory


@contextmanager
def existing_state_directory(*, lock: bool = True) -> Iterator[HeldDirectory | None]:
    """As `state_directory`, but None where it does not exist; nothing is created."""
    if not os.path.lexists(state_path()):
        yield None
        return
    with state_directory(lock=lock) as directory:
        yield directory


def _make(parent: HeldDirectory, name: str) -> None:
    with suppress(FileExistsError):  # another sshkeep made it in this instant
        parent.make_directory(name)
        parent.sync()


def _check_parent(directory: HeldDirectory) -> None:
    """For users other than root, who owns what is above their home does not matter.

    In a container that may be a user without a name there. The directory itself must be their own.
    """
    status = directory.status()
    everybody = bool(status.st_mode & stat.S_IWOTH and not status.st_mode & stat.S_ISVTX)
    if others_may_replace(status) if effective_user() == 0 else everybody:
        raise SshkeepError(f"can't keep records below {directory.path}: others may write there", STATE_HINT)


def _check_private(directory: HeldDirectory) -> None:
    status = directory.status()
    others = stat.S_IMODE(status.st_mode) & 0o077
    if hasattr(os, "geteuid") and (status.st_uid != effective_user() or others):
        raise SshkeepError(
            f"can't keep records in {directory.path}: it must be this user's own, with mode 0700",
            f"chmod 700 repairs the mode; {STATE_HINT}",
        )


@contextmanager
def _locked(directory: HeldDirectory) -> Iterator[None]:
    descriptor = directory.open_readable() if _HAS_LOCKS else None
    with _flocked(descriptor, wait=True):
        yield


@contextmanager
def hold_lock(directory: HeldDirectory, name: str, *, wait: bool) -> Iterator[bool]:
    """Hold the lock of the file ``name``, which stays; False where another process has it and nobody waits.

    Locks that the file system does not have count as held. The system releases a lock when its process ends.
    """
    with _flocked(_lock_file(directory, name) if _HAS_LOCKS else None, wait=wait) as held:
        yield held


def _lock_file(directory: HeldDirectory, name: str) -> int | None:
    with suppress(OSError):
        with suppress(FileExistsError):
            return directory.create_file(name)
        return directory.open_file(name)
    return None


@contextmanager
def _flocked(descriptor: int | None, *, wait: bool) -> Iterator[bool]:
    if descriptor is None:
        yield True
        return
    from fcntl import LOCK_EX, LOCK_NB, flock

    held = True
    try:
        try:
            flock(descriptor, LOCK_EX if wait else LOCK_EX | LOCK_NB)
        except BlockingIOError:
            held = False
        except OSError:  # a network file system without locks
            pass
        yield held
    finally:
        with suppress(OSError):
            os.close(descriptor)
