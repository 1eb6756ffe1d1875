"""LocalForward, RemoteForward, DynamicForward."""

from __future__ import annotations

from sshkeep.errors import in_quotes
from sshkeep.named import NamedTuple
from sshkeep.openssh.releases import FORWARD_VARIABLES
from sshkeep.openssh.values.arguments import Arguments, BadValue
from sshkeep.openssh.values.numbers import parse_port
from sshkeep.openssh.values.variables import has_unclosed_variable

FORWARD_MAX = 255
"""readconf.c: bytes of a forwarding that are read (fwdarg)."""


class Forward(NamedTuple):
    """One forwarding (readconf.c parse_forward); ports are None where a path stands."""

    listen_host: str | None
    listen: int | str
    connect_host: str | None
    connect: int | str | None


def local_forward(arguments: Arguments) -> str:
    """LocalForward, as ``ssh -G`` prints it."""
    if len(arguments.words) < 2 or not arguments.words[1]:
        raise BadValue("the target of the forwarding is missing")
    return _forward(arguments.words[:2], arguments)


def remote_forward(arguments: Arguments) -> str:
    """RemoteForward, as ``ssh -G`` prints it; without a target, the server is a SOCKS proxy."""
    if len(arguments.words) < 2 or not arguments.words[1]:
        return _forward(arguments.words[:1], arguments, socks=True, remote=True)
    return _forward(arguments.words[:2], arguments, remote=True)


def dynamic_forward(arguments: Arguments) -> str:
    """DynamicForward, as ``ssh -G`` prints it."""
    found = _forward(arguments.words[:1], arguments, socks=True, listen_only=True)
    if len(arguments.words) > 1 and (arguments.splits_argv or arguments.words[1]):
        raise BadValue(f"more than one argument after {arguments.keyword}", reason="extra argument")
    return found


def _forward(
    words: tuple[str, ...],
    arguments: Arguments,
    *,
    socks: bool = False,
    remote: bool = False,
    listen_only: bool = False,
) -> str:
    text = ":".join(words)[:FORWARD_MAX]
    if "${" in text and arguments.target.release >= FORWARD_VARIABLES:
        if has_unclosed_variable(text):
            raise BadValue(f"{in_quotes(text)} holds a variable that is not closed")
        return " ".join(words)
    parsed = parse_forward(text, socks, remote)
    if parsed is None:
        raise BadValue(f"{in_quotes(' '.join(words))} is not a forwarding")
    return printed_forward(parsed, listen_only)


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
