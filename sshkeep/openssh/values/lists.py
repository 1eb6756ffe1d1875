"""Keywords that take several words: names, patterns, files, domains."""

from __future__ import annotations

from collections.abc import Callable

from sshkeep.openssh.addresses import bad_address_list
from sshkeep.openssh.releases import ENVIRONMENT_ONCE, NONE_ALONE
from sshkeep.openssh.values.arguments import Arguments, BadValue, shown
from sshkeep.openssh.values.tilde import expand_tilde

MOST_WORDS = 32
"""readconf.h SSH_MAX_HOSTS_FILES, MAX_CANON_DOMAINS; counted where the line takes effect only."""


def words(given: Arguments) -> tuple[str, ...]:
    """Any words, none of them empty."""
    return _each(given, lambda text: "")


def _each(given: Arguments, problem: Callable[[str], str]) -> tuple[str, ...]:
    if given.splits_argv and "" in given.words:
        raise BadValue("an argument is empty", stops=_stops_at_empty(given))
    for text in given.listed:
        wrong = problem(text)
        if wrong:
            raise BadValue(wrong)
    return given.listed


def _stops_at_empty(given: Arguments) -> bool | None:
    return (
        False if given.keyword.type in ("files", "globs", "host files", "none or words", "revoked") else None
    )


def environment_names(given: Arguments) -> tuple[str, ...]:
    """AcceptEnv, SendEnv: names or patterns without ``=``."""
    return _each(given, lambda text: f"{shown(text)} is not a name" if "=" in text else "")


def environment(given: Arguments) -> tuple[str, ...]:
    """SetEnv: ``NAME=VALUE`` words; of two with one name the first counts (9.1 and later)."""
    words = _each(given, lambda text: "" if "=" in text else f"{shown(text)} is not NAME=VALUE")
    if given.target.release < ENVIRONMENT_ONCE:
        return words
    found: dict[str, str] = {}
    for text in words:
        found.setdefault(text.partition("=")[0], text)
    return tuple(found.values())


def users(given: Arguments) -> tuple[str, ...]:
    """AllowUsers, DenyUsers: what follows the last ``@`` may be a list of addresses (match_user)."""
    return _each(given, _user_problem)


def _user_problem(text: str) -> str:
    _, at, hosts = text.rpartition("@")
    return f"{shown(text)} holds a bad address" if at and bad_address_list(hosts) else ""


def none_or_words(given: Arguments) -> tuple[str, ...]:
    """Words of which ``none`` (in any case) must stand alone (8.7 and later)."""
    listed = words(given)
    if given.splits_argv and len(listed) > 1 and any(text.lower() == "none" for text in listed):
        raise BadValue("none must stand alone", stops=False)
    return listed


def files(given: Arguments) -> tuple[str, ...]:
    """AuthorizedKeysFile: ``none`` alone (10.3 and later), or paths."""
    listed = words(given) if given.target.release < NONE_ALONE else none_or_words(given)
    return tuple(expanded(text, given) for text in listed)


def expanded(path: str, given: Arguments) -> str:
    """A path's ``~`` as sshd expands it, which runs as root."""
    return expand_tilde(path, "root", "/root", given.target.release)


def host_files(given: Arguments) -> tuple[str, ...]:
    """GlobalKnownHostsFile, UserKnownHostsFile: ``none`` alone, or files, however many."""
    listed = none_or_words(given)
    return ("none",) if given.splits_argv and [text.lower() for text in listed[:1]] == ["none"] else listed
