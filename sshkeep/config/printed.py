"""A setting's value as ``sshd -T`` and ``ssh -G`` print it: the right-hand sides of its lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sshkeep.config.precedence.obtained import Setting
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.releases import NONE_ALONE, REVOKED_LISTS
from sshkeep.openssh.tables.defaults import defaults
from sshkeep.openssh.tables.keywords import Keyword
from sshkeep.openssh.targets import Target
from sshkeep.openssh.values.arguments import Value
from sshkeep.openssh.values.words import printed as printed_word

Texts = tuple[str, ...]

ONE_LINE = frozenset(
    (
        *("canonical names", "channel timeouts", "domains", "files", "host files", "methods"),
        *("none or words", "permissions", "revoked"),
    )
)
"""Types whose words are printed on one line; those of other lists have a line each."""

CLEARED_BY_NONE = frozenset(
    (
        *("localcommand", "remotecommand", "proxycommand", "controlpath", "pkcs11provider"),
        *("securitykeyprovider", "knownhostscommand"),
    )
)
"""readconf.c fill_default_options CLEAR_ON_NONE: ssh -G then has no line for them."""


NONE_IN_ANY_CASE = frozenset(
    ("authorizedprincipalsfile", "chrootdirectory", "forcecommand", "persourcepenaltyexemptlist")
)
"""servconf.c fill_default_server_options CLEAR_ON_NONE: printed as none, however it is spelt."""


def texts(setting: Setting, row: Keyword, kind: Kind, target: Target) -> Texts:
    """The right-hand sides for an option that is set."""
    value = setting.value
    # servconf.c copy_set_server_options comes after ``none`` is cleared.
    if setting.in_match and isinstance(value, tuple) and row.type in ONE_LINE:
        return (" ".join(value),)
    if setting.in_match and row.option == "authorizedprincipalsfile":
        return (str(value),)
    return value_texts(value, row, kind, target)


def value_texts(value: Value, row: Keyword, kind: Kind, target: Target) -> Texts:
    """The right-hand sides for one value, or for one line's."""
    if isinstance(value, Mapping):
        return _PARTS[row.type](value, _default(row, kind, target))
    if isinstance(value, tuple) and row.option in ("hostkey", "hostcertificate"):
        return tuple("(null)" if text == "none" else text for text in value)
    if isinstance(value, tuple):
        if row.type in ONE_LINE and not row.adds:
            return _one_line(value, row, kind, target)
        return value
    if _cleared(value, row, kind, target):
        return ()
    if kind == "sshd_config" and isinstance(value, str) and value.lower() == "none":
        return ("none",) if row.option in NONE_IN_ANY_CASE else (value,)
    if row.type == "octal":
        return (f"0{value:o}",)
    if row.type in ("enum", "flag"):
        return (printed_word(str(value), row.option, row.type, kind, target),)
    special = _NUMBERS.get((row.option, value))
    return (special if special is not None else str(value),)


_NUMBERS: dict[tuple[str, object], str] = {
    ("unusedconnectiontimeout", 0): "none",
    ("obscurekeystroketiming", 0): "no",
    ("obscurekeystroketiming", 20): "yes",
}


def _one_line(words: Texts, row: Keyword, kind: Kind, target: Target) -> Texts:
    if kind == "sshd_config" and words and words[0].lower() == "none" and len(words) == 1:
        cleared = row.type == "revoked" or (row.type == "files" and target.release >= NONE_ALONE)
        if cleared:
            return ()
    if row.type == "none or words" and kind == "ssh_config":
        words = words[:1]  # readconf.c oLogVerbose appends only while the list is empty
    if row.type == "channel timeouts" and [word.lower() for word in words] == ["none"]:
        return defaults(kind, target).get(row.option, ())
    return (" ".join(words) or "none",)


def _cleared(value: Value, row: Keyword, kind: Kind, target: Target) -> bool:
    if row.type == "jump":
        return value == ""
    none = isinstance(value, str) and value.lower() == "none"
    if kind == "sshd_config" or not none:
        return False
    return row.option in CLEARED_BY_NONE or (row.type == "revoked" and target.release < REVOKED_LISTS)


def _default(row: Keyword, kind: Kind, target: Target) -> str:
    return (*defaults(kind, target).get(row.option, ()), "")[0]


def _rekey_limit(parts: Mapping[str, int | str], default: str) -> Texts:
    return (f"{parts.get('size', 0)} {parts.get('time', 0)}",)


def _startups(parts: Mapping[str, int | str], default: str) -> Texts:
    begin, rate, most = default.split(":")
    return (f"{parts.get('begin', begin)}:{parts.get('rate', rate)}:{parts.get('max', most)}",)


def _forward_agent(parts: Mapping[str, int | str], default: str) -> Texts:
    return (str(parts.get("path", parts["flag"])),)


def _subsystem(parts: Mapping[str, int | str], default: str) -> Texts:
    return tuple(f"{name} {command}" for name, command in parts.items())


def _penalties(parts: Mapping[str, int | str], default: str) -> Texts:
    """servconf.c dump_config: all parts, those that are not set at their default."""
    if parts == {"enabled": "no"}:
        return ("no",)
    if "overflow" in parts:
        parts = {"overflow6": parts["overflow"], **parts}
    pairs = [piece.partition(":") for piece in default.split()]
    return (" ".join(f"{name}:{parts.get(name, value)}" for name, _, value in pairs),)


_PARTS: dict[str, Callable[[Mapping[str, int | str], str], Texts]] = {
    "rekey limit": _rekey_limit,
    "startups": _startups,
    "forward agent": _forward_agent,
    "subsystem": _subsystem,
    "penalties": _penalties,
}
