"""A timeline in sentences, for the terminal and for the SVG."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from math import inf
from typing import Literal

from sshkeep.idle.duration import format_duration, format_duration_range
from sshkeep.idle.model.endpoint import COUNT_KEYWORD, END_NAMES, INTERVAL_KEYWORD, PROGRAM, ROLES, Role
from sshkeep.idle.model.network_path import ExpiryAction
from sshkeep.idle.model.probe_spacing import has_no_margin
from sshkeep.idle.timeline.events import EndpointExit, ExitReason, Fate, Packet
from sshkeep.idle.timeline.timeline import Timeline
from sshkeep.named import NamedTuple
from sshkeep.phrase import Phrase, listed

Mark = Literal["probe", "keepalive", "due", "expiry", "exit", "waits", "limit"]
"""The kind of mark in the picture that a sentence explains; a limit has no mark."""

MAX_TIME_WIDTH = 18
"""Characters of the longest time that stands beside a sentence."""
FATES: dict[Fate, tuple[Phrase, Phrase]] = {
    "kept": (Phrase("{packet} goes through"), Phrase("{packet} go through")),
    "ignored": (
        Phrase("{packet} goes through, but {path} doesn't count it"),
        Phrase("{packet} go through, but {path} doesn't count them"),
    ),
    "lost": (Phrase("{packet} is lost"), Phrase("{packet} are lost")),
    "reset": (
        Phrase("{packet} is answered with a reset, and {ends} exits"),
        Phrase("{packet} are answered with a reset, and {ends} exit"),
    ),
    "restores": (
        Phrase("{packet} comes late, but {path} lets it through: the session lives on"),
        Phrase("{packet} come late, but {path} lets them through: the session lives on"),
    ),
    "uncertain": (
        Phrase("{packet} comes at the last moment, and may be lost"),
        Phrase("{packet} come at the last moment, and may be lost"),
    ),
}
"""What the path does with a packet of one end, and with those of both."""
EXITS: dict[ExitReason, tuple[Phrase, Phrase]] = {
    "idle": (
        Phrase("{ends} disconnects without a probe ({count} 0)"),
        Phrase("{ends} disconnect without a probe ({count} 0)"),
    ),
    "channel": (
        Phrase("{ends} closes the idle shell (ChannelTimeout)"),
        Phrase("{ends} close the idle shell (ChannelTimeout)"),
    ),
    "notified": (Phrase("{ends} is disconnected"), Phrase("{ends} are disconnected")),
    "unanswered": (Phrase("{ends} disconnects"), Phrase("{ends} disconnect")),
    "reset": (Phrase("{ends} sees the connection reset"), Phrase("{ends} see the connection reset")),
}
"""How one end exits, or both."""
WAITS: dict[tuple[Role, ...], Phrase] = {
    ("client",): Phrase("{typing}"),
    ("server",): Phrase("server keeps the dead session, and never notices"),
    ("client", "server"): Phrase("both ends wait: {typing}"),
}
HANGS = Phrase("{program} freezes as soon as you type")
TYPING: dict[ExpiryAction, Phrase] = {
    "rst": Phrase("the next key that you type ends {program}"),
    "recreate": Phrase("the next key that you type brings the session back"),
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
        text = Phrase(
            "probe due by {keyword} {interval}; OpenSSH {release} doubles it",
            keyword=INTERVAL_KEYWORD[probe.role],
            interval=endpoint.interval,
            release=endpoint.release,
        )
        yield at, Sentence("due", (probe.role,), format_duration(at), text)


def _expiry(timeline: Timeline) -> Ordered:
    path, name = timeline.path, timeline.path.display_name
    if not timeline.expiries:
        return
    at = format_duration(path.timeout)
    if path.on_expiry == "close":
        text = Phrase("{path} closes the connection on both sides", path=name)
        yield path.timeout, Sentence("expiry", ("client", "server"), at, text)
    else:
        text = Phrase("{path} forgets the session", path=name)
        yield path.timeout, Sentence("expiry", (), at, text)


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
    seconds = timeline.packet_spacing if packet.fate == "kept" else packet.at.high
    time = format_duration(seconds)
    if packet.fate in ("kept", "ignored"):
        time = Phrase("every {time}", time=time)
    mark: Mark = "probe" if packet.payload else "keepalive"
    ends = listed(END_NAMES[role] for role in roles)
    fate = FATES[packet.fate][len(roles) - 1]
    text = fate.filled(packet=_subject(alike, timeline), ends=ends, path=timeline.path.display_name)
    return Sentence(mark, roles, time, text)


def _subject(alike: list[Packet], timeline: Timeline) -> Phrase:
    packet, end = alike[0], END_NAMES[alike[0].role]
    if len(alike) > 1:
        return (
            Phrase("both ends' probes")
            if packet.payload
            else Phrase("both ends' kernel keepalives (TCPKeepAlive)")
        )
    endpoint, doubled = timeline.endpoint(packet.role), timeline.doubled_probe()
    if not packet.payload:
        return Phrase("{end}'s kernel keepalive (TCPKeepAlive)", end=end)
    if packet.by_jump:
        return Phrase("{end}'s probe to the jump host", end=end)
    if endpoint.release is None:
        return Phrase("{end}'s keepalive", end=end)
    if doubled and doubled.role == packet.role:
        return Phrase("{end}'s probe", end=end)
    keyword, interval = INTERVAL_KEYWORD[packet.role], endpoint.interval
    return Phrase("{end}'s probe ({keyword} {interval})", end=end, keyword=keyword, interval=interval)


def _limit(timeline: Timeline) -> str:
    name = timeline.path.display_name
    if timeline.uncertain:
        return Phrase("without a packet: {path} forgets; whether these count is not known", path=name)
    if has_no_margin(timeline.packet_spacing, timeline.path.timeout):
        return Phrase("without a packet: {path} forgets; one late packet is enough", path=name)
    return Phrase("without a packet: {path} would forget", path=name)


def _exits(timeline: Timeline) -> Ordered:
    race = timeline.outcome.verdict == "race"
    exits = [each for each in timeline.exits if each.reason != "closed" and (race or each.reason != "reset")]
    for _, group in groupby(exits, key=lambda each: (each.shown, each.reason)):
        alike = list(group)
        roles = tuple(each.role for each in alike)
        ends, count = listed(END_NAMES[role] for role in roles), COUNT_KEYWORD[roles[0]]
        text = EXITS[alike[0].reason][len(roles) - 1].filled(ends=ends, count=count)
        if race:
            text = Phrase("if it was lost, {what}", what=text)
        yield alike[0].at.high, _exit_sentence(alike[0], roles, text)
    waiting = tuple(role for role in reversed(ROLES) if not timeline.exit_of(role))
    if waiting and not timeline.survives:
        text = WAITS[waiting].filled(typing=_typing(timeline))
        yield inf, Sentence("waits", waiting, Phrase("forever"), text)


def _typing(timeline: Timeline) -> Phrase:
    """What the first key does; if the path lets it through to a host without the session, that resets it."""
    expiry = timeline.path.on_expiry
    typing = TYPING.get("rst" if expiry == "recreate" and timeline.exits else expiry, HANGS)
    return typing.filled(program=timeline.endpoint("client").program or PROGRAM["client"])


def _exit_sentence(first: EndpointExit, roles: tuple[Role, ...], text: str) -> Sentence:
    """A long range is shown by its end, so that the times stay a narrow column."""
    time = format_duration_range(*first.shown)
    if len(time) <= MAX_TIME_WIDTH:
        return Sentence("exit", roles, time, text)
    earliest = format_duration(first.at.low)
    text = Phrase("{what}, at {earliest} at the earliest", what=text, earliest=earliest)
    return Sentence("exit", roles, format_duration(first.at.high), text)
