"""``%`` tokens, ``~`` and ``${NAME}`` in the client's values, as ssh -G shows them expanded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sshkeep.config.machine import Machine
from sshkeep.openssh.releases import TOKEN_OF_JUMP_HOST, TOKEN_OF_KEY_ALIAS, Release


class BadToken(Exception):
    """ssh exits: an unknown token, a variable that is not set. The text says which."""


class Session(NamedTuple):
    """What the tokens stand for."""

    host: str
    original_host: str
    port: str
    user: str
    local_user: str
    alias: str
    jump_host: str
    machine: Machine

    def tokens(self, release: Release) -> dict[str, str]:
        """ssh.c DEFAULT_CLIENT_PERCENT_EXPAND_ARGS and the others of default_client_percent_expand."""
        later = {
            "j": (self.jump_host, TOKEN_OF_JUMP_HOST),
            "k": (self.alias or self.original_host, TOKEN_OF_KEY_ALIAS),
        }
        return {
            **{name: text for name, (text, since) in later.items() if release >= since},
            "C": self._hash(release),
            "L": self.machine.name.partition(".")[0],
            "d": self.machine.home,
            "h": self.host,
            "i": str(self.machine.uid),
            "l": self.machine.name,
            "n": self.original_host,
            "p": self.port,
            "r": self.user,
            "u": self.local_user,
        }

    def _hash(self, release: Release) -> str:
        """ssh.c ssh_connection_hash: SHA-1 over five strings, four before 9.6."""
        from hashlib import sha1

        parts = [self.machine.name, self.host, self.port, self.user]
        if release >= TOKEN_OF_JUMP_HOST:
            parts.append(self.jump_host)
        return sha1("".join(parts).encode("utf-8", "surrogateescape"), usedforsecurity=False).hexdigest()


def percent_expanded(text: str, tokens: Mapping[str, str]) -> str:
    """misc.c percent_expand. Raises BadToken."""
    pieces = text.split("%")
    found = [pieces.pop(0)]
    while pieces:
        piece = pieces.pop(0)
        if not piece and pieces:
            found.append("%" + pieces.pop(0))
            continue
        if piece[:1] not in tokens or not piece:
            raise BadToken(f"%{piece[:1]} is not a token here")
        found += [tokens[piece[0]], piece[1:]]
    return "".join(found)


def variables_expanded(text: str, environment: Mapping[str, str]) -> str:
    """misc.c dollar_expand: ``${NAME}``. Raises BadToken."""
    head, *pieces = text.split("${")
    found = [head]
    for piece in pieces:
        name, brace, tail = piece.partition("}")
        if not brace or name not in environment:
            raise BadToken(f"the variable {name} is not set" if brace else "a ${ is not closed")
        found += [environment[name], tail]
    return "".join(found)
