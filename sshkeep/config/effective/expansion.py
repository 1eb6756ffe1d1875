"""Expand ``%`` tokens, ``~`` and ``${NAME}`` in values of ssh, as ssh -G prints them."""

from __future__ import annotations

import re

from sshkeep.config.blocks.clients import HostQuery
from sshkeep.config.effective.printed import PrintedLines
from sshkeep.config.local_machine import LocalMachine
from sshkeep.named import NamedTuple
from sshkeep.openssh.releases import (
    AGENT_TOKENS,
    CONTROL_PATH_TAKES_HOME,
    FORWARD_TOKENS,
    PATHS_TAKE_VARIABLES,
    REVOKED_KEYS_TOKENS,
    SET_ENV_TOKENS,
    TOKEN_OF_JUMP_HOST,
    TOKEN_OF_KEY_ALIAS,
    USER_TOKENS,
    USER_WITHOUT_DOLLAR,
    Release,
)
from sshkeep.openssh.tokens import AnyVariable, BadToken, expand_both, expand_tokens
from sshkeep.openssh.values.tilde import expand_tilde


class TokenValues(NamedTuple):
    """The values of the tokens."""

    host: str
    original_host: str
    port: str
    user: str
    local_user: str
    alias: str
    jump_host: str
    machine: LocalMachine

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


UNKNOWN_MACHINE = LocalMachine("~", 0, "", AnyVariable())
"""For a file that is not this machine's: only the form of tokens and variables counts."""


class Expansion(NamedTuple):
    """How the values of one option are expanded, and from which release on."""

    keyword: str
    since: Release | None = None
    tilde: bool = True
    variables: Release | None = PATHS_TAKE_VARIABLES
    """The first release that also expands ``${NAME}``."""
    before: str = ""
    """Only the text after this is expanded (SetEnv's ``=``)."""
    tokens: str = ""
    """The names of the tokens, where they are not those of most options; after ``+``, they are more."""


EXPANSIONS = (
    Expansion("remotecommand", tilde=False, variables=None),
    Expansion("controlpath"),
    Expansion("identityagent", since=AGENT_TOKENS),
    Expansion("forwardagent", since=AGENT_TOKENS),
    Expansion("revokedhostkeys", since=REVOKED_KEYS_TOKENS),
    Expansion("userknownhostsfile", since=PATHS_TAKE_VARIABLES),
    Expansion("versionaddendum", since=SET_ENV_TOKENS, tilde=False),
    Expansion("setenv", since=SET_ENV_TOKENS, tilde=False, before="="),
    Expansion("localforward", since=FORWARD_TOKENS, tilde=False, variables=None),
    Expansion("dynamicforward", since=FORWARD_TOKENS, tilde=False, variables=None),
    Expansion("remoteforward", since=FORWARD_TOKENS, tilde=False, variables=None),
)
"""ssh.c main, in its order."""

WHEN_CONNECTING = (
    Expansion("proxycommand", tilde=False, variables=None, tokens="hknpr"),
    Expansion("proxyjump", tilde=False, variables=None, tokens="hknpr"),
    Expansion("identityfile"),
    Expansion("certificatefile"),
    Expansion("knownhostscommand", tilde=False, tokens="+fHIKt"),
)
"""What ssh -G prints as it is written, and ssh expands when it connects (sshconnect.c, ssh.c)."""


def last_jump_host(lines: PrintedLines) -> tuple[str, str, int]:
    """User, host and port of the last jump host; what is no valid host is taken as its name."""
    last = lines.get("proxyjump", ("",))[0].rpartition(",")[2]
    if not last:
        return "", "", -1
    from sshkeep.openssh.values.hostports import parse_jump_host

    return parse_jump_host(last) or ("", last, -1)


def expand_lines(lines: PrintedLines, query: HostQuery, machine: LocalMachine, release: Release) -> list[str]:
    """Expand ``lines`` in place, and return the problems for which ssh exits."""
    session = TokenValues(
        lines["hostname"][0],
        query.host,
        lines["port"][0],
        lines["user"][0],
        query.local_user,
        lines.get("hostkeyalias", ("",))[0],
        last_jump_host(lines)[1],
        machine,
    )
    try:
        if release >= USER_TOKENS:
            session = _with_user(lines, session, release)
        for expansion in EXPANSIONS:
            if expansion.keyword in lines and (expansion.since or release) <= release:
                lines[expansion.keyword] = tuple(
                    _expanded(text, expansion, session, release) for text in lines[expansion.keyword]
                )
    except BadToken as error:
        return [str(error)]
    return []


def _with_user(lines: PrintedLines, session: TokenValues, release: Release) -> TokenValues:
    """ssh.c main, from 10.0: User may have tokens, but not %r and %C."""
    tokens = {name: text for name, text in session.tokens(release).items() if name not in "rC"}
    written = lines["user"][0]
    user = expand_both(written, tokens, session.machine.environment)
    if ("%" in written or "${" in written) and not _is_remote_user(user, release):
        raise BadToken("remote username contains invalid characters")
    lines["user"] = (user,)
    return session._replace(user=user)


def _is_remote_user(name: str, release: Release) -> bool:
    """ssh.c valid_ruser, of a name that was expanded; Debian has that from 10.0 on."""
    refused = "'`\";&<>|(){}" + ("$\\" if release >= USER_WITHOUT_DOLLAR else "")
    controls = any(character < " " or character == "\x7f" for character in name)
    return not (controls or re.search("(^| )-", name) or name.endswith("\\") or set(name) & set(refused))


def _expanded(text: str, expansion: Expansion, session: TokenValues, release: Release) -> str:
    if expansion.keyword in ("userknownhostsfile", "revokedhostkeys"):
        return " ".join(_one(word, expansion, session, release) for word in text.split(" "))
    if expansion.keyword.endswith("forward"):
        # A path; a host and its port stay: [HOST]:PORT.
        ends = [
            end if end.startswith("[") and "]:" in end else _one(end, expansion, session, release)
            for end in text.split(" ")
        ]
        return " ".join(ends)
    head, equals, tail = text.partition(expansion.before) if expansion.before else ("", "", text)
    return head + equals + _one(tail, expansion, session, release)


def _one(text: str, expansion: Expansion, session: TokenValues, release: Release) -> str:
    if expansion.tilde:
        text = expand_tilde(text, session.local_user, session.machine.home, release)
    tokens = session.tokens(release)
    if expansion.keyword == "controlpath" and release < CONTROL_PATH_TAKES_HOME:
        del tokens["d"]
    if expansion.tokens:
        more = expansion.tokens.startswith("+")
        tokens = {**(tokens if more else {}), **dict.fromkeys(expansion.tokens.removeprefix("+"), "")}
    if expansion.variables is not None and release >= expansion.variables:
        return expand_both(text, tokens, session.machine.environment)
    return expand_tokens(text, tokens)


_ANY_SESSION = TokenValues("", "", "", "", "", "", "", UNKNOWN_MACHINE)


def bad_token_in(text: str, option: str, release: Release) -> str:
    """What ssh can't expand in a value of ``option`` (lower case), for which it exits; empty for nothing."""
    if "%" not in text and "${" not in text:
        return ""
    try:
        if option == "hostname":
            expand_tokens(text, {"h": ""})
        elif option == "user" and release >= USER_TOKENS:
            _with_user({"user": (text,)}, _ANY_SESSION, release)
        for expansion in (*EXPANSIONS, *WHEN_CONNECTING):
            if expansion.keyword == option and (expansion.since or release) <= release:
                _expanded(text, expansion, _ANY_SESSION, release)
    except BadToken as error:
        return str(error)
    return ""
