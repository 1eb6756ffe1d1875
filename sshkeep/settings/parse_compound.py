"""Parse what ``sshd -T`` and ``ssh -G`` print into settings with several parts; see `parse_printed`."""

from __future__ import annotations

from sshkeep.openssh.releases import NEWEST, Release
from sshkeep.openssh.values.numbers import is_digits, parse_time
from sshkeep.openssh.values.value_type import Texts
from sshkeep.settings.compound import (
    ChannelTimeout,
    Forward,
    ForwardEndpoint,
    IPQoS,
    ListenAddress,
    MaxStartups,
    RekeyLimit,
    SourceBlock,
)
from sshkeep.settings.parse_printed import parse_text, parse_word, parse_words


def parse_rekey_limit(texts: Texts) -> RekeyLimit:
    """``SIZE SECONDS``."""
    size, seconds = parse_text(texts).split()
    return RekeyLimit(size=int(size), seconds=int(seconds))


def parse_max_startups(texts: Texts) -> MaxStartups:
    """``BEGIN:RATE:FULL``."""
    begin, rate, full = map(int, parse_text(texts).split(":"))
    return MaxStartups(begin=begin, rate=rate, full=full)


def parse_source_block(texts: Texts) -> SourceBlock:
    """``IPV4:IPV6``."""
    ipv4, ipv6 = map(int, parse_text(texts).split(":"))
    return SourceBlock(ipv4=ipv4, ipv6=ipv6)


def parse_ipqos(texts: Texts) -> IPQoS:
    """``INTERACTIVE BULK``."""
    interactive, bulk = (None if name == "none" else name for name in parse_text(texts).split())
    return IPQoS(interactive=interactive, bulk=bulk)


def parse_listen_addresses(texts: Texts) -> tuple[ListenAddress, ...]:
    """``ADDRESS:PORT``, perhaps with ``rdomain NAME``, on each line."""
    found = []
    for each in texts:
        address, _, rdomain = each.partition(" rdomain ")
        host, _, port = address.rpartition(":")
        found.append(ListenAddress(address=_bare(host), port=int(port), rdomain=rdomain or None))
    return tuple(found)


def _bare(host: str) -> str:
    return host[1:-1] if host.startswith("[") and host.endswith("]") else host


def parse_channel_timeouts(texts: Texts) -> tuple[ChannelTimeout, ...]:
    """``TYPE=TIME`` words."""
    pairs = (each.rpartition("=") for each in parse_words(texts))
    return tuple(ChannelTimeout(type=name, seconds=_seconds(time)) for name, _, time in pairs)


def _seconds(time: str) -> int:
    """The words are printed as written; only decimals need a release that has them."""
    seconds = parse_time(time, NEWEST if "." in time else _LENIENT)
    if seconds is None:
        raise ValueError(f"{time} is not a time")
    return seconds


_LENIENT = Release(9, 7)
"""The last release that takes a sign or blanks before a number; one with decimals takes neither."""


def parse_forwards(texts: Texts) -> tuple[Forward, ...]:
    """``LISTEN CONNECT`` on each line; ``LISTEN`` alone for DynamicForward."""
    return tuple(_forward(each) for each in texts)


def _forward(line: str) -> Forward:
    listen, blank, connect = line.partition(" ")
    if not blank or connect == "[socks]:0":
        return Forward(listen=_endpoint(listen))
    return Forward(listen=_endpoint(listen), connect=_endpoint(connect))


def _endpoint(shown: str) -> ForwardEndpoint:
    host, _, port = shown.rpartition(":")
    if not port.isascii() or not port.isdigit() or (host and host == _bare(host)):
        return ForwardEndpoint(path=shown)
    return ForwardEndpoint(host=_bare(host) if host else None, port=int(port))


def parse_tunnel_device(texts: Texts) -> dict[str, object]:
    """``LOCAL:REMOTE``."""
    local, remote = (end if end == "any" else int(end) for end in parse_text(texts).split(":"))
    return {"local": local, "remote": remote}


def parse_add_keys(texts: Texts) -> dict[str, object]:
    """A word, a number of seconds, or ``confirm`` with one."""
    first, *rest = parse_text(texts).split()
    if is_digits(first):
        return {"add": "yes", "seconds": int(first)}
    return {"add": parse_word((first,)), "seconds": int(rest[0]) if rest else None}


def parse_agent_socket(texts: Texts) -> dict[str, str]:
    """``WHOSE:PATH``."""
    whose, _, path = parse_text(texts).partition(":")
    return {"whose": whose, "path": path}


def parse_pubkey_options(texts: Texts) -> dict[str, object]:
    """Words, of which one may be ``NAME:NUMBER``."""
    pairs = (each.partition(":") for each in parse_text(texts).split() if each != "none")
    return {_name(name): number or True for name, _, number in pairs}


def parse_penalties(texts: Texts) -> dict[str, object]:
    """``no``, or ``NAME:VALUE`` words."""
    if parse_text(texts) == "no":
        return {"enabled": False}
    pairs = (each.partition(":") for each in parse_text(texts).split())
    return {"enabled": True, **{_name(name): value for name, _, value in pairs}}


def _name(printed: str) -> str:
    return printed.replace("-", "_")
