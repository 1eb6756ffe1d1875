"""A timeline in sentences, for the terminal and for the SVG."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from math import inf
from typing import Literal

from sshkeep.idle.duration import format_duration, format_duration_range
from sshkeep.idle.model.endpoint import COUNT_KEYWORD, INTERVAL_KEYWORD, PROGRAM, ROLES, Role
from sshkeep.idle.model.probe_spacing import has_no_margin
from sshkeep.idle.timeline.events import EndpointExit, Packet
from sshkeep.idle.timeline.timeline import Timeline
from sshkeep.named import NamedTuple

Mark = Literal["probe", "keepalive", "due", "expiry", "exit", "waits", "limit"]
"""The kind of mark in the picture that a sentence explains; a limit has no mark."""

MAX_TIME_WIDTH = 18
"""Characters of the longest time that stands beside a sentence."""
FATES = {
    "kept": "{go} through",
    "ignored": "{go} through, but {path} doesn't count {it}",
    "lost": "{is} lost",
    "reset": "{is} answered with a reset, and {ends} exit{s}",
    "restores": "{come} late, but {path} lets {it} through: the session lives on",
    "uncertain": "{come} at the last moment, and may be lost",
}
ONE = {"go": "goes", "it": "it", "is": "is", "come": "comes", "s": "s"}
TWO = {"go": "go", "it": "them", "is": "are", "come": "come", "s": ""}
"""The words that change if both ends do the same."""

WAITS: dict[tuple[Role, ...], str] = {
    ("client",): "{typing}",
    ("server",): "server keeps the dead session, and never notices",
    ("client", "server"): "both ends wait: {typing}",
}
HANGS = "{program} freezes as soon as you type"
TYPING = {
    "rst": "the next key that you type ends {program}",
    "recreate": "the next key that you type brings the session back",
}
"""What happens when the user comes back and types, unless the path just drops the packet."""


class Sentence(NamedTuple):
    """A sentence, its time (``5 min 50 s``, ``every 1 min``, ``forever``), and the ends that it is about."""

    mark: Mark
    roles: tuple[Role, ...]
    time: str
    text: str


Ordered = Iterator[tuple[float, Sentence]]
"""Sentences, each with the time that it is sorted by."""


def timeline_sentences(timeline: Timeline) -> list[Sentence]:
    """The timeline in about six sentences, in the order of time."""
    ordered = [*_due(timeline), *_expiry(timeline), *_packets(timeline), *_exits(timeline)]
    return [sentence for _, sentence in sorted(ordered, key=lambda pair: pair[0])]


def _due(timeline: Timeline) -> Ordered:
    if probe := timeline.doubled_probe():
        endpoint, at = timeline.endpoint(probe.role), probe.at.low
        setting = f"{INTERVAL_KEYWORD[probe.role]} {endpoint.interval}"
        text = f"probe due by {setting}; OpenSSH {endpoint.release} doubles it"
        yield at, Sentence("due", (probe.role,), format_duration(at), text)


def _expiry(timeline: Timeline) -> Ordered:
    path = timeline.path
    if not timeline.expiries:
        return
    at = format_duration(path.timeout)
    if path.on_expiry == "close":
        text = f"{path.display_name} closes the connection on both sides"
        yield path.timeout, Sentence("expiry", ("client", "server"), at, text)
    else:
        yield path.timeout, Sentence("expiry", (), at, f"{path.display_name} forgets the session")


def _packets(timeline: Timeline) -> Ordered:
    """The first packet of each end, kind and fate stands for the others."""
    first: dict[tuple[object, ...], Packet] = {}
    for packet in timeline.packets:
        if timeline.outcome.verdict != "race" or packet.fate in ("uncertain", "ignored"):
            first.setdefault((packet.role, packet.payload, packet.fate), packet)
    for _, group in groupby(sorted(first.values(), key=_what_happens), key=_what_happens):
        alike = list(group)
        yield alike[0].at.high, _packet_sentence(alike, timeline)
        if alike[0].fate == "kept" and not timeline.exits:
            yield inf, Sentence("limit", (), format_duration(timeline.path.timeout), _limit(timeline))


def _what_happens(packet: Packet) -> tuple[object, ...]:
    return packet.at.high, packet.payload, packet.fate


def _packet_sentence(alike: list[Packet], timeline: Timeline) -> Sentence:
    packet, roles = alike[0], tuple(packet.role for packet in alike)
    words = {**(ONE if len(alike) == 1 else TWO), "path": timeline.path.display_name}
    fate = FATES[packet.fate].format(**words, ends=" and ".join(roles))
    seconds = timeline.packet_spacing if packet.fate == "kept" else packet.at.high
    every = "every " if packet.fate in ("kept", "ignored") else ""
    mark: Mark = "probe" if packet.payload else "keepalive"
    return Sentence(mark, roles, f"{every}{format_duration(seconds)}", f"{_subject(alike, timeline)} {fate}")


def _subject(alike: list[Packet], timeline: Timeline) -> str:
    packet, s = alike[0], "s" if len(alike) > 1 else ""
    owner = "both ends'" if s else f"{packet.role}'s"
    endpoint, doubled = timeline.endpoint(packet.role), timeline.doubled_probe()
    if not packet.payload:
        return f"{owner} kernel keepalive{s} (TCPKeepAlive)"
    if packet.by_jump and not s:
        return f"{owner} probe to the jump host"
    if endpoint.release is None and not s:
        return f"{owner} keepalive"
    explained = s or (doubled and doubled.role == packet.role)
    setting = "" if explained else f" ({INTERVAL_KEYWORD[packet.role]} {endpoint.interval})"
    return f"{owner} probe{s}{setting}"


def _limit(timeline: Timeline) -> str:
    name = timeline.path.display_name
    if timeline.uncertain:
        return f"without a packet: {name} forgets; whether these count is not known"
    if has_no_margin(timeline.packet_spacing, timeline.path.timeout):
        return f"without a packet: {name} forgets; one late packet is enough"
    return f"without a packet: {name} would forget"


def _exits(timeline: Timeline) -> Ordered:
    race = timeline.outcome.verdict == "race"
    exits = [each for each in timeline.exits if each.reason != "closed" and (race or each.reason != "reset")]
    for _, group in groupby(exits, key=lambda each: (each.shown, each.reason)):
        alike = list(group)
        roles = tuple(each.role for each in alike)
        text = _exit_text(alike[0], " and ".join(roles), "" if len(alike) > 1 else "s")
        yield alike[0].at.high, _exit_sentence(alike[0], roles, f"if it was lost, {text}" if race else text)
    waiting = tuple(role for role in reversed(ROLES) if not timeline.exit_of(role))
    if waiting and not timeline.survives:
        yield inf, Sentence("waits", waiting, "forever", WAITS[waiting].format(typing=_typing(timeline)))


def _typing(timeline: Timeline) -> str:
    """What the first key does; if the path lets it through to a host without the session, that resets it."""
    expiry = timeline.path.on_expiry
    typing = TYPING.get("rst" if expiry == "recreate" and timeline.exits else expiry, HANGS)
    return typing.format(program=timeline.endpoint("client").program or PROGRAM["client"])


def _exit_sentence(first: EndpointExit, roles: tuple[Role, ...], text: str) -> Sentence:
    """A long range is shown by its end, so that the times stay a narrow column."""
    time = format_duration_range(*first.shown)
    if len(time) <= MAX_TIME_WIDTH:
        return Sentence("exit", roles, time, text)
    earliest = f"at {format_duration(first.at.low)} at the earliest"
    return Sentence("exit", roles, format_duration(first.at.high), f"{text}, {earliest}")


def _exit_text(first: EndpointExit, ends: str, s: str) -> str:
    """What one or both ends do; ``s`` ends the verb."""
    if first.reason == "idle":
        return f"{ends} disconnect{s} without a probe ({COUNT_KEYWORD[first.role]} 0)"
    if first.reason == "channel":
        return f"{ends} close{s} the idle shell (ChannelTimeout)"
    if first.reason == "notified":
        return f"{ends} is disconnected"
    if first.reason == "unanswered":
        return f"{ends} disconnect{s}"
    return f"{ends} see{s} the connection reset"
