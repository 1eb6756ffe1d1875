"""Targets: a release of OpenSSH and whose patches it carries."""

from __future__ import annotations

import re
from typing import NamedTuple

from sshkeep.errors import SshkeepError
from sshkeep.openssh.releases import NEWEST, OLDEST, Release


class Target(NamedTuple):
    """What a config is read for. ``vendor`` is "openssh" (upstream's own) or "debian"."""

    name: str
    release: Release
    vendor: str = "openssh"


DEBIAN = {
    "debian-11": Release(8, 4),
    "debian-12": Release(9, 2),
    "debian-13": Release(10, 0),
    "debian-sid": Release(10, 6),
    "ubuntu-20.04": Release(8, 2),
    "ubuntu-22.04": Release(8, 9),
    "ubuntu-24.04": Release(9, 6),
    "ubuntu-25.10": Release(10, 0),
    "ubuntu-26.04": Release(10, 2),
}
"""Distributions that carry Debian's patches, and the release each ships."""

NEWEST_TARGET = Target(f"openssh-{NEWEST}", NEWEST)
_UPSTREAM = re.compile(r"openssh-(\d{1,3})\.(\d{1,3})\Z")


def target_of(name: str) -> Target:
    """The target called ``name``, such as ``openssh-9.2`` or ``debian-12``.

    Raises SshkeepError for a name that is not known and a release that is too old or too new.
    """
    if name in DEBIAN:
        return Target(name, DEBIAN[name], "debian")
    upstream = _UPSTREAM.match(name)
    if not upstream:
        raise SshkeepError(
            f"unknown target {name!r}",
            f"use openssh-{OLDEST} to openssh-{NEWEST}, or one of {', '.join(DEBIAN)}",
        )
    release = Release(int(upstream[1]), int(upstream[2]))
    return Target(name, checked(release))


def checked(release: Release) -> Release:
    """``release`` itself; raises SshkeepError when it is outside what sshkeep knows."""
    if not OLDEST <= release <= NEWEST:
        raise SshkeepError(
            f"OpenSSH {release} is outside the releases sshkeep knows",
            f"it reads configs for {OLDEST} to {NEWEST}",
        )
    return release
