"""The smallest change that lets an idle session survive."""

from __future__ import annotations

from collections.abc import Iterator
from shlex import quote
from typing import NamedTuple

from sshkeep.config.blocks.matching import universal
from sshkeep.config.tree.block import block_name
from sshkeep.idle.in_effect import Known
from sshkeep.idle.notice import notices_dead_peer
from sshkeep.idle.session import Session
from sshkeep.idle.side import COUNT, INTERVAL, Range, Role, Side
from sshkeep.idle.spacing import spacing_for
from sshkeep.idle.timing import spacing, timing_of
from sshkeep.idle.verdict import outcome

COUNT_BY_DEFAULT = 3
OWN_FILE: dict[Role, str] = {"server": "/etc/ssh/sshd_config", "client": "~/.ssh/config"}


class Advice(NamedTuple):
    """What to do on one end; one end is enough.

    ``steps`` are commands for a shell, or what to set by hand in a program that is not OpenSSH.
    ``packets_per_hour`` are the probes. ``drops_after``: seconds until this end drops a peer that sleeps.
    """

    role: Role
    steps: tuple[str, ...]
    spacing: int
    packets_per_hour: int
    drops_after: Range | None


def advice(session: Session) -> Iterator[Advice]:
    """For each end that the user controls, what makes the session survive; nothing where it does.

    An end is the user's if its file or program was given; where none was, the client is.
    """
    if all(each.verdict == "survives" for each in session.forecast.outcomes):
        return
    ends = [end for end in (session.client, session.server) if end.file or end.by_hand]
    ends = ends or [session.client]
    for end in ends:
        now = session.forecast.of(end.side.role).side
        changed = _changed(now, session)
        if _helps(changed, session):
            yield _advice(end, now, changed)


def _changed(side: Side, session: Session) -> Side:
    """The end with what it lacks: probes as often as the paths want them, a count that waits for answers."""
    # A path that wants more than all others (a proxy's minute) counts only where it was asked for.
    timeouts = [each.path.timeout for each in session.forecast.outcomes]
    wished = spacing_for(min(timeouts) if session.named else None)
    if not 0 < spacing(side) <= wished:
        side = side._replace(interval=max(wished // 2, 1) if timing_of(side).doubled else wished)
    if side.count_max == 0 and side.zero_ends_sessions:
        side = side._replace(count_max=COUNT_BY_DEFAULT)
    return side


def _helps(changed: Side, session: Session) -> bool:
    """Whether the session survives more of the paths with it."""
    expected = session.forecast
    server = changed if changed.role == "server" else expected.server.side
    client = changed if changed.role == "client" else expected.client.side
    through = session.through.side if session.through else None
    before = [each.verdict for each in expected.outcomes]
    after = [outcome(server, client, each.path, through).verdict for each in expected.outcomes]
    return after.count("survives") > before.count("survives")


def _advice(end: Known, now: Side, changed: Side) -> Advice:
    role, every = changed.role, spacing(changed)
    values = {
        INTERVAL[role]: (now.interval, changed.interval),
        COUNT[role]: (now.count_max, changed.count_max),
    }
    steps = tuple(_step(name, after, end) for name, (before, after) in values.items() if before != after)
    return Advice(role, steps, every, 3600 // every, notices_dead_peer(changed))


def _step(keyword: str, value: int | None, end: Known) -> str:
    if end.by_hand:
        return f"{end.program}: {end.by_hand}: {value}"
    # A tilde that is not quoted is the shell's to expand.
    file = quote(end.file) if end.file else OWN_FILE[end.side.role]
    inside = f"--in {quote(block)} " if (block := _block(keyword, end)) else ""
    target = f"--target {end.program} " if end.target_named and end.file else ""
    return f"sshkeep set {target}{inside}{keyword} {value} {file}"


def _block(keyword: str, end: Known) -> str:
    """The block whose line decides, where it is not for everyone."""
    entry = end.told[keyword].entry
    if entry is None or end.target is None or universal(entry.block, end.target.release):
        return ""
    return block_name(entry.block)
