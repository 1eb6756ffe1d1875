"""Hosts with ports: PermitOpen and its like, forwards, ListenAddress, ProxyJump, tunnel devices."""

from __future__ import annotations

from typing import NamedTuple

from sshkeep.openssh.releases import (
    FORWARD_VARIABLES,
    JUMP_COMMENTS,
    JUMP_URIS,
    LISTS_ON_THE_SIDE,
    RTRIM_STOPS,
    Release,
)
from sshkeep.openssh.values.arguments import Arguments, BadValue, shown
from sshkeep.openssh.values.numbers import checked_port, parse_integer, parse_port
from sshkeep.openssh.values.variables import has_unclosed_variable

TUNNEL_MAX = 0x7FFFFFFF - 2
"""misc.h SSH_TUNID_MAX: the two numbers above it stand for an error and for any."""


def cut_host(text: str) -> tuple[str, str | None] | None:
    """misc.c hpdelim: host, and what follows its colon (None without one); None where it can't be cut."""
    if text.startswith("["):
        close = text.find("]")
        at = close + 1
        if close < 0 or text[at : at + 1] not in ("", ":"):
            return None
    else:
        at = next((place for place, character in enumerate(text) if character in ":/"), len(text))
        if text[at : at + 1] == "/":
            return None
    return text[:at], text[at + 1 :] if at < len(text) else None


def bare_host(host: str) -> str:
    """misc.c cleanhostname: without the brackets around it."""
    return host[1:-1] if host.startswith("[") and host.endswith("]") and len(host) > 1 else host


def permissions(given: Arguments) -> tuple[str, ...]:
    """PermitOpen, PermitListen, PermitRemoteOpen: ``any``, ``none``, or host:port words."""
    any_case = given.kind == "ssh_config" and given.splits_argv
    found: list[str] = []
    gathered_in_place = given.kind == "sshd_config" and given.target.release < LISTS_ON_THE_SIDE
    if gathered_in_place and not given.words[0]:
        raise BadValue(f"nothing after {given.keyword.name}", reason="missing argument")
    for text in _until_empty(given):
        if (text.lower() if any_case else text) in ("any", "none"):
            _check_alone(text, found, given)
            found.append(text)
            if given.target.release < LISTS_ON_THE_SIDE and given.kind == "sshd_config":
                if len(given.listed) > 1:
                    raise BadValue(f"{text} must stand alone", reason="extra argument")
                break
            continue
        found.append(_permission(text, given))
    return tuple(found)


def _until_empty(given: Arguments) -> tuple[str, ...]:
    """servconf.c sPermitOpen up to 9.6 stopped at an empty word."""
    if given.target.release >= LISTS_ON_THE_SIDE or given.kind == "ssh_config" or "" not in given.words:
        return given.listed
    listed = given.words[: given.words.index("")]
    if len(given.words) > len(listed) + 1 and given.splits_argv:
        raise BadValue(f"more arguments after {given.keyword.name}", reason="extra argument")
    return listed


def _check_alone(text: str, found: list[str], given: Arguments) -> None:
    """From 9.7 words may follow in sshd; in both, nothing may come before."""
    counted = given.kind == "ssh_config"
    if found or (counted and len(given.listed) > 1):
        raise BadValue(f"{text} must stand alone", stops=False if counted else None)


def _permission(text: str, given: Arguments) -> str:
    if given.keyword.name == "PermitListen" and ":" not in text:
        text = f"*:{text}"
    cut = cut_host(text)
    if cut is None:
        raise BadValue(f"{shown(text)} has no host", stops=True)
    if cut[1] != "*" and (cut[1] is None or parse_port(cut[1]) is None):
        raise BadValue(f"{shown(text)} has no port", stops=True)
    return text


def listen_address(given: Arguments) -> str:
    """ListenAddress: ``host``, ``host:port`` or ``[v6]:port``, and an optional ``rdomain``.

    The value is ``host`` and ``port`` (empty where each Port line counts) with a blank between.
    """
    text = given.words[0]
    if "[" not in text and text.count(":") >= 2:
        host, port = text, ""
    else:
        cut = cut_host(text)
        if cut is None:
            raise BadValue(f"{shown(text)} is no address")
        host, port = bare_host(cut[0]), ""
        if cut[1] is not None:
            port = str(checked_port(cut[1]))
    if len(given.words) > 1:
        raise BadValue("a routing domain is not supported on this system")
    return f"{host} {port}"


FORWARD_MAX = 255
"""readconf.c: bytes of a forwarding that are read (fwdarg)."""


class Forward(NamedTuple):
    """One forwarding (readconf.c parse_forward); ports are None where a path stands."""

    listen_host: str | None
    listen: int | str
    connect_host: str | None
    connect: int | str | None


def forward(given: Arguments) -> str:
    """LocalForward, RemoteForward, DynamicForward, as ``ssh -G`` prints them."""
    dynamic = given.keyword.name == "DynamicForward"
    remote = given.keyword.name == "RemoteForward"
    words = given.words[: 1 if dynamic else 2]
    if not dynamic and (len(words) < 2 or not words[1]):
        if not remote:
            raise BadValue("the target of the forwarding is missing")
        words, dynamic = words[:1], True
    text = ":".join(words)[:FORWARD_MAX]
    environment_s = (
        "${" in text and given.target.release >= FORWARD_VARIABLES and not has_unclosed_variable(text)
    )
    parsed = None if environment_s else parse_forward(text, dynamic, remote)
    if parsed is None and not environment_s:
        raise BadValue(f"{shown(' '.join(words))} is not a forwarding")
    if (
        given.keyword.name == "DynamicForward"
        and len(given.words) > 1
        and (given.splits_argv or given.words[1])
    ):
        raise BadValue(f"more than one argument after {given.keyword.name}", reason="extra argument")
    return printed_forward(parsed, given.keyword.name == "DynamicForward") if parsed else " ".join(words)


def printed_forward(forward: Forward, dynamic: bool) -> str:
    """readconf.c dump_cfg_forwards."""
    host = "" if forward.listen_host is None else f"[{forward.listen_host}]:"
    listen = f"{host}{forward.listen}" if isinstance(forward.listen, int) else forward.listen
    if dynamic:
        return listen
    if not isinstance(forward.connect, int):
        return f"{listen} {forward.connect}"
    return f"{listen} [{forward.connect_host}]:{forward.connect}"


def parse_forward(text: str, dynamic: bool, remote: bool) -> Forward | None:
    """readconf.c parse_forward; None for what it refuses."""
    fields, whole = _fields(text.lstrip(" \t\r\n\v\f"))
    if not whole or not fields:
        return None
    made = _assigned(fields)
    if made is None:
        return None
    count = len(fields)
    if dynamic and count > 2:
        return None
    if not dynamic:
        paths = isinstance(made.connect, str) or isinstance(made.listen, str)
        if count < 3 and not paths:
            return None
        if made.connect is None or made.connect == 0:
            return None
    if made.listen == 0 and not remote:
        return None
    return made


def _fields(text: str) -> tuple[list[tuple[str, bool]], bool]:
    """readconf.c parse_fwd_field: up to four fields, each a path or not; and whether that was all."""
    fields: list[tuple[str, bool]] = []
    while text and len(fields) < 4:
        if text.startswith("["):
            close = text.find("]")
            if close < 0 or text[close + 1 : close + 2] not in ("", ":"):
                return fields, False
            fields.append((text[1:close], "/" in text[1:close]))
            text = text[close + 2 :]
            continue
        field, at = [], 0
        while at < len(text) and text[at] != ":":
            at += text[at] == "\\"
            if at >= len(text):
                return fields, False
            field.append(text[at])
            at += 1
        joined = "".join(field)
        fields.append((joined, "/" in joined))
        text = text[at + 1 :]
    return fields, not text


def _assigned(fields: list[tuple[str, bool]]) -> Forward | None:
    texts = [text for text, _ in fields]
    paths = tuple(is_path for _, is_path in fields)

    def listening(host: str | None, port: str) -> tuple[str | None, int | str] | None:
        number = parse_port(port, 0)
        return None if number is None else (host, number)

    connect: int | str | None = None
    connect_host: str | None = None
    if len(fields) == 1:
        listen = (None, texts[0]) if paths[0] else listening(None, texts[0])
        connect_host, connect = "socks", 0
    elif len(fields) == 2 and paths[1]:
        listen = (None, texts[0]) if paths[0] else listening(None, texts[0])
        connect = texts[1]
    elif len(fields) == 2:
        listen = listening(texts[0], texts[1])
        connect_host, connect = "socks", 0
    elif len(fields) == 3 and paths[0]:
        listen, connect_host, connect = (None, texts[0]), texts[1], parse_port(texts[2], 0)
    elif len(fields) == 3 and paths[2]:
        listen, connect = listening(texts[0], texts[1]), texts[2]
    elif len(fields) == 3:
        listen, connect_host, connect = listening(None, texts[0]), texts[1], parse_port(texts[2], 0)
    else:
        listen, connect_host, connect = listening(texts[0], texts[1]), texts[2], parse_port(texts[3], 0)
    return None if listen is None else Forward(listen[0], listen[1], connect_host, connect)


def tunnel_device(given: Arguments) -> str:
    """TunnelDevice: ``local`` or ``local:remote``, numbers or any (misc.c a2tun)."""
    local, colon, remote = given.words[0].partition(":")
    ends = [_tunnel(local), _tunnel(remote) if colon else "any"]
    if None in ends:
        raise BadValue(f"{shown(given.words[0])} is not a tunnel device")
    return ":".join(str(end) for end in ends)


def _tunnel(text: str) -> str | int | None:
    return "any" if text.lower() == "any" else parse_integer(text, 0, TUNNEL_MAX)


def jump(given: Arguments) -> str:
    """ProxyJump as ``ssh -G`` prints it, empty for ``none``; refuses a host that can't be one."""
    text = given.words[0].lstrip(" \t\r=")
    if text.lower() == "none":
        return ""
    text = _without_comment(text, given.target.release)
    *before, last = text.split(",")
    uris = given.target.release >= JUMP_URIS
    hops = [parse_jump_host(hop, uris=uris) for hop in [last, *before]]
    if any(hop is None for hop in hops):
        raise BadValue(f"{shown(text)} is not a list of hosts to jump over")
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


def parse_jump_host(text: str, *, uris: bool = True) -> tuple[str, str, int] | None:
    """User, host and port of ``[user@]host[:port]`` or an ``ssh://`` URI (misc.c)."""
    is_uri = uris and text.startswith("ssh://")
    user, at, rest = text[6:].partition("@") if is_uri else text.rpartition("@")
    if not at:
        user, rest = "", text[6:] if is_uri else text
    if at and not user:
        return None
    if is_uri:
        from urllib.parse import unquote

        user, rest = unquote(user.partition(";")[0]), rest.partition("/")[0]
    cut = cut_host(rest)
    if cut is None or not cut[0]:
        return None
    number = parse_port(cut[1]) if cut[1] else -1
    return None if number is None else (user, bare_host(cut[0]), int(number))
