"""Algorithm lists: what each release takes and prints, and where it refuses."""

from pathlib import Path

import pytest

from sshkeep.openssh.algorithms.defaults import ALGORITHM_FAMILIES, default_list
from sshkeep.openssh.algorithms.lists import (
    AssembledLists,
    BadAlgorithms,
    assemble,
    assemble_all,
    check_algorithms,
)
from sshkeep.openssh.algorithms.names import short_key_names, supported
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.releases import Release
from sshkeep.openssh.tables.defaults import known_exactly, printed_names, prints
from sshkeep.openssh.targets import NEWEST_TARGET, Target, target_of
from sshkeep.trees.this_machine import installed_target
from tests.oracle.installed import openssh
from tests.requirements import need

SSHD: Kind = "sshd_config"
SSH: Kind = "ssh_config"
LONG = "a" * 1023

# Keyword, list, target, and the list as printed, or where it is refused.
BOTH_SIDES: tuple[tuple[str, str, str, str], ...] = (
    # A list of one's own: in its own order, each name once.
    ("ciphers", "aes256-ctr,aes128-ctr", "openssh-9.2", "aes256-ctr,aes128-ctr"),
    ("ciphers", "aes256-ctr,aes256-ctr", "openssh-9.2", "aes256-ctr"),
    ("ciphers", "AES256-ctr", "openssh-9.2", "line"),
    ("ciphers", "none", "openssh-9.2", "line"),
    ("ciphers", "aes256-ctr,foo", "openssh-9.2", "line"),
    ("ciphers", "rijndael-cbc@lysator.liu.se", "openssh-8.4", "rijndael-cbc@lysator.liu.se"),
    ("ciphers", "rijndael-cbc@lysator.liu.se", "openssh-8.5", "line"),
    # Behind an empty element nothing is checked, and patterns turn into names.
    ("ciphers", "aes256-ctr,", "openssh-9.2", "aes256-ctr"),
    ("ciphers", "aes256-ctr,,foo", "openssh-9.2", "aes256-ctr"),
    ("ciphers", "aes256-ctr,,aes1*-c*", "openssh-9.2", "aes256-ctr,aes128-cbc,aes192-cbc,aes128-ctr,aes192-ctr"),
    ("ciphers", "aes1*", "openssh-9.2", "line"),
    ("ciphers", ",aes256-ctr", "openssh-10.3", "aes256-ctr"),
    ("ciphers", ",aes256-ctr", "openssh-10.4", "line"),
    ("macs", ",hmac-md5", "openssh-10.4", "line"),
    ("kexalgorithms", ",curve25519-sha256", "openssh-10.4", "curve25519-sha256"),
    # + adds behind the default, - takes away, ^ puts before it.
    (
        "ciphers",
        "+aes256-cbc,aes256-ctr",
        "openssh-10.0",
        "chacha20-poly1305@openssh.com,aes128-gcm@openssh.com,aes256-gcm@openssh.com,"
        "aes128-ctr,aes192-ctr,aes256-ctr,aes256-cbc",
    ),
    (
        "ciphers",
        "-*gcm*,foo,chacha20-poly1305@openssh.com",
        "openssh-9.2",
        "aes128-ctr,aes192-ctr,aes256-ctr",
    ),
    ("ciphers", "-*,!aes192-ctr", "openssh-9.2", "aes192-ctr"),
    (
        "ciphers",
        f"-*,{LONG}",
        "openssh-9.2",
        "chacha20-poly1305@openssh.com,aes128-ctr,aes192-ctr,aes256-ctr,"
        "aes128-gcm@openssh.com,aes256-gcm@openssh.com",
    ),
    (
        "ciphers",
        "^aes256-ctr",
        "openssh-9.2",
        "aes256-ctr,chacha20-poly1305@openssh.com,aes128-ctr,aes192-ctr,"
        "aes128-gcm@openssh.com,aes256-gcm@openssh.com",
    ),
    ("ciphers", "^aes256-ctr", "openssh-8.0", "line"),
    ("ciphers", "+", "openssh-9.2", "line"),
    ("ciphers", "^", "openssh-9.2", "line"),
    ("ciphers", "+foo", "openssh-9.2", "line"),
    ("ciphers", "++aes256-cbc", "openssh-9.2", "line"),
    ("ciphers", "", "openssh-9.2", "line"),
    ("casignaturealgorithms", "-", "openssh-8.0", ",".join(default_list("signatures", SSHD, target_of("openssh-8.0")))),
    # Key types may be patterns at once.
    ("hostkeyalgorithms", "*ed25519", "openssh-9.2", "ssh-ed25519"),
    ("hostkeyalgorithms", "ssh-rsa*", "openssh-8.4", "ssh-rsa,ssh-rsa-cert-v01@openssh.com"),
    ("hostkeyalgorithms", "nothing*", "openssh-9.2", "line"),
    ("hostkeyalgorithms", "ssh-dss", "openssh-9.7", "ssh-dss"),
    ("hostkeyalgorithms", "ssh-dss", "openssh-9.8", "line"),
    ("hostkeyalgorithms", "ssh-mldsa44-ed25519@openssh.com", "openssh-10.5", "ssh-mldsa44-ed25519@openssh.com"),
    ("hostkeyalgorithms", "ssh-mldsa44-ed25519", "openssh-10.6", "ssh-mldsa44-ed25519"),
    ("hostkeyalgorithms", "ssh-ed25519,RSA", "openssh-9.8", "ssh-ed25519"),
    ("hostkeyalgorithms", "ssh-ed25519,RSA", "openssh-9.9", "line"),
    ("casignaturealgorithms", "rsa*", "openssh-9.2", "rsa-sha2-256,rsa-sha2-512"),
    ("casignaturealgorithms", "ssh-ed25519,ssh-rsa-cert-v01@openssh.com", "openssh-9.3", "ssh-ed25519"),
    ("casignaturealgorithms", "ssh-ed25519,ssh-rsa-cert-v01@openssh.com", "openssh-9.4", "line"),
    ("casignaturealgorithms", "*-cert*,ssh-ed25519", "openssh-9.4", "ssh-ed25519"),
    # What only comes out when the list is put together.
    ("hostkeyalgorithms", "RSA", "openssh-9.8", "end"),
    ("hostkeyalgorithms", "ssh-ed25519,!ssh-rsa", "openssh-9.2", "end"),
    ("hostkeyalgorithms", ",", "openssh-9.2", "end"),
    ("macs", ",foo", "openssh-10.3", "end"),
    # Debian's list of GSSAPI mechanisms is printed as it stands, and its names are beginnings.
    ("gssapikexalgorithms", "gss-gex-sha1-,gss-group14-sha1-toWM5Slw5Ew8Mqkay+al2g==", "debian-12", "gss-gex-sha1-,gss-group14-sha1-toWM5Slw5Ew8Mqkay+al2g=="),
    ("gssapikexalgorithms", "gss-gex-sha1-,,x", "debian-12", "gss-gex-sha1-,,x"),
    ("gssapikexalgorithms", "+gss-gex-sha1-", "debian-12", "line"),
    ("gssapikexalgorithms", "-gss-gex-sha1-", "debian-12", "line"),
)  # fmt: skip

# Asked of the installed programs; every keyword in turn, so that few runs do.
ASKED = (
    ("ciphers", ("+3des-cbc", "-aes*", "^aes256-ctr", "aes128-ctr,aes128-ctr,,*cbc", "-*,!aes128-ctr", "-*")),
    ("macs", ("+hmac-md5", "-umac*", "^hmac-sha1", "hmac-sha1,", "-*,!*etm*", "+hmac-sha1")),
    ("kexalgorithms", ("+diffie-hellman-group1-sha1", "-ecdh*", "^curve25519-sha256", ",*", "-foo", "-")),
    ("hostkeyalgorithms", ("+ssh-rsa", "-*cert*", "^rsa*", "*", "ssh-ed25519,,foo", "-*")),
    ("pubkeyacceptedalgorithms", ("+ssh-rsa*", "-ecdsa*", "^*ed25519", "s*", "rsa-sha2-512", "+,ssh-rsa")),
    ("hostbasedacceptedalgorithms", ("+ssh-rsa", "-rsa*", "^sk-*", "?s*", ",rsa*", "-*,!s*")),
    ("casignaturealgorithms", ("+ssh-rsa", "-rsa*", "^sk-*", "*", "ssh-ed25519", "-*cert*")),
)
REFUSED_AT_LINE = (
    ("ciphers", "aes*"),
    ("ciphers", "+"),
    ("ciphers", "none"),
    ("macs", "hmac-foo"),
    ("kexalgorithms", "++curve25519-sha256"),
    ("hostkeyalgorithms", "x*"),
    ("pubkeyacceptedalgorithms", "^ssh-foo"),
    ("casignaturealgorithms", "SSH-RSA"),
)
REFUSED_AT_END = (("kexalgorithms", ",!*"), ("hostkeyalgorithms", "!*"))

# Spellings that every release takes.
OLD_SPELLINGS = {
    SSHD: {
        "pubkeyacceptedalgorithms": "PubkeyAcceptedKeyTypes",
        "hostbasedacceptedalgorithms": "HostbasedAcceptedKeyTypes",
    },
    SSH: {
        "pubkeyacceptedalgorithms": "PubkeyAcceptedKeyTypes",
        "hostbasedacceptedalgorithms": "HostbasedKeyTypes",
    },
}


def answer(keyword: str, text: str, kind: Kind, target: Target) -> str:
    try:
        return assemble(keyword, text, kind, target)
    except BadAlgorithms as bad:
        return bad.at


@pytest.mark.parametrize("kind", [SSHD, SSH])
@pytest.mark.parametrize(("keyword", "text", "name", "expected"), BOTH_SIDES)
def test_a_list(keyword: str, text: str, name: str, expected: str, kind: Kind) -> None:
    assert answer(keyword, text, kind, target_of(name)) == expected


def test_sshd_and_ssh_part_over_finite_field_groups_in_10_0() -> None:
    group = "diffie-hellman-group14-sha256"
    for name, of_sshd in (("openssh-9.9", True), ("openssh-10.0", False)):
        target = target_of(name)
        assert (group in default_list("kex", SSHD, target)) is of_sshd
        assert group in default_list("kex", SSH, target)


def test_nothing_left_is_nothing_for_ssh_and_the_default_for_sshd() -> None:
    target = target_of("openssh-9.2")
    assert assemble("macs", "-*", SSH, target) == ""
    assert assemble("macs", "-*", SSHD, target) == ",".join(default_list("macs", SSHD, target))


@pytest.mark.parametrize(
    ("name", "expected"),
    [("openssh-8.4", "end"), ("openssh-8.5", "macs"), ("openssh-10.3", "macs"), ("openssh-10.4", "end")],
)
def test_ssh_goes_on_without_a_list_it_can_not_assemble(name: str, expected: str) -> None:
    won = {"ciphers": "aes128-ctr", "macs": "hmac-sha1,,!x", "kexalgorithms": "+curve25519-sha256"}
    assert _stop(won, SSH, name) == expected
    assert _stop(won, SSHD, name) == "end"


def test_lists_behind_the_one_ssh_stopped_at_stay_as_written() -> None:
    target = target_of("openssh-9.2")
    won = {"ciphers": "aes128-ctr", "macs": "hmac-sha1,,!x", "kexalgorithms": "+curve25519-sha256"}
    hostkeys = ",".join(default_list("keys", SSH, target))
    expected = {"hostkeyalgorithms": hostkeys, "ciphers": "aes128-ctr", "kexalgorithms": "+curve25519-sha256"}
    assert assemble_all(won, SSH, target) == AssembledLists(expected, "macs")


def test_unset_lists_are_the_default_and_gssapi_is_told_only_where_it_is_set() -> None:
    target = target_of("debian-12")
    unset = assemble_all({}, SSH, target).printed
    assert unset == {
        keyword: ",".join(default_list(names, SSH, target))
        for keyword, names in ALGORITHM_FAMILIES.items()
        if names != "gssapi"
    }
    told = assemble_all({"gssapikexalgorithms": "gss-gex-sha1-"}, SSH, target).printed
    assert told == {**unset, "gssapikexalgorithms": "gss-gex-sha1-"}


def test_a_line_is_checked_whether_or_not_it_wins() -> None:
    check_algorithms("hostkeyalgorithms", "!ssh-rsa", target_of("openssh-9.2"))
    with pytest.raises(BadAlgorithms, match="does not know 'foo'"):
        check_algorithms("macs", "hmac-sha1,foo", target_of("openssh-9.2"))


@pytest.mark.parametrize(
    "name", ["openssh-8.0", "openssh-9.2", "openssh-9.8", NEWEST_TARGET.name, "debian-12"]
)
def test_every_default_is_supported(name: str) -> None:
    target = target_of(name)
    for names in {*ALGORITHM_FAMILIES.values()}:
        for kind in (SSHD, SSH):
            assert set(default_list(names, kind, target)) <= set(supported(names, target))


def test_short_names_of_key_types_end_with_9_8() -> None:
    assert short_key_names(Target("", Release(9, 7))) == (
        "ed25519",
        "rsa",
        "ecdsa",
        "dsa",
        "ed25519-sk",
        "ecdsa-sk",
    )
    assert short_key_names(Target("", Release(9, 9))) == ()


def test_a_long_list_with_patterns_that_could_blow_up_is_read_in_time() -> None:
    target = target_of("openssh-9.2")
    names = ",".join(f"{'*a' * 30}*{number}?" for number in range(1000))
    assert answer("ciphers", f"-{names}", SSHD, target) == ",".join(default_list("ciphers", SSHD, target))
    assert answer("hostkeyalgorithms", f"ssh-rsa,,{names}", SSHD, target) == "ssh-rsa"
    assert answer("ciphers", "+aes128-cbc,," + "x" * 1024 * 1024, SSHD, target) == "end"


@pytest.mark.parametrize("kind", [SSHD, SSH])
def test_the_installed_program_prints_the_same(kind: Kind, tmp_path: Path) -> None:
    target = _installed()
    printed = {printed_names(kind).get(name, name): name for name in prints(kind, target)}
    for turn in range(len(ASKED[0][1])):
        won = {keyword: texts[turn] for keyword, texts in ASKED}
        real = openssh(kind, _config(tmp_path, kind, won), "")
        assert real.accepted, real.said
        ours = assemble_all(won, kind, target).printed
        assert ours == {keyword: real.values[printed[keyword]][0] for keyword in ours}


@pytest.mark.parametrize("kind", [SSHD, SSH])
@pytest.mark.parametrize(("keyword", "text"), REFUSED_AT_LINE)
def test_the_installed_program_refuses_the_line(kind: Kind, keyword: str, text: str, tmp_path: Path) -> None:
    target = _installed()
    real = openssh(kind, _config(tmp_path, kind, {keyword: text}), "")
    assert not real.accepted and "line 1: Bad" in real.said
    assert answer(keyword, text, kind, target) == "line"


@pytest.mark.parametrize(("keyword", "text"), REFUSED_AT_END)
def test_the_installed_sshd_refuses_at_the_end(keyword: str, text: str, tmp_path: Path) -> None:
    target = _installed()
    real = openssh(SSHD, _config(tmp_path, SSHD, {keyword: text}), "")
    assert not real.accepted and "line 1" not in real.said
    assert answer(keyword, text, SSHD, target) == "end"


def _config(folder: Path, kind: Kind, won: dict[str, str]) -> Path:
    path = folder / "config"
    path.write_text("".join(f"{OLD_SPELLINGS[kind].get(key, key)} {text}\n" for key, text in won.items()))
    return path


def _stop(won: dict[str, str], kind: Kind, name: str) -> str:
    try:
        return assemble_all(won, kind, target_of(name)).stopped_at
    except BadAlgorithms as bad:
        return bad.at


def _installed() -> Target:
    need("openssh")
    target = installed_target()
    assert target
    if not known_exactly(SSHD, target):
        pytest.skip(f"{target.name} is not known exactly")
    return target
