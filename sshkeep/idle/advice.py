"""The smallest change that lets an idle session survive."""

from __future__ import annotations

from collections.abc import Iterator
from shlex import quote
from typing import NamedTuple

from sshkeep.config.matching import universal
from sshkeep.config.typed import block_name
from sshkeep.idle.in_effect import Known
from sshkeep.idle.notice import notices_dead_peer
from sshkeep.idle.session import Session
from sshkeep.idle.side import COUNT, INTERVAL, Range, Role, Side
from sshkeep.idle.spacing import spacing_for
from sshkeep.idle.timing import spacing, timing_of
from sshkeep.idle.verdict import outcome

COUNT_BY_DEFAULT = 3
OWN_FILE: dict[Role, str] = {"server": "/etc/ssh/sshd_config", "client": "~/.ssh/config"}


class Change(NamedTuple):
    """One keyword to set on one end, and where; ``block`` is empty for everyone."""

    keyword: str
    value: int
    block: str


class Advice(NamedTuple):
    """What to do on one end; one end is enough.

    ``steps`` are commands for a shell, or what to set by hand in a program that is not OpenSSH.
    ``packets_per_hour`` are the probes. ``drops_after``: seconds until this end drops a peer that sleeps.
    """

    role: Role
    changes: tuple[Change, ...]
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
        changed = _changed(end, session)
        if changed and _helps(changed, session):
            yield _advice(end, changed)


def _changed(end: Known, session: Session) -> Side:
    """The end with probes as often as the paths want them."""
    # A path that wants more than all others (a proxy's minute) counts only where it was asked for.
    wished = spacing_for(min(path.timeout for path in session.paths) if session.named else None)
    interval = max(wished // 2, 1) if timing_of(end.side).doubled else wished
    side = end.side._replace(interval=interval)
    if side.count_max == 0 and side.zero_ends_sessions:
        side = side._replace(count_max=COUNT_BY_DEFAULT)
    return side


def _helps(changed: Side, session: Session) -> bool:
    """Whether no path that loses the session, or is at risk to, is any worse, and one is better off."""
    server = changed if changed.role == "server" else session.server.side
    client = changed if changed.role == "client" else session.client.side
    through = session.through.side if session.through else None
    after = [outcome(server, client, path, through).verdict for path in session.paths]
    before = [each.verdict for each in session.forecast.outcomes]
    return after.count("survives") > before.count("survives")


def _advice(end: Known, changed: Side) -> Advice:
    role = end.side.role
    changes = [_change(INTERVAL[role], changed.interval, end)]
    if changed.count_max is not None and changed.count_max != end.side.count_max:
        changes.append(_change(COUNT[role], changed.count_max, end))
    every = spacing(changed)
    return Advice(
        role,
        tuple(changes),
        tuple(_step(change, end) for change in changes),
        every,
        3600 // every,
        notices_dead_peer(changed),
    )


def _change(keyword: str, value: int, end: Known) -> Change:
    told = end.told.get(keyword)
    context = told.entry.context if told and told.entry else None
    own = context is not None and end.target and not universal(context, end.target.release)
    return Change(keyword, value, block_name(context) if own else "")


def _step(change: Change, end: Known) -> str:
    if end.by_hand:
        return f"{end.program}: {end.by_hand}: {change.value}"
    # A tilde that is not quoted is the shell's to expand.
    file = quote(end.file) if end.file else OWN_FILE[end.side.role]
    inside = f"--in {quote(change.block)} " if change.block else ""
    target = f"--target {end.program} " if end.target_named and end.file else ""
    return f"sshkeep set {target}{inside}{change.keyword} {change.value} {file}"
