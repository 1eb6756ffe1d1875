"""Hosts with ports: PermitOpen and its like, forwards, ListenAddress, ProxyJump, tunnel devices."""

from __future__ import annotations

import re

from sshkeep.errors import in_quotes
from sshkeep.openssh.releases import (
    JUMP_COMMENTS,
    JUMP_URIS,
    LISTS_ON_THE_SIDE,
    NEWEST,
    REMOTE_OPEN_DROPS_FIRST,
    RTRIM_STOPS,
    Release,
)
from sshkeep.openssh.values.arguments import Arguments, BadValue
from sshkeep.openssh.values.domains import is_domain
from sshkeep.openssh.values.numbers import checked_port, parse_integer, parse_port

TUNNEL_MAX = 0x7FFFFFFF - 2
"""misc.h SSH_TUNID_MAX: the two numbers above it stand for an error and for any."""


def cut_host(text: str, *, at_slash: bool = False) -> tuple[str, str | None] | None:
    """misc.c hpdelim: host, and what follows its colon (None without one); None where it can't be cut.

    ``at_slash``: a slash is as good as the colon.
    """
    if text.startswith("["):
        close = text.find("]")
        at = close + 1
        if close < 0 or text[at : at + 1] not in ("", ":", "/"):
            return None
    else:
        at = next((place for place, character in enumerate(text) if character in ":/"), len(text))
    if text[at : at + 1] == "/" and not at_slash:
        return None
    return text[:at], text[at + 1 :] if at < len(text) else None


def bare_host(host: str) -> str:
    """misc.c cleanhostname: without the brackets around it."""
    return host[1:-1] if host.startswith("[") and host.endswith("]") and len(host) > 1 else host


def permit_listen(arguments: Arguments) -> tuple[str, ...] | None:
    """PermitListen: as `permissions`; a port alone is one of any host."""
    return permissions(arguments, any_host=True)


def permissions(arguments: Arguments, *, any_host: bool = False) -> tuple[str, ...] | None:
    """PermitOpen, PermitRemoteOpen: ``any``, ``none``, or host:port words."""
    first, last = REMOTE_OPEN_DROPS_FIRST
    if arguments.kind == "ssh_config" and first <= arguments.target.release <= last:
        return _without_first(arguments)
    any_case = arguments.kind == "ssh_config" and arguments.splits_argv
    found: list[str] = []
    gathered_in_place = arguments.kind == "sshd_config" and arguments.target.release < LISTS_ON_THE_SIDE
    if gathered_in_place and not arguments.words[0]:
        raise BadValue(f"no argument after {arguments.keyword}", reason="missing argument")
    for text in _until_empty(arguments):
        if (text.lower() if any_case else text) in ("any", "none"):
            _check_alone(text, found, arguments)
            found.append(text)
            if arguments.target.release < LISTS_ON_THE_SIDE and arguments.kind == "sshd_config":
                if len(arguments.listed) > 1:
                    raise BadValue(f"{text} must stand alone", reason="extra argument")
                break
            continue
        found.append(_permission(f"*:{text}" if any_host and ":" not in text else text))
    return tuple(found)


def _without_first(arguments: Arguments) -> tuple[str, ...] | None:
    """PermitRemoteOpen where the first argument is dropped; None where no other is left."""
    dropped, *others = arguments.words
    if dropped in ("any", "none"):
        if others:
            raise BadValue(f"{dropped} must stand alone", reason="extra argument")
        return (dropped,)
    return tuple(map(_permission, others)) or None


def _until_empty(arguments: Arguments) -> tuple[str, ...]:
    """servconf.c sPermitOpen up to 9.6 stopped at an empty word."""
    if (
        arguments.target.release >= LISTS_ON_THE_SIDE
        or arguments.kind == "ssh_config"
        or "" not in arguments.words
    ):
        return arguments.listed
    listed = arguments.words[: arguments.words.index("")]
    if len(arguments.words) > len(listed) + 1 and arguments.splits_argv:
        raise BadValue(f"more arguments after {arguments.keyword}", reason="extra argument")
    return listed


def _check_alone(text: str, found: list[str], arguments: Arguments) -> None:
    """From 9.7 words may follow in sshd; in both, nothing may come before."""
    counted = arguments.kind == "ssh_config"
    if found or (counted and len(arguments.listed) > 1):
        raise BadValue(f"{text} must stand alone", stops=False if counted else None)


def _permission(text: str) -> str:
    cut = cut_host(text)
    if cut is None:
        raise BadValue(f"{in_quotes(text)} has no host", stops=True)
    if cut[1] != "*" and (cut[1] is None or parse_port(cut[1]) is None):
        raise BadValue(f"{in_quotes(text)} has no port", stops=True)
    return text


def listen_address(arguments: Arguments) -> str:
    """ListenAddress: ``host``, ``host:port`` or ``[v6]:port``, and an optional ``rdomain``.

    The value is ``host`` and ``port`` (empty where each Port line counts) with a blank between.
    """
    text = arguments.words[0]
    if "[" not in text and text.count(":") >= 2:
        host, port = text, ""
    else:
        cut = cut_host(text)
        if cut is None:
            raise BadValue(f"{in_quotes(text)} is not an address")
        host, port = bare_host(cut[0]), ""
        if cut[1] is not None:
            port = str(checked_port(cut[1]))
    if len(arguments.words) > 1:
        raise BadValue("a routing domain is not supported on this system")
    return f"{host} {port}"


def tunnel_device(arguments: Arguments) -> str:
    """TunnelDevice: ``local`` or ``local:remote``, numbers or any (misc.c a2tun)."""
    local, colon, remote = arguments.words[0].partition(":")
    ends = [_tunnel(local), _tunnel(remote) if colon else "any"]
    if None in ends:
        raise BadValue(f"{in_quotes(arguments.words[0])} is not a tunnel device")
    return ":".join(str(end) for end in ends)


def _tunnel(text: str) -> str | int | None:
    return "any" if text.lower() == "any" else parse_integer(text, 0, TUNNEL_MAX)


def jump(arguments: Arguments) -> str:
    """ProxyJump as ``ssh -G`` prints it, empty for ``none``; refuses a host that can't be one."""
    text = arguments.words[0].lstrip(" \t\r=")
    if text.lower() == "none":
        return ""
    text = _without_comment(text, arguments.target.release)
    *before, last = text.split(",")
    hops = [parse_jump_host(hop, arguments.target.release) for hop in [last, *before]]
    if any(hop is None for hop in hops):
        raise BadValue(f"{in_quotes(text)} is not a list of hosts to jump over")
    assert hops[0]
    user, host, port = hops[0]
    numeric = ":" in host or not host.strip("1234567890.")
    return (
        (",".join(before) + "," if before else "")
        + (f"{user}@" if user else "")
        + (f"[{host}]" if numeric else host)
        + (f":{port}" if port > 0 else "")
    )


def _without_comment(text: str, release: Release) -> str:
    """From 8.7 a comment is cut off, and up to 10.0, where misc.c rtrim never stopped, at any blank."""
    if release < JUMP_COMMENTS:
        return text
    text = text.partition("#")[0]
    if release < RTRIM_STOPS and text[1:].split():
        return text[:1] + text[1:].split(maxsplit=1)[0] if not text[1:2].isspace() else text[:1]
    return text.rstrip(" \t\r\n\v\f")


def parse_jump_host(text: str, release: Release = NEWEST) -> tuple[str, str, int] | None:
    """User, host and port of ``[user@]host[:port]`` or an ``ssh://`` URI (readconf.c parse_jump)."""
    uri = _ssh_uri(text, release) if text.startswith("ssh://") else None
    if release >= JUMP_URIS and text.startswith("ssh://"):
        return uri
    # 8.4 reads a URI twice: it must be one, and its whole text is taken for [user@]host[:port].
    return None if text.startswith("ssh://") and uri is None else _user_host_port(text, release)


def _ssh_uri(text: str, release: Release) -> tuple[str, str, int] | None:
    """misc.c parse_uri. The host must be a domain name, which an IPv6 address is not; no path follows."""
    before, at, after = text.removeprefix("ssh://").partition("@")
    written = before.partition(";")[0] if at else ""
    user = _url_decoded(written, release)
    rest, _, path = (after if at else before).partition("/")
    cut = cut_host(rest)
    host = bare_host(cut[0]) if cut else ""
    if path or cut is None or not is_domain(host, release) or user is None or (at and not written):
        return None
    number = parse_port(cut[1]) if cut[1] else -1
    # valid_domain takes a dot at the end away.
    return None if number is None else (user, host.removesuffix("."), int(number))


def _url_decoded(text: str, release: Release) -> str | None:
    """misc.c urldecode; None where a percent sign is not before two hexadecimal digits."""
    from urllib.parse import unquote

    # 9.2 refuses %00, which 8.4 took.
    refused = "%(?![0-9a-fA-F]{2})" + ("|%00" if release >= JUMP_URIS else "")
    return None if re.search(refused, text) else unquote(text.replace("+", " "), errors="surrogateescape")


def _user_host_port(text: str, release: Release) -> tuple[str, str, int] | None:
    """misc.c parse_user_host_port, which took a slash for the colon in 8.4, and does not in 9.2."""
    user, at, rest = text.rpartition("@")
    cut = cut_host(rest, at_slash=release < JUMP_URIS)
    if (at and not user) or cut is None or not cut[0]:
        return None
    number = parse_port(cut[1]) if cut[1] else -1
    return None if number is None else (user, bare_host(cut[0]), int(number))
