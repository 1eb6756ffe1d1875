"""Other names of targets: code names, OpenSSH's own numbers, and how other tools spell systems."""

from __future__ import annotations

import re

from sshkeep.openssh.distributions import DISTRIBUTIONS, SAME_AS
from sshkeep.openssh.releases import NEWEST, OLDEST

CODE_NAMES = {
    "stretch": "debian-9",
    "buster": "debian-10",
    "bullseye": "debian-11",
    "bookworm": "debian-12",
    "trixie": "debian-13",
    "sid": "debian-sid",
    "unstable": "debian-sid",
    "xenial": "ubuntu-16.04",
    "bionic": "ubuntu-18.04",
    "focal": "ubuntu-20.04",
    "jammy": "ubuntu-22.04",
    "noble": "ubuntu-24.04",
    "questing": "ubuntu-25.10",
    "resolute": "ubuntu-26.04",
    "monterey": "macos-12",
    "ventura": "macos-13",
    "sonoma": "macos-14",
    "sequoia": "macos-15",
    "tahoe": "macos-26",
    "rawhide": "fedora-rawhide",
    "tumbleweed": "opensuse-tumbleweed",
    "win2022": "windows-server-2022",
    "win2025": "windows-server-2025",
    "windows-2022": "windows-server-2022",
    "windows-2025": "windows-server-2025",
}
NEWEST_OF = {
    "debian": "debian-13",
    "ubuntu": "ubuntu-26.04",
    "rhel": "rhel-10.2",
    "centos-stream": "centos-stream-10",
    "fedora": "fedora-44",
    "amazon": "amazon-2023",
    "alpine": "alpine-3.24",
    "sle": "sle-16.0",
    "opensuse": "opensuse-tumbleweed",
    "azurelinux": "azurelinux-3",
    "photon": "photon-5",
    "freebsd": "freebsd-15.0",
    "openbsd": "openbsd-current",
    "netbsd": "netbsd-current",
    "macos": "macos-26",
    "windows": "windows-server-2025",
}
"""A system without a version: its newest release that people run."""
SPELLINGS = {
    "el": "rhel",
    "redhat": "rhel",
    "rockylinux": "rocky",
    "almalinux": "alma",
    "oraclelinux": "oracle",
    "amazonlinux": "amazon",
    "al": "amazon",
    "archlinux": "arch",
    "osx": "macos",
    "darwin": "macos",
    "suse": "sle",
}
"""Systems as container images, playbooks and inventories call them."""

_OPENSSH = re.compile(r"(?:openssh[-_ ]?)?([0-9]{1,2}\.[0-9]{1,2})(?:p[0-9]+)?")
_GLUED = re.compile(r"([a-z]+)[-_: ]?([0-9][0-9.]*)?")
_UBUNTU = re.compile(r"ubuntu-([0-9]{2})([0-9]{2})")
_WITH_MINOR = re.compile(r"((?:debian|macos|fedora)-[0-9]+)\.[0-9.]+")


def alias_target(name: str) -> str:
    """The name of the target that ``name`` is another name of; ``name`` itself where it is none."""
    name = name.strip().lower()
    for names in (CODE_NAMES, NEWEST_OF):
        if name in names:
            return names[name]
    if found := _OPENSSH.fullmatch(name):
        return f"openssh-{found[1]}"
    if found := _GLUED.fullmatch(name):
        system, version = SPELLINGS.get(found[1], found[1]), found[2]
        if version is None:
            return NEWEST_OF.get(SAME_AS.get(system, system), system)
        name = f"{system}-{version}"
    if found := _UBUNTU.fullmatch(name):
        return f"ubuntu-{found[1]}.{found[2]}"
    found = _WITH_MINOR.fullmatch(name)
    return found[1] if found else name


def targets_with_aliases() -> dict[str, list[str]]:
    """Every target, upstream's first, with the short names that mean it."""
    numbers = [
        f"{major}.{minor}"
        for major in range(OLDEST.major, NEWEST.major + 1)
        for minor in range(10)
        if (major, minor) <= NEWEST
    ]
    found = {f"openssh-{number}": [number] for number in numbers}
    found.update({name: [] for family in DISTRIBUTIONS for name in family.releases})
    newest_of_major = {name.rpartition(".")[0]: name for name in found if not name.startswith("openssh-")}
    for short, name in (*newest_of_major.items(), *CODE_NAMES.items(), *NEWEST_OF.items()):
        if short and name in found:
            found[name].append(short)
    return found
