"""Algorithm lists (Ciphers, HostKeyAlgorithms, ...): what a release takes, and what it makes of them.

A list is looked at twice, with unlike eyes. On its line (ciphers_valid, mac_valid, kex_names_valid,
sshkey_names_valid2) up to the first empty element, and not at all behind ``-``. Then, if it wins,
behind the whole tree (kex_assemble_names, called by fill_default_server_options,
fill_default_options and dump_client_config): there it is put together with the default, patterns turn
into names, and what is left over may be nothing, which is fatal.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from sshkeep.errors import in_quotes
from sshkeep.named import NamedTuple
from sshkeep.openssh.algorithms.defaults import ALGORITHM_FAMILIES, default_list
from sshkeep.openssh.algorithms.names import is_certificate, short_key_names, supported
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.patterns import match_pattern
from sshkeep.openssh.releases import Release
from sshkeep.openssh.targets import Target

HEAD_OF_DEFAULT = Release(8, 1)
"""kex_assemble_names: ``^`` from here on; before, it is part of a name."""

NO_CA_CERTIFICATES = Release(9, 4)
"""sshkey_names_valid2: CASignatureAlgorithms refuses certificate types by name."""

ONE_NAME_NEEDED = Release(10, 4)
"""ciphers_valid, mac_valid: before, a list that begins with an empty element passes."""

_PATTERN_SIZE = 1023
"""match_pattern_list: a longer pattern (in bytes) ends the matching, and nothing fits."""

_LIST_SIZE = 1024 * 1024
"""kex_names_cat: more bytes than these behind ``+`` are fatal."""

SSH_GOES_ON = (Release(8, 5), Release(10, 3))
"""ssh's fill_default_options: in these releases a list that can't be assembled is reported, not fatal."""

_ASSEMBLED_IN_ORDER = (
    "ciphers",
    "macs",
    "kexalgorithms",
    "hostbasedacceptedalgorithms",
    "pubkeyacceptedalgorithms",
    "casignaturealgorithms",
)
"""fill_default_options; HostKeyAlgorithms is left to dump_client_config, where an error is fatal."""


class BadAlgorithms(Exception):
    """A list that the target refuses.

    ``at`` is "line" where its line is the error, and "end" where OpenSSH only finds out when it has
    read everything: then ``sshd -t`` and ``ssh -G`` fail too, without naming a line, and only if this
    line is the one that won (in a Match block: for a connection the block fits). For ssh see
    `SSH_GOES_ON`.
    """

    def __init__(self, problem: str, at: Literal["line", "end"]) -> None:
        super().__init__(problem)
        self.problem = problem
        self.at = at


def check_algorithms(keyword: str, text: str, target: Target) -> None:
    """Raise BadAlgorithms where the line itself is refused, whether or not it wins.

    ``keyword`` is one of `LISTS`, ``text`` the argument without quotes.
    """
    algorithms = ALGORITHM_FAMILIES[keyword]
    if not text:
        raise BadAlgorithms("nothing is listed", "line")
    if text.startswith("-") and algorithms != "gssapi":
        return
    marks = "" if algorithms == "gssapi" else "+^" if target.release >= HEAD_OF_DEFAULT else "+"
    names = text[1:] if text[0] in marks else text
    if not names:
        raise BadAlgorithms(f"nothing is listed behind {text}", "line")
    looked_at = _up_to_empty(names)
    if not looked_at and algorithms in ("ciphers", "macs") and target.release >= ONE_NAME_NEEDED:
        raise BadAlgorithms("the list begins with a comma", "line")
    for name in looked_at:
        _check_name(name, algorithms, target)


def assemble(keyword: str, text: str, kind: Kind, target: Target, *, in_match: bool = False) -> str:
    """The list as ``sshd -T`` or ``ssh -G`` prints it where the argument ``text`` won.

    Raises BadAlgorithms. An empty result stands for no algorithm at all: ssh takes that (``-*``),
    while sshd, which assembles every list a second time for a connection, is then at its default
    unless the list is ``in_match``: a block's that did not apply at start.
    """
    check_algorithms(keyword, text, target)
    algorithms = ALGORITHM_FAMILIES[keyword]
    if algorithms == "gssapi":
        return text
    default = default_list(algorithms, kind, target)
    names = _assembled(text, default, supported(algorithms, target), target)
    return ",".join(default if kind == "sshd_config" and not names and not in_match else names)


class AssembledLists(NamedTuple):
    """All lists of one connection or host: `Keyword.option` to what is printed.

    ``stopped_at`` is the keyword at which ssh gave up (see `SSH_GOES_ON`), else empty. Then
    that list is not printed, and what comes behind it in fill_default_options is left as it was:
    later lists as they were written, and ``none`` stays ``none`` where it would mean unset.
    """

    printed: dict[str, str]
    stopped_at: str = ""


def assemble_all(
    won: Mapping[str, str], kind: Kind, target: Target, in_match: frozenset[str] = frozenset()
) -> AssembledLists:
    """Every list as printed, where ``won`` has the arguments of the lines that won, some ``in_match``.

    The lines themselves must have passed `check_algorithms`. Raises BadAlgorithms where the target stops.
    GSSAPIKexAlgorithms is in it where ``won`` has it.
    """
    printed = {
        keyword: _or_default(keyword, won.get(keyword, ""), kind, target, in_match)
        for keyword in ("hostkeyalgorithms", "gssapikexalgorithms")
        if keyword == "hostkeyalgorithms" or keyword in won
    }
    stopped_at = ""
    for keyword in _ASSEMBLED_IN_ORDER:
        text = won.get(keyword, "")
        if not stopped_at:
            try:
                printed[keyword] = _or_default(keyword, text, kind, target, in_match)
            except BadAlgorithms:
                if not _goes_on(kind, target):
                    raise
                stopped_at = keyword
        elif text:
            printed[keyword] = text
    return AssembledLists(printed, stopped_at)


def _goes_on(kind: Kind, target: Target) -> bool:
    return kind == "ssh_config" and SSH_GOES_ON[0] <= target.release <= SSH_GOES_ON[1]


def _or_default(keyword: str, text: str, kind: Kind, target: Target, in_match: frozenset[str]) -> str:
    if text:
        return assemble(keyword, text, kind, target, in_match=keyword in in_match)
    return ",".join(default_list(ALGORITHM_FAMILIES[keyword], kind, target))


def _up_to_empty(names: str) -> list[str]:
    elements = names.split(",")
    return elements[: elements.index("")] if "" in elements else elements


def _check_name(name: str, algorithms: str, target: Target) -> None:
    if algorithms == "gssapi":
        known = name.startswith(supported("gssapi", target))
    elif algorithms in ("keys", "signatures"):
        known = _is_key_type(name, algorithms, target)
    else:
        known = name in supported(algorithms, target) or (
            algorithms == "kex" and _passes_as_gssapi(name, target)
        )
    if not known:
        raise BadAlgorithms(f"{target.name} does not know {in_quotes(name)}", "line")


GSSAPI_KEX_VENDORS = ("debian", "redhat", "fedora")
"""Whose ssh and sshd have key exchange by GSSAPI."""


def _passes_as_gssapi(name: str, target: Target) -> bool:
    """kex.c kex_alg_by_name as patched: what begins so passes here, and is dropped from the list later."""
    patched = target.vendor in GSSAPI_KEX_VENDORS and "GSSAPI" not in target.lacks
    return patched and name.startswith(supported("gssapi", target))


def _is_key_type(name: str, algorithms: str, target: Target) -> bool:
    keys = supported("keys", target)
    if name in keys:
        plain_only = algorithms == "signatures" and target.release >= NO_CA_CERTIFICATES
        return not (plain_only and is_certificate(name))
    if name.isascii() and name.lower() in short_key_names(target):
        return True
    # A negated pattern passes here if its pattern fits, and is refused when the list is assembled.
    return any(_fits(key, name.removeprefix("!")) for key in keys)


def _assembled(text: str, default: tuple[str, ...], every: tuple[str, ...], target: Target) -> list[str]:
    if text.startswith("-"):
        return _without(default, text[1:].split(","))
    if text.startswith("+"):
        if len(text.encode(errors="surrogateescape")) > _LIST_SIZE + 1:
            raise BadAlgorithms("the list is too long", "end")
        patterns = [*default, *_up_to_empty(text[1:])]
    elif text.startswith("^") and target.release >= HEAD_OF_DEFAULT:
        patterns = [*text[1:].split(","), *default]
    else:
        patterns = text.split(",")
    return _spelt_out(patterns, every)


def _without(default: tuple[str, ...], patterns: list[str]) -> list[str]:
    """What match_filter_denylist leaves of the default; a ``!pattern`` keeps what it fits."""
    if any(_too_long(pattern.removeprefix("!")) for pattern in patterns):
        return list(default)
    meant: dict[bool, set[str]] = {True: set(), False: set()}
    for pattern in patterns:
        bare = pattern.removeprefix("!")
        meant[bare != pattern].update(name for name in default if match_pattern(name, bare))
    return [name for name in default if name in meant[True] or name not in meant[False]]


def _spelt_out(patterns: list[str], every: tuple[str, ...]) -> list[str]:
    """The names of ``every`` that the patterns stand for, each where it is first meant."""
    names: dict[str, None] = {}
    for pattern in dict.fromkeys(patterns):
        if pattern.startswith("!"):
            raise BadAlgorithms(f"{pattern} is only possible after -", "end")
        names.update(dict.fromkeys(name for name in every if _fits(name, pattern)))
    if not names:
        raise BadAlgorithms("no algorithm is left", "end")
    return list(names)


def _fits(name: str, pattern: str) -> bool:
    return not _too_long(pattern) and match_pattern(name, pattern)


def _too_long(pattern: str) -> bool:
    return (
        len(pattern) >= _PATTERN_SIZE // 4 and len(pattern.encode(errors="surrogateescape")) >= _PATTERN_SIZE
    )
