"""What a forecast assumes, and what it does not know, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from sshkeep.config.tree.block import block_name
from sshkeep.config.tree.entry import Entry
from sshkeep.idle.duration import format_duration, format_duration_range
from sshkeep.idle.endpoint_config import EndpointConfig, lines_for_others
from sshkeep.idle.model.endpoint import INTERVAL_KEYWORD, PROGRAM, Role
from sshkeep.idle.model.kernel import Kernel
from sshkeep.idle.model.peer_detection import starves
from sshkeep.idle.session import Session
from sshkeep.phrase import Phrase
from sshkeep.syntax.source import clean

OTHER_KERNELS = {
    "apple": "macOS",
    "freebsd": "FreeBSD",
    "netbsd": "NetBSD",
    "openbsd": "OpenBSD",
    "windows": "Windows",
}
FILE_OPTION: dict[Role, str] = {"server": "--server FILE", "client": "--client FILE"}
QUERY_OPTION: dict[Role, str] = {"server": "-C user=...", "client": "--host NAME"}


def caveats(session: Session) -> Iterator[str]:
    """The most important first."""
    for end in (session.server, session.client):
        yield from _undecided(end)
        yield from _for_others(end)
        yield from _other_kernel(end)
    yield from _transport(session)
    for end in (session.server, session.client):
        if starves(end.endpoint):
            yield _starved(end)


def assumption(end: EndpointConfig) -> str:
    """What is assumed of an endpoint without a file."""
    if end.manual_setting:
        return Phrase("{program} with its default settings (--client FILE)", program=end.program)
    option = FILE_OPTION[end.endpoint.role]
    return Phrase("not given: the defaults of {target} ({option})", target=end.program, option=option)


def _undecided(end: EndpointConfig) -> Iterator[str]:
    for setting in end.settings.values():
        for entry in setting.undecided:
            yield Phrase(
                "{line} counts if '{block}' applies, which is not known",
                line=_line(entry),
                block=block_name(entry.block),
            )


def _for_others(end: EndpointConfig) -> Iterator[str]:
    role = end.endpoint.role
    setting = end.settings.get(INTERVAL_KEYWORD[role])
    if setting is None or end.config is None or not end.for_anyone:
        return
    for entry in islice(lines_for_others(setting, end.config), 2):
        yield Phrase(
            "'{block}' has {line}: ask with {option}",
            block=block_name(entry.block),
            line=_line(entry),
            option=QUERY_OPTION[role],
        )


def _line(entry: Entry) -> str:
    return f"{' '.join(clean(entry.directive.text).split())} ({entry.directive.where})"


def _other_kernel(end: EndpointConfig) -> Iterator[str]:
    system = OTHER_KERNELS.get(end.target.vendor) if end.target else None
    if system and end.endpoint.kernel == Kernel():
        yield Phrase(
            "TCP's own times are Linux's; {system} may have others (--tcp-keepalive-time)", system=system
        )


def _transport(session: Session) -> Iterator[str]:
    if session.jump:
        host = session.client.value("proxyjump").partition(",")[0]
        yield Phrase(
            "the path is the one to the jump host {host}; "
            "the connection from there to the server is not checked",
            host=host,
        )
    elif session.client.value("proxycommand"):
        yield Phrase("ssh goes through a ProxyCommand: what that does to an idle connection is not known")
    if session.client.value("controlpath"):
        yield Phrase("a shared connection (ControlPath) has the settings of the ssh that opened it")


def _starved(end: EndpointConfig) -> str:
    kernel, release = end.endpoint.kernel, end.endpoint.release
    late = format_duration_range(kernel.retransmission_timeout_min, kernel.retransmission_timeout_max)
    every = format_duration(end.endpoint.interval)
    return Phrase(
        "no probe goes out while a session prints more often than every {every}"
        " ({program} {release}); TCP then notices a dead peer after {late}",
        every=every,
        program=PROGRAM[end.endpoint.role],
        release=release,
        late=late,
    )
