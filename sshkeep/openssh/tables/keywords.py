"""A row of the keyword tables, and the rows that one target knows."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from sshkeep.openssh.features import unsupported
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.releases import NEWEST, OLDEST, Release
from sshkeep.openssh.targets import Target


class Keyword(NamedTuple):
    """One spelling of a keyword, for the releases ``since`` to ``until``.

    ``type`` says how its arguments are read: flag, time, integer, enum, word, words, port,
    algorithms, globs (Include), patterns (Host), criteria (Match), rest (the raw rest of the line) or
    ignored. ``in_match`` is the
    first release that lets it stand in an sshd Match block, None for never. ``adds`` is true
    where lines add up instead of the first one winning. ``state`` is empty for an option that
    works, else how the program skips it: deprecated, unsupported, or ignored (see `notice`).
    ``vendor`` names whose program has the row, several with blanks between, empty for all;
    ``unverified`` says what of it was not seen in that vendor's code.
    """

    name: str
    type: str
    alias_of: str = ""
    in_match: Release | None = None
    adds: bool = False
    since: Release = OLDEST
    until: Release = NEWEST
    vendor: str = ""
    state: str = ""
    unverified: str = ""

    @property
    def option(self) -> str:
        """Lower-case name of the option that this spelling sets."""
        return (self.alias_of or self.name).lower()


UNKNOWN = "unknown"
"""The state in a vendor's row that drops the keyword."""
_WITHOUT_OWN_ROWS = ("openssh", "debian")


def rows(kind: Kind) -> tuple[Keyword, ...]:
    """Upstream's and Debian's rows of one language, whatever the release."""
    if kind == "sshd_config":
        from sshkeep.openssh.sshd_keywords import ROWS as SSHD

        return SSHD
    from sshkeep.openssh.ssh_keywords import ROWS as SSH

    return SSH


def vendor_rows(kind: Kind) -> tuple[Keyword, ...]:
    """The other vendors' rows of one language, whatever the release."""
    if kind == "sshd_config":
        from sshkeep.openssh.sshd_vendor_keywords import ROWS as SSHD

        return SSHD
    from sshkeep.openssh.ssh_vendor_keywords import ROWS as SSH

    return SSH


@lru_cache(maxsize=32)
def keywords(kind: Kind, target: Target) -> dict[str, Keyword]:
    """Lower-case spelling to row, for what ``target`` accepts."""
    found = {
        row.name.lower(): row
        for row in rows(kind)
        if row.since <= target.release <= row.until and row.vendor in ("", target.vendor)
    }
    if target.vendor not in _WITHOUT_OWN_ROWS:
        found = _as_the_vendor_has_them(found, kind, target)
    found.update((row.name.lower(), row) for row in list(unsupported(found, kind, target.lacks)))
    return found


def _as_the_vendor_has_them(found: dict[str, Keyword], kind: Kind, target: Target) -> dict[str, Keyword]:
    own = {
        row.name.lower(): row
        for row in vendor_rows(kind)
        if row.since <= target.release <= row.until and target.vendor in row.vendor.split()
    }
    return {name: row for name, row in (found | own).items() if row.state != UNKNOWN}


def keyword_for(option: str, kind: Kind, target: Target) -> Keyword | None:
    """The target's own keyword for ``option`` (lower case), by whatever name."""
    known = keywords(kind, target)
    row = known.get(option)
    if row is not None and row.option == option:
        return row
    return next((row for row in known.values() if row.option == option), None)


@lru_cache(maxsize=4)
def known_names(kind: Kind) -> dict[str, str]:
    """Lower-case spelling to spelling, over all releases and vendors."""
    return {row.name.lower(): row.name for row in (*rows(kind), *vendor_rows(kind))}


def notice(row: Keyword, kind: Kind, typed: str) -> str:
    """What the program prints behind ``FILE line N:`` when it skips the keyword spelt ``typed``.

    Empty where it says nothing: of sshd's ignored (debug2) and ssh's ignored and deprecated options
    (debug1). The exit code does not change.
    """
    if kind == "sshd_config":
        says = row.state.capitalize() if row.state in ("deprecated", "unsupported") else ""
        return f"{says} option {typed}" if says else ""
    return f'Unsupported option "{typed.lower()}"' if row.state == "unsupported" else ""
