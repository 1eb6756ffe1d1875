"""Whose settings file it is, by its content."""

from __future__ import annotations

import os

from sshkeep.openssh.kind import ClientKind
from sshkeep.syntax.encoding import byte_order_mark

MAX_BYTES_EXAMINED = 256 * 1024
EXPORTED = (b"Windows Registry Editor", b"REGEDIT4")
"""How a .reg file begins; files of PuTTY on Unix have no such line."""
SECTIONS = ("[tera term]", "[ttssh]")
ONLY_PUTTY = {"Present", "PortNumber", "PingInterval", "PingIntervalSecs", "TCPKeepalives", "TerminalType"}
"""Keys of a saved session that are no keywords of ssh, which takes Key=Value, too."""
ALSO_PUTTY = {"HostName", "Protocol", "UserName", "CloseOnExit", "LogFileName", "Compression"}
SSH_BLOCKS = {"host", "match"}


def client_kind_of(path: str, data: bytes) -> ClientKind | None:
    """The program whose settings file ``path`` is, with the content ``data``; None for no such file.

    A file below ~/.putty/sessions or ~/.config/putty/sessions is PuTTY's, whatever is in it.
    """
    start = byte_order_mark(data).decode(data[:MAX_BYTES_EXAMINED])
    if len(data) > MAX_BYTES_EXAMINED:  # without the line that is cut
        start = start[: start.rfind(b"\n") + 1]
    first = start.lstrip()
    if first.startswith(EXPORTED):
        return "putty"
    if first.startswith((b"[", b";")):
        lines = (line.strip().lower() for line in first.decode("utf-8", "replace").split("\n"))
        return "teraterm" if any(line.startswith(SECTIONS) for line in lines) else None
    return "putty" if _is_in_putty_folder(path) or _is_unix_session(first) else None


def _is_in_putty_folder(path: str) -> bool:
    folder, name = os.path.split(os.path.dirname(os.path.abspath(path)))
    return name == "sessions" and os.path.basename(folder) in (".putty", "putty")


def _is_unix_session(text: bytes) -> bool:
    """Whether all lines are Key=Value, two keys at least are PuTTY's, one of them nobody else's."""
    keys = set()
    for line in text.decode("utf-8", "replace").split("\n"):
        key, equals, _ = line.partition("=")
        if not line.strip() or line.startswith("#"):
            continue
        if not equals or not key.isalnum() or key.lower() in SSH_BLOCKS:
            return False
        keys.add(key)
    return bool(keys & ONLY_PUTTY) and len(keys & (ONLY_PUTTY | ALSO_PUTTY)) > 1
