"""Whether OpenSSH's own programs, when they check a config, would run or ask what it names."""

from __future__ import annotations

import socket
from collections.abc import Iterator

from sshkeep.config.tree.config import Config
from sshkeep.config.tree.file import Directive
from sshkeep.syntax.source import decode
from sshkeep.syntax.words import BadQuotes

SSH_RUNS_OR_ASKS: tuple[tuple[bytes, bytes, str], ...] = (
    (b"match", b"exec", "ssh would run the command of a Match exec"),
    (b"canonicalizehostname", b"", "ssh would look host names up for CanonicalizeHostname"),
    (b"canonicalizepermittedcnames", b"", "ssh would look host names up for CanonicalizePermittedCNAMEs"),
    (b"refuseconnection", b"", "RefuseConnection makes ssh give up before it has read all"),
    (b"", b"${", "ssh would need variables of your environment, which are not handed on"),
)
"""How the keyword begins, what else the line holds, and why ``ssh -G`` is not run then.

readconf.c match_cfg_line runs Match exec wherever it stands, also in blocks that do not apply. ssh.c main
looks names up for the two Canonicalize options only, and runs no ProxyCommand, KnownHostsCommand or
LocalCommand before it has printed the result of -G.
"""


def why_unsafe_to_run(config: Config) -> str:
    """Why OpenSSH's own programs must not be run on ``config``; empty where they may.

    Lines are looked at as bytes, without quotes and escapes: a line that ssh reads in another way than
    sshkeep must not be run either.
    """
    if any(b"\0" in file.source.data for file in config.files.values()):
        return "it holds NUL bytes, behind which OpenSSH may read other lines than are seen"
    if config.kind == "sshd_config":
        return next(_names_listened_on(config), "")
    return next((why for line in _lines(config) if (why := _reason(line))), "")


def _lines(config: Config) -> Iterator[bytes]:
    for file in config.files.values():
        for directive in file.directives:
            yield directive.raw


def _reason(raw: bytes) -> str:
    plain = raw.translate(None, b"\"'\\").lower().lstrip(b" \t\r=")
    return next(
        (why for begins, holds, why in SSH_RUNS_OR_ASKS if plain.startswith(begins) and holds in plain), ""
    )


def _names_listened_on(config: Config) -> Iterator[str]:
    """servconf.c add_one_listen_addr: getaddrinfo on every ListenAddress, also for ``sshd -t``."""
    for entry in config.lines("listenaddress"):
        for word in _words(entry.directive):
            if not _is_number(word):
                yield f"sshd would look up the host name {word} of a ListenAddress"


def _words(directive: Directive) -> list[str]:
    try:
        words = directive.words("words")
    except BadQuotes:
        return [decode(directive.raw.strip())]
    return [word.text for word in words[:1]]


def _is_number(text: str) -> bool:
    """Whether the host part of ``host``, ``host:port`` or ``[host]:port`` is an address."""
    if text.startswith("["):
        host = text[1:].partition("]")[0]
    else:
        host = text.partition(":")[0] if text.count(":") == 1 else text
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return bool(socket.inet_pton(family, host.partition("%")[0] if ":" in host else host))
    except (OSError, ValueError):
        return False
