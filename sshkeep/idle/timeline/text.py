"""A timeline in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from math import inf
from typing import Literal, NamedTuple

from sshkeep.idle.duration import format_duration, format_duration_range
from sshkeep.idle.model.endpoint import COUNT_KEYWORD, INTERVAL_KEYWORD, Role
from sshkeep.idle.model.probe_spacing import has_no_margin
from sshkeep.idle.timeline.events import Packet
from sshkeep.idle.timeline.exits import EndpointExit
from sshkeep.idle.timeline.timeline import Timeline

Mark = Literal["probe", "kernel", "due", "forgets", "exit", "stays", "limit"]
"""The kind of mark in the picture that a sentence is about; a limit has none."""

LONGEST_TIME = 18
"""Characters of the longest time that is told beside a sentence."""
ROLES: tuple[Role, ...] = ("client", "server")
FATES = {
    "kept": "{go} through",
    "ignored": "{go} through, but {path} doesn't count {it}",
    "lost": "{is} lost",
    "reset": "{is} answered with a reset, and {end} exit{s}",
    "revives": "{come} late, but {path} lets {it} through: the session lives on",
    "unsure": "{come} in the last moment: a matter of luck",
}
ONE = {"go": "goes", "it": "it", "is": "is", "come": "comes", "s": "s"}
TWO = {"go": "go", "it": "them", "is": "are", "come": "come", "s": ""}
"""The words that change where both ends do the same."""

STAYS: dict[tuple[Role, ...], str] = {
    ("client",): "client waits: {typed}",
    ("server",): "server keeps the dead session: nothing tells it",
    ("client", "server"): "both ends wait: {typed}",
}
HANGS = "ssh hangs as soon as someone types"
TYPED = {"rst": "the next key typed ends ssh", "recreate": "the next key typed brings the session back"}
"""What the user sees who comes back, where the path does not just drop it."""


class Sentence(NamedTuple):
    """A sentence, when (``5 min 50 s``, ``every 1 min``, ``for ever``), and the ends that it is about."""

    mark: Mark
    roles: tuple[Role, ...]
    when: str
    text: str


def device(timeline: Timeline) -> str:
    """What people call that which stands between the ends."""
    return timeline.path.shown or timeline.path.name or "the router"


def timeline_sentences(timeline: Timeline) -> list[Sentence]:
    """The timeline in about six sentences at most, in the order of time."""
    told = [*_due(timeline), *_forgets(timeline), *_packets(timeline), *_exits(timeline)]
    return [line for _, line in sorted(told, key=lambda pair: pair[0])]


Told = Iterator[tuple[float, Sentence]]


def _due(timeline: Timeline) -> Told:
    late = timeline.due()
    if late:
        side, keyword = timeline.endpoint(late.role), INTERVAL_KEYWORD[late.role]
        text = f"probe due by {keyword} {side.interval}; OpenSSH {side.release} doubles it"
        yield late.at.low, Sentence("due", (late.role,), format_duration(late.at.low), text)


def _forgets(timeline: Timeline) -> Told:
    limit = timeline.path.timeout
    if timeline.path.on_expiry == "close" and timeline.forgets:
        text = f"{device(timeline)} closes the connection on both sides"
        yield limit, Sentence("forgets", ("client", "server"), format_duration(limit), text)
    elif timeline.forgets:
        yield (
            limit,
            Sentence("forgets", (), format_duration(limit), f"{device(timeline)} forgets the session"),
        )


def _packets(timeline: Timeline) -> Told:
    """The first packet of each end, kind and fate stands for the others."""
    first: dict[tuple[object, ...], Packet] = {}
    for packet in timeline.packets:
        if timeline.outcome.verdict != "race" or packet.fate in ("unsure", "ignored"):
            first.setdefault((packet.role, packet.payload, packet.fate), packet)
    for _, group in groupby(sorted(first.values(), key=_alike), key=_alike):
        alike = list(group)
        yield alike[0].at.high, _packet_line(alike, timeline)
        if alike[0].fate == "kept" and not timeline.exits:
            yield inf, Sentence("limit", (), format_duration(timeline.path.timeout), _limit(timeline))


def _alike(packet: Packet) -> tuple[object, ...]:
    return packet.at.high, packet.payload, packet.fate


def _packet_line(alike: list[Packet], timeline: Timeline) -> Sentence:
    packet, roles = alike[0], tuple(packet.role for packet in alike)
    words = {**(ONE if len(alike) == 1 else TWO), "path": device(timeline), "end": " and ".join(roles)}
    does = FATES[packet.fate].format_map(words)
    step = timeline.rhythm if packet.fate == "kept" else packet.at.high
    every = "every " if packet.fate in ("kept", "ignored") else ""
    text = f"{_whose(alike, timeline)} {does}"
    return Sentence("probe" if packet.payload else "kernel", roles, f"{every}{format_duration(step)}", text)


def _whose(alike: list[Packet], timeline: Timeline) -> str:
    packet, s = alike[0], "s" if len(alike) > 1 else ""
    whose = "both ends'" if s else f"{packet.role}'s"
    side, due = timeline.endpoint(packet.role), timeline.due()
    if not packet.payload:
        return f"{whose} kernel keepalive{s} (TCPKeepAlive)"
    if packet.fate == "kept" and timeline.outcome.by and timeline.outcome.by.carries:
        return "a probe to the jump host"
    if side.release is None and not s:
        return f"{whose} keepalive"
    told = s or (due and due.role == packet.role)
    return f"{whose} probe{s}" if told else f"{whose} probe ({INTERVAL_KEYWORD[packet.role]} {side.interval})"


def _limit(timeline: Timeline) -> str:
    if timeline.unsure:
        return f"without a packet: {device(timeline)} forgets; whether these count is not known"
    if has_no_margin(timeline.rhythm, timeline.path.timeout):
        return f"without a packet: {device(timeline)} forgets; one late packet is enough"
    return f"without a packet: {device(timeline)} would forget"


def _exits(timeline: Timeline) -> Told:
    lucky = timeline.outcome.verdict == "race"
    told = [gone for gone in timeline.exits if gone.how != "closed" and (lucky or gone.how != "reset")]
    for _, group in groupby(told, key=lambda gone: (gone.seen, gone.how)):
        alike = list(group)
        roles = tuple(gone.role for gone in alike)
        text = _goes(alike[0], " and ".join(roles), "" if len(alike) > 1 else "s")
        yield alike[0].at.high, _exit_line(alike[0], roles, f"if it was lost, {text}" if lucky else text)
    stays = tuple(role for role in ROLES if not timeline.exit_of(role))
    if stays and not timeline.survives:
        yield inf, Sentence("stays", stays, "for ever", STAYS[stays].format(typed=_typed(timeline)))


def _typed(timeline: Timeline) -> str:
    """What the first key does; where a path lets it through to a host that has given up, that resets it."""
    expiry = timeline.path.on_expiry
    return TYPED.get("rst" if expiry == "recreate" and timeline.exits else expiry, HANGS)


def _exit_line(gone: EndpointExit, roles: tuple[Role, ...], text: str) -> Sentence:
    """A long range is told by its end, so that the times stay a narrow column."""
    when = format_duration_range(*gone.seen)
    if len(when) <= LONGEST_TIME:
        return Sentence("exit", roles, when, text)
    return Sentence(
        "exit",
        roles,
        format_duration(gone.at.high),
        f"{text}, at {format_duration(gone.at.low)} at the earliest",
    )


def _goes(gone: EndpointExit, who: str, s: str) -> str:
    """What an end does, or both; ``s`` ends the verb."""
    if gone.how == "leaves":
        return f"{who} leave{s} without asking ({COUNT_KEYWORD[gone.role]} 0)"
    if gone.how == "told":
        return f"{who} is told, and the session ends"
    return f"{who} give{s} up" if gone.how == "gives up" else f"{who} see{s} the connection reset"
