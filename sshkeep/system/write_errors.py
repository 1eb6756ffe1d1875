"""Why a file can't be written, as one sentence."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from sshkeep.errors import SshkeepError

REASONS = {
    errno.EROFS: ("the file system is read-only", ""),
    errno.EACCES: ("permission denied", "run it as the file's owner"),
    errno.EPERM: ("the system does not permit it", "is it immutable (lsattr), or another user's?"),
    errno.ENOSPC: ("no space left on device", ""),
    errno.EMFILE: ("too many directories at once", "name fewer files, or raise `ulimit -n`"),
    errno.ENOTDIR: ("a part of its path is not a directory, or was just replaced by a link", ""),
    errno.ELOOP: ("it is, or was just swapped for, a symbolic link", ""),
    errno.ENXIO: ("not a regular file", ""),
    errno.EBADF: ("it is not open", ""),
    errno.EISDIR: ("it is a directory", ""),
    errno.EBUSY: ("it is in use, as a mount point for example", ""),
}
"""Where the system's own words (`os.strerror`) say too little: the reason, and a hint."""


def write_error(path: str, error: OSError | str, hint: str = "") -> SshkeepError:
    """The error for the file ``path``, which was not changed."""
    if isinstance(error, OSError):
        reason, hint = REASONS.get(error.errno or 0, (error.strerror or str(error), hint))
        if error.errno == errno.EACCES and _is_roots(path):
            hint = "run it with sudo"
    else:
        reason = error
    return SshkeepError(f"can't write {path}: {reason}", f"nothing was written{hint and '; ' + hint}")


def _is_roots(path: str) -> bool:
    """Whether root owns the file or its folder; either may vanish at any time."""
    for each in (path, os.path.dirname(path) or "."):
        with suppress(OSError):
            if os.stat(each).st_uid == 0:
                return True
    return False


@contextmanager
def os_errors_as_write_errors(path: str) -> Iterator[None]:
    """Let every OSError of the block be the `write_error` for ``path``."""
    try:
        yield
    except OSError as error:
        raise write_error(path, error) from None


def changed_error(path: str) -> SshkeepError:
    """The error for a file that another process changed meanwhile."""
    return SshkeepError(f"{path} was changed while sshkeep worked on it", "nothing was written; run it again")
