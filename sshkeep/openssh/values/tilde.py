"""``~`` and ``~user`` at the start of a path."""

from __future__ import annotations

from sshkeep.openssh.releases import TILDE_USER, Release


def expand_tilde(path: str, user: str, home: str, release: Release) -> str:
    """misc.c tilde_expand for the user the program runs as.

    Only the system knows the homes of other users, so their ``~user`` is left as it stands.
    """
    if not path.startswith("~"):
        return path
    name, slash, rest = path[1:].partition("/")
    if release < TILDE_USER and not slash:
        name, rest = "", name
    if name not in ("", user):
        return path
    return home.rstrip("/") + "/" + (rest if release < TILDE_USER else rest.lstrip("/"))
