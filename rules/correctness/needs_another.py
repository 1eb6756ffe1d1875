"""A setting has no effect, because it needs another setting that is off.

## Why

PermitOpen selects from what AllowTcpForwarding allows. sshd reads AuthorizedPrincipalsFile only for
certificates of a CA in TrustedUserCAKeys, not for a CA in authorized_keys. In ssh_config, ControlMaster and
ControlPersist need a ControlPath, and ControlPersist needs ControlMaster. ssh runs LocalCommand only with
PermitLocalCommand.

The rule looks at all lines that can set the other option for the same connections. It does not see the
command line (`ssh -S path`, `sshd -o`). It skips ssh's system-wide file, since users may set the other
option in their own file.

## How to fix it

Set the option that the label names, or delete the line.

## When to ignore it

When the command line sets the other option.
"""

from collections.abc import Iterator
from typing import NamedTuple

from sshkeep.config.parse_line import ParsedLine, accepted_lines
from sshkeep.config.precedence.candidates import candidates_beside
from sshkeep.lint import Block, Config, Entry, Example, Finding, Options, Rule
from sshkeep.lint.checks.findings import at_entry, related_entry
from sshkeep.lint.finding import Severity
from sshkeep.openssh.releases import NEWEST, OLDEST, Release
from sshkeep.openssh.values.arguments import Value


class Dependency(NamedTuple):
    """A ``keyword`` with a value not in ``idle`` has no effect unless ``other`` has a value in ``works``.

    Empty ``works``: any value but none. ``by_default``: the default of ``other`` is one of them.
    ``reason`` is why, after "KEYWORD does nothing: "; ``write`` is the value that
    ``other`` needs, ``option`` the option of ssh that does the same for one call. If a line sets the keyword
    and value of ``unless``, ``keyword`` has an effect without ``other``.
    """

    keyword: str
    other: str
    works: tuple[str, ...]
    reason: str
    write: str = ""
    option: str = ""
    idle: tuple[str, ...] = ()
    by_default: bool = False
    severity: Severity = "warning"
    since: Release = OLDEST
    until: Release = NEWEST
    unless: tuple[str, str] = ("", "")


_LOCAL = "AllowTcpForwarding lets no client open connections from here"
_REMOTE = "AllowTcpForwarding lets no client listen here"
_FORWARDING = "DisableForwarding switches all forwarding off"
_PRINCIPALS = "principals are only asked for with TrustedUserCAKeys"
_X11 = "X11Forwarding is off"
_SHARED = "connections are shared by ControlPath, which is not set"
_MASTER = "ControlMaster is off, so that no connection is shared"
_CANONICAL = "CanonicalizeHostname is off"
_ASKED = ("updatehostkeys", "ask")
"""ssh does not ask that for a connection that ControlPersist may put in the background (ssh.c, main)."""


def _forwards(keyword: str, side: str, reason: str, idle: tuple[str, ...]) -> tuple[Dependency, ...]:
    works = ("yes", side)
    return (
        Dependency(
            keyword, "AllowTcpForwarding", works, reason, write=f"yes or {side}", idle=idle, by_default=True
        ),
        Dependency(
            keyword, "DisableForwarding", ("no",), _FORWARDING, write="no", idle=idle, by_default=True
        ),
    )


def _x11(keyword: str, idle: tuple[str, ...] = ()) -> Dependency:
    return Dependency(keyword, "X11Forwarding", ("yes",), _X11, write="yes", idle=idle, severity="info")


def _canonical(keyword: str, idle: tuple[str, ...] = ()) -> Dependency:
    return Dependency(
        keyword, "CanonicalizeHostname", ("yes", "always"), _CANONICAL, write="yes or always", idle=idle
    )


SSHD_DEPENDENCIES = (
    *_forwards("PermitOpen", "local", _LOCAL, ("any", "none")),
    *_forwards("PermitListen", "remote", _REMOTE, ("any", "none")),
    *_forwards("GatewayPorts", "remote", _REMOTE, ("no",)),
    Dependency("AuthorizedPrincipalsFile", "TrustedUserCAKeys", (), _PRINCIPALS, idle=("none",)),
    Dependency("AuthorizedPrincipalsCommand", "TrustedUserCAKeys", (), _PRINCIPALS, idle=("none",)),
    _x11("X11DisplayOffset", ("10",)),
    _x11("X11UseLocalhost", ("yes",)),
    _x11("XAuthLocation"),
    Dependency(
        "HostbasedUsesNameFromPacketOnly",
        "HostbasedAuthentication",
        ("yes",),
        "HostbasedAuthentication is off",
        write="yes",
        idle=("no",),
        severity="info",
    ),
    Dependency(
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


SSH_DEPENDENCIES = (
    Dependency("ControlMaster", "ControlPath", (), _SHARED, option="ssh -S", idle=("no",)),
    Dependency("ControlPersist", "ControlPath", (), _SHARED, option="ssh -S", idle=("no",), unless=_ASKED),
    Dependency(
        "ControlPersist",
        "ControlMaster",
        ("yes", "auto", "ask", "autoask"),
        _MASTER,
        write="auto",
        option="ssh -M",
        idle=("no",),
        unless=_ASKED,
    ),
    Dependency(
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
    Dependency(
        "ProxyUseFdpass", "ProxyCommand", (), "only ProxyCommand's connections are passed on", idle=("no",)
    ),
)
"""mux.c, clientloop.c and ssh.c; measured on 9.2."""


def _is_unmet(row: Dependency, entry: Entry, reading: ParsedLine, config: Config) -> bool:
    """Whether the line has no effect: wherever it applies, the other option has no value that it needs."""
    if not row.since <= config.target.release <= row.until or _is_one_of(reading.value, row.idle):
        return False
    if row.unless[0] and any(
        parsed.value == row.unless[1] for _, parsed in accepted_lines(row.unless[0], config)
    ):
        return False
    others = candidates_beside(row.other.lower(), entry, config)
    if others.unset and row.by_default:
        return False
    return not any(_works(line.value, row.works) for line in others.lines)


def _works(value: Value, works: tuple[str, ...]) -> bool:
    return _is_one_of(value, works) if works else not _is_one_of(value, ("none", ""))


def _is_one_of(value: Value, texts: tuple[str, ...]) -> bool:
    words = value if isinstance(value, tuple) else (str(value),)
    return len(words) == 1 and words[0].lower() in texts


def check(config: Config, options: Options) -> Iterator[Finding]:

    if config.fragment or config.unread:
        return
    idle: dict[tuple[str, Block | None], list[tuple[Entry, Dependency]]] = {}
    reported: set[int] = set()
    for row in SSHD_DEPENDENCIES if config.kind == "sshd_config" else SSH_DEPENDENCIES:
        for entry in _idle(row, config) if config.lines(row.keyword.lower()) else ():
            if entry.index not in reported:
                reported.add(entry.index)
                idle.setdefault((row.reason, entry.block), []).append((entry, row))
    for lines in idle.values():
        yield _finding(sorted(lines, key=lambda line: line[0].index), config)


def _idle(row: Dependency, config: Config) -> Iterator[Entry]:
    for entry, parsed in accepted_lines(row.keyword.lower(), config):
        if not config.in_system_file(entry) and _is_unmet(row, entry, parsed, config):
            yield entry


def _finding(lines: list[tuple[Entry, Dependency]], config: Config) -> Finding:
    """One finding for each block and missing setting, at the first line that needs it."""
    entry, row = lines[0]
    others = candidates_beside(row.other.lower(), entry, config).lines
    needed = f"it needs {row.other} {row.write}".rstrip()
    return at_entry(entry, f"{row.keyword} does nothing: {row.reason}")._replace(
        label=f"{needed}, or {row.option}" if row.option else needed,
        related=(
            *(related_entry(other.entry, f"{row.other} is set here") for other in others[:3]),
            *(related_entry(other, "this does nothing either") for other, _ in lines[1:]),
        ),
        severity=row.severity,
    )


RULE = Rule(
    summary="a setting that does nothing without another one, which is off",
    applies_to=("sshd_config", "ssh_config"),
    severity="warning",
    check=check,
    only_with=tuple(sorted({row.keyword.lower() for row in (*SSHD_DEPENDENCIES, *SSH_DEPENDENCIES)})),
    references=(
        "sshd_config(5)",
        "ssh_config(5)",
        "session.c, do_authenticated2 and session_setup_x11fwd",
        "auth2-pubkey.c, user_cert_trusted_ca",
        "mux.c, muxserver_listen",
        "measured: sshd 8.4, 9.2 and 10.6; ssh 9.2",
    ),
    examples=(
        Example("AllowTcpForwarding no\nPermitOpen web:80\n", hit=True, kind="sshd_config"),
        Example("AllowTcpForwarding local\nPermitOpen web:80\n", kind="sshd_config"),
        Example(
            "AllowTcpForwarding no\nPermitOpen web:80\nMatch User ann\n  AllowTcpForwarding yes\n",
            kind="sshd_config",
        ),
        Example(
            "Match User ann\n  AllowTcpForwarding no\n  PermitOpen web:80\n", hit=True, kind="sshd_config"
        ),
        Example("DisableForwarding yes\nPermitOpen web:80\n", hit=True, kind="sshd_config"),
        Example("AuthorizedPrincipalsFile .ssh/principals\n", hit=True, kind="sshd_config"),
        Example("Host *\n  ControlMaster auto\n", hit=True, kind="ssh_config"),
        Example("Host *\n  ControlMaster auto\n  ControlPath ~/.ssh/%C\n", kind="ssh_config"),
        Example("Host web\n  ControlPath ~/.ssh/%C\n  ControlPersist 10m\n", hit=True, kind="ssh_config"),
        Example(
            "Host web\n  ControlPath ~/.ssh/%C\n  ControlPersist 10m\n  ControlMaster auto\n",
            kind="ssh_config",
        ),
        Example("Host web\n  LocalCommand date\n", hit=True, kind="ssh_config"),
        Example("Host web\n  LocalCommand date\nHost *\n  PermitLocalCommand yes\n", kind="ssh_config"),
    ),
)
