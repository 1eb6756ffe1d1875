"""Keywords with a fixed set of words: what each word means, and how OpenSSH prints it."""

from __future__ import annotations

from sshkeep.openssh.kind import Kind
from sshkeep.openssh.releases import (
    IGNORE_RHOSTS_SHOSTS_ONLY,
    PERMIT_ROOT_LOGIN_PROHIBIT,
    PUBKEY_AUTHENTICATION_BOUND,
    SSH_COMPRESSION_YES_NO,
    TCP_KEEP_ALIVE_ALL,
    Release,
)
from sshkeep.openssh.targets import Target
from sshkeep.openssh.values.arguments import Arguments, BadValue, shown

Words = dict[str, str]
"""Lower-case word to what it means, which is one of the words."""

YES_NO: Words = {"yes": "yes", "no": "no"}
TRUE_FALSE: Words = {**YES_NO, "true": "yes", "false": "no"}
_TCP_KEEP_ALIVE: Words = {**TRUE_FALSE, "transport": "yes", "all": "all"}
_ASK: Words = {**TRUE_FALSE, "ask": "ask"}
_ADDRESS_FAMILY: Words = {"any": "any", "inet": "inet", "inet6": "inet6"}
_FORWARDING: Words = {**YES_NO, "all": "yes", "local": "local", "remote": "remote"}
_HASHES: Words = {name: name.upper() for name in ("md5", "sha1", "sha256", "sha384", "sha512")}
_FACILITIES: Words = {
    name.lower(): name
    for name in (
        *("DAEMON", "USER", "AUTH", "AUTHPRIV", "LOCAL0", "LOCAL1", "LOCAL2", "LOCAL3"),
        *("LOCAL4", "LOCAL5", "LOCAL6", "LOCAL7"),
    )
}
_LEVELS: Words = {
    **{
        name.lower(): name
        for name in ("QUIET", "FATAL", "ERROR", "INFO", "VERBOSE", "DEBUG", "DEBUG2", "DEBUG3")
    },
    "debug1": "DEBUG",
}
_DEBIAN_LEVELS: Words = {**_LEVELS, "silent": "QUIET"}
"""Debian's patch to log.c puts SILENT before QUIET, so that it is what is printed for both."""
_TUNNEL: Words = {"point-to-point": "point-to-point", "ethernet": "ethernet"}
_WEAK_CRYPTO: Words = {**TRUE_FALSE, "no-pq-kex": "no"}

SSHD: dict[str, Words] = {
    "addressfamily": _ADDRESS_FAMILY,
    "allowstreamlocalforwarding": _FORWARDING,
    "allowtcpforwarding": _FORWARDING,
    "compression": {**YES_NO, "delayed": "yes"},
    "fingerprinthash": _HASHES,
    "gatewayports": {**YES_NO, "clientspecified": "clientspecified"},
    "ignorerhosts": {**YES_NO, "shosts-only": "shosts-only"},
    "loglevel": _LEVELS,
    "permitrootlogin": {
        **YES_NO,
        "prohibit-password": "prohibit-password",
        "without-password": "prohibit-password",
        "forced-commands-only": "forced-commands-only",
    },
    "permittunnel": {**YES_NO, **_TUNNEL},
    "syslogfacility": _FACILITIES,
    "warnweakcrypto": _WEAK_CRYPTO,
}
"""servconf.c multistate_* and log.c; the same in all releases but for `words_of`."""

SSH: dict[str, Words] = {
    "addressfamily": _ADDRESS_FAMILY,
    "canonicalizehostname": {**TRUE_FALSE, "always": "always"},
    "compression": TRUE_FALSE,
    "controlmaster": {**_ASK, "auto": "auto", "autoask": "autoask"},
    "fingerprinthash": _HASHES,
    "loglevel": _LEVELS,
    "pubkeyauthentication": {**TRUE_FALSE, "unbound": "unbound", "host-bound": "host-bound"},
    "requesttty": {**TRUE_FALSE, "force": "force", "auto": "auto"},
    "sessiontype": {"none": "none", "subsystem": "subsystem", "default": "default"},
    "stricthostkeychecking": {**_ASK, "off": "no", "accept-new": "accept-new"},
    "syslogfacility": _FACILITIES,
    "tunnel": {**TRUE_FALSE, **_TUNNEL, "yes": "point-to-point", "true": "point-to-point"},
    "updatehostkeys": _ASK,
    "verifyhostkeydns": _ASK,
    "warnweakcrypto": _WEAK_CRYPTO,
}
"""readconf.c multistate_* and log.c."""

_EXACT = {("sshd_config", "permittunnel")}
"""servconf.c compares these words with strcmp; all others in any case."""


def enum(given: Arguments) -> str:
    """The meaning of the one word; refuses a word that is not in the keyword's set."""
    words = words_of(given)
    text = given.words[0]
    exact = (given.kind, given.keyword.option) in _EXACT
    meaning = words.get(text if exact else text.lower())
    if meaning is None:
        listed = ", ".join(words)
        raise BadValue(f"{shown(text)} is none of {listed}")
    return meaning


def flag(given: Arguments) -> str:
    """``yes`` or ``no``; ssh takes true and false, too."""
    meaning = (YES_NO if given.kind == "sshd_config" else TRUE_FALSE).get(given.words[0].lower())
    if given.keyword.option == "tcpkeepalive" and given.target.release >= TCP_KEEP_ALIVE_ALL:
        meaning = _TCP_KEEP_ALIVE.get(given.words[0].lower())
    if meaning is None:
        raise BadValue(f"{shown(given.words[0])} is neither yes nor no")
    return meaning


def words_of(given: Arguments) -> Words:
    """The words that the keyword takes, with what each means."""
    meaning, release = given.keyword.option, given.target.release
    if meaning == "loglevel" and given.target.vendor == "debian":
        return _DEBIAN_LEVELS
    if meaning == "ignorerhosts" and release < IGNORE_RHOSTS_SHOSTS_ONLY:
        return YES_NO
    if given.kind == "ssh_config":
        if meaning == "compression" and release >= SSH_COMPRESSION_YES_NO:
            return YES_NO
        if meaning == "pubkeyauthentication" and release < PUBKEY_AUTHENTICATION_BOUND:
            return TRUE_FALSE
        return SSH[meaning]
    return SSHD[meaning]


def printed(value: str, meaning: str, type: str, kind: Kind, target: Target) -> str:
    """The word that ``sshd -T`` or ``ssh -G`` prints: the first of its table (fmt_multistate_int)."""
    release = target.release
    if meaning == "loglevel" and value == "QUIET" and target.vendor == "debian":
        return "SILENT"
    if meaning == "tcpkeepalive" and release >= TCP_KEEP_ALIVE_ALL:
        return _TRUE_OR_FALSE.get(value, value)
    if meaning == "warnweakcrypto" and kind == "sshd_config":
        return _TRUE_OR_FALSE.get(value, value)
    if meaning == "permitrootlogin" and value == "prohibit-password":
        return value if release >= PERMIT_ROOT_LOGIN_PROHIBIT else "without-password"
    if kind == "ssh_config" and type == "enum" and not _prints_yes_no(meaning, release):
        return _TRUE_OR_FALSE.get(value, value)
    return value


_TRUE_OR_FALSE = {"yes": "true", "no": "false"}


def _prints_yes_no(meaning: str, release: Release) -> bool:
    """ssh's flags and these print yes and no; its other words true and false."""
    if meaning == "pubkeyauthentication":
        return release < PUBKEY_AUTHENTICATION_BOUND
    return meaning in ("compression", "warnweakcrypto")
