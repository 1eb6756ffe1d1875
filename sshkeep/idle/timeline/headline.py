"""A timeline in one sentence: the verdict and its reason."""

from __future__ import annotations

from sshkeep.idle.duration import format_duration, format_duration_range
from sshkeep.idle.model.endpoint import COUNT_KEYWORD
from sshkeep.idle.timeline.text import device
from sshkeep.idle.timeline.timeline import Timeline


def headline(timeline: Timeline) -> str:
    """As ``dropped: the router forgets the session after 4 min; the first probe would come at 5 min``."""
    return f"{timeline.outcome.verdict}: {_reason(timeline)}"


def _reason(timeline: Timeline) -> str:
    leaving = next((gone for gone in timeline.exits if gone.how == "leaves"), None)
    limit = format_duration(timeline.path.timeout)
    if leaving and not timeline.forgets:
        silence = format_duration_range(*leaving.seen)
        return f"{leaving.role} leaves after {silence} of silence ({COUNT_KEYWORD[leaving.role]} 0)"
    if timeline.forgets:
        does = "closes" if timeline.path.on_expiry == "close" else "forgets"
        return f"{device(timeline)} {does} the session after {limit}; {_speaks(timeline)}"
    if timeline.unsure:
        return f"only kernels speak, and whether {device(timeline)} counts that is not known"
    every = format_duration(timeline.rhythm)
    return f"something is said every {every}; {device(timeline)} forgets after {limit}"


def _speaks(timeline: Timeline) -> str:
    first = min(timeline.packets, key=lambda packet: packet.at.high, default=None)
    if first is None:
        return "nobody says anything before"
    if first.fate == "ignored":
        return "the kernel's keepalives don't count there"
    what = "the first probe" if first.payload else "the kernel's first keepalive"
    when = format_duration(first.at.high)
    if first.fate == "revives":
        return f"{what}, at {when}, brings it back"
    return f"{what} comes at {when}, too" if first.fate == "unsure" else f"{what} would come at {when}"
