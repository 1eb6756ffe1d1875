"""Where an Include argument leads: this machine, another root, or beside the file."""

from __future__ import annotations

import os.path
from typing import NamedTuple

from sshkeep.openssh.kind import Kind

SSH_DIR = "/etc/ssh"


class IncludeBase(NamedTuple):
    """Where one top file's Includes are looked for.

    ``root`` is put before absolute paths. Without it, a ``live`` file's Includes are this machine's,
    and for any other file the folder of the top file (``beside``) stands for /etc/ssh and ~/.ssh, so
    that linting a checkout never reads this machine's settings.
    """

    kind: Kind
    beside: str
    home: str
    root: str | None = None
    live: bool = False
    system: bool = False
    """A client's system file: its relative Includes are under /etc/ssh, not ~/.ssh."""


class IncludePattern(NamedTuple):
    """An Include argument resolved: ``base`` is literal, ``rest`` may hold wildcards."""

    base: str
    rest: str
    confined: bool
    """What is found must lie inside ``base``'s own tree: the file is not this machine's."""


def resolve_include(argument: str, place: IncludeBase) -> IncludePattern | None:
    """The place that ``argument`` names; None where it names nothing that may be read.

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


def _absolute(path: str, place: IncludeBase) -> IncludePattern | None:
    if place.live or place.root == "/":
        return IncludePattern("", path, False)
    if place.root is not None:
        return IncludePattern(place.root.rstrip("/"), path, True)
    for stands_for in (SSH_DIR, f"{place.home}/.ssh"):
        if path.startswith(f"{stands_for}/"):
            return IncludePattern(place.beside, "/" + path[len(stands_for) + 1 :].lstrip("/"), True)
    return None


def _in_home(path: str, place: IncludeBase) -> IncludePattern | None:
    folder, name = os.path.split(place.beside)
    if name == ".ssh" and not place.live and place.root != "/":
        return IncludePattern(folder, f"/{path}", True)
    return _absolute(f"{place.home}/{path}", place)
