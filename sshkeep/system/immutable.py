"""Files and directories that are marked as not to be changed, which even root's rename(2) must heed."""

from __future__ import annotations

import os
import stat
import struct
import sys

_GET_FLAGS = 0x80086601
"""FS_IOC_GETFLAGS of linux/fs.h; a few old architectures number it otherwise, and there it fails."""
_IMMUTABLE, _APPEND_ONLY = 0x10, 0x20
_BSD = {"immutable": stat.UF_IMMUTABLE | stat.SF_IMMUTABLE, "append-only": stat.UF_APPEND | stat.SF_APPEND}


def immutable_flag(descriptor: int) -> str:
    """``immutable``, ``append-only``, or empty for an open file or directory."""
    if sys.platform == "linux":
        flags = _linux_flags(descriptor)
        return "immutable" if flags & _IMMUTABLE else "append-only" if flags & _APPEND_ONLY else ""
    flags = getattr(os.fstat(descriptor), "st_flags", 0)
    return next((name for name, bits in _BSD.items() if flags & bits), "")


def _linux_flags(descriptor: int) -> int:
    from fcntl import ioctl

    try:
        return int(struct.unpack("=i", ioctl(descriptor, _GET_FLAGS, b"\0" * 8)[:4])[0])
    except OSError:  # a file system without such flags
        return 0
