"""Settings that do nothing without another one."""

from __future__ import annotations

from sshkeep.config.model import Config, Entry
from sshkeep.config.possible import possible
from sshkeep.config.reading import Reading
from sshkeep.lint.finding import Severity
from sshkeep.openssh.releases import NEWEST, OLDEST, Release
from sshkeep.openssh.values.given import Value
from sshkeep.record import NamedTuple


class Needs(NamedTuple):
    """``keyword`` with a value that is not one of ``idle`` does nothing unless ``other`` is one of ``works``.

    Empty ``works`` stands for any value but none. ``by_default``: ``other`` is so where nothing sets it.
    ``says`` is what the line does not do, behind "KEYWORD does nothing: ".
    """

    keyword: str
    other: str
    works: tuple[str, ...]
    says: str
    idle: tuple[str, ...] = ()
    by_default: bool = False
    severity: Severity = "warning"
    since: Release = OLDEST
    until: Release = NEWEST


FORWARDS_LOCAL = ("yes", "local")
FORWARDS_REMOTE = ("yes", "remote")
LOCAL = "AllowTcpForwarding lets no client open connections from here"
REMOTE = "AllowTcpForwarding lets no client listen here"
PRINCIPALS = "principals are only asked for with TrustedUserCAKeys"
X11 = "X11Forwarding is off"
SHARED = "connections are shared by ControlPath, which is not set"
HOSTBASED = "HostbasedAuthentication is off"
CANONICALIZED = ("yes", "always")
CANONICAL = "CanonicalizeHostname is off"

SSHD = (
    Needs("PermitOpen", "AllowTcpForwarding", FORWARDS_LOCAL, LOCAL, idle=("any", "none"), by_default=True),
    Needs(
        "PermitListen", "AllowTcpForwarding", FORWARDS_REMOTE, REMOTE, idle=("any", "none"), by_default=True
    ),
    Needs("GatewayPorts", "AllowTcpForwarding", FORWARDS_REMOTE, REMOTE, idle=("no",), by_default=True),
    Needs("AuthorizedPrincipalsFile", "TrustedUserCAKeys", (), PRINCIPALS, idle=("none",)),
    Needs("AuthorizedPrincipalsCommand", "TrustedUserCAKeys", (), PRINCIPALS, idle=("none",)),
    Needs("X11DisplayOffset", "X11Forwarding", ("yes",), X11, severity="info"),
    Needs("X11UseLocalhost", "X11Forwarding", ("yes",), X11, idle=("yes",), severity="info"),
    Needs("XAuthLocation", "X11Forwarding", ("yes",), X11, severity="info"),
    Needs(
        "HostbasedUsesNameFromPacketOnly",
        "HostbasedAuthentication",
        ("yes",),
        HOSTBASED,
        idle=("no",),
        severity="info",
    ),
    Needs(
        "PerSourceNetBlockSize",
        "PerSourceMaxStartups",
        (),
        "PerSourceMaxStartups is not set",
        idle=("32:128",),
        since=Release(8, 5),
        until=Release(9, 7),
    ),
)
"""From 9.8 on PerSourcePenalties, which are on, count by PerSourceNetBlockSize, too (srclimit.c)."""

SSH = (
    Needs("ControlMaster", "ControlPath", (), SHARED, idle=("no",)),
    Needs("ControlPersist", "ControlPath", (), SHARED, idle=("no",)),
    Needs("LocalCommand", "PermitLocalCommand", ("yes",), "PermitLocalCommand is off", idle=("none",)),
    Needs("CanonicalDomains", "CanonicalizeHostname", CANONICALIZED, CANONICAL, idle=("none",)),
    Needs("CanonicalizeMaxDots", "CanonicalizeHostname", CANONICALIZED, CANONICAL),
    Needs("CanonicalizeFallbackLocal", "CanonicalizeHostname", CANONICALIZED, CANONICAL),
    Needs("CanonicalizePermittedCNAMEs", "CanonicalizeHostname", CANONICALIZED, CANONICAL, idle=("none",)),
    Needs(
        "ProxyUseFdpass", "ProxyCommand", (), "only ProxyCommand's connections are passed on", idle=("no",)
    ),
    Needs("EnableSSHKeysign", "HostbasedAuthentication", ("yes",), HOSTBASED, idle=("no",), severity="info"),
)


def unmet(row: Needs, entry: Entry, reading: Reading, config: Config) -> bool:
    """Whether the line surely does nothing: wherever it applies, the other option is not as it needs it."""
    if not row.since <= config.target.release <= row.until or _is(reading.value, row.idle):
        return False
    others = possible(row.other.lower(), entry, config)
    if others.unset and row.by_default:
        return False
    return not any(_works(said.value, row.works) for _, said in others.lines)


def _works(value: Value, works: tuple[str, ...]) -> bool:
    return _is(value, works) if works else not _is(value, ("none", ""))


def _is(value: Value, texts: tuple[str, ...]) -> bool:
    words = value if isinstance(value, tuple) else (str(value),)
    return len(words) == 1 and words[0].lower() in texts
