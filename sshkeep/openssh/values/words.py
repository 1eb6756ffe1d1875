"""Types with a fixed set of words: what each word stands for, and which one OpenSSH prints.

Sources: servconf.c and readconf.c multistate_*, log.c; sshd's words and ssh's where they differ.
"""

from __future__ import annotations

from collections.abc import Callable

from sshkeep.errors import in_quotes
from sshkeep.openssh.releases import (
    COMPRESSION_UNKNOWN,
    IGNORE_RHOSTS_SHOSTS_ONLY,
    OLDEST,
    PERMIT_ROOT_LOGIN_PROHIBIT,
    PUBKEY_AUTHENTICATION_BOUND,
    SSH_COMPRESSION_YES_NO,
    TCP_KEEP_ALIVE_ALL,
    Release,
)
from sshkeep.openssh.targets import Target
from sshkeep.openssh.values.arguments import Arguments, BadValue, Value
from sshkeep.openssh.values.value_type import Printing, Spellings, Texts, ValueType
from sshkeep.phrase import Phrase

YES_NO: Spellings = {"yes": "yes", "no": "no"}
TRUE_FALSE: Spellings = {**YES_NO, "true": "yes", "false": "no"}


def word_type(
    name: str,
    words: Spellings,
    *,
    settings: str,
    before: tuple[Release, Spellings] | None = None,
    vendor_words: tuple[str, Spellings] | None = None,
    exact_case: bool = False,
    true_false_from: Release | None = None,
    printed: Callable[[str, Target], str] | None = None,
    help: str = "",
) -> ValueType:
    """A type whose values are one word of ``words``.

    ``before`` has the words of the releases before the one named, ``vendor_words`` those of one vendor.
    From ``true_false_from`` on the program prints yes and no as true and false (fmt_multistate_int takes the
    first of its table); ``printed`` is for other words. ``help`` marks a switch.
    """

    def choices(target: Target) -> Spellings:
        if vendor_words and target.vendor == vendor_words[0]:
            return vendor_words[1]
        return before[1] if before and target.release < before[0] else words

    def read(arguments: Arguments) -> str:
        return read_word(arguments, choices(arguments.target), exact_case=exact_case, switch=bool(help))

    def print_word(value: Value, printing: Printing) -> Texts:
        word = str(value)
        if true_false_from is not None and printing.target.release >= true_false_from:
            word = _TRUE_OR_FALSE.get(word, word)
        return (printed(word, printing.target) if printed else word,)

    return ValueType(
        name,
        read,
        help=help,
        settings=(settings,),
        printed=print_word,
        choices=choices,
        is_flag=bool(help),
    )


def _meanings(known: Spellings) -> list[str]:
    """The words with a meaning of their own: not true beside yes, nor without-password."""
    first: dict[str, str] = {}
    for word, meaning in known.items():
        first.setdefault(meaning, word)
    return list(first.values())


def read_word(arguments: Arguments, known: Spellings, *, exact_case: bool, switch: bool) -> str:
    """What the one word stands for. Raises BadValue for one that is not known."""
    text = arguments.words[0]
    word = known.get(text if exact_case else text.lower())
    if word is None:
        if switch:
            raise BadValue(Phrase("{text} is neither yes nor no", text=in_quotes(text)))
        raise BadValue(f"{in_quotes(text)} is none of {', '.join(_meanings(known))}")
    return word


_TRUE_OR_FALSE = {"yes": "true", "no": "false"}
_YES_OR_NO = "yes or no"
_KEEP_ALIVE: Spellings = {**TRUE_FALSE, "transport": "yes", "all": "all"}
_ASK: Spellings = {**TRUE_FALSE, "ask": "ask"}
_TUNNEL: Spellings = {"point-to-point": "point-to-point", "ethernet": "ethernet"}
_WEAK_CRYPTO: Spellings = {**TRUE_FALSE, "no-pq-kex": "no"}
_LEVELS: Spellings = {
    **{
        name.lower(): name
        for name in ("QUIET", "FATAL", "ERROR", "INFO", "VERBOSE", "DEBUG", "DEBUG2", "DEBUG3")
    },
    "debug1": "DEBUG",
}


def _print_level(word: str, target: Target) -> str:
    """Debian's patch to log.c puts SILENT before QUIET, so that it is what is printed for both."""
    return "SILENT" if word == "QUIET" and target.vendor == "debian" else word


def _print_root_login(word: str, target: Target) -> str:
    old = word == "prohibit-password" and target.release < PERMIT_ROOT_LOGIN_PROHIBIT
    return "without-password" if old else word


def _print_compression(word: str, target: Target) -> str:
    return "UNKNOWN" if word == "yes" and target.release == COMPRESSION_UNKNOWN else word


# Both languages.

ADDRESS_FAMILY = word_type(
    "address family", {"any": "any", "inet": "inet", "inet6": "inet6"}, settings="AddressFamily"
)
HASH = word_type(
    "hash", {name: name.upper() for name in ("md5", "sha1", "sha256", "sha384", "sha512")}, settings="Hash"
)
LOG_LEVEL = word_type(
    "log level",
    _LEVELS,
    vendor_words=("debian", {**_LEVELS, "silent": "QUIET"}),
    printed=_print_level,
    settings="LogLevel",
)
SYSLOG_FACILITY = word_type(
    "syslog facility",
    {
        name.lower(): name
        for name in ("DAEMON", "USER", "AUTH", "AUTHPRIV", *(f"LOCAL{number}" for number in range(8)))
    },
    settings="Facility",
)

# sshd's.

FLAG = word_type("flag", YES_NO, help=_YES_OR_NO, settings="Flag")
KEEP_ALIVE = word_type(
    "keep alive",
    _KEEP_ALIVE,
    before=(TCP_KEEP_ALIVE_ALL, YES_NO),
    true_false_from=TCP_KEEP_ALIVE_ALL,
    help=_YES_OR_NO,
    settings="FlagOrAll",
)
COMPRESSION = word_type("compression", {**YES_NO, "delayed": "yes"}, settings="Flag")
FORWARDING = word_type(
    "forwarding", {**YES_NO, "all": "yes", "local": "local", "remote": "remote"}, settings="Forwarding"
)
GATEWAY_PORTS = word_type(
    "gateway ports", {**YES_NO, "clientspecified": "clientspecified"}, settings="GatewayPorts"
)
IGNORE_RHOSTS = word_type(
    "ignore rhosts",
    {**YES_NO, "shosts-only": "shosts-only"},
    before=(IGNORE_RHOSTS_SHOSTS_ONLY, YES_NO),
    settings="IgnoreRhosts",
)
PERMIT_ROOT_LOGIN = word_type(
    "permit root login",
    {
        **YES_NO,
        "prohibit-password": "prohibit-password",
        "without-password": "prohibit-password",
        "forced-commands-only": "forced-commands-only",
    },
    printed=_print_root_login,
    settings="PermitRootLogin",
)
PERMIT_TUNNEL = word_type("permit tunnel", {**YES_NO, **_TUNNEL}, exact_case=True, settings="Tunnel")
WARN_WEAK_CRYPTO = word_type(
    "warn weak crypto", _WEAK_CRYPTO, true_false_from=OLDEST, settings="WarnWeakCrypto"
)

# ssh's.

SSH_FLAG = word_type("ssh flag", TRUE_FALSE, help=_YES_OR_NO, settings="Flag")
SSH_KEEP_ALIVE = word_type(
    "ssh keep alive",
    _KEEP_ALIVE,
    before=(TCP_KEEP_ALIVE_ALL, TRUE_FALSE),
    true_false_from=TCP_KEEP_ALIVE_ALL,
    help=_YES_OR_NO,
    settings="FlagOrAll",
)
ASK = word_type("ask", _ASK, true_false_from=OLDEST, settings="AskWord")
CANONICALIZE_HOSTNAME = word_type(
    "canonicalize hostname",
    {**TRUE_FALSE, "always": "always"},
    true_false_from=OLDEST,
    settings="CanonicalizeHostname",
)
SSH_COMPRESSION = word_type(
    "ssh compression",
    YES_NO,
    before=(SSH_COMPRESSION_YES_NO, TRUE_FALSE),
    printed=_print_compression,
    settings="Flag",
)
CONTROL_MASTER = word_type(
    "control master",
    {**_ASK, "auto": "auto", "autoask": "autoask"},
    true_false_from=OLDEST,
    settings="ControlMaster",
)
PUBKEY_AUTHENTICATION = word_type(
    "pubkey authentication",
    {**TRUE_FALSE, "unbound": "unbound", "host-bound": "host-bound"},
    before=(PUBKEY_AUTHENTICATION_BOUND, TRUE_FALSE),
    true_false_from=PUBKEY_AUTHENTICATION_BOUND,
    settings="PubkeyAuthentication",
)
REQUEST_TTY = word_type(
    "request tty",
    {**TRUE_FALSE, "force": "force", "auto": "auto"},
    true_false_from=OLDEST,
    settings="RequestTTY",
)
SESSION_TYPE = word_type(
    "session type",
    {"none": "none", "subsystem": "subsystem", "default": "default"},
    settings="SessionType",
)
STRICT_HOST_KEY_CHECKING = word_type(
    "strict host key checking",
    {**_ASK, "off": "no", "accept-new": "accept-new"},
    true_false_from=OLDEST,
    settings="StrictHostKeyChecking",
)
TUNNEL = word_type(
    "tunnel",
    {**TRUE_FALSE, **_TUNNEL, "yes": "point-to-point", "true": "point-to-point"},
    true_false_from=OLDEST,
    settings="Tunnel",
)
SSH_WARN_WEAK_CRYPTO = word_type("ssh warn weak crypto", _WEAK_CRYPTO, settings="Flag")
