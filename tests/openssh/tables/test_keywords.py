"""Which keywords a target knows, which of them it only skips, and what it prints then."""

import re
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations
from pathlib import Path
from typing import get_args

import pytest

from sshkeep.openssh.kind import Kind
from sshkeep.openssh.releases import NEWEST, OLDEST, Release
from sshkeep.openssh.tables.keywords import UNKNOWN, all_keywords, keywords, known_names, notice, option_rows
from sshkeep.openssh.tables.option import Keyword
from sshkeep.openssh.targets import Target, target_of
from sshkeep.openssh.values.types import IGNORED
from sshkeep.openssh.vendors import Feature
from sshkeep.trees.this_machine import installed_target
from tests.requirements import need

KINDS: tuple[Kind, ...] = ("sshd_config", "ssh_config")
SSHD = "/usr/sbin/sshd"

STATES = (
    # target, file, keyword, its state ("" works), may it stand in a Match block
    ("openssh-8.1", "sshd_config", "Include", UNKNOWN, False),
    ("openssh-8.2", "sshd_config", "Include", "", True),
    ("openssh-8.0", "ssh_config", "Include", "", False),
    ("openssh-9.0", "sshd_config", "RequiredRSASize", UNKNOWN, False),
    ("openssh-9.1", "sshd_config", "RequiredRSASize", "", True),
    ("openssh-8.2", "sshd_config", "IgnoreRhosts", "", False),
    ("openssh-8.3", "sshd_config", "IgnoreRhosts", "", True),
    ("openssh-9.4", "sshd_config", "Subsystem", "", False),
    ("openssh-9.5", "sshd_config", "Subsystem", "", True),
    ("openssh-8.6", "sshd_config", "SKeyAuthentication", "deprecated", False),
    ("openssh-8.7", "sshd_config", "SKeyAuthentication", "", True),
    ("openssh-8.6", "ssh_config", "SKeyAuthentication", "unsupported", False),
    ("openssh-8.7", "ssh_config", "SKeyAuthentication", "", False),
    ("openssh-8.6", "sshd_config", "ChallengeResponseAuthentication", "", False),
    ("openssh-8.7", "sshd_config", "ChallengeResponseAuthentication", "", True),
    ("openssh-9.7", "sshd_config", "PAMServiceName", UNKNOWN, False),
    ("openssh-10.3", "sshd_config", "PAMServiceName", "", True),
    ("openssh-10.4", "sshd_config", "PAMServiceName", "", False),
    ("openssh-10.5", "sshd_config", "PAMServiceName", "", True),
    ("openssh-10.3", "sshd_config", "AFSTokenPassing", "unsupported", False),
    ("openssh-10.4", "sshd_config", "AFSTokenPassing", "deprecated", False),
    ("openssh-10.5", "ssh_config", "AFSTokenPassing", "unsupported", False),
    ("openssh-10.3", "sshd_config", "PAMAuthenticationViaKbdInt", "deprecated", False),
    ("openssh-10.4", "sshd_config", "PAMAuthenticationViaKbdInt", UNKNOWN, False),
    ("openssh-9.2", "sshd_config", "UsePrivilegeSeparation", "deprecated", False),
    ("openssh-9.2", "sshd_config", "RSAAuthentication", "deprecated", True),
    ("openssh-9.2", "ssh_config", "RSAAuthentication", "unsupported", False),
    ("openssh-9.2", "sshd_config", "Protocol", "ignored", False),
    ("openssh-9.2", "ssh_config", "Protocol", "ignored", False),
    ("openssh-9.2", "ssh_config", "UseRoaming", "deprecated", False),
    ("openssh-9.2", "sshd_config", "KerberosGetAFSToken", "unsupported", False),
    ("openssh-10.3", "sshd_config", "GSSAPIAuthentication", "", True),
    ("openssh-10.4", "sshd_config", "GSSAPIAuthentication", UNKNOWN, False),
    ("openssh-10.4", "sshd_config", "GssAuthentication", "", True),
    ("openssh-10.5", "sshd_config", "GssAuthentication", UNKNOWN, False),
    ("openssh-8.4", "ssh_config", "HostbasedAlgorithms", UNKNOWN, False),
    ("openssh-8.6", "ssh_config", "HostbasedAlgorithms", "", False),
    ("openssh-8.7", "ssh_config", "HostbasedAlgorithms", UNKNOWN, False),
    ("openssh-8.6", "ssh_config", "HostbasedAcceptedAlgorithms", UNKNOWN, False),
    ("openssh-9.2", "sshd_config", "DebianBanner", UNKNOWN, False),
    ("debian-12", "sshd_config", "DebianBanner", "", False),
    ("debian-12", "sshd_config", "KerberosAuthentication", "", True),
    ("debian-sid", "sshd_config", "KerberosAuthentication", "unsupported", True),
    ("debian-sid", "sshd_config", "GSSAPIAuthentication", "unsupported", True),
    ("debian-13", "sshd_config", "GSSAPIKeyExchange", "", False),
    ("debian-sid", "sshd_config", "GSSAPIKeyExchange", UNKNOWN, False),
    ("debian-sid", "sshd_config", "UsePAM", "", False),
    ("debian-sid", "ssh_config", "GSSAPIDelegateCredentials", "unsupported", False),
    # Red Hat's backports, and its own keywords.
    ("rhel-8", "sshd_config", "Include", "", True),
    ("fedora-31", "sshd_config", "Include", UNKNOWN, False),
    ("rhel-8", "sshd_config", "RDomain", "unsupported", True),
    ("rhel-9.3", "sshd_config", "RDomain", "", True),
    ("rhel-8", "sshd_config", "RequiredRSASize", UNKNOWN, False),
    ("rhel-9.3", "sshd_config", "RequiredRSASize", "", True),
    ("rhel-9.3", "ssh_config", "RequiredRSASize", "", False),
    ("rhel-9.3", "sshd_config", "RSAMinSize", "", True),
    ("rhel-9", "ssh_config", "RSAMinSize", "", False),
    ("fedora-33", "sshd_config", "RSAMinSize", UNKNOWN, False),
    ("openssh-9.9", "sshd_config", "RSAMinSize", UNKNOWN, False),
    ("rhel-8", "sshd_config", "ShowPatchLevel", UNKNOWN, False),
    ("rhel-9.3", "sshd_config", "CanonicalMatchUser", UNKNOWN, False),
    ("rhel-9.8", "sshd_config", "CanonicalMatchUser", "", False),
    ("rhel-9", "sshd_config", "GSSAPIKeyExchange", "", False),
    ("rhel-9", "sshd_config", "GSSAPIEnablek5users", "", True),
    ("rhel-9", "sshd_config", "GSSUseSessionCCache", "unsupported", False),
    ("rhel-9", "ssh_config", "GSSAPITrustDns", "", False),
    ("rhel-9", "sshd_config", "DebianBanner", UNKNOWN, False),
    ("fedora-44", "sshd_config", "GSSAPIAllowS4U2Self", UNKNOWN, False),
    ("fedora-rawhide", "sshd_config", "GSSAPIAllowS4U2Self", "", True),
    # 10.4's accident, taken back by the packages.
    ("fedora-rawhide", "sshd_config", "GSSAPIAuthentication", "", True),
    ("fedora-rawhide", "sshd_config", "GssAuthentication", UNKNOWN, False),
    # Apple.
    ("macos-15", "ssh_config", "UseKeychain", "", False),
    ("openssh-9.9", "ssh_config", "UseKeychain", UNKNOWN, False),
    ("macos-15", "sshd_config", "UseKeychain", UNKNOWN, False),
    ("macos-12", "ssh_config", "HostbasedAcceptedAlgorithms", "", False),
    ("macos-12", "ssh_config", "HostbasedAlgorithms", UNKNOWN, False),
    ("macos-12", "ssh_config", "AppleMultipath", UNKNOWN, False),
    ("macos-13", "ssh_config", "AppleMultipath", "", False),
    ("macos-13", "ssh_config", "NoHostAuthenticationForProxyCommand", UNKNOWN, False),
    ("macos-14", "ssh_config", "NoHostAuthenticationForProxyCommand", "", False),
    ("macos-15", "sshd_config", "AppleBaseSystem", UNKNOWN, False),
    ("macos-26", "sshd_config", "AppleBaseSystem", "", False),
    # UsePAM in four ways.
    ("debian-12", "sshd_config", "UsePAM", "", False),
    ("windows-server-2025", "sshd_config", "UsePAM", "unsupported", False),
    ("alpine-3.22", "sshd_config", "UsePAM", "unsupported", False),
    ("openbsd-7.6", "sshd_config", "UsePAM", UNKNOWN, False),
    ("openbsd-7.6", "sshd_config", "PAMServiceName", UNKNOWN, False),
    ("openbsd-7.6", "sshd_config", "KerberosAuthentication", "unsupported", True),
    ("windows-server-2025", "sshd_config", "GSSAPIAuthentication", "", True),
    ("windows-server-2025", "sshd_config", "KerberosAuthentication", "unsupported", True),
    ("win32-openssh-9.8", "sshd_config", "PAMServiceName", "unsupported", True),
    ("alpine-3.22", "sshd_config", "PrintLastLog", "unsupported", False),
    # The other BSDs.
    ("freebsd-14", "sshd_config", "UseBlacklist", "", False),
    ("freebsd-14", "sshd_config", "UseBlocklist", "", False),
    ("freebsd-13.1", "sshd_config", "UseBlocklist", UNKNOWN, False),
    ("freebsd-13.1", "sshd_config", "NoneEnabled", "unsupported", True),
    ("freebsd-14", "sshd_config", "NoneEnabled", UNKNOWN, False),
    ("freebsd-14", "ssh_config", "VersionAddendum", "", False),
    ("openssh-9.7", "ssh_config", "VersionAddendum", UNKNOWN, False),
    ("netbsd-9.3", "sshd_config", "IgnoreRootRhosts", "", False),
    # HPN-SSH and GSI-OpenSSH.
    ("hpn-15v5", "sshd_config", "DisableMTAES", "", True),
    ("hpn-18.4.2", "sshd_config", "DisableMTAES", UNKNOWN, False),
    ("hpn-18.5.1", "sshd_config", "DisableMTAES", "", True),
    ("hpn-18.1.0", "ssh_config", "TcpRcvBuf", "", False),
    ("hpn-18.3.0", "ssh_config", "TcpRcvBuf", UNKNOWN, False),
    ("hpn-18.3.0", "sshd_config", "HPNBufferLimit", "", True),
    ("hpn-18.4.2", "sshd_config", "HPNBufferLimit", UNKNOWN, False),
    ("hpn-18.8.0", "sshd_config", "UseMPTCP", "", False),
    ("gsi-8.0", "sshd_config", "GSSAPIKeyExchange", "", False),
    ("gsi-8.0", "sshd_config", "GSSAPIDelegateCredentials", "", True),
    ("gsi-8.0", "sshd_config", "DisableUsageStats", "unsupported", False),
    ("gsi-8.4", "sshd_config", "NoneEnabled", UNKNOWN, False),
    # SUSE, PLD.
    ("sle-15.5", "ssh_config", "GSSAPIKeyExchange", "", False),
    ("pld", "sshd_config", "UseChroot", "", False),
)

MEANINGS = (
    ("openssh-8.6", "sshd_config", "ChallengeResponseAuthentication", "challengeresponseauthentication"),
    ("openssh-8.7", "sshd_config", "ChallengeResponseAuthentication", "kbdinteractiveauthentication"),
    ("openssh-8.6", "ssh_config", "TISAuthentication", "challengeresponseauthentication"),
    ("openssh-8.7", "ssh_config", "TISAuthentication", "kbdinteractiveauthentication"),
    ("openssh-8.6", "ssh_config", "HostbasedAlgorithms", "hostbasedacceptedalgorithms"),
    ("debian-12", "ssh_config", "SetupTimeOut", "serveraliveinterval"),
    ("debian-13", "ssh_config", "SetupTimeOut", "connecttimeout"),
    ("rhel-9.3", "sshd_config", "RSAMinSize", "requiredrsasize"),
    ("freebsd-14", "sshd_config", "UseBlacklist", "useblocklist"),
)

NOTICES = (
    ("openssh-9.2", "sshd_config", "uselogin", "Deprecated option uselogin"),
    ("openssh-9.2", "sshd_config", "KerberosTgtPassing", "Unsupported option KerberosTgtPassing"),
    ("openssh-10.4", "sshd_config", "KerberosTgtPassing", "Deprecated option KerberosTgtPassing"),
    ("openssh-9.2", "sshd_config", "Protocol", ""),
    ("openssh-9.2", "sshd_config", "Port", ""),
    ("openssh-9.2", "ssh_config", "RSAAuthentication", 'Unsupported option "rsaauthentication"'),
    ("openssh-9.2", "ssh_config", "UseRoaming", ""),
    ("openssh-9.2", "ssh_config", "Protocol", ""),
)


@pytest.mark.parametrize(("name", "kind", "keyword", "state", "in_match"), STATES)
def test_state(name: str, kind: Kind, keyword: str, state: str, in_match: bool) -> None:
    target = target_of(name)
    row = keywords(kind, target).get(keyword.lower())
    assert (row.state if row else UNKNOWN) == state
    assert _in_match(row, target.release) == in_match
    assert row is None or (row.type is IGNORED) == bool(state)


@pytest.mark.parametrize(("name", "kind", "keyword", "option"), MEANINGS)
def test_meaning(name: str, kind: Kind, keyword: str, option: str) -> None:
    assert keywords(kind, target_of(name))[keyword.lower()].option == option


@pytest.mark.parametrize(("name", "kind", "typed", "printed"), NOTICES)
def test_notice(name: str, kind: Kind, typed: str, printed: str) -> None:
    assert notice(keywords(kind, target_of(name))[typed.lower()], kind, typed) == printed


def test_lines_of_log_verbose_add_up_before_8_7() -> None:
    assert keywords("sshd_config", target_of("openssh-8.6"))["logverbose"].adds
    assert not keywords("sshd_config", target_of("openssh-8.7"))["logverbose"].adds


@pytest.mark.parametrize("kind", KINDS)
def test_no_two_rows_hold_for_one_release_of_a_vendor(kind: Kind) -> None:
    for one, other in combinations(all_keywords(kind), 2):
        shared = {*(one.vendors or ("",))} & {*(other.vendors or ("",))}
        if one.name.lower() == other.name.lower() and shared:
            assert one.until < other.since or other.until < one.since, one


@pytest.mark.parametrize("kind", KINDS)
def test_rows_are_sound(kind: Kind) -> None:
    for row in all_keywords(kind):
        assert OLDEST <= row.since <= row.until <= NEWEST, row
        assert row.state != UNKNOWN or row.vendors, row
        assert (row.type is IGNORED) == bool(row.state), row
        assert row.option in known_names(kind), row


def test_what_is_not_verified_says_so() -> None:
    suse = keywords("ssh_config", target_of("sle-15.5"))["gssapikeyexchange"]
    assert suse.unverified.startswith("the patch is known by its name only")
    assert (
        keywords("sshd_config", target_of("rhel-9.8"))["canonicalmatchuser"].unverified == "third-party list"
    )
    assert not keywords("sshd_config", target_of("rhel-8"))["include"].unverified


UNSUPPORTED: tuple[tuple[Kind, str, str], ...] = (
    ("sshd_config", "PAM", "usepam"),
    ("sshd_config", "Kerberos", "kerberosticketcleanup"),
    ("sshd_config", "GSSAPI", "gssapiauthentication"),
    ("sshd_config", "lastlog", "printlastlog"),
    ("ssh_config", "GSSAPI", "gssapidelegatecredentials"),
    ("ssh_config", "PKCS11", "pkcs11provider"),
    ("ssh_config", "PKCS11", "smartcarddevice"),
)


@pytest.mark.parametrize(("kind", "feature", "keyword"), UNSUPPORTED)
def test_a_build_without_the_feature_skips_the_keyword(kind: Kind, feature: Feature, keyword: str) -> None:
    target = target_of("debian-12")
    assert keywords(kind, target)[keyword].state == ""
    row = keywords(kind, target._replace(lacks=(feature,)))[keyword]
    assert (row.state, row.option, row.type) == ("unsupported", keyword, IGNORED)


def test_every_feature_has_options() -> None:
    needed = {row.needs for kind in KINDS for row in option_rows(kind) if row.needs}
    assert needed == {*get_args(Feature)}


@pytest.mark.parametrize("kind", KINDS)
def test_the_installed_openssh_knows_these_and_no_others(kind: Kind, tmp_path: Path) -> None:
    need("openssh")
    known = keywords(kind, _installed())
    foreign = sorted({*known_names("sshd_config"), *known_names("ssh_config")} - known.keys())
    assert foreign
    said = _said(kind, [f"{name} x" for name in foreign], tmp_path / "foreign")
    assert [name for name in foreign if f"Bad configuration option: {name}\n" not in said] == []
    with ThreadPoolExecutor() as pool:
        wrong = list(pool.map(lambda row: "; ".join(_differences(kind, row, tmp_path)), known.values()))
    assert [each for each in wrong if each] == []


def _differences(kind: Kind, row: Keyword, folder: Path) -> Iterator[str]:
    """How the installed program takes a keyword otherwise than its row says."""
    said = _said(kind, [f"{row.name} x"], folder / row.name)
    if "Bad configuration option" in said:
        yield f"{row.name} is unknown"
    skipped = re.findall(r"line 1: ((?:Deprecated|Unsupported) option .*)", said)
    if skipped != [each for each in [notice(row, kind, row.name)] if each]:
        yield f"{row.name}: {skipped}"
    if kind == "sshd_config" and row.name != "Match":
        said = _said(kind, ["Match User nobody.here", f"{row.name} x"], folder / row.name)
        if ("not allowed within" not in said) != _in_match(row, _installed().release):
            yield f"{row.name} in Match: {said}"


def _installed() -> Target:
    target = installed_target()
    assert target
    return target


def _in_match(row: Keyword | None, release: Release) -> bool:
    return bool(row and row.in_match and row.in_match <= release)


def _said(kind: Kind, lines: list[str], path: Path) -> str:
    path.write_text("".join(f"{line}\n" for line in lines))
    ask = [SSHD, "-t", "-f"] if kind == "sshd_config" else ["ssh", "-G", "-F"]
    host = [] if kind == "sshd_config" else ["somewhere"]
    command = [*ask, str(path), *host]
    return subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=20).stderr
