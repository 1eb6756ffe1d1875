"""The paths that an Include names: on this machine, under another root, or beside the file."""

from __future__ import annotations

import os.path

from sshkeep.named import NamedTuple
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.releases import RELATIVE_INCLUDE_LOST, Release

SSH_DIR = "/etc/ssh"


class IncludeBase(NamedTuple):
    """Where the Includes of one top file are searched.

    ``root`` is prepended to absolute paths. Without it, the Includes of a ``live`` file are those of this
    machine. For any other file the folder of the top file (``beside``) stands for /etc/ssh and ~/.ssh, so
    that linting a checkout never reads the settings of this machine.
    """

    kind: Kind
    beside: str
    home: str
    root: str | None = None
    live: bool = False
    system: bool = False
    """A client's system file: its relative Includes are under /etc/ssh, not ~/.ssh."""
    image: str | None = None
    """Where no root is given: the folder whose etc/ssh the file is in, such as a chroot or a host's copy."""
    home_named: bool = False
    """Whether the call names ``home``: then ``~`` of any file is that folder, without a root as it stands."""


class IncludePattern(NamedTuple):
    """A resolved Include argument: ``base`` is literal, ``rest`` may have wildcards."""

    base: str
    rest: str
    confined: bool
    """Whether all that is found must lie below ``base``, since the file is not this machine's."""

    @property
    def path(self) -> str:
        """Both together; the base is empty for a file that is named without its folder."""
        return self.base + self.rest if self.base or not self.confined else self.rest.lstrip("/")


def resolve_include(argument: str, place: IncludeBase) -> IncludePattern | None:
    """The paths that ``argument`` names; None where it names nothing that may be read.

    servconf.c sInclude: relative to /etc/ssh, ``~`` is an ordinary character. readconf.c oInclude:
    relative to ~/.ssh (the system file's to /etc/ssh), ``~`` is the home directory.
    """
    if place.kind == "sshd_config" or place.system:
        if argument.startswith("~"):
            return None
        return _absolute(argument if argument.startswith("/") else f"{SSH_DIR}/{argument}", place)
    if argument.startswith("/"):
        return _absolute(argument, place)
    if not argument.startswith("~"):
        return _in_home(f".ssh/{argument}", place)
    return _in_home(argument[2:], place) if argument.startswith("~/") else None


def is_lost_include(argument: str, release: Release) -> bool:
    """Whether sshd looks for another file than the one that it is told to include."""
    return release == RELATIVE_INCLUDE_LOST and not argument.startswith(("/", "~"))


def _absolute(path: str, place: IncludeBase) -> IncludePattern | None:
    if place.live or place.root == "/":
        return IncludePattern("", path, False)
    if place.root is not None:
        return IncludePattern(place.root.rstrip("/"), path, True)
    for stands_for in (SSH_DIR, f"{place.home}/.ssh"):
        if path.startswith(f"{stands_for}/"):
            return IncludePattern(place.beside, "/" + path[len(stands_for) + 1 :].lstrip("/"), True)
    return None if place.image is None else IncludePattern(place.image, path, True)


def _in_home(path: str, place: IncludeBase) -> IncludePattern | None:
    if place.home_named and place.root is None:
        return IncludePattern(place.home, f"/{path}", not place.live)
    folder, name = os.path.split(place.beside)
    if name == ".ssh" and not place.live and not place.home_named and place.root != "/":
        return IncludePattern(folder, f"/{path}", True)
    return _absolute(f"{place.home}/{path}", place)
