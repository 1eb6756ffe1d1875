"""Which line of an option takes effect where several apply, for the options that differ from the rule.

The rule: the first line that is met wins, and in sshd what a Match block sets replaces what holds outside
of blocks.
"""

from __future__ import annotations

from typing import NamedTuple

from sshkeep.openssh.kind import Kind
from sshkeep.openssh.releases import MASK_CHECKS_BLOCK, NEWEST, OLDEST, SET_ENV_IN_MATCH, Release
from sshkeep.openssh.targets import Target

NEVER = Release(NEWEST.major + 1, 0)
"""Stands for the release at which something ends that no release has ended."""


class RaisedDefault(NamedTuple):
    """The default is ``default`` where ``option`` is ``value``, in the programs of ``vendor``."""

    option: str
    value: str
    default: str
    vendor: str


class SwitchedOffBy(NamedTuple):
    """A line is dropped where a line of ``option`` took effect before it, in releases ``since`` to ``until``.

    ``overwrites``: among the lines that are not dropped, the last one wins.
    """

    option: str
    since: Release = OLDEST
    until: Release = NEWEST
    overwrites: bool = False


class Precedence(NamedTuple):
    """How an option differs from the rule. All option names are in lower case."""

    first_wins_from: Release = OLDEST
    """Before this release a later line overwrites an earlier one."""
    checks_block_from: Release = OLDEST
    """Before this release ssh takes the line also from a block that does not apply."""
    block_counts_from: Release = OLDEST
    """Before this release sshd accepts the line in a Match block, where it does nothing."""
    overwriting: str = ""
    """An argument that takes effect although an earlier line was taken."""
    switched_off_by: SwitchedOffBy | None = None
    once: bool = False
    """A member that is in the list already is not added again."""
    minus_removes: bool = False
    """``-PATTERN`` takes members out of the list; the lines are read again in ssh's second pass."""
    block_replaces_parts: bool = False
    """A Match block that sets one part drops all parts of what holds outside of blocks."""
    only_first_pass: bool = False
    """ssh fills in the default before its second pass, in which lines therefore do nothing."""
    ends_program: bool = False
    """A line that applies makes the program exit, whatever comes before it."""
    raised_default: RaisedDefault | None = None


FIRST_WINS = Precedence()
"""The rule."""

_ONCE = Precedence(once=True)
_FIRST_PASS = Precedence(only_first_pass=True)

SSHD: dict[str, Precedence] = {
    "authorizedprincipalscommand": Precedence(
        # servconf.c parse_command, 8.7 to 9.3: it asks whether AuthorizedKeysCommand is set, for both.
        switched_off_by=SwitchedOffBy("authorizedkeyscommand", Release(8, 7), Release(9, 3), overwrites=True)
    ),
    "fingerprinthash": Precedence(first_wins_from=NEVER),
    "ipqos": Precedence(first_wins_from=Release(10, 3)),
    "maxstartups": Precedence(first_wins_from=Release(10, 1)),
    "persourcemaxstartups": Precedence(first_wins_from=Release(9, 5)),
    "persourcenetblocksize": Precedence(first_wins_from=Release(10, 1)),
    "setenv": Precedence(block_counts_from=SET_ENV_IN_MATCH),
    "streamlocalbindmask": Precedence(first_wins_from=Release(10, 6)),
    "subsystem": Precedence(block_replaces_parts=True),
    "unusedconnectiontimeout": Precedence(overwriting="none"),
}
"""servconf.c process_server_config_line and copy_set_server_options."""

SSH: dict[str, Precedence] = {
    "canonicalizefallbacklocal": _FIRST_PASS,
    "canonicalizehostname": _FIRST_PASS,
    "canonicalizemaxdots": _FIRST_PASS,
    "certificatefile": _ONCE,
    "dynamicforward": _ONCE,
    "hostname": _FIRST_PASS,
    "identityfile": _ONCE,
    "ipqos": Precedence(first_wins_from=Release(8, 7)),
    "localforward": _ONCE,
    "proxycommand": Precedence(switched_off_by=SwitchedOffBy("proxyjump")),
    "proxyjump": Precedence(switched_off_by=SwitchedOffBy("proxycommand")),
    "refuseconnection": Precedence(ends_program=True),
    "remoteforward": _ONCE,
    "sendenv": Precedence(minus_removes=True),
    "serveraliveinterval": Precedence(raised_default=RaisedDefault("batchmode", "yes", "300", "debian")),
    "streamlocalbindmask": Precedence(first_wins_from=Release(10, 6), checks_block_from=MASK_CHECKS_BLOCK),
    "syslogfacility": Precedence(checks_block_from=NEVER),
    "tunneldevice": Precedence(first_wins_from=Release(8, 7)),
}
"""readconf.c process_config_line and fill_default_options; ssh.c main for the second pass; Debian's patch to
fill_default_options raises ServerAliveInterval."""

_TABLES: dict[Kind, dict[str, Precedence]] = {"sshd_config": SSHD, "ssh_config": SSH}


RAISED: dict[Kind, tuple[str, ...]] = {
    kind: tuple(option for option, row in table.items() if row.raised_default)
    for kind, table in _TABLES.items()
}
"""Options whose default depends on another option."""


def precedence(option: str, kind: Kind) -> Precedence:
    """The row of ``option``."""
    return _TABLES[kind].get(option, FIRST_WINS)


def last_wins(option: str, kind: Kind, release: Release) -> bool:
    """Whether a later line of the option overwrites an earlier one."""
    return release < precedence(option, kind).first_wins_from


def ignores_block(option: str, kind: Kind, release: Release) -> bool:
    """Whether a line of the option takes effect also from a block that does not apply."""
    return release < precedence(option, kind).checks_block_from


def switched_off_by(option: str, kind: Kind, release: Release) -> SwitchedOffBy | None:
    """The option whose earlier line makes lines of this one do nothing, if there is one."""
    other = precedence(option, kind).switched_off_by
    return other if other and other.since <= release <= other.until else None


def raised_default(option: str, kind: Kind, target: Target) -> RaisedDefault | None:
    """The other option that this option's default depends on, if there is one."""
    raised = precedence(option, kind).raised_default
    return raised if raised and raised.vendor == target.vendor else None
