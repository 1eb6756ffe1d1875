"""Keywords that take several words: names, patterns, files, domains."""

from __future__ import annotations

from collections.abc import Callable

from sshkeep.errors import in_quotes
from sshkeep.openssh.addresses import bad_address_list
from sshkeep.openssh.releases import (
    ARGV_SPLIT,
    ENVIRONMENT_ONCE,
    KNOWN_HOSTS_NONE,
    LISTS_ON_THE_SIDE,
    NEWEST,
    NONE_ALONE,
    Release,
)
from sshkeep.openssh.values.arguments import Arguments, BadValue, Value
from sshkeep.openssh.values.tilde import expand_tilde
from sshkeep.openssh.values.value_type import Printing, Texts, print_on_one_line

MOST_WORDS = 32
"""readconf.h SSH_MAX_HOSTS_FILES, MAX_CANON_DOMAINS; counted where the line takes effect only."""


AT_MOST = {
    "canonicaldomains": LISTS_ON_THE_SIDE,
    "canonicalizepermittedcnames": LISTS_ON_THE_SIDE,
    "globalknownhostsfile": Release(NEWEST.major + 1, 0),
    "userknownhostsfile": Release(NEWEST.major + 1, 0),
}
"""ssh's options with at most `MOST_WORDS`, and the first release without the limit."""


def words(arguments: Arguments, *, stops: bool | None = None) -> tuple[str, ...]:
    """Any words, none of them empty; ``stops``: see `BadValue`, for an empty one."""
    return _each(arguments, lambda text: "", stops)


def _each(arguments: Arguments, problem: Callable[[str], str], stops: bool | None = None) -> tuple[str, ...]:
    if arguments.splits_argv and "" in arguments.words:
        raise BadValue("an argument is empty", stops=stops)
    for text in arguments.listed:
        wrong = problem(text)
        if wrong:
            raise BadValue(wrong)
    return arguments.listed


def environment_names(arguments: Arguments) -> tuple[str, ...]:
    """AcceptEnv, SendEnv: names or patterns without ``=``."""
    return _each(arguments, lambda text: f"{in_quotes(text)} is not a name" if "=" in text else "")


def environment(arguments: Arguments) -> tuple[str, ...]:
    """SetEnv: ``NAME=VALUE`` words; of two with one name the first counts (9.1 and later)."""
    words = _each(arguments, lambda text: "" if "=" in text else f"{in_quotes(text)} is not NAME=VALUE")
    if arguments.target.release < ENVIRONMENT_ONCE:
        return words
    found: dict[str, str] = {}
    for text in words:
        found.setdefault(text.partition("=")[0], text)
    return tuple(found.values())


def users(arguments: Arguments) -> tuple[str, ...]:
    """AllowUsers, DenyUsers: what follows the last ``@`` may be a list of addresses (match_user)."""
    return _each(arguments, _user_problem)


def _user_problem(text: str) -> str:
    _, at, hosts = text.rpartition("@")
    return f"{in_quotes(text)} holds a bad address" if at and bad_address_list(hosts) else ""


def none_or_words(arguments: Arguments) -> tuple[str, ...]:
    """Words of which ``none`` (in any case) must stand alone (8.7 and later)."""
    listed = words(arguments, stops=False)
    if arguments.splits_argv and len(listed) > 1 and any(text.lower() == "none" for text in listed):
        raise BadValue("none must stand alone", stops=False)
    return listed


def files(arguments: Arguments) -> tuple[str, ...]:
    """AuthorizedKeysFile: ``none`` alone (10.3 and later), or paths."""
    alone = arguments.target.release >= NONE_ALONE
    listed = none_or_words(arguments) if alone else words(arguments, stops=False)
    return tuple(expanded(text, arguments) for text in listed)


def expanded(path: str, arguments: Arguments) -> str:
    """A path's ``~`` as sshd expands it, which runs as root."""
    return expand_tilde(path, "root", "/root", arguments.target.release)


def host_files(arguments: Arguments) -> tuple[str, ...]:
    """GlobalKnownHostsFile, UserKnownHostsFile: ``none`` alone, or files, however many."""
    listed = none_or_words(arguments)
    return ("none",) if arguments.splits_argv and is_none(listed[:1]) else listed


def print_host_files(value: Value, printing: Printing) -> Texts:
    """The same: in 8.5 and 8.6, ssh -G prints no name for ``none``."""
    no_file = KNOWN_HOSTS_NONE <= printing.target.release < ARGV_SPLIT and is_none(value)
    return ("",) if no_file else print_on_one_line(value, printing)


def print_files(value: Value, printing: Printing) -> Texts:
    """AuthorizedKeysFile: no line for ``none`` from 10.3 on (servconf.c)."""
    cleared = printing.target.release >= NONE_ALONE and is_none(value)
    return () if cleared else print_on_one_line(value, printing)


def print_revoked(value: Value, printing: Printing) -> Texts:
    """RevokedKeys and RevokedHostKeys: no line for ``none``, but for ssh from 10.3 on."""
    if isinstance(value, str):
        cleared = printing.kind == "ssh_config" and value.lower() == "none"
    else:
        cleared = printing.kind == "sshd_config" and is_none(value)
    return () if cleared else print_on_one_line(value, printing)


def print_none_or_words(value: Value, printing: Printing) -> Texts:
    """LogVerbose: one line, of all lines together. From 8.7 on readconf.c takes the first word only."""
    assert isinstance(value, tuple)
    first_only = printing.kind == "ssh_config" and printing.target.release >= ARGV_SPLIT
    return (" ".join(value[:1] if first_only else value),)


def is_none(value: Value) -> bool:
    """Whether a list is the one word ``none``, in any case."""
    return isinstance(value, tuple) and [text.lower() for text in value] == ["none"]
