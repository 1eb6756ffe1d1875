"""Whose builds of OpenSSH there are, and what a build may lack.

Targets, distributions and all tables use these names and no others.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Vendor = Literal[
    "openssh",
    "alpine",
    "apple",
    "clear-linux",
    "debian",
    "fedora",
    "freebsd",
    "gentoo",
    "gsi",
    "hpn",
    "netbsd",
    "openbsd",
    "pld",
    "redhat",
    "suse",
    "windows",
]
"""``openssh`` is the portable release as it comes, and every distribution that does not patch keywords."""

Vendors = tuple[Vendor, ...]

TITLES: Mapping[Vendor, str] = {
    "openssh": "OpenSSH",
    "alpine": "Alpine",
    "apple": "macOS",
    "clear-linux": "Clear Linux",
    "debian": "Debian and Ubuntu",
    "fedora": "Fedora",
    "freebsd": "FreeBSD",
    "gentoo": "Gentoo",
    "gsi": "GSI-OpenSSH",
    "hpn": "HPN-SSH",
    "netbsd": "NetBSD",
    "openbsd": "OpenBSD",
    "pld": "PLD",
    "redhat": "RHEL",
    "suse": "SUSE",
    "windows": "Windows",
}
"""What each is called for a person."""

Feature = Literal["PAM", "Kerberos", "GSSAPI", "lastlog", "PKCS11"]
"""What a build may lack (#ifdef in servconf.c and readconf.c): the options that need it are then unsupported.

AFS is not among them: KerberosGetAFSToken is unsupported in every package looked at.
"""
