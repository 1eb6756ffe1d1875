"""What stands in the way of writing, as one sentence."""

from __future__ import annotations

import errno

from sshkeep.errors import SshkeepError

REASONS = {
    errno.EROFS: ("the file system is read-only", ""),
    errno.EACCES: ("permission denied", "run it as the file's owner"),
    errno.EPERM: ("the system does not permit it", "is it immutable (lsattr), or another user's?"),
    errno.ENOSPC: ("no space is left", ""),
    errno.EMFILE: ("too many directories at once", "name fewer files, or raise `ulimit -n`"),
    errno.ENOTDIR: ("a part of its path is no directory, or was just swapped for a link", ""),
    errno.ELOOP: ("it is, or was just swapped for, a symbolic link", ""),
    errno.ENXIO: ("not a regular file", ""),
}


def write_error(path: str, error: OSError | str, hint: str = "") -> SshkeepError:
    """The error for ``path``, of which nothing was changed."""
    if isinstance(error, OSError):
        fallback = (error.strerror or str(error), "")
        reason, hint = REASONS.get(error.errno or 0, fallback)
    else:
        reason = error
    return SshkeepError(f"can't write {path}: {reason}", f"nothing was written{hint and '; ' + hint}")


def changed_error(path: str) -> SshkeepError:
    """The error for a file that is not what the fix was made for."""
    return SshkeepError(f"{path} was changed while sshkeep worked on it", "nothing was written; run it again")
