"""What OpenSSH prints where nothing is set, held against tables, digests and the installed program."""

import hashlib
from pathlib import Path
from string import Formatter

import pytest

from sshkeep.config.local_machine import home_directory
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.releases import NEWEST, OLDEST
from sshkeep.openssh.tables.defaults import built_with, defaults, known_exactly, print_line, prints
from sshkeep.openssh.tables.keywords import keywords, option_rows
from sshkeep.openssh.targets import Target, all_targets, target_of
from sshkeep.trees.this_machine import installed_target, local_user
from tests.oracle.installed import openssh
from tests.requirements import need

SSHD: Kind = "sshd_config"
SSH: Kind = "ssh_config"

VALUES: tuple[tuple[Kind, str, str, tuple[str, ...] | None], ...] = (
    (SSHD, "openssh-9.2", "port", ("22",)),
    (SSHD, "openssh-9.2", "listenaddress", ("[::]:22", "0.0.0.0:22")),
    (SSHD, "openssh-9.2", "acceptenv", None),
    (SSHD, "openssh-9.2", "usepam", None),
    (SSHD, "debian-12", "usepam", ("no",)),
    (SSHD, "debian-12", "pidfile", ("/run/sshd.pid",)),
    (SSHD, "debian-12", "debianbanner", None),
    (SSHD, "debian-13", "debianbanner", ("yes",)),
    (SSHD, "debian-13", "gssapikeyexchange", ("no",)),
    (SSHD, "debian-sid", "gssapikeyexchange", None),
    (SSHD, "openssh-8.2", "rdomain", ("none",)),
    (SSHD, "openssh-8.3", "rdomain", None),
    (SSHD, "openssh-10.0", "permitrootlogin", ("without-password",)),
    (SSHD, "openssh-10.1", "permitrootlogin", ("prohibit-password",)),
    (SSHD, "openssh-10.2", "revokedkeys", ("none",)),
    (SSHD, "openssh-10.3", "revokedkeys", None),
    (SSHD, "openssh-9.2", "channeltimeout", None),
    (SSHD, "openssh-9.3", "channeltimeout", ("none",)),
    (SSHD, "openssh-8.4", "hostbasedacceptedalgorithms", None),
    (SSHD, "openssh-10.0", "ipqos", ("af21 cs1",)),
    (SSHD, "debian-13", "ipqos", ("ef cs1",)),
    (SSHD, "ubuntu-24.04", "ipqos", ("lowdelay throughput",)),
    (SSH, "openssh-9.1", "host", None),
    (SSH, "openssh-9.2", "host", ("{host}",)),
    (SSH, "openssh-9.2", "hostname", ("{hostname}",)),
    (SSH, "openssh-8.6", "canonicaldomains", ("",)),
    (SSH, "openssh-8.7", "canonicaldomains", ("none",)),
    (SSH, "openssh-8.3", "userknownhostsfile", ("~/.ssh/known_hosts ~/.ssh/known_hosts2",)),
    (
        SSH,
        "openssh-8.4",
        "userknownhostsfile",
        ("{home}/.ssh/known_hosts {home}/.ssh/known_hosts2",),
    ),
    (SSH, "openssh-8.4", "checkhostip", ("yes",)),
    (SSH, "openssh-8.5", "checkhostip", ("no",)),
    (SSH, "openssh-9.2", "forwardx11trusted", ("no",)),
    (SSH, "debian-12", "forwardx11trusted", ("yes",)),
    (SSH, "openssh-9.2", "serveraliveinterval", ("0",)),
    (SSH, "openssh-9.2", "proxycommand", None),
    (
        SSH,
        "openssh-10.3",
        "identityfile",
        (
            "~/.ssh/id_rsa",
            "~/.ssh/id_ecdsa",
            "~/.ssh/id_ecdsa_sk",
            "~/.ssh/id_ed25519",
            "~/.ssh/id_ed25519_sk",
        ),
    ),
)

VENDOR_VALUES: tuple[tuple[Kind, str, str, str], ...] = (
    (SSHD, "clear-linux", "authorizedkeysfile", ".ssh/authorized_keys"),
    (SSHD, "clear-linux", "usepam", "yes"),
    (SSH, "clear-linux", "serveraliveinterval", "120"),
    (SSHD, "freebsd-14", "usedns", "yes"),
    (SSHD, "freebsd-14", "usepam", "yes"),
    (SSHD, "freebsd-14", "passwordauthentication", "no"),
    (SSHD, "freebsd-14", "permitrootlogin", "no"),
    (SSHD, "freebsd-14", "x11forwarding", "no"),
    (SSH, "freebsd-14", "checkhostip", "no"),
    (SSH, "freebsd-14", "verifyhostkeydns", "true"),
    (SSH, "hpn-15v5", "port", "22"),
    (SSH, "hpn-17v4", "port", "2222"),
    (SSH, "hpn-18.1.0", "port", "2222"),
    (SSH, "hpn-18.8.0", "port", "2222"),
    (SSHD, "hpn-18.1.0", "port", "22"),
    (SSHD, "alpine-edge", "pidfile", "/run/sshd.pid"),
    (SSHD, "alpine-edge", "sshdauthpath", "/usr/lib/ssh/sshd-auth"),
    (SSHD, "alpine-edge", "sshdsessionpath", "/usr/lib/ssh/sshd-session"),
    (SSHD, "gentoo", "pidfile", "/run/sshd.pid"),
    (SSHD, "gentoo", "sshdauthpath", "/usr/lib64/misc/sshd-auth"),
    (SSHD, "gentoo", "sshdsessionpath", "/usr/lib64/misc/sshd-session"),
    (SSHD, "opensuse-tumbleweed", "pidfile", "/run/sshd.pid"),
    (SSHD, "macos-26", "sshdauthpath", "/usr/libexec/sshd-auth"),
    (SSHD, "macos-26", "sshdsessionpath", "/usr/libexec/sshd-session"),
    (SSHD, "macos-15", "xauthlocation", "/usr/X11R6/bin/xauth"),
    (SSH, "macos-15", "xauthlocation", "/usr/X11R6/bin/xauth"),
    (SSH, "macos-13", "applemultipath", "no"),
    (SSH, "macos-15", "nohostauthenticationforproxycommand", "no"),
    (SSHD, "rhel-8.10", "x11maxdisplays", "1000"),
    (SSHD, "rhel-8.10", "gssapikeyexchange", "no"),
    (SSHD, "rhel-8.10", "gssapistorecredentialsonrekey", "no"),
    (SSHD, "rhel-8.10", "gssapistrictacceptorcheck", "yes"),
    (SSHD, "rhel-9.3", "gssapienablek5users", "no"),
    (SSHD, "rhel-9.3", "kerberosusekuserok", "yes"),
    (SSHD, "rhel-9.3", "kerberosuniqueccache", "no"),
    (SSHD, "rhel-9.3", "requiredrsasize", "1024"),
    (SSHD, "sle-15.6", "ipqos", "lowdelay throughput"),
    (SSH, "opensuse-tumbleweed", "ipqos", "lowdelay throughput"),
    (SSHD, "sle-15.6", "permitrootlogin", "without-password"),
)

SPELLINGS: tuple[tuple[Kind, str, str, str | None], ...] = (
    (SSHD, "openssh-10.3", "clientaliveinterval", "clientaliveinterval"),
    (SSHD, "openssh-10.4", "clientaliveinterval", "ClientAliveInterval"),
    (SSHD, "openssh-10.4", "maxstartups", "maxstartups"),
    (SSHD, "openssh-10.5", "maxstartups", "MaxStartups"),
    (SSHD, "openssh-10.5", "macs", "Macs"),
    (SSHD, "openssh-8.4", "pubkeyacceptedkeytypes", "pubkeyacceptedkeytypes"),
    (SSHD, "openssh-8.5", "pubkeyacceptedkeytypes", None),
    (SSHD, "openssh-9.2", "acceptenv", "acceptenv"),
    (SSHD, "openssh-9.2", "include", None),
    (SSH, "openssh-10.6", "serveraliveinterval", "serveraliveinterval"),
    (SSH, "openssh-10.5", "canonicalizepermittedcnames", "canonicalizePermittedcnames"),
    (SSH, "openssh-10.6", "canonicalizepermittedcnames", "canonicalizepermittedcnames"),
    (SSH, "openssh-8.4", "hostbasedkeytypes", "hostbasedkeytypes"),
    (SSH, "openssh-8.6", "hostbasedalgorithms", "hostbasedalgorithms"),
    (SSH, "openssh-8.7", "hostbasedalgorithms", None),
    (SSH, "openssh-9.2", "proxycommand", "proxycommand"),
    (SSH, "openssh-9.2", "gssapitrustdns", None),
    (SSH, "debian-12", "gssapitrustdns", "gssapitrustdns"),
)

KNOWN: tuple[tuple[str, bool], ...] = (
    ("openssh-8.0", True),
    ("openssh-10.5", True),
    ("openssh-10.6", False),
    ("debian-12", True),
    ("ubuntu-24.04", False),
    ("ubuntu-25.10", False),
)

# One value each for the keywords that no release prints unless they are set; ProxyJump excludes
# ProxyCommand.
ONLY_IF_SET: dict[Kind, dict[str, str]] = {
    SSHD: {
        "acceptenv": "A",
        "allowgroups": "a",
        "allowusers": "a",
        "channeltimeout": "*=3",
        "denygroups": "b",
        "denyusers": "b",
        "hostcertificate": "/nonexistent",
        "logverbose": "x",
        "revokedkeys": "none",
        "setenv": "A=B",
        "subsystem": "sftp internal-sftp",
    },
    SSH: {
        "bindaddress": "127.0.0.1",
        "bindinterface": "lo",
        "canonicalizepermittedcnames": "a:b",
        "certificatefile": "/x",
        "controlpath": "/x",
        "dynamicforward": "1234",
        "gssapiclientidentity": "x",
        "gssapiserveridentity": "x",
        "hostkeyalias": "a",
        "identityagent": "/x",
        "ignoreunknown": "x",
        "kbdinteractivedevices": "x",
        "knownhostscommand": "/x",
        "localcommand": "x",
        "localforward": "1235 x:1",
        "pkcs11provider": "/x",
        "preferredauthentications": "x",
        "proxyjump": "x",
        "remotecommand": "x",
        "remoteforward": "1236 x:1",
        "revokedhostkeys": "/x",
        "sendenv": "A",
        "setenv": "A=B",
        "tag": "x",
        "versionaddendum": "x",
    },
}

# Of the sorted lines that the programs printed for an empty file, asked by root (home /root) for
# Host.Example, with sshd's own host keys. Upstream's were built with OpenSSL and nothing else.
DUMPS: dict[str, tuple[str, str]] = {
    "openssh-8.0": ("c8107bc6c2a10abd", "049d32a3601a2c0e"),
    "openssh-8.1": ("c8107bc6c2a10abd", "049d32a3601a2c0e"),
    "openssh-8.2": ("c24c9e2cb35aa5a4", "69f2ffae495cd51b"),
    "openssh-8.3": ("87f9dfc80cda3cac", "69f2ffae495cd51b"),
    "openssh-8.4": ("87f9dfc80cda3cac", "94bc025461d1fa13"),
    "openssh-8.5": ("04b1172e37e1789d", "492b867cc424d73f"),
    "openssh-8.6": ("96abdedbf32e7a90", "492b867cc424d73f"),
    "openssh-8.7": ("1ae6a93b0ebb3f7b", "1e9e721a204fc162"),
    "openssh-8.8": ("a07c13c3c389ce51", "8be8d6968125860b"),
    "openssh-8.9": ("aa82b6bf2e51e993", "7855f35477b8e95d"),
    "openssh-9.0": ("7ce6193224c9a656", "1ae022265b73a249"),
    "openssh-9.1": ("dbdd95cc751cf2b1", "a5d898029b15a9f9"),
    "openssh-9.2": ("743c664452f220ef", "688f7638f63be6d0"),
    "openssh-9.3": ("042def510e631188", "688f7638f63be6d0"),
    "openssh-9.4": ("042def510e631188", "688f7638f63be6d0"),
    "openssh-9.5": ("042def510e631188", "8bacaf12db2eb095"),
    "openssh-9.6": ("042def510e631188", "afa3d17d933ed9f5"),
    "openssh-9.7": ("042def510e631188", "afa3d17d933ed9f5"),
    "openssh-9.8": ("b72225e7a73774b4", "d5494a8597ed1d76"),
    "openssh-9.9": ("dc8ba1768dcaeb72", "a837010abf7633a9"),
    "openssh-10.0": ("fafc0096f1f0e57b", "4b04282351e0fddf"),
    "openssh-10.1": ("6ec00fde0769747c", "ef5f0687c7f1fd12"),
    "openssh-10.2": ("6ec00fde0769747c", "ef5f0687c7f1fd12"),
    "openssh-10.3": ("da2cc407501e508b", "1181120c31cb72c6"),
    "openssh-10.4": ("4d44cc780b3e058b", "1181120c31cb72c6"),
    "openssh-10.5": ("0596e4c340efd22c", "14ce4c0eacf2f602"),
    "debian-11": ("8cbb99c557dfbad4", "5c0ad3f2dbb3e864"),
    "debian-12": ("3d060634607f9f3b", "333cedd83abe8a1e"),
    "debian-13": ("13d8544d11604b84", "3624e7d84088b7e1"),
    "debian-sid": ("33359ecae82e5dde", "8c43949d9485dd67"),
}


@pytest.mark.parametrize(("kind", "name", "keyword", "lines"), VALUES)
def test_a_default(kind: Kind, name: str, keyword: str, lines: tuple[str, ...] | None) -> None:
    assert defaults(kind, target_of(name)).get(keyword) == lines


@pytest.mark.parametrize(("kind", "name", "keyword", "value"), VENDOR_VALUES)
def test_a_vendor_s_default(kind: Kind, name: str, keyword: str, value: str) -> None:
    target = target_of(name)
    assert defaults(kind, target)[keyword] == (value,)
    assert not known_exactly(kind, target)


@pytest.mark.parametrize(
    ("name", "absent"),
    [
        ("alpine-edge", ("usepam", "printlastlog", "gssapi", "kerberos")),
        ("openbsd-current", ("usepam", "gssapi", "kerberos")),
        ("windows-server-2025", ("usepam", "kerberos")),
        ("rhel-8.10", ("requiredrsasize",)),
    ],
)
def test_what_a_build_lacks_is_not_printed(name: str, absent: tuple[str, ...]) -> None:
    assert [keyword for keyword in prints(SSHD, target_of(name)) if keyword.startswith(absent)] == []


def test_every_vendor_s_default_is_some_target_s() -> None:
    for kind in (SSHD, SSH):
        for row in option_rows(kind):
            for each in row.vendor_defaults:
                met = [
                    target
                    for target in all_targets().values()
                    if target.vendor == each.vendor and each.since <= target.release <= each.until
                ]
                assert met, (row, each)
                assert [*map(row.default_for, met)] == [each.value] * len(met), (row, each)


def test_every_vendor_s_default_is_in_the_table_of_this_test() -> None:
    """Of all vendors but Debian, whose programs are asked."""
    known = {(kind, target_of(name).vendor, keyword) for kind, name, keyword, _ in VENDOR_VALUES}
    for kind in (SSHD, SSH):
        for row in option_rows(kind):
            for each in row.vendor_defaults:
                assert each.vendor == "debian" or (kind, each.vendor, row.name.lower()) in known, (row, each)


@pytest.mark.parametrize(("kind", "name", "keyword", "spelling"), SPELLINGS)
def test_how_a_keyword_is_printed(kind: Kind, name: str, keyword: str, spelling: str | None) -> None:
    assert prints(kind, target_of(name)).get(keyword) == spelling


@pytest.mark.parametrize(("name", "known"), KNOWN)
def test_what_is_known_exactly(name: str, known: bool) -> None:
    assert known_exactly(SSHD, target_of(name)) is known
    assert known_exactly(SSH, target_of(name)) is known


def test_every_target_known_exactly_has_a_digest() -> None:
    names = [
        f"openssh-{major}.{minor}" for major, last in ((8, 9), (9, 9), NEWEST) for minor in range(last + 1)
    ]
    known = {name for name in (*names, *all_targets()) if known_exactly(SSHD, target_of(name))}
    assert known == DUMPS.keys()


@pytest.mark.parametrize("name", DUMPS)
def test_the_dump_of_an_empty_file(name: str) -> None:
    target = target_of(name)
    assert (_digest(_dump(SSHD, target)), _digest(_dump(SSH, target))) == DUMPS[name]


@pytest.mark.parametrize("kind", [SSHD, SSH])
def test_templates_have_no_other_fields(kind: Kind) -> None:
    texts = [text for lines in defaults(kind, target_of("debian-sid")).values() for text in lines]
    fields = {field for text in texts for _, field, _, _ in Formatter().parse(text) if field}
    assert fields == ({"host", "hostname", "user", "home"} if kind == SSH else set())


def test_upstream_is_built_without_features_and_the_oldest_prints_no_gssapi() -> None:
    upstream = Target("openssh-8.0", OLDEST)
    assert built_with(upstream) == ()
    assert not [name for name in prints(SSHD, upstream) if name.startswith(("gssapi", "kerberos", "usepam"))]


@pytest.mark.parametrize("kind", [SSHD, SSH])
def test_the_installed_program_agrees(kind: Kind, tmp_path: Path) -> None:
    target = _installed(kind)
    empty = tmp_path / "config"
    empty.touch()
    real = openssh(kind, empty, "Host.Example" if kind == SSH else "").values
    ours = {key: sorted(_filled(text) for text in lines) for key, lines in defaults(kind, target).items()}
    ours.pop("hostkey", None)
    assert ours == real


@pytest.mark.parametrize("kind", [SSHD, SSH])
def test_the_installed_program_prints_these_keywords_and_no_others(kind: Kind, tmp_path: Path) -> None:
    target = _installed(kind)
    known = keywords(kind, target)
    config = tmp_path / "config"
    config.write_text("".join(f"{key} {value}\n" for key, value in ONLY_IF_SET[kind].items() if key in known))
    printed = openssh(kind, config, "").values.keys()
    assert printed == prints(kind, target).keys() - {"proxycommand", "hostkey"}


def _installed(kind: Kind) -> Target:
    need("openssh")
    target = installed_target()
    assert target
    if not known_exactly(kind, target):
        pytest.skip(f"{target.name} is not known exactly")
    return target


def _filled(text: str) -> str:
    user = local_user()
    return text.format(user=user, home=home_directory(), host="Host.Example", hostname="host.example")


def _dump(kind: Kind, target: Target) -> list[str]:
    return sorted(
        print_line(key, text, kind, target)
        .rstrip()
        .format(user="root", home="/root", host="Host.Example", hostname="host.example")
        for key, lines in defaults(kind, target).items()
        for text in lines
    )


def _digest(lines: list[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]
