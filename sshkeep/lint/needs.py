"""Settings that do nothing without another one."""

from __future__ import annotations

from typing import NamedTuple

from sshkeep.config.parse_line import ParsedLine, accepted_lines
from sshkeep.config.precedence.candidates import candidates_beside
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.lint.finding import Severity
from sshkeep.openssh.releases import NEWEST, OLDEST, Release
from sshkeep.openssh.values.arguments import Value


class Needs(NamedTuple):
    """``keyword`` with a value that is not one of ``idle`` does nothing unless ``other`` is one of ``works``.

    Empty ``works`` stands for any value but none. ``by_default``: ``other`` is so where nothing sets it.
    ``says`` is why, behind "KEYWORD does nothing: "; ``write`` is what ``other`` should be, and ``option``
    the option of ssh that does the same for one call. Where a line sets ``unless`` so, the keyword does
    something all the same.
    """

    keyword: str
    other: str
    works: tuple[str, ...]
    says: str
    write: str = ""
    option: str = ""
    idle: tuple[str, ...] = ()
    by_default: bool = False
    severity: Severity = "warning"
    since: Release = OLDEST
    until: Release = NEWEST
    unless: tuple[str, str] = ("", "")


LOCAL = "AllowTcpForwarding lets no client open connections from here"
REMOTE = "AllowTcpForwarding lets no client listen here"
FORWARDING = "DisableForwarding switches all forwarding off"
PRINCIPALS = "principals are only asked for with TrustedUserCAKeys"
X11 = "X11Forwarding is off"
SHARED = "connections are shared by ControlPath, which is not set"
MASTER = "ControlMaster is off, so that no connection is shared"
CANONICAL = "CanonicalizeHostname is off"
ASKED = ("updatehostkeys", "ask")
"""ssh asks no such thing of a connection that ControlPersist may put in the background (ssh.c, main)."""


def _forwards(keyword: str, side: str, says: str, idle: tuple[str, ...]) -> tuple[Needs, ...]:
    works = ("yes", side)
    return (
        Needs(keyword, "AllowTcpForwarding", works, says, write=f"yes or {side}", idle=idle, by_default=True),
        Needs(keyword, "DisableForwarding", ("no",), FORWARDING, write="no", idle=idle, by_default=True),
    )


def _x11(keyword: str, idle: tuple[str, ...] = ()) -> Needs:
    return Needs(keyword, "X11Forwarding", ("yes",), X11, write="yes", idle=idle, severity="info")


def _canonical(keyword: str, idle: tuple[str, ...] = ()) -> Needs:
    return Needs(
        keyword, "CanonicalizeHostname", ("yes", "always"), CANONICAL, write="yes or always", idle=idle
    )


SSHD = (
    *_forwards("PermitOpen", "local", LOCAL, ("any", "none")),
    *_forwards("PermitListen", "remote", REMOTE, ("any", "none")),
    *_forwards("GatewayPorts", "remote", REMOTE, ("no",)),
    Needs("AuthorizedPrincipalsFile", "TrustedUserCAKeys", (), PRINCIPALS, idle=("none",)),
    Needs("AuthorizedPrincipalsCommand", "TrustedUserCAKeys", (), PRINCIPALS, idle=("none",)),
    _x11("X11DisplayOffset", ("10",)),
    _x11("X11UseLocalhost", ("yes",)),
    _x11("XAuthLocation"),
    Needs(
        "HostbasedUsesNameFromPacketOnly",
        "HostbasedAuthentication",
        ("yes",),
        "HostbasedAuthentication is off",
        write="yes",
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
"""session.c, auth2-pubkey.c, auth2-hostbased.c, srclimit.c; all but the last two measured on 8.4, 9.2, 10.6.

From 9.8 on PerSourcePenalties, which are on, count by PerSourceNetBlockSize, too (srclimit.c).
"""

SSH = (
    Needs("ControlMaster", "ControlPath", (), SHARED, option="ssh -S", idle=("no",)),
    Needs("ControlPersist", "ControlPath", (), SHARED, option="ssh -S", idle=("no",), unless=ASKED),
    Needs(
        "ControlPersist",
        "ControlMaster",
        ("yes", "auto", "ask", "autoask"),
        MASTER,
        write="auto",
        option="ssh -M",
        idle=("no",),
        unless=ASKED,
    ),
    Needs(
        "LocalCommand",
        "PermitLocalCommand",
        ("yes",),
        "PermitLocalCommand is off",
        write="yes",
        idle=("none",),
    ),
    _canonical("CanonicalDomains", ("none",)),
    _canonical("CanonicalizeMaxDots"),
    _canonical("CanonicalizeFallbackLocal"),
    _canonical("CanonicalizePermittedCNAMEs", ("none",)),
    Needs(
        "ProxyUseFdpass", "ProxyCommand", (), "only ProxyCommand's connections are passed on", idle=("no",)
    ),
)
"""mux.c, clientloop.c and ssh.c; measured on 9.2."""


def unmet(row: Needs, entry: Entry, parsed: ParsedLine, config: Config) -> bool:
    """Whether the line surely does nothing: wherever it applies, the other option is not as it needs it."""
    if not row.since <= config.target.release <= row.until or _is(parsed.value, row.idle):
        return False
    if row.unless[0] and any(
        said.value == row.unless[1] for _, said in accepted_lines(row.unless[0], config)
    ):
        return False
    others = candidates_beside(row.other.lower(), entry, config)
    if others.unset and row.by_default:
        return False
    return not any(_works(line.value, row.works) for line in others.lines)


def _works(value: Value, works: tuple[str, ...]) -> bool:
    return _is(value, works) if works else not _is(value, ("none", ""))


def _is(value: Value, texts: tuple[str, ...]) -> bool:
    words = value if isinstance(value, tuple) else (str(value),)
    return len(words) == 1 and words[0].lower() in texts
