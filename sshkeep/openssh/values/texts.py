"""One word or the rest of a line, taken as text: names, paths, commands."""

from __future__ import annotations

from collections.abc import Mapping

from sshkeep.errors import in_quotes
from sshkeep.openssh.addresses import bad_address_list
from sshkeep.openssh.releases import (
    LISTS_ON_THE_SIDE,
    RDOMAIN_REFUSED,
    REVOKED_LISTS,
    SUBSYSTEM_COMMAND_CHECKED,
    SUBSYSTEM_QUOTED,
)
from sshkeep.openssh.values.arguments import Arguments, BadValue, Value
from sshkeep.openssh.values.lists import expanded, none_or_words
from sshkeep.openssh.values.value_type import Printing, Texts, print_lines

METHODS = ("none", "publickey", "gssapi-with-mic", "password", "keyboard-interactive", "hostbased")
"""auth2.c authmethods; GSSAPI's is there wherever it is built in."""


def word(arguments: Arguments) -> str:
    """The first word as it is."""
    return arguments.words[0]


def path(arguments: Arguments) -> str:
    """servconf.c derelativise_path: absolute as written; else below the folder sshd was started in.

    That is the root folder under every service manager, so it is taken for that here.
    """
    text = arguments.words[0]
    if text.lower() == "none":
        return "none"
    whole = expanded(text, arguments)
    return whole if whole.startswith(("/", "~")) else f"//{whole}"


def home_path(arguments: Arguments) -> str:
    """A path whose ``~`` is root's home (servconf.c sAuthorizedPrincipalsFile)."""
    return expanded(arguments.words[0], arguments)


def agent(arguments: Arguments) -> str:
    """HostKeyAgent: a socket, or the name of the variable that holds it."""
    return arguments.words[0] if arguments.words[0] == "SSH_AUTH_SOCK" else path(arguments)


def provider(arguments: Arguments) -> str:
    """SecurityKeyProvider of sshd: ``internal``, or a library."""
    return arguments.words[0] if arguments.words[0].lower() == "internal" else path(arguments)


def revoked(arguments: Arguments) -> str | tuple[str, ...]:
    """RevokedKeys and RevokedHostKeys: one file, several from 10.3 on."""
    if arguments.target.release < REVOKED_LISTS:
        if not arguments.words[0]:
            raise BadValue(f"no argument after {arguments.keyword}", reason="missing argument")
        if len(arguments.listed) > 1:
            raise BadValue("more than one argument", reason="extra argument")
        return path(arguments) if arguments.kind == "sshd_config" else arguments.words[0]
    listed = none_or_words(arguments)
    if arguments.kind == "sshd_config":
        return tuple(expanded(text, arguments) for text in listed)
    return ("none",) if listed[0].lower() == "none" else listed


def rest(arguments: Arguments) -> str:
    """The rest of the line with its quotes; ssh skips ``=`` before it, too."""
    return arguments.words[0].lstrip(" \t\r\n=") if arguments.kind == "ssh_config" else arguments.words[0]


def command(arguments: Arguments) -> str:
    """AuthorizedKeysCommand, AuthorizedPrincipalsCommand: ``none``, or a command from ``/`` on."""
    text = arguments.words[0]
    checked = arguments.active or arguments.splits_argv  # before 8.7 only lines that take effect were
    if checked and not text.startswith("/") and text.lower() != "none":
        raise BadValue(f"{in_quotes(text)} is not an absolute path")
    return text


def addendum(arguments: Arguments) -> str:
    """VersionAddendum: the rest of the line, comment and all; ``none`` is nothing."""
    text = arguments.words[0]
    if "\r" in text:
        raise BadValue("it contains a carriage return")
    if text.lower() == "none":
        return "none" if arguments.kind == "sshd_config" else ""
    return text


def addresses(arguments: Arguments) -> str:
    """PerSourcePenaltyExemptList: a list of addresses and networks."""
    if bad_address_list(arguments.words[0]):
        raise BadValue(f"{in_quotes(arguments.words[0])} is not a list of addresses")
    return arguments.words[0]


def routing_domain(arguments: Arguments) -> str:
    """RDomain: refused where the system has none, which is everywhere but on OpenBSD, from 8.3 on."""
    if arguments.target.release >= RDOMAIN_REFUSED and arguments.target.vendor != "openbsd":
        raise BadValue("routing domains are not supported on this system")
    return arguments.words[0]


def agent_socket(arguments: Arguments) -> str:
    """AgentSocketPath: ``none``, ``user:PATH`` or ``shared:/PATH``."""
    if arguments.words[0] == "none":
        return "none"
    who, colon, socket = arguments.words[0].partition(":")
    if not colon or not socket or who not in ("user", "shared") or (who == "shared" and socket[0] != "/"):
        raise BadValue(f"{in_quotes(arguments.words[0])} is neither user:PATH nor shared:/PATH")
    return arguments.words[0]


def methods(arguments: Arguments) -> tuple[str, ...]:
    """AuthenticationMethods: ``any`` alone, or comma lists of methods (auth2_methods_valid).

    Up to 9.6, ``any`` was held against what had been taken: behind others it passes in a block that does not
    apply.
    """
    listed = arguments.listed
    may_follow = not arguments.active and arguments.target.release < LISTS_ON_THE_SIDE
    built_in = [
        name for name in METHODS if name != "gssapi-with-mic" or "GSSAPI" not in arguments.target.lacks
    ]
    for text in listed:
        if text == "any":
            if len(listed) > 1 and not (may_follow and listed[0] != "any"):
                raise BadValue('"any" must appear alone in AuthenticationMethods')
        elif not all(method.partition(":")[0] in built_in for method in text.split(",")):
            raise BadValue(f"{in_quotes(text)} is not a list of authentication methods")
    return listed


def subsystem(arguments: Arguments) -> Mapping[str, int | str]:
    """Command line by name; from 9.5 words are quoted again where they need it (argv_assemble)."""
    name, *words = arguments.listed
    unchecked = not arguments.active and arguments.target.release < SUBSYSTEM_COMMAND_CHECKED
    if unchecked and name and (not words or not words[0]):
        return {name: " ".join(words)}
    if not words or not words[0] or not name:
        raise BadValue("a subsystem needs a name and a command")
    if arguments.target.release < SUBSYSTEM_QUOTED:
        return {name: " ".join(words)}
    rest = " ".join(map(quoted, words[1:]))
    # servconf.c of 9.5 and 9.6 puts a blank behind a command without arguments.
    blank = " " if rest or arguments.target.release < LISTS_ON_THE_SIDE else ""
    return {name: quoted(words[0]) + blank + rest}


def quoted(text: str) -> str:
    """misc.c argv_assemble: backslashes before quotes and backslashes, quotes around blanks."""
    escaped = "".join("\\" + c if c in "\"'\\" else c for c in text)
    return f'"{escaped}"' if " " in text or "\t" in text else escaped


def print_subsystems(value: Value, printing: Printing) -> Texts:
    """A line for each name."""
    assert isinstance(value, Mapping)
    return tuple(f"{name} {command}" for name, command in value.items())


def print_host_keys(value: Value, printing: Printing) -> Texts:
    """servconf.c: ``none`` among HostKeys and HostCertificates becomes no path."""
    return tuple("(null)" if text == "none" else text for text in print_lines(value, printing))
