"""One word or the rest of a line, taken as text: names, paths, commands."""

from __future__ import annotations

from collections.abc import Mapping

from sshkeep.openssh.addresses import bad_address_list
from sshkeep.openssh.releases import (
    LISTS_ON_THE_SIDE,
    RDOMAIN_REFUSED,
    REVOKED_LISTS,
    SUBSYSTEM_COMMAND_CHECKED,
    SUBSYSTEM_QUOTED,
)
from sshkeep.openssh.values.arguments import Arguments, BadValue, shown
from sshkeep.openssh.values.lists import expanded, none_or_words

METHODS = ("none", "publickey", "gssapi-with-mic", "password", "keyboard-interactive", "hostbased")
"""auth2.c authmethods; GSSAPI's is there wherever it is built in."""


def word(given: Arguments) -> str:
    """The first word as it is."""
    return given.words[0]


def path(given: Arguments) -> str:
    """servconf.c derelativise_path: absolute as written; else below the folder sshd was started in.

    That is the root folder under every service manager, so it is taken for that here.
    """
    text = given.words[0]
    if text.lower() == "none":
        return "none"
    whole = expanded(text, given)
    return whole if whole.startswith(("/", "~")) else f"//{whole}"


def home_path(given: Arguments) -> str:
    """A path whose ``~`` is root's home (servconf.c sAuthorizedPrincipalsFile)."""
    return expanded(given.words[0], given)


def agent(given: Arguments) -> str:
    """HostKeyAgent: a socket, or the name of the variable that holds it."""
    return given.words[0] if given.words[0] == "SSH_AUTH_SOCK" else path(given)


def provider(given: Arguments) -> str:
    """SecurityKeyProvider of sshd: ``internal``, or a library."""
    return given.words[0] if given.words[0].lower() == "internal" else path(given)


def revoked(given: Arguments) -> str | tuple[str, ...]:
    """RevokedKeys and RevokedHostKeys: one file, several from 10.3 on."""
    if given.target.release < REVOKED_LISTS:
        if not given.words[0]:
            raise BadValue(f"nothing after {given.keyword.name}", reason="missing argument")
        if len(given.listed) > 1:
            raise BadValue("more than one argument", reason="extra argument")
        return path(given) if given.kind == "sshd_config" else given.words[0]
    listed = none_or_words(given)
    if given.kind == "sshd_config":
        return tuple(expanded(text, given) for text in listed)
    return ("none",) if listed[0].lower() == "none" else listed


def rest(given: Arguments) -> str:
    """The rest of the line with its quotes; ssh skips ``=`` before it, too."""
    return given.words[0].lstrip(" \t\r\n=" if given.kind == "ssh_config" else " \t\r\n")


def command(given: Arguments) -> str:
    """AuthorizedKeysCommand, AuthorizedPrincipalsCommand: ``none``, or a command from ``/`` on."""
    text = given.words[0].lstrip(" \t\r\n")
    checked = given.active or given.splits_argv  # before 8.7 only lines that take effect were
    if checked and not text.startswith("/") and text.lower() != "none":
        raise BadValue(f"{shown(text)} is not an absolute path")
    return text


def addendum(given: Arguments) -> str:
    """VersionAddendum: the rest of the line, comment and all; ``none`` is nothing."""
    text = given.words[0].lstrip(" \t\r\n")
    if "\r" in text:
        raise BadValue("a carriage return stands in it")
    if text.lower() == "none":
        return "none" if given.kind == "sshd_config" else ""
    return text


def addresses(given: Arguments) -> str:
    """PerSourcePenaltyExemptList: a list of addresses and networks."""
    if bad_address_list(given.words[0]):
        raise BadValue(f"{shown(given.words[0])} is not a list of addresses")
    return given.words[0]


def routing_domain(given: Arguments) -> str:
    """RDomain: refused where the system has none, which is everywhere but on OpenBSD, from 8.3 on."""
    if given.target.release >= RDOMAIN_REFUSED and given.target.vendor != "openbsd":
        raise BadValue("routing domains are not supported on this system")
    return given.words[0]


def agent_socket(given: Arguments) -> str:
    """AgentSocketPath: ``none``, ``user:PATH`` or ``shared:/PATH``."""
    if given.words[0] == "none":
        return "none"
    who, colon, socket = given.words[0].partition(":")
    if not colon or not socket or who not in ("user", "shared") or (who == "shared" and socket[0] != "/"):
        raise BadValue(f"{shown(given.words[0])} is neither user:PATH nor shared:/PATH")
    return given.words[0]


def methods(given: Arguments) -> tuple[str, ...]:
    """AuthenticationMethods: ``any`` alone, or comma lists of methods (auth2_methods_valid)."""
    listed = given.listed
    built_in = [name for name in METHODS if name != "gssapi-with-mic" or "GSSAPI" not in given.target.lacks]
    for text in listed:
        if text == "any":
            if len(listed) > 1:
                raise BadValue("any must stand alone")
        elif not all(method.partition(":")[0] in built_in for method in text.split(",")):
            raise BadValue(f"{shown(text)} is not a list of authentication methods")
    return listed


def subsystem(given: Arguments) -> Mapping[str, int | str]:
    """Command line by name; from 9.5 words are quoted again where they need it (argv_assemble)."""
    name, *words = given.listed
    unchecked = not given.active and given.target.release < SUBSYSTEM_COMMAND_CHECKED
    if unchecked and name and (not words or not words[0]):
        return {name: " ".join(words)}
    if not words or not words[0] or not name:
        raise BadValue("a subsystem needs a name and a command")
    if given.target.release < SUBSYSTEM_QUOTED:
        return {name: " ".join(words)}
    rest = " ".join(map(quoted, words[1:]))
    # servconf.c of 9.5 and 9.6 puts a blank behind a command without arguments.
    blank = " " if rest or given.target.release < LISTS_ON_THE_SIDE else ""
    return {name: quoted(words[0]) + blank + rest}


def quoted(text: str) -> str:
    """misc.c argv_assemble: backslashes before quotes and backslashes, quotes around blanks."""
    escaped = "".join("\\" + c if c in "\"'\\" else c for c in text)
    return f'"{escaped}"' if " " in text or "\t" in text else escaped
