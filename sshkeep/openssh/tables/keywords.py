"""The keywords that a target knows."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from sshkeep.openssh.kind import Kind
from sshkeep.openssh.tables.option import Keyword, Option
from sshkeep.openssh.tables.precedence import FIRST_WINS, Precedence
from sshkeep.openssh.targets import Target
from sshkeep.openssh.values.types import IGNORED
from sshkeep.openssh.vendors import Vendor

UNKNOWN = "unknown"
"""The state in a vendor's row that drops the keyword: the vendor's program refuses it."""
_IN_FIRST_TABLE: tuple[Vendor, ...] = ("openssh", "debian")
"""Vendors whose keywords are all in the first table of each language."""


def option_rows(kind: Kind) -> tuple[Option, ...]:
    """The options that upstream or Debian has in some release."""
    if kind == "sshd_config":
        from sshkeep.openssh.tables.sshd_options import OPTIONS as SSHD

        return SSHD
    from sshkeep.openssh.tables.ssh_options import OPTIONS as SSH

    return SSH


def vendor_option_rows(kind: Kind) -> tuple[Option, ...]:
    """The options that only other vendors have."""
    if kind == "sshd_config":
        from sshkeep.openssh.tables.sshd_vendor_options import OPTIONS as SSHD

        return SSHD
    from sshkeep.openssh.tables.ssh_vendor_options import OPTIONS as SSH

    return SSH


def option_row(option: str, kind: Kind) -> Option | None:
    """The row of the option called ``option`` (lower case); None where the language has none."""
    return _by_name(kind).get(option) or _vendors_by_name(kind).get(option)


@lru_cache(maxsize=1024)
def precedence(option: str, kind: Kind) -> Precedence:
    """Which of the lines of ``option`` (lower case) takes effect; the rule for what is no option."""
    row = option_row(option, kind)
    return row.precedence if row else FIRST_WINS


@lru_cache(maxsize=2)
def raised_options(kind: Kind) -> tuple[str, ...]:
    """Options (lower case) whose default depends on another option."""
    return tuple(row.name.lower() for row in option_rows(kind) if row.precedence.raised_default)


@lru_cache(maxsize=2)
def _by_name(kind: Kind) -> dict[str, Option]:
    return {row.name.lower(): row for row in option_rows(kind)}


@lru_cache(maxsize=2)
def _vendors_by_name(kind: Kind) -> dict[str, Option]:
    return {row.name.lower(): row for row in vendor_option_rows(kind)}


@lru_cache(maxsize=2)
def all_keywords(kind: Kind) -> tuple[Keyword, ...]:
    """Every spelling of every option, over all releases and vendors."""
    rows = (*option_rows(kind), *vendor_option_rows(kind))
    return tuple(keyword for row in rows for keyword in row.keywords())


@lru_cache(maxsize=32)
def keywords(kind: Kind, target: Target) -> dict[str, Keyword]:
    """Lower-case spelling to keyword, for what ``target`` accepts."""
    found: dict[str, Keyword] = {}
    of_vendor: dict[str, Keyword] = {}
    for row in rows_for(kind, target):
        lacking = row.needs in target.lacks
        for keyword in row.keywords():
            if keyword.since <= target.release <= keyword.until:
                name = keyword.name.lower()
                if lacking and keyword.state != UNKNOWN:
                    keyword = _unsupported(keyword, name)
                if not keyword.vendors:
                    found[name] = keyword
                elif target.vendor in keyword.vendors:
                    of_vendor[name] = keyword
    found.update(of_vendor)
    return {name: keyword for name, keyword in sorted(found.items()) if keyword.state != UNKNOWN}


def rows_for(kind: Kind, target: Target) -> Iterator[Option]:
    """The options that a program of the target's vendor may have."""
    yield from option_rows(kind)
    if target.vendor not in _IN_FIRST_TABLE:
        yield from vendor_option_rows(kind)


def _unsupported(keyword: Keyword, name: str) -> Keyword:
    """As a build without the feature has it: the line is only skipped."""
    return keyword._replace(type=IGNORED, option=name, adds=False, state="unsupported")


def keyword_for(option: str, kind: Kind, target: Target) -> Keyword | None:
    """The target's own keyword for ``option`` (lower case), by whatever name."""
    known = keywords(kind, target)
    row = known.get(option)
    if row is not None and row.option == option:
        return row
    return next((row for row in known.values() if row.option == option), None)


@lru_cache(maxsize=2)
def known_names(kind: Kind) -> dict[str, str]:
    """Lower-case spelling to spelling, over all releases and vendors."""
    return {keyword.name.lower(): keyword.name for keyword in all_keywords(kind)}


@lru_cache(maxsize=2)
def descriptions(kind: Kind) -> dict[str, str]:
    """Lower-case spelling to what the keyword does, in one line, over all releases and vendors."""
    rows = (*option_rows(kind), *vendor_option_rows(kind))
    found = {row.name.lower(): row.description for row in rows}
    for row in rows:
        for spelling in row.spellings:
            if spelling.description:
                found[spelling.name.lower()] = spelling.description
    return found


def notice(row: Keyword, kind: Kind, typed: str) -> str:
    """What the program prints behind ``FILE line N:`` when it skips the keyword spelt ``typed``.

    Empty where it prints nothing: for sshd's ignored options (debug2), and ssh's ignored and deprecated
    ones (debug1). The exit code does not change.
    """
    if kind == "sshd_config":
        state = row.state.capitalize() if row.state in ("deprecated", "unsupported") else ""
        return f"{state} option {typed}" if state else ""
    return f'Unsupported option "{typed.lower()}"' if row.state == "unsupported" else ""
