"""One of the saved sessions in a settings file, by its name."""

from __future__ import annotations

from collections.abc import Sequence

from sshkeep.errors import SshkeepError
from sshkeep.idle.clients.client_program import ClientProgram, SavedSession

MAX_NAMES = 10
"""Session names in a hint."""


def select_session(
    program: ClientProgram, sessions: Sequence[SavedSession], file: str, name: str
) -> SavedSession:
    """The session called ``name``, or the only one if that is empty. Raises SshkeepError."""
    if program.section and name:
        raise SshkeepError(f"{program.title} has no named sessions", "leave the session's name out (--host)")
    named = [session for session in sessions if session.name.casefold() == name.casefold()]
    if named or (not name and len(sessions) == 1):
        return (named or sessions)[0]
    names = sorted(session.name for session in sessions)
    shown = ", ".join(names[:MAX_NAMES]) + (", ..." if len(names) > MAX_NAMES else "")
    if name:
        raise SshkeepError(f"{file} holds no session called {name}", f"there are {shown}")
    raise SshkeepError(f"{file} holds {len(names)} sessions", f"name one of them with --host: {shown}")
