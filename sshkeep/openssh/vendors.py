"""What a vendor of the keyword tables is called for a person."""

TITLES = {
    "alpine": "Alpine",
    "apple": "macOS",
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
}
