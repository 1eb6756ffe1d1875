"""What a forecast rests on, and what it can't tell: sentences for people."""

from __future__ import annotations

from collections.abc import Iterator

from sshkeep.config.tree.block import block_name
from sshkeep.config.tree.entry import Entry
from sshkeep.config.tree.file import directive_text
from sshkeep.idle.duration import said, said_range
from sshkeep.idle.in_effect import Known
from sshkeep.idle.kernel import Kernel
from sshkeep.idle.notice import starves
from sshkeep.idle.session import Session
from sshkeep.idle.side import INTERVAL

OTHER_KERNELS = {
    "apple": "macOS",
    "freebsd": "FreeBSD",
    "netbsd": "NetBSD",
    "openbsd": "OpenBSD",
    "windows": "Windows",
}
HOW_TO_NAME = {"server": "--server FILE", "client": "--client FILE"}
HOW_TO_ASK = {"server": "-C user=...", "client": "--host NAME"}


def notes(session: Session) -> Iterator[str]:
    """The most important first."""
    for end in (session.server, session.client):
        yield from _hanging(end)
        yield from _of_others(end)
        yield from _other_kernel(end)
    yield from _carried(session)
    for end in (session.server, session.client):
        if starves(end.side):
            yield _starving(end)


def assumed(end: Known) -> str:
    """What an end is taken for, of which no file was given."""
    if end.by_hand:
        return f"{end.program} as it ships (--client FILE)"
    return f"not given: the defaults of {end.program} ({HOW_TO_NAME[end.side.role]})"


def _hanging(end: Known) -> Iterator[str]:
    for told in end.told.values():
        for entry in told.maybe:
            block = block_name(entry.block)
            yield f"{_says(entry)} counts if '{block}' applies, which is not known"


def _of_others(end: Known) -> Iterator[str]:
    role = end.side.role
    told = end.told.get(INTERVAL[role])
    for entry in told.elsewhere[:2] if told and end.anybody else ():
        block = block_name(entry.block)
        yield f"'{block}' has {_says(entry)}: ask with {HOW_TO_ASK[role]}"


def _says(entry: Entry) -> str:
    return f"{' '.join(directive_text(entry.directive).split())} ({entry.directive.where})"


def _other_kernel(end: Known) -> Iterator[str]:
    system = OTHER_KERNELS.get(end.target.vendor) if end.target else None
    if system and end.side.kernel == Kernel():
        yield f"TCP's own times are taken from Linux; {system} may have others (--tcp-keepalive-time)"


def _carried(session: Session) -> Iterator[str]:
    lines = session.client.lines
    if session.through:
        host = " ".join(lines["proxyjump"]).partition(",")[0]
        yield f"the path is the one to the jump host {host}; what it says to the server is not looked at"
    elif lines.get("proxycommand", ("none",)) != ("none",):
        yield "ssh goes through a ProxyCommand: what that does to an idle connection is not known"
    if lines.get("controlpath", ("none",)) != ("none",):
        yield "a shared connection (ControlPath) has the settings of the ssh that opened it"


def _starving(end: Known) -> str:
    kernel = end.side.kernel
    late = said_range(kernel.sends_again_for, kernel.sends_again_at_most)
    who = "sshd" if end.side.role == "server" else "ssh"
    every = said(end.side.interval)
    return (
        f"no probe goes out while a session prints more often than every {every} ({who} {end.side.release});"
        f" TCP then notices a dead peer after {late}"
    )
