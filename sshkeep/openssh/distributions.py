"""Which OpenSSH each distribution ships, whose patches it carries, and where its files stand."""

from __future__ import annotations

from sshkeep.named import NamedTuple
from sshkeep.openssh.releases import Release
from sshkeep.openssh.vendors import Feature, Vendor


class Family(NamedTuple):
    """Targets that differ in their release only.

    ``releases`` maps names, oldest first, to the release and where that was seen. ``folders`` are
    where sshd_config and ssh_config are looked for, in this order; ``include`` is where the
    stock sshd_config includes its drop-ins: top (they beat it), end (it beats them), none, or
    empty where that was not seen. ``lacks``: what is not built in.
    """

    vendor: Vendor
    releases: dict[str, tuple[Release, str]]
    include: str = ""
    folders: tuple[str, ...] = ("/etc/ssh",)
    lacks: tuple[Feature, ...] = ()


UNSURE = ("memory", "third party", "inferred")
"""Sources that are no evidence: not seen in the distribution's own packages, listings or files."""

DISTRIBUTIONS = (
    Family(
        "debian",
        {
            "debian-11": (Release(8, 4), "package"),
            "debian-12": (Release(9, 2), "package"),
            "debian-13": (Release(10, 0), "package"),
        },
        "top",
    ),
    # Without the separate packages openssh-*-gssapi.
    Family("debian", {"debian-sid": (Release(10, 6), "package")}, "top", lacks=("Kerberos", "GSSAPI")),
    Family(
        "debian",
        {
            "ubuntu-20.04": (Release(8, 2), "memory"),
            "ubuntu-22.04": (Release(8, 9), "listing"),
            "ubuntu-24.04": (Release(9, 6), "package"),
            "ubuntu-25.10": (Release(10, 0), "listing"),
            "ubuntu-26.04": (Release(10, 2), "listing"),
        },
        "top",
    ),
    # From 8.0p1-13 on, which backports Include; the minor release of that is from memory.
    Family(
        "redhat",
        {
            **{f"rhel-8.{minor}": (Release(8, 0), "inferred") for minor in range(6, 10)},
            "rhel-8.10": (Release(8, 0), "package"),
        },
        "none",
    ),
    Family(
        "redhat",
        {
            **{f"rhel-9.{minor}": (Release(8, 7), "inferred") for minor in range(3)},
            "rhel-9.3": (Release(8, 7), "package"),
            **{f"rhel-9.{minor}": (Release(8, 7), "inferred") for minor in range(4, 8)},
            "rhel-9.8": (Release(9, 9), "third party"),
            "rhel-10.0": (Release(9, 9), "inferred"),
            "rhel-10.1": (Release(9, 9), "inferred"),
            "rhel-10.2": (Release(9, 9), "third party"),
            "centos-stream-9": (Release(9, 9), "inferred"),
            "centos-stream-10": (Release(9, 9), "inferred"),
        },
        "top",
    ),
    Family(
        "fedora", {"fedora-30": (Release(8, 0), "package"), "fedora-31": (Release(8, 1), "package")}, "none"
    ),
    Family(
        "fedora",
        {
            "fedora-32": (Release(8, 3), "package"),
            "fedora-33": (Release(8, 4), "package"),
            "fedora-37": (Release(9, 3), "inferred"),
            "fedora-38": (Release(9, 3), "package"),
            "fedora-42": (Release(9, 9), "listing"),
            "fedora-43": (Release(10, 0), "listing"),
            "fedora-44": (Release(10, 2), "listing"),
            "fedora-rawhide": (Release(10, 4), "package"),
        },
        "top",
    ),
    Family("fedora", {"amazon-2023": (Release(8, 7), "memory")}),
    # The package openssh-server; openssh-server-pam and -krb5 are built with more.
    Family(
        "alpine",
        {
            "alpine-3.12": (Release(8, 3), "listing"),
            "alpine-3.14": (Release(8, 6), "listing"),
            "alpine-3.17": (Release(9, 1), "listing"),
            "alpine-3.19": (Release(9, 6), "listing"),
            "alpine-3.22": (Release(10, 0), "listing"),
            "alpine-3.24": (Release(10, 3), "listing"),
            "alpine-edge": (Release(10, 6), "listing"),
        },
        lacks=("PAM", "lastlog", "Kerberos", "GSSAPI"),
    ),
    Family(
        "suse",
        {"opensuse-tumbleweed": (Release(10, 5), "package")},
        "top",
        folders=("/etc/ssh", "/usr/etc/ssh"),
    ),
    Family(
        "suse",
        {
            "sle-15.3": (Release(8, 4), "listing"),
            "sle-15.4": (Release(8, 4), "listing"),
            "sle-15.5": (Release(8, 4), "listing"),
            "sle-15.6": (Release(9, 6), "listing"),
            "sle-16.0": (Release(10, 0), "memory"),
        },
        folders=("/etc/ssh", "/usr/etc/ssh"),
    ),
    # A stock file of 9.0p1 has no Include; that of 10.2 was not seen.
    Family("openssh", {"arch": (Release(10, 2), "listing")}),
    # The package's patches of 10.0.
    Family(
        "clear-linux",
        {"clear-linux": (Release(10, 0), "source")},
        folders=("/etc/ssh", "/usr/share/defaults/ssh"),
    ),
    Family("gentoo", {"gentoo": (Release(10, 5), "package")}, "end"),
    Family("pld", {"pld": (Release(10, 3), "package")}, "end"),
    Family(
        "openssh",
        {"azurelinux-2": (Release(8, 9), "package"), "azurelinux-3": (Release(9, 8), "package")},
        "none",
    ),
    Family(
        "openssh",
        {
            "photon-4": (Release(8, 9), "package"),
            "photon-5": (Release(9, 3), "package"),
            "photon-master": (Release(9, 8), "package"),
        },
        "none",
    ),
    Family(
        "freebsd",
        {
            "freebsd-13.1": (Release(8, 8), "memory"),
            "freebsd-13.2": (Release(9, 2), "memory"),
            "freebsd-13.4": (Release(9, 7), "memory"),
            "freebsd-14.0": (Release(9, 5), "third party"),
            "freebsd-14.2": (Release(9, 7), "third party"),
            "freebsd-15.0": (Release(10, 0), "memory"),
        },
        "none",
    ),
    # It has no PAM; built without Kerberos and GSSAPI: from memory.
    Family(
        "openbsd",
        {"openbsd-7.6": (Release(9, 9), "memory"), "openbsd-current": (Release(10, 3), "source")},
        "none",
        lacks=("PAM", "Kerberos", "GSSAPI"),
    ),
    Family("netbsd", {"netbsd-9.3": (Release(8, 0), "source"), "netbsd-current": (Release(10, 6), "source")}),
    Family(
        "apple",
        {
            "macos-12": (Release(8, 6), "memory"),
            "macos-13": (Release(9, 0), "memory"),
            "macos-14": (Release(9, 7), "source"),
            "macos-15": (Release(9, 9), "third party"),
            "macos-26": (Release(10, 0), "third party"),
        },
        "top",
    ),
    Family(
        "windows",
        {
            "windows-11-21h2": (Release(8, 6), "third party"),
            "windows-server-2022": (Release(8, 6), "third party"),
            "windows-11-24h2": (Release(9, 5), "third party"),
            "windows-server-2025": (Release(9, 5), "third party"),
            "win32-openssh-8.1": (Release(8, 1), "source"),
            "win32-openssh-8.6": (Release(8, 6), "source"),
            "win32-openssh-8.9": (Release(8, 9), "source"),
            "win32-openssh-9.5": (Release(9, 5), "source"),
            "win32-openssh-9.8": (Release(9, 8), "source"),
        },
        "none",
        folders=("%ProgramData%\\ssh",),
        lacks=("PAM", "Kerberos"),
    ),
    Family("hpn", {"hpn-15v1": (Release(8, 4), "source"), "hpn-15v5": (Release(8, 8), "source")}, "none"),
    Family(
        "hpn",
        {
            "hpn-17v4": (Release(8, 9), "source"),
            "hpn-17v14": (Release(9, 3), "source"),
            "hpn-18.1.0": (Release(9, 4), "source"),
            "hpn-18.3.0": (Release(9, 6), "source"),
            "hpn-18.4.2": (Release(9, 7), "source"),
            "hpn-18.5.1": (Release(9, 8), "source"),
            "hpn-18.7.1": (Release(10, 0), "source"),
            "hpn-18.8.0": (Release(10, 2), "source"),
        },
        "none",
        folders=("/etc/hpnssh",),
    ),
    Family(
        "gsi",
        {"gsi-8.0": (Release(8, 0), "source"), "gsi-8.4": (Release(8, 4), "source")},
        "none",
        folders=("/etc/gsissh",),
    ),
)

VERSION_TEXTS = {
    "debian-13": "OpenSSH_10.0p2 Debian-7+deb13u4",
    "debian-sid": "OpenSSH_10.6p1 Debian-1",
}
"""What programs of a target were seen to compare with `Match version`."""

PORTABLE_REVISION = {Release(10, 0): 2}
"""The number behind the ``p`` of a portable release, where it is not 1."""

SAME_AS = {
    "rocky": "rhel",
    "alma": "rhel",
    "almalinux": "rhel",
    "oracle": "rhel",
    "ol": "rhel",
    "centos": "centos-stream",
    "amzn": "amazon",
    "leap": "sle",
    "opensuse-leap": "sle",
    "sles": "sle",
    "mariner": "azurelinux",
}
"""Other first parts of names, among them the ID of /etc/os-release."""

TOO_OLD = {
    "debian-9": "7.4",
    "debian-10": "7.9",
    "ubuntu-16.04": "7.2",
    "ubuntu-18.04": "7.6",
    "rhel-6": "5.3",
    "rhel-7": "7.4",
    "centos-stream-7": "7.4",
    "fedora-29": "7.9",
    "amazon-2": "7.4",
    "sle-12": "7.2",
    "sle-15.0": "7.6",
    "sle-15.1": "7.9",
    "sle-15.2": "7.9",
    "windows-server-2019": "7.7",
    "windows-10-1809": "7.7",
}
"""Names that are refused for their age, and what they ship."""

VENDOR_OF_SYSTEM: dict[str, Vendor] = {
    "debian": "debian",
    "ubuntu": "debian",
    "rhel": "redhat",
    "centos": "redhat",
    "rocky": "redhat",
    "almalinux": "redhat",
    "ol": "redhat",
    "fedora": "fedora",
    "amzn": "fedora",
    "alpine": "alpine",
    "suse": "suse",
    "opensuse": "suse",
    "opensuse-tumbleweed": "suse",
    "opensuse-leap": "suse",
    "sles": "suse",
    "clear-linux-os": "clear-linux",
    "gentoo": "gentoo",
    "pld": "pld",
    "freebsd": "freebsd",
    "openbsd": "openbsd",
    "netbsd": "netbsd",
    "macos": "apple",
    "windows": "windows",
}
"""An ID or a word of ID_LIKE in /etc/os-release, or the system's name, to whose patches it has."""
