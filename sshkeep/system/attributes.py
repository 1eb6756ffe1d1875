"""What a file has besides its content: mode, owner, and extended attributes, with ACL and SELinux label."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

COMPUTED = ("security.ima", "security.evm")
"""Sums of content and attributes that the kernel keeps itself."""
SIGNED = b"\x03"
"""First byte of a sum that somebody signed (EVM_IMA_XATTR_DIGSIG); only he can sign the new content."""
_COPYFILE_ACL_XATTR = 1 << 0 | 1 << 2


class NotKept(Exception):
    """Something that the new file would lack; the text says what."""


@dataclass(frozen=True)
class Attributes:
    """Of one file; ``extended`` is sorted by name, and empty where the system has no such attributes."""

    mode: int
    uid: int
    gid: int
    extended: tuple[tuple[str, bytes], ...] = ()


def read_attributes(descriptor: int) -> Attributes:
    """Of the open file. Raises OSError, and NotKept for what no new file can have."""
    status = os.fstat(descriptor)
    mode = stat.S_IMODE(status.st_mode)
    if mode & 0o7000:
        raise NotKept(f"its mode is {mode:o}, which no config needs")
    extended = _extended(descriptor)
    if any(name in COMPUTED and value.startswith(SIGNED) for name, value in extended):
        raise NotKept("it is signed (security.ima), which new content can't be")
    kept = tuple((name, value) for name, value in extended if name not in COMPUTED)
    return Attributes(mode, status.st_uid, status.st_gid, kept)


def set_attributes(descriptor: int, wanted: Attributes) -> None:
    """Make the open file have all that is ``wanted``. Raises NotKept.

    The owner comes first, since chown(2) takes rights away; the mode comes last, since an ACL sets its own.
    """
    if hasattr(os, "fchown"):
        _try("its owner", partial(_chown, descriptor, wanted))
    if hasattr(os, "listxattr"):
        _give_extended(descriptor, dict(wanted.extended))
    if hasattr(os, "fchmod"):
        _try("its mode", partial(os.fchmod, descriptor, wanted.mode))
        if read_attributes(descriptor) != wanted:
            raise NotKept("its mode, owner, or extended attributes can't be kept")


def set_attributes_of_new(descriptor: int, folder: os.stat_result) -> None:
    """For a file that did not exist: readable for those who can list its directory, owned as it is.

    So a drop-in of ssh_config.d is there for every user, and one in ~/.ssh for its owner alone. The
    directory's default ACL and SELinux type are the kernel's work.
    """
    if hasattr(os, "fchown"):
        if os.geteuid() == 0:
            os.fchown(descriptor, folder.st_uid, folder.st_gid)
        os.fchmod(descriptor, 0o600 | folder.st_mode & 0o044)


def copy_macos_metadata(old: int, new: int) -> None:
    """macOS' ACL and extended attributes, which Python has no calls for. Raises NotKept."""
    if sys.platform == "darwin":
        import ctypes

        if ctypes.CDLL(None).fcopyfile(old, new, None, _COPYFILE_ACL_XATTR) != 0:
            raise NotKept("its ACL or extended attributes can't be kept")


def _chown(descriptor: int, wanted: Attributes) -> None:
    status = os.fstat(descriptor)
    if (status.st_uid, status.st_gid) != (wanted.uid, wanted.gid):
        os.fchown(descriptor, wanted.uid, wanted.gid)


def _give_extended(descriptor: int, wanted: dict[str, bytes]) -> None:
    has = dict(_extended(descriptor))
    for name in has.keys() - wanted.keys() - set(COMPUTED):
        _try(f"the absence of {name}", partial(os.removexattr, descriptor, name))
    for name, value in wanted.items():
        # What the new file has by itself, such as the directory's SELinux type, needs no right to set.
        if has.get(name) != value:
            _try(name, partial(os.setxattr, descriptor, name, value))


def _try(what: str, work: Callable[[], object]) -> None:
    try:
        work()
    except OSError as error:
        raise NotKept(f"{what} can't be kept: {error.strerror}") from None


def _extended(descriptor: int) -> tuple[tuple[str, bytes], ...]:
    if not hasattr(os, "listxattr"):
        return ()
    try:
        return tuple((name, os.getxattr(descriptor, name)) for name in sorted(os.listxattr(descriptor)))
    except OSError as error:
        if error.errno in (errno.ENOTSUP, errno.ENOSYS):
            return ()
        raise
