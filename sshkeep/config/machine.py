"""What ssh knows of the machine and the user it runs for, where a setting's value depends on it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import NamedTuple


class Machine(NamedTuple):
    """The local user's home and number, this machine's name, and the environment."""

    home: str
    uid: int
    name: str
    environment: Mapping[str, str]


def home() -> str:
    """The home directory, as ssh finds it: from the password database, not from $HOME (ssh.c main)."""
    try:
        import pwd

        return pwd.getpwuid(os.getuid()).pw_dir.rstrip("/")
    except (ImportError, KeyError):
        return os.path.expanduser("~").rstrip("/\\")


def this_machine() -> Machine:
    """The machine and user that run sshkeep. Nothing is looked up on the network."""
    import socket

    uid = os.getuid() if hasattr(os, "getuid") else 0
    return Machine(home(), uid, socket.gethostname(), os.environ)


def groups_of(user: str) -> tuple[str, ...] | None:
    """The local groups of a user, as getgrouplist(3) has them; None where the user is not known here."""
    try:
        import grp
        import pwd

        account = pwd.getpwnam(user)
        numbers = os.getgrouplist(user, account.pw_gid)
    except (ImportError, KeyError, OSError):
        return None
    names = []
    for number in numbers:
        try:
            names.append(grp.getgrgid(number).gr_name)
        except KeyError:
            continue
    return tuple(names)
