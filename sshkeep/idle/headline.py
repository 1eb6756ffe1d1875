"""A timeline in one sentence: the verdict and its reason."""

from __future__ import annotations

from sshkeep.idle.duration import said, said_range
from sshkeep.idle.side import COUNT
from sshkeep.idle.story import device
from sshkeep.idle.timeline import Timeline


def headline(timeline: Timeline) -> str:
    """As ``dropped: the router forgets the session after 4 min; the first probe would come at 5 min``."""
    return f"{timeline.outcome.verdict}: {_reason(timeline)}"


def _reason(timeline: Timeline) -> str:
    leaving = next((gone for gone in timeline.exits if gone.how == "leaves"), None)
    limit = said(timeline.path.timeout)
    if leaving and not timeline.forgets:
        return f"{leaving.role} leaves after {said_range(*leaving.seen)} of silence ({COUNT[leaving.role]} 0)"
    if timeline.forgets:
        does = "closes" if timeline.path.on_expiry == "close" else "forgets"
        return f"{device(timeline)} {does} the session after {limit}; {_speaks(timeline)}"
    if timeline.unsure:
        return f"only kernels speak, and whether {device(timeline)} counts that is not known"
    return f"something is said every {said(timeline.rhythm)}; {device(timeline)} forgets after {limit}"


def _speaks(timeline: Timeline) -> str:
    first = min(timeline.packets, key=lambda packet: packet.at.high, default=None)
    if first is None:
        return "nobody says anything before"
    if first.fate == "ignored":
        return "the kernel's keepalives don't count there"
    what = "the first probe" if first.payload else "the kernel's first keepalive"
    when = said(first.at.high)
    if first.fate == "revives":
        return f"{what}, at {when}, brings it back"
    return f"{what} comes at {when}, too" if first.fate == "unsure" else f"{what} would come at {when}"
