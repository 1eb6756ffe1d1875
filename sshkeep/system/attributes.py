"""What a file has besides its content: mode, owner, and extended attributes, with ACL and SELinux label."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

COMPUTED = ("security.ima", "security.evm")
"""Checksums of content and attributes that the kernel maintains."""
SIGNED = b"\x03"
"""First byte of a checksum that is signed (EVM_IMA_XATTR_DIGSIG); only its signer can sign new content."""
_COPYFILE_ACL_XATTR = 1 << 0 | 1 << 2


class NotKept(Exception):
    """Something of a file that its replacement would lack; the text says what."""


@dataclass(frozen=True)
class Attributes:
    """Of one file. ``extended`` is sorted by name, and empty on systems without extended attributes."""

    mode: int
    uid: int
    gid: int
    extended: tuple[tuple[str, bytes], ...] = ()


def read_attributes(descriptor: int) -> Attributes:
    """The attributes of the open file. Raises OSError, and NotKept for what no new file can have."""
    status = os.fstat(descriptor)
    mode = stat.S_IMODE(status.st_mode)
    if mode & 0o7000:
        raise NotKept(f"its mode is {mode:o} (set-user-ID, set-group-ID or sticky)")
    extended = _extended(descriptor)
    if any(name in COMPUTED and value.startswith(SIGNED) for name, value in extended):
        raise NotKept("it is signed (security.ima), which new content can't be")
    kept = tuple((name, value) for name, value in extended if name not in COMPUTED)
    return Attributes(mode, status.st_uid, status.st_gid, kept)


def set_attributes(descriptor: int, wanted: Attributes) -> None:
    """Give the open file exactly these attributes. Raises NotKept, and OSError.

    The owner comes first, since chown(2) clears mode bits; the mode comes last, since an ACL sets its own.
    """
    if hasattr(os, "fchown"):
        _try("its owner", partial(_chown, descriptor, wanted))
    if hasattr(os, "listxattr"):
        _set_extended(descriptor, dict(wanted.extended))
    if hasattr(os, "fchmod"):
        _try("its mode", partial(os.fchmod, descriptor, wanted.mode))
        if read_attributes(descriptor) != wanted:
            raise NotKept("its mode, owner, or extended attributes can't be kept")


def set_like_directory(descriptor: int, directory: os.stat_result, *, private: bool = False) -> None:
    """Make a new file readable for those who can list its directory, and owned as the directory is.

    So every user can read a new drop-in of ssh_config.d, and only its owner what is ``private``. The
    directory's default ACL and SELinux type are the kernel's work. Raises OSError.
    """
    if hasattr(os, "fchown"):
        if os.geteuid() == 0:
            os.fchown(descriptor, directory.st_uid, directory.st_gid)
        os.fchmod(descriptor, 0o600 if private else 0o600 | directory.st_mode & 0o044)


def copy_macos_metadata(old: int, new: int) -> None:
    """Copy macOS' ACL and extended attributes, which Python has no calls for. Raises NotKept."""
    import ctypes

    if ctypes.CDLL(None).fcopyfile(old, new, None, _COPYFILE_ACL_XATTR) != 0:
        raise NotKept("its ACL or extended attributes can't be kept")


def _chown(descriptor: int, wanted: Attributes) -> None:
    status = os.fstat(descriptor)
    if (status.st_uid, status.st_gid) != (wanted.uid, wanted.gid):
        os.fchown(descriptor, wanted.uid, wanted.gid)


def _set_extended(descriptor: int, wanted: dict[str, bytes]) -> None:
    has = dict(_extended(descriptor))
    for name in has.keys() - wanted.keys() - set(COMPUTED):
        _try(f"the absence of {name}", partial(os.removexattr, descriptor, name))
    for name, value in wanted.items():
        # What the kernel has set already, such as the directory's SELinux type, needs no right to set.
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
