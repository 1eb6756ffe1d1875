"""Targets: their names, what each stands for, and what this machine's is."""

import json
from pathlib import Path
from typing import get_args

import pytest

from sshkeep.errors import SshkeepError
from sshkeep.openssh.distributions import DISTRIBUTIONS, SAME_AS, TOO_OLD, UNSURE, VENDOR_OF_SYSTEM
from sshkeep.openssh.releases import NEWEST, OLDEST, Release
from sshkeep.openssh.target_aliases import CODE_NAMES, NEWEST_OF, targets_with_aliases
from sshkeep.openssh.targets import all_targets, installed_as, target_of
from sshkeep.openssh.vendors import TITLES, Feature, Vendor
from sshkeep.output.schemas.generate import report_model
from tests.program import run

NAMES = (
    # name, the full name that is shown, release, vendor
    ("openssh-9.2", "openssh-9.2", "9.2", "openssh"),
    ("openssh-10.6", "openssh-10.6", "10.6", "openssh"),
    ("debian-12", "debian-12", "9.2", "debian"),
    ("debian-sid", "debian-sid", "10.6", "debian"),
    ("ubuntu-24.04", "ubuntu-24.04", "9.6", "debian"),
    ("rhel-8", "rhel-8.10", "8.0", "redhat"),
    ("rhel-9", "rhel-9.8", "9.9", "redhat"),
    ("rhel-9.3", "rhel-9.3", "8.7", "redhat"),
    ("rhel-9.7", "rhel-9.7", "8.7", "redhat"),
    ("rhel-10", "rhel-10.2", "9.9", "redhat"),
    ("rocky-9", "rocky-9.8", "9.9", "redhat"),
    ("alma-8.9", "alma-8.9", "8.0", "redhat"),
    ("centos-9", "centos-9", "9.9", "redhat"),
    ("centos-stream-10", "centos-stream-10", "9.9", "redhat"),
    ("fedora-31", "fedora-31", "8.1", "fedora"),
    ("fedora-rawhide", "fedora-rawhide", "10.4", "fedora"),
    ("amazon-2023", "amazon-2023", "8.7", "fedora"),
    ("alpine-3", "alpine-3.24", "10.3", "alpine"),
    ("leap-15.5", "leap-15.5", "8.4", "suse"),
    ("sles-15", "sles-15.6", "9.6", "suse"),
    ("freebsd-14", "freebsd-14.2", "9.7", "freebsd"),
    ("netbsd-9.3", "netbsd-9.3", "8.0", "netbsd"),
    ("macos-15", "macos-15", "9.9", "apple"),
    ("windows-11", "windows-11-24h2", "9.5", "windows"),
    ("hpn-18.8.0", "hpn-18.8.0", "10.2", "hpn"),
    ("arch", "arch", "10.2", "openssh"),
)

REFUSED = (
    ("beos-5", "unknown target 'beos-5' (`sshkeep targets` lists them)"),
    ("debian-14", "unknown target 'debian-14' (did you mean debian-13 or debian-12 or debian-11?)"),
    ("rehl-9", "unknown target 'rehl-9' (did you mean rhel-9?)"),
    ("openssh-9", "unknown target 'openssh-9' (did you mean openssh-9.9 or openssh-9.8 or openssh-9.7 or openssh-9.6?)"),
    ("openssh-\N{ARABIC-INDIC DIGIT NINE}.2", "unknown target 'openssh-\N{ARABIC-INDIC DIGIT NINE}.2' (did you mean openssh-9.2 or openssh-8.2?)"),
    ("rhel-7", f"rhel-7 ships OpenSSH 7.4, older than sshkeep knows (it reads configs for 8.0 to {NEWEST})"),
    ("rhel-7.9", f"rhel-7.9 ships OpenSSH 7.4, older than sshkeep knows (it reads configs for 8.0 to {NEWEST})"),
    ("rocky-7", f"rocky-7 ships OpenSSH 7.4, older than sshkeep knows (it reads configs for 8.0 to {NEWEST})"),
    ("ubuntu-18.04", f"ubuntu-18.04 ships OpenSSH 7.6, older than sshkeep knows (it reads configs for 8.0 to {NEWEST})"),
    ("openssh-7.9", f"OpenSSH 7.9 is outside the releases sshkeep knows (it reads configs for 8.0 to {NEWEST})"),
    ("openssh-99.0", f"OpenSSH 99.0 is outside the releases sshkeep knows (it reads configs for 8.0 to {NEWEST})"),
)  # fmt: skip

INSTALLED = (
    # ID, ID_LIKE, VERSION_ID, release of ssh -V, the target's name, vendor
    ("debian", "", "12", "9.2", "debian-12", "debian"),
    ("debian", "", "12", "9.3", "debian's openssh-9.3", "debian"),
    ("debian", "", "", "10.6", "debian's openssh-10.6", "debian"),
    ("ubuntu", "debian", "24.04", "9.6", "ubuntu-24.04", "debian"),
    ("linuxmint", "ubuntu debian", "22", "9.6", "debian's openssh-9.6", "debian"),
    ("rocky", "rhel centos fedora", "9.5", "8.7", "rocky-9.5", "redhat"),
    ("almalinux", "rhel centos fedora", "9.8", "8.7", "redhat's openssh-8.7", "redhat"),
    ("centos", "rhel fedora", "9", "8.7", "redhat's openssh-8.7", "redhat"),
    ("ol", "fedora", "8.10", "8.0", "ol-8.10", "redhat"),
    ("eurolinux", "rhel fedora", "9.3", "8.7", "redhat's openssh-8.7", "redhat"),
    ("fedora", "", "42", "9.9", "fedora-42", "fedora"),
    ("amzn", "fedora", "2023", "8.7", "amzn-2023", "fedora"),
    ("alpine", "", "3.24.1", "10.3", "alpine-3.24", "alpine"),
    ("alpine", "", "3.25.0", "10.6", "alpine's openssh-10.6", "alpine"),
    ("opensuse-leap", "suse opensuse", "15.6", "9.6", "opensuse-leap-15.6", "suse"),
    ("opensuse-tumbleweed", "opensuse suse", "20261101", "10.5", "suse's openssh-10.5", "suse"),
    ("arch", "", "", "10.3", "openssh-10.3", "openssh"),
    ("freebsd", "", "14.2", "9.7", "freebsd-14.2", "freebsd"),
    ("openbsd", "", "", "9.9", "openbsd's openssh-9.9", "openbsd"),
    ("macos", "", "15", "9.8", "apple's openssh-9.8", "apple"),
    ("windows", "", "", "9.5", "windows's openssh-9.5", "windows"),
    ("nixos", "", "26.05", "10.6", "openssh-10.6", "openssh"),
    ("", "", "", "8.7", "openssh-8.7", "openssh"),
)

PLACES = (
    # name, folders, where the stock sshd_config includes its drop-ins, what is left out
    ("debian-12", ("/etc/ssh",), "top", ()),
    ("debian-sid", ("/etc/ssh",), "top", ("Kerberos", "GSSAPI")),
    ("rhel-8", ("/etc/ssh",), "none", ()),
    ("rhel-9", ("/etc/ssh",), "top", ()),
    ("fedora-31", ("/etc/ssh",), "none", ()),
    ("gentoo", ("/etc/ssh",), "end", ()),
    ("opensuse-tumbleweed", ("/etc/ssh", "/usr/etc/ssh"), "top", ()),
    ("windows-server-2025", ("%ProgramData%\\ssh",), "none", ("PAM", "Kerberos")),
    ("alpine-3.22", ("/etc/ssh",), "", ("PAM", "lastlog", "Kerberos", "GSSAPI")),
    ("hpn-15v5", ("/etc/ssh",), "none", ()),
    ("hpn-17v4", ("/etc/hpnssh",), "none", ()),
    ("gsi-8.0", ("/etc/gsissh",), "none", ()),
    ("openssh-9.2", ("/etc/ssh",), "none", ()),
)


@pytest.mark.parametrize(("name", "full", "release", "vendor"), NAMES)
def test_name(name: str, full: str, release: str, vendor: str) -> None:
    target = target_of(name)
    assert (target.name, str(target.release), target.vendor) == (full, release, vendor)


@pytest.mark.parametrize(("name", "said"), REFUSED, ids=[name for name, _ in REFUSED])
def test_refused(name: str, said: str) -> None:
    with pytest.raises(SshkeepError) as caught:
        target_of(name)
    assert str(caught.value) == said


def test_the_summary_names_what_a_short_name_stands_for(tmp_path: Path) -> None:
    (tmp_path / "sshd_config").write_text("ClientAliveInterval 30\n")
    done = run("lint", "--target", "rhel-9", "sshd_config", cwd=tmp_path)
    assert "(target rhel-9.8)" in done.out


def test_a_long_unknown_name_is_cut() -> None:
    with pytest.raises(SshkeepError) as caught:
        target_of("x" * 1_000_000)
    assert len(str(caught.value)) < 250


@pytest.mark.parametrize(("system", "like", "version", "release", "name", "vendor"), INSTALLED)
def test_installed(system: str, like: str, version: str, release: str, name: str, vendor: str) -> None:
    major, minor = map(int, release.split("."))
    target = installed_as(Release(major, minor), system, like.split(), version)
    assert (target.name, target.vendor, target.release) == (name, vendor, (major, minor))


def test_a_release_that_no_package_was_seen_with_lacks_what_the_nearest_lacks() -> None:
    assert installed_as(Release(10, 6), "debian", [], "").lacks == ("Kerberos", "GSSAPI")
    assert installed_as(Release(10, 4), "debian", [], "").lacks == ()
    assert installed_as(Release(9, 0), "windows", [], "").folders == ("%ProgramData%\\ssh",)


@pytest.mark.parametrize(("name", "folders", "include", "lacks"), PLACES)
def test_places(name: str, folders: tuple[str, ...], include: str, lacks: tuple[str, ...]) -> None:
    target = target_of(name)
    assert (target.folders, target.include, target.lacks) == (folders, include, lacks)


@pytest.mark.parametrize(
    ("name", "source", "verified"),
    [
        ("debian-12", "package", True),
        ("macos-13", "memory", False),
        ("macos-14", "source", True),
        ("rhel-9.8", "third party", False),
    ],
)
def test_a_target_tells_where_its_release_was_seen(name: str, source: str, verified: bool) -> None:
    assert (target_of(name).source, target_of(name).verified) == (source, verified)


def test_every_name_means_itself() -> None:
    targets = all_targets()
    assert len(targets) == sum(len(family.releases) for family in DISTRIBUTIONS)
    for name, target in targets.items():
        assert target_of(name) == target
        assert OLDEST <= target.release <= NEWEST


def test_the_table_uses_known_words() -> None:
    sources = {*UNSURE, "package", "listing", "source"}
    for family in DISTRIBUTIONS:
        assert set(family.lacks) <= {*get_args(Feature)}
        assert family.include in ("top", "end", "none", "")
        assert {source for _, source in family.releases.values()} <= sources
        assert family.vendor in {*VENDOR_OF_SYSTEM.values(), "openssh", "hpn", "gsi"}


def test_vendors_are_one_closed_set() -> None:
    assert {family.vendor for family in DISTRIBUTIONS} == {*get_args(Vendor)} == TITLES.keys()
    assert {*VENDOR_OF_SYSTEM.values()} <= TITLES.keys()


def test_other_names_lead_to_targets() -> None:
    firsts = {name.rpartition("-")[0] for name in (*all_targets(), *TOO_OLD)}
    assert set(SAME_AS.values()) <= firsts
    assert not TOO_OLD.keys() & all_targets().keys()


ALIASES = (
    # alias, the target that it means
    ("bullseye", "debian-11"),
    ("bookworm", "debian-12"),
    ("trixie", "debian-13"),
    ("Trixie", "debian-13"),
    ("sid", "debian-sid"),
    ("debian", "debian-13"),
    ("debian12", "debian-12"),
    ("debian-12.5", "debian-12"),
    ("Debian 12", "debian-12"),
    ("debian:12", "debian-12"),
    ("focal", "ubuntu-20.04"),
    ("jammy", "ubuntu-22.04"),
    ("noble", "ubuntu-24.04"),
    ("ubuntu2204", "ubuntu-22.04"),
    ("ubuntu-22", "ubuntu-22.04"),
    ("9.2", "openssh-9.2"),
    ("10.0", "openssh-10.0"),
    ("9.2p1", "openssh-9.2"),
    ("OpenSSH_9.2p1", "openssh-9.2"),
    ("rhel9", "rhel-9.8"),
    ("rhel", "rhel-10.2"),
    ("el8", "rhel-8.10"),
    ("rocky9", "rocky-9.8"),
    ("rockylinux:9", "rocky-9.8"),
    ("centos9", "centos-9"),
    ("al2023", "amazon-2023"),
    ("fedora43", "fedora-43"),
    ("rawhide", "fedora-rawhide"),
    ("alpine", "alpine-3.24"),
    ("alpine:3.22", "alpine-3.22"),
    ("macos", "macos-26"),
    ("macos15", "macos-15"),
    ("macos-15.3.1", "macos-15"),
    ("sonoma", "macos-14"),
    ("windows", "windows-server-2025"),
    ("windows-2022", "windows-server-2022"),
    ("archlinux", "arch"),
)  # fmt: skip


@pytest.mark.parametrize(("alias", "name"), ALIASES)
def test_aliases(alias: str, name: str) -> None:
    assert target_of(alias) == target_of(name)
    assert target_of(alias).name == name


def test_every_listed_alias_means_its_target() -> None:
    listed = targets_with_aliases()
    for name, aliases in listed.items():
        assert [target_of(alias) for alias in aliases] == [target_of(name)] * len(aliases)
    assert {name for name in listed if not name.startswith("openssh-")} == set(all_targets())


def test_every_alias_of_the_tables_means_something() -> None:
    for name in (*CODE_NAMES.values(), *NEWEST_OF.values()):
        assert name in all_targets() or name in TOO_OLD


def test_the_targets_are_listed() -> None:
    lines = run("targets", columns=80).out.splitlines()
    assert max(map(len, lines)) <= 80
    assert lines[0].split() == ["openssh-8.0", "8.0", "8.0"]
    assert ["debian-12", "9.2", "bookworm"] in [line.split() for line in lines]
    report = json.loads(run("targets", "--format", "json").out)
    assert report_model("targets").model_validate(report).model_dump(mode="json") == report
    (row,) = (each for each in report["targets"] if each["name"] == "debian-12")
    assert row == {
        "name": "debian-12",
        "release": "9.2",
        "vendor": "debian",
        "aliases": ["bookworm"],
        "verified": True,
    }


def test_the_config_is_read_for_the_target_that_an_alias_means(tmp_path: Path) -> None:
    (tmp_path / "sshd_config").write_text("ClientAliveInterval 60\n")
    shown = [run("lint", "--target", name, tmp_path / "sshd_config") for name in ("bookworm", "debian-12")]
    assert shown[0] == shown[1] and "(target debian-12)" in shown[0].out
