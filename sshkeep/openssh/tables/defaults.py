"""What OpenSSH uses, and prints, where nothing is set.

Some values hang on other settings, which is for the caller to see to. sshd's ListenAddress follows Port
and AddressFamily, and a `-h` or HostKey line takes the place of all HostKey lines. ssh's UpdateHostKeys
is false where UserKnownHostsFile or VerifyHostKeyDNS is set; Debian's ServerAliveInterval is 300 with
BatchMode.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from sshkeep.openssh.default import LIST, Default, Value
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.releases import Release
from sshkeep.openssh.targets import Target

FEATURES = ("PAM", "Kerberos", "GSSAPI")
"""What `Default.needs` may name."""

OLD_NAMES = {
    "hostbasedacceptedkeytypes": "hostbasedacceptedalgorithms",
    "hostbasedalgorithms": "hostbasedacceptedalgorithms",
    "hostbasedkeytypes": "hostbasedacceptedalgorithms",
    "pubkeyacceptedkeytypes": "pubkeyacceptedalgorithms",
}
"""Names some releases print (`prints` says which) to today's, which is `Keyword.option`."""

MIXED_CASE = Release(10, 4)
"""sshd -T: keywords as documented; before, in lower case."""

_LOWER_CASE_IN_10_4 = (
    "ipqos",
    "listenaddress",
    "maxstartups",
    "permitlisten",
    "permitopen",
    "persourcemaxstartups",
    "persourcenetblocksize",
    "persourcepenalties",
    "port",
    "pubkeyauthoptions",
    "rekeylimit",
    "subsystem",
)
"""dump_config of 10.4 still had these in lower case; PermitUserEnvironment too, with a pattern list."""

_NEWEST_BUILT = Release(10, 5)
_PROVEN_TARGETS = ("debian-11", "debian-12", "debian-13", "debian-sid")


@lru_cache(maxsize=32)
def defaults(kind: Kind, target: Target) -> Mapping[str, tuple[str, ...]]:
    """Lower-case keyword as printed to what stands behind it, a text per line, for an empty config.

    Keywords without a line are absent; an empty text is a line of the keyword alone. The texts are
    templates for str.format: ``{user}`` and ``{home}`` are the user's who asks, ``{host}`` is the host
    asked for, ``{hostname}`` the same in lower case.
    """
    changed = _vendor_values(kind, target)
    values = {
        row.name.lower(): changed.get(row.name.lower(), _value(row, kind, target))
        for row in _rows(kind, target)
    }
    return {
        name: (value,) if isinstance(value, str) else value
        for name, value in values.items()
        if value is not None
    }


@lru_cache(maxsize=32)
def prints(kind: Kind, target: Target) -> Mapping[str, str]:
    """Lower-case keyword to its spelling, for all that ``sshd -T`` or ``ssh -G`` can print a line for.

    Those that are not in `defaults` too are only printed where they are set; any keyword that is not
    here is never printed.
    """
    return {row.name.lower(): _spelling(row.name, kind, target.release) for row in _rows(kind, target)}


def _spelling(name: str, kind: Kind, release: Release) -> str:
    if kind == "ssh_config" or release > MIXED_CASE:
        return name
    lower = name.lower()
    return name if release == MIXED_CASE and lower not in _LOWER_CASE_IN_10_4 else lower


def known_exactly(kind: Kind, target: Target) -> bool:
    """Whether a program of the very target was seen to print these lines; else history tells them.

    Upstream's were built as they come, without PAM, Kerberos and GSSAPI.
    """
    return target.name in _PROVEN_TARGETS or (
        target.name == f"openssh-{target.release}" and target.release <= _NEWEST_BUILT
    )


def built_with(target: Target) -> tuple[str, ...]:
    """The features the target's programs have; upstream's as they come have none."""
    if target.vendor == "openssh":
        return ()
    # Debian moved GSSAPI into packages of its own (1:10.6p1-1).
    return ("PAM",) if target.vendor == "debian" and target.release >= Release(10, 6) else FEATURES


def _rows(kind: Kind, target: Target) -> Iterator[Default]:
    features = ("", *built_with(target))
    for row in rows_of(kind):
        fits = row.since <= target.release <= row.until and row.needs in features
        if fits and row.vendor in ("", target.vendor):
            yield row


def rows_of(kind: Kind) -> tuple[Default, ...]:
    """Every row of one language, whatever the target."""
    if kind == "sshd_config":
        from sshkeep.openssh.sshd_defaults import ROWS as SSHD

        return SSHD
    from sshkeep.openssh.ssh_defaults import ROWS as SSH

    return SSH


def _vendor_values(kind: Kind, target: Target) -> dict[str, Value]:
    from sshkeep.openssh.vendor_defaults import ROWS

    return {
        row.name: row.value
        for row in ROWS[kind]
        if row.vendor == target.vendor and row.since <= target.release <= row.until
    }


def _value(row: Default, kind: Kind, target: Target) -> Value:
    if row.value != LIST:
        return row.at(target.release)
    from sshkeep.openssh.algorithms.defaults import FAMILIES, default_list

    name = row.name.lower()
    return ",".join(default_list(FAMILIES[OLD_NAMES.get(name, name)], kind, target))
