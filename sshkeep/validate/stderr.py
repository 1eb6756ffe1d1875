"""What an answer of ``sshd -t`` or ``ssh -G`` means for the config alone."""

from __future__ import annotations

from sshkeep.openssh.keyword import Kind

AFTER_THE_CONFIG = (
    ("sshd: no hostkeys available -- exiting.", "it found no host key that it can read"),
    ("Missing privilege separation directory: ", "its privilege separation directory is missing"),
    ("Privilege separation user ", "its privilege separation user is missing"),
)
"""How the last line begins where sshd gave up for want of something else than a good config, and what.

sshd.c main, 8.0 to 10.5: the config is read, and its settings checked together, before any of this. Up
to 9.7 the user is looked for before the host keys and the directory after them, from 9.8 on both after.
"""
DENIED = ": Permission denied"
OWNER = " must be owned by root and not group or world-writable."


def missing_besides_config(kind: Kind, said: str) -> str:
    """Why the program ended with an error although it had accepted the config; empty where it had not."""
    if kind != "sshd_config":
        return ""
    last = _last_line(said)
    # The path that stands there is sshd's own; errors in a config have "line" behind the path.
    if last.endswith(OWNER) and " " not in last.removesuffix(OWNER):
        return "its privilege separation directory is not safe"
    return next((why for begins, why in AFTER_THE_CONFIG if last.startswith(begins)), "")


def may_not_read_files(said: str) -> bool:
    """Whether the program gave up since it may not read a file, as under a policy of SELinux's."""
    last = _last_line(said)
    return last.startswith("/") and last.endswith(DENIED) and " " not in last.removesuffix(DENIED)


def _last_line(said: str) -> str:
    return said.rstrip("\r\n").rpartition("\n")[2]
