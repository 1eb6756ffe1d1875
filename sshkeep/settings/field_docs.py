"""What is said of each setting where it is documented: what it does, since when, and its default."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from sshkeep.openssh.default import LIST, Default, Value
from sshkeep.openssh.descriptions import DESCRIPTIONS
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.releases import NEWEST, OLDEST
from sshkeep.openssh.tables.defaults import OLD_NAMES, rows_of
from sshkeep.openssh.tables.keywords import Keyword, rows, vendor_rows


def field_description(kind: Kind, meaning: str) -> str:
    """One line for the option ``meaning`` (lower case)."""
    return ". ".join([DESCRIPTIONS[kind][meaning], *_known_to(kind, meaning), *_default(kind, meaning)])


def _known_to(kind: Kind, meaning: str) -> Iterator[str]:
    """From which release to which, where that is not all; and whose it is, where it is a vendor's."""
    own = _rows(kind).get(meaning, ())
    upstream = [row for row in own if not row.vendor]
    if own and not upstream:
        yield f"Only known to {', '.join(dict.fromkeys(name for row in own for name in row.vendor.split()))}"
    since = min((row.since for row in upstream), default=OLDEST)
    until = max((row.until for row in upstream), default=NEWEST)
    if since > OLDEST:
        yield f"Since {since}"
    if until < NEWEST:
        yield f"Until {until}"


def _default(kind: Kind, meaning: str) -> Iterator[str]:
    """Upstream's default, and the one before it; a vendor's where the option is its own."""
    found = _defaults(kind).get(meaning)
    if found is None:
        return
    values = [(found.since, found.value), *found.changes]
    if found.needs:
        yield f"Only in builds with {found.needs}"
    told = f"Default: {_shown(values[-1][1])}"
    if len(values) > 1 and values[-1][1] != values[-2][1]:
        told += f" (before {values[-1][0]}: {_shown(values[-2][1])})"
    yield told


_FILLED_IN = {
    "{home}": "~",
    "{host}": "the name given",
    "{hostname}": "the name given",
    "{user}": "who runs ssh",
}
"""What `defaults.defaults` leaves open."""


def _shown(value: Value) -> str:
    if value == LIST:
        return "by release"
    if value is None or value == "":
        return "none"
    if isinstance(value, tuple):
        return ", ".join(value)
    for template, told in _FILLED_IN.items():
        value = value.replace(template, told)
    return value


@lru_cache(maxsize=2)
def _rows(kind: Kind) -> dict[str, list[Keyword]]:
    found: dict[str, list[Keyword]] = {}
    for row in (*rows(kind), *vendor_rows(kind)):
        found.setdefault(row.option, []).append(row)
    return found


@lru_cache(maxsize=2)
def _defaults(kind: Kind) -> dict[str, Default]:
    """The newest row for each option, upstream's before vendors'."""
    ordered = sorted(rows_of(kind), key=lambda row: (not row.vendor, row.until))
    return {OLD_NAMES.get(row.name.lower(), row.name.lower()): row for row in ordered}
