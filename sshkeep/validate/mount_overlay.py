"""Changed files bound over the live ones, in a mount namespace that only the asked program is in."""

from __future__ import annotations

import ctypes
import os
import stat
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import NamedTuple

from sshkeep.fix.change import Change
from sshkeep.validate.result import CannotValidate

_NEW_MOUNTS = 0x20000
_BIND, _RECURSIVE, _PRIVATE = 0x1000, 0x4000, 0x40000


SELINUX = "security.selinux"


class BindMount(NamedTuple):
    """``source`` is to be seen at ``place``."""

    source: str
    place: str


def may_mount() -> bool:
    """Whether mounts can be had at all: as root, on Linux."""
    return sys.platform == "linux" and os.geteuid() == 0


def overlay_mounts(changes: Sequence[Change], folder: str) -> list[BindMount]:
    """What to bind so that ``changes`` are seen, in order; ``folder`` is filled with it.

    A changed file is bound over the old one. Where files come or go, the directory is replaced by a
    view of it: links to its entries, which stay in reach under another name, and the new files.
    """
    folders: dict[str, list[Change]] = {}
    for change in changes:
        if change.before is None or change.after is None:
            folders.setdefault(_standing(os.path.dirname(os.path.abspath(change.path))), []).append(change)
    # Outer directories first: the inner ones are then reached through the links.
    found = [bind for place in sorted(folders) for bind in _view(place, folders[place], folder)]
    for change in changes:
        if change.before is not None and change.after is not None:
            place = os.path.abspath(change.path)
            source = _new_name(folder, "file")
            _write(source, change.after)
            _liken(source, place)
            found.append(BindMount(source, place))
    return found


def _standing(place: str) -> str:
    """The innermost directory on the way to ``place`` that is there."""
    while not os.path.isdir(place):
        place = os.path.dirname(place)
    return place


def _view(place: str, changes: Sequence[Change], folder: str) -> list[BindMount]:
    original, view = _new_name(folder, "original"), _new_name(folder, "view")
    os.mkdir(original, 0o700)
    os.mkdir(view, 0o700)
    paths = {os.path.abspath(change.path): change.after for change in changes}
    for name in os.listdir(place):
        path = os.path.join(place, name)
        if path not in paths:
            os.symlink(
                os.path.realpath(path) if os.path.islink(path) else f"{original}/{name}", f"{view}/{name}"
            )
    for path, data in paths.items():
        if data is not None:
            new = os.path.join(view, os.path.relpath(path, place))
            os.makedirs(os.path.dirname(new), 0o755, exist_ok=True)
            _write(new, data)
            _label(new, place)
    _liken(view, place)
    return [BindMount(place, original), BindMount(view, place)]


def _write(path: str, data: bytes) -> None:
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600), "wb") as stream:
        stream.write(data)


def _liken(path: str, original: str) -> None:
    """The owner, mode and label of what it stands for."""
    status = os.stat(original)
    os.chown(path, status.st_uid, status.st_gid)
    os.chmod(path, stat.S_IMODE(status.st_mode))
    _label(path, original)


def _label(path: str, original: str) -> None:
    """SELinux' label, without which sshd might not be allowed to read it."""
    with suppress(OSError):  # there is none, or none can be set
        os.setxattr(path, SELINUX, os.getxattr(original, SELINUX))


def _new_name(folder: str, what: str) -> str:
    return os.path.join(folder, f"{what}-{len(os.listdir(folder))}")


def enter_namespace(wanted: Sequence[BindMount]) -> Callable[[], None]:
    """What a new process calls to see ``wanted``, and nobody else. Raises OSError there."""
    try:
        libc = ctypes.CDLL(None, use_errno=True)
    except OSError as error:
        raise CannotValidate("the C library can't be called") from error

    def checked(result: int) -> None:
        if result:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))

    def enter() -> None:
        checked(libc.unshare(_NEW_MOUNTS))
        # Else what follows would show everywhere.
        checked(libc.mount(b"none", b"/", None, ctypes.c_ulong(_RECURSIVE | _PRIVATE), None))
        for source, place in wanted:
            flags = ctypes.c_ulong(_BIND | _RECURSIVE)
            checked(libc.mount(os.fsencode(source), os.fsencode(place), None, flags, None))

    return enter
