"""The description of each field: what the option does, since when it is known, and its default."""

from __future__ import annotations

from collections.abc import Iterator

from sshkeep.openssh.kind import Kind
from sshkeep.openssh.releases import NEWEST, OLDEST
from sshkeep.openssh.tables.defaults import OPTIONAL
from sshkeep.openssh.tables.keywords import option_row
from sshkeep.openssh.tables.option import BY_RELEASE, UNPRINTED, DefaultText, Option


def field_description(kind: Kind, option: str) -> str:
    """One line for ``option`` (lower case)."""
    row = option_row(option, kind)
    assert row
    return ". ".join([row.description, *_known_to(row), *_default(row)])


def _known_to(row: Option) -> Iterator[str]:
    """From which release to which, where that is not all; and whose it is, where it is a vendor's."""
    own = list(row.keywords())
    upstream = [keyword for keyword in own if not keyword.vendors]
    if not upstream:
        yield f"Only known to {', '.join(dict.fromkeys(name for keyword in own for name in keyword.vendors))}"
    since = min((keyword.since for keyword in upstream), default=OLDEST)
    until = max((keyword.until for keyword in upstream), default=NEWEST)
    if since > OLDEST:
        yield f"Since {since}"
    if until < NEWEST:
        yield f"Until {until}"


def _default(row: Option) -> Iterator[str]:
    """Upstream's default, and the one before it; a vendor's where the option is its own."""
    if row.default == UNPRINTED:
        return
    if row.needs in OPTIONAL:
        yield f"Only in builds with {row.needs}"
    shown = [_shown(value) for value in (row.default, *(value for _, value in row.changes))]
    text = f"Default: {shown[-1]}"
    if len(shown) > 1 and shown[-1] != shown[-2]:
        text += f" (before {row.changes[-1][0]}: {shown[-2]})"
    yield text


_FILLED_IN = {
    "{home}": "~",
    "{host}": "the name given",
    "{hostname}": "the name given",
    "{user}": "who runs ssh",
}
"""What a default leaves open."""


def _shown(value: DefaultText) -> str:
    if value == BY_RELEASE:
        return "by release"
    if value is None or value == "":
        return "none"
    if isinstance(value, tuple):
        return ", ".join(value)
    for template, shown in _FILLED_IN.items():
        value = value.replace(template, shown)
    return value
