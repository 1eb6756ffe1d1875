"""Bind the changed files over the live ones, in a mount namespace that only the asked program is in."""

from __future__ import annotations

import ctypes
import os
import stat
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress

from sshkeep.fix.change import Change
from sshkeep.named import NamedTuple
from sshkeep.validate.result import CannotValidate
from sshkeep.validate.scratch_directory import write_scratch_file

_NEW_MOUNTS = 0x20000
_BIND, _RECURSIVE, _PRIVATE = 0x1000, 0x4000, 0x40000

SELINUX = "security.selinux"


class BindMount(NamedTuple):
    """``source`` appears at ``place``."""

    source: str
    place: str


def may_mount() -> bool:
    """Whether this process can mount: as root, on Linux."""
    return sys.platform == "linux" and os.geteuid() == 0


def overlay_mounts(changes: Sequence[Change], folder: str) -> list[BindMount]:
    """The mounts, in order, that make ``changes`` visible; their sources are created in ``folder``.

    A changed file is bound over the old one. Where files are created or removed, a view replaces the
    directory: links to its entries, which remain reachable under another name, and the new files.
    """
    folders: dict[str, list[Change]] = {}
    for change in changes:
        if change.before is None or change.after is None:
            place = _existing_parent(os.path.dirname(os.path.abspath(change.path)))
            folders.setdefault(place, []).append(change)
    # Outer directories first: the inner ones are then reached through the links.
    found = [mount for place in sorted(folders) for mount in _view(place, folders[place], folder)]
    for change in changes:
        if change.before is not None and change.after is not None:
            place = os.path.abspath(change.path)
            source = _new_name(folder, "file")
            write_scratch_file(source, change.after)
            _copy_attributes(source, place)
            found.append(BindMount(source, place))
    return found


def _existing_parent(place: str) -> str:
    """The innermost directory on the way to ``place`` that exists."""
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
            target = os.path.realpath(path) if os.path.islink(path) else f"{original}/{name}"
            os.symlink(target, f"{view}/{name}")
    for path, data in paths.items():
        if data is not None:
            new = os.path.join(view, os.path.relpath(path, place))
            os.makedirs(os.path.dirname(new), 0o755, exist_ok=True)
            write_scratch_file(new, data)
            _copy_label(new, place)
    _copy_attributes(view, place)
    return [BindMount(place, original), BindMount(view, place)]


def _copy_attributes(path: str, original: str) -> None:
    """Give ``path`` the owner, mode and label of ``original``."""
    status = os.stat(original)
    os.chown(path, status.st_uid, status.st_gid)
    os.chmod(path, stat.S_IMODE(status.st_mode))
    _copy_label(path, original)


def _copy_label(path: str, original: str) -> None:
    """Copy SELinux' label, without which sshd may not be allowed to read the file."""
    with suppress(OSError):  # there is none, or none can be set
        os.setxattr(path, SELINUX, os.getxattr(original, SELINUX))


def _new_name(folder: str, what: str) -> str:
    return os.path.join(folder, f"{what}-{len(os.listdir(folder))}")


def enter_namespace(mounts: Sequence[BindMount]) -> Callable[[], None]:
    """A function for a new process, after which that process alone sees ``mounts``. It raises OSError.

    Raises CannotValidate without a C library to call.
    """
    try:
        libc = ctypes.CDLL(None, use_errno=True)
    except OSError as error:
        raise CannotValidate("the C library can't be called") from error

    def checked(result: int) -> None:
        if result:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))

    def enter() -> None:
        checked(libc.unshare(_NEW_MOUNTS))
        # Otherwise the mounts below would propagate to all processes.
        checked(libc.mount(b"none", b"/", None, ctypes.c_ulong(_RECURSIVE | _PRIVATE), None))
        for source, place in mounts:
            flags = ctypes.c_ulong(_BIND | _RECURSIVE)
            checked(libc.mount(os.fsencode(source), os.fsencode(place), None, flags, None))

    return enter
