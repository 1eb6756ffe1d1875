"""The values that hold where nothing is set, as the programs print them and as values.

Some depend on other settings, which is for the caller to see to. sshd's ListenAddress follows Port
and AddressFamily, and a `-h` or HostKey line takes the place of all HostKey lines. ssh's UpdateHostKeys
is false where UserKnownHostsFile or VerifyHostKeyDNS is set; Debian's ServerAliveInterval is 300 with
BatchMode.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from sshkeep.openssh.kind import Kind
from sshkeep.openssh.releases import Release
from sshkeep.openssh.tables.keywords import keyword_for, option_row, option_rows, rows_for
from sshkeep.openssh.tables.option import (
    BY_RELEASE,
    LOWER_CASE_UNTIL,
    UNPRINTED,
    DefaultText,
    Option,
    Printed,
)
from sshkeep.openssh.targets import Target
from sshkeep.openssh.values.arguments import Arguments, BadValue, Value
from sshkeep.openssh.values.value_type import Texts
from sshkeep.openssh.vendors import Feature

_NEWEST_BUILT = Release(10, 5)
_PROVEN_TARGETS = ("debian-11", "debian-12", "debian-13", "debian-sid")
OPTIONAL: tuple[Feature, ...] = ("PAM", "Kerberos", "GSSAPI")
"""Features whose options no line is printed for where they are not built in."""


def default_lines(option: str, kind: Kind, target: Target) -> Texts:
    """What the target prints behind ``option`` (lower case) where nothing is set, a text for each line.

    Empty where it prints no line. Braces are as `Option` describes them.
    """
    row = option_row(option, kind)
    return () if row is None or _printed(row, target) is None else _lines(row, kind, target)


def default_value(option: str, kind: Kind, target: Target) -> Value:
    """The default of ``option`` (lower case) as a line's value is read.

    None where there is none, where it is not known or depends on the user, and where the target skips it.
    """
    keyword, row = keyword_for(option, kind, target), option_row(option, kind)
    lines = default_lines(option, kind, target)
    text = lines[0] if lines else ""
    if keyword is None or row is None or keyword.state or not text or "{" in text:
        return None
    return None if _depends_on_build(row, target) else read_default(text, option, kind, target)


@lru_cache(maxsize=512)
def read_default(text: str, option: str, kind: Kind, target: Target) -> Value:
    """The value of a default that is printed as ``text``; None where the target does not know the option."""
    keyword = keyword_for(option, kind, target)
    if keyword is None:
        return None
    try:
        return keyword.type.read(Arguments(tuple(text.split()), keyword.name, option, kind, target))
    except BadValue:
        return None


def _depends_on_build(row: Option, target: Target) -> bool:
    return any(each.depends_on_build and each.vendor == target.vendor for each in row.vendor_defaults)


@lru_cache(maxsize=32)
def defaults(kind: Kind, target: Target) -> Mapping[str, Texts]:
    """Lower-case keyword as printed to `default_lines`, for an empty config.

    Keywords without a line are absent; an empty text is a line of the keyword alone.
    """
    found = ((name.lower(), _lines(row, kind, target)) for name, row in _printed_rows(kind, target))
    return {name: lines for name, lines in found if lines}


@lru_cache(maxsize=32)
def prints(kind: Kind, target: Target) -> Mapping[str, str]:
    """Lower-case keyword to its spelling, for all that ``sshd -T`` or ``ssh -G`` can print a line for.

    Those that are not in `defaults` too are only printed where they are set; any keyword that is not
    here is never printed.
    """
    return {
        name.lower(): _spelling(name, row, kind, target.release) for name, row in _printed_rows(kind, target)
    }


def print_line(name: str, text: str, kind: Kind, target: Target) -> str:
    """The whole line that the target prints for the lower-case name with this text behind it."""
    row = option_row(printed_names(kind).get(name, name), kind)
    spelt = prints(kind, target).get(name, name)
    if row is not None and text in row.documented_with and target.release > LOWER_CASE_UNTIL:
        spelt = row.name
    # dump_cfg_strarray_oneline puts its blanks before the words.
    return spelt if not text and row is not None and row.type.on_one_line else f"{spelt} {text}"


def printed_name(option: str, kind: Kind, target: Target) -> str:
    """The lower-case name under which the target prints ``option``: its own, or an older one."""
    row = option_row(option, kind)
    printed = row and _printed(row, target)
    return (printed.name.lower() or option) if printed else option


@lru_cache(maxsize=2)
def printed_names(kind: Kind) -> Mapping[str, str]:
    """Every other lower-case name under which some release prints an option, to the option's name."""
    return {
        printed.name.lower(): row.name.lower()
        for row in option_rows(kind)
        for printed in row.printed
        if printed.name
    }


def known_exactly(kind: Kind, target: Target) -> bool:
    """Whether a program of the very target was seen to print these lines; else they come from the sources.

    Upstream's were built as they come, without PAM, Kerberos and GSSAPI.
    """
    return target.name in _PROVEN_TARGETS or (
        target.name == f"openssh-{target.release}" and target.release <= _NEWEST_BUILT
    )


def built_with(target: Target) -> tuple[Feature, ...]:
    """The features the target's programs have; upstream's as they come have none."""
    if target.vendor == "openssh":
        return ()
    # Debian moved GSSAPI into packages of its own (1:10.6p1-1).
    built = ("PAM",) if target.vendor == "debian" and target.release >= Release(10, 6) else OPTIONAL
    return tuple(feature for feature in built if feature not in target.lacks)


def _printed_rows(kind: Kind, target: Target) -> Iterator[tuple[str, Option]]:
    for row in rows_for(kind, target):
        printed = _printed(row, target)
        if printed is not None:
            yield printed.name or row.name, row


def _printed(row: Option, target: Target) -> Printed | None:
    """The row of the line that the target prints for the option, if it prints one."""
    lacking = row.needs in target.lacks or (row.needs in OPTIONAL and row.needs not in built_with(target))
    if row.default == UNPRINTED or lacking:
        return None
    for printed in row.printed or (_as_known(row),):
        if printed.since <= target.release <= printed.until and printed.vendor in (None, target.vendor):
            return printed
    return None


def _as_known(row: Option) -> Printed:
    """The releases that know the option by any name: upstream's, or Debian's where it is its own."""
    known = [keyword for keyword in row.keywords() if not keyword.state]
    upstream = [keyword for keyword in known if not keyword.vendors]
    rows = upstream or [keyword for keyword in known if "debian" in keyword.vendors]
    since, until = min(each.since for each in rows), max(each.until for each in rows)
    return Printed("", since, until, None if upstream else "debian")


def _spelling(name: str, row: Option, kind: Kind, release: Release) -> str:
    if kind == "ssh_config":
        return name.lower() if name == row.name else name
    return name.lower() if release <= row.lower_case_until else name


def _lines(row: Option, kind: Kind, target: Target) -> Texts:
    value = _text(row, kind, target)
    return () if value is None else (value,) if isinstance(value, str) else value


def _text(row: Option, kind: Kind, target: Target) -> DefaultText:
    value = row.default_for(target)
    if value != BY_RELEASE:
        return value
    from sshkeep.openssh.algorithms.defaults import ALGORITHM_FAMILIES, default_list

    return ",".join(default_list(ALGORITHM_FAMILIES[row.name.lower()], kind, target))
