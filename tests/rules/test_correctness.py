"""What OpenSSH refuses or skips has one finding on the same line, and nothing else is called an error."""

import re
from collections.abc import Iterator, Mapping

import pytest

from sshkeep import testing
from sshkeep.config.effective.conflicts import conflicts
from sshkeep.config.parse_line import excused_but_for, excused_in_block_only
from sshkeep.config.refusals import refused_lines, unchecked_addresses
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.file import Directive
from sshkeep.errors import SshkeepError
from sshkeep.lint.finding import Finding
from sshkeep.lint.registry import chosen_rules
from sshkeep.lint.runner import run_rules
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.targets import NEWEST_TARGET, target_of
from sshkeep.trees.discover import TreeOptions, tree_for
from tests.oracle.cases import Case
from tests.oracle.corpus import Real, corpus
from tests.oracle.generator.config import make
from tests.oracle.table import TABLE

FOLDER = "/etc/ssh"
REAL = list(corpus())
RELEASES = (
    "openssh-8.0",
    "debian-11",
    "openssh-8.6",
    "debian-12",
    "openssh-9.6",
    "debian-13",
    NEWEST_TARGET.name,
)
GENERATED = 60
"""Configs of each language and release; every third has a fault."""


def config_of(kind: Kind, text: str, target: str, files: Mapping[str, str] = {}) -> Config:
    """``files`` are included; {dir} in a text is the folder."""
    texts = {name: content.replace("{dir}", FOLDER) for name, content in {kind: text, **files}.items()}
    return testing.config_of(texts, target=target)


def findings(config: Config) -> list[Finding]:
    return run_rules(config, chosen_rules([], [], []))


def line_of(finding: Finding) -> tuple[str, int]:
    return finding.source.path, testing.line_number(finding)


def refused(config: Config) -> set[tuple[str, int]]:
    """The lines that sshkeep says the target refuses, for all connections or hosts or for some."""

    def place(directive: Directive) -> tuple[str, int]:
        return directive.file.source.path, directive.number + 1

    lines = {place(refusal.directive) for refusal in refused_lines(config)}
    lines |= {place(refusal.directive) for refusal, _ in unchecked_addresses(config)}
    lines |= {place(entry.directive) for entry in excused_in_block_only(config)}
    lines |= {place(entry.directive) for entry, _ in excused_but_for(config)}
    return lines | {place(entry.directive) for entry, _ in conflicts(config)}


def assert_agrees(config: Config) -> None:
    """Each refused line has one error, and no other line has any, but for tokens: ssh then names no line."""
    found = [finding for finding in findings(config) if finding.rule != "bad-token"]
    errors = [line_of(finding) for finding in found if finding.severity == "error"]
    assert sorted(errors) == sorted(refused(config))


@pytest.mark.parametrize("target", RELEASES)
@pytest.mark.parametrize("kind", list(TABLE))
def test_each_refused_line_of_the_table_has_one_error(kind: Kind, target: str) -> None:
    for case in TABLE[kind]:
        assert_agrees(config_of(kind, case.config, target, case.files))


def generated(kind: Kind, target: str) -> Iterator[Case]:
    return (make(kind, target_of(target), 3, number).case for number in range(GENERATED))


@pytest.mark.parametrize("target", RELEASES)
@pytest.mark.parametrize("kind", list(TABLE))
def test_each_refused_line_of_generated_configs_has_one_error(kind: Kind, target: str) -> None:
    for case in generated(kind, target):
        assert_agrees(config_of(kind, case.config, target, case.files))


@pytest.mark.parametrize("target", ["openssh-8.0", "debian-12", NEWEST_TARGET.name])
@pytest.mark.parametrize("real", REAL, ids=lambda real: real.name)
def test_each_refused_line_of_the_corpus_has_one_error(real: Real, target: str) -> None:
    try:
        config = tree_for(str(real.path), TreeOptions(real.kind, target_of(target), "")).load()
    except SshkeepError:
        pytest.skip("sshkeep does not read it")
    assert_agrees(config)


ONE_LINE: list[tuple[str, Kind, str, str, str]] = [
    # what is wrong, language, target, config; rule, which speaks of the last line
    ("no such keyword", "sshd_config", "debian-12", "PermitRootLogn no\n", "unknown-keyword"),
    ("nor its argument", "sshd_config", "debian-12", "PermitRootLogn\n", "unknown-keyword"),
    ("too new", "sshd_config", "openssh-9.0", "RequiredRSASize 3072\n", "unknown-keyword"),
    ("the vendor's own", "ssh_config", "debian-12", "UseKeychain yes\n", "unknown-keyword"),
    ("a keepalive of old", "ssh_config", "openssh-9.2", "ProtocolKeepAlives 60\n", "protocol-keep-alives"),
    ("a keepalive misspelt", "sshd_config", "debian-12", "ClientAliveIntervall 60\n", "keepalive-misspelt"),
    ("the client's", "sshd_config", "debian-12", "ServerAliveInterval 60\n", "keepalive-wrong-file"),
    ("a bad value", "sshd_config", "debian-12", "X11Forwarding perhaps\n", "bad-value"),
    ("a bad time", "sshd_config", "debian-12", "ClientAliveInterval 60ms\n", "keepalive-value"),
    ("nothing behind", "sshd_config", "debian-12", "Port\n", "missing-argument"),
    ("an empty word", "sshd_config", "debian-12", 'Port ""\n', "missing-argument"),
    ("a Host of nobody", "ssh_config", "debian-12", "Host\n", "missing-argument"),
    ("too much", "ssh_config", "debian-12", "Port 22 23\n", "extra-argument"),
    ("too much of a time", "sshd_config", "debian-12", "ClientAliveInterval 1 m\n", "keepalive-value"),
    ("a comment", "ssh_config", "openssh-8.4", "Port 22 # here\n", "extra-argument"),
    ("a quote", "sshd_config", "debian-12", 'Banner "/etc/issue\n', "unbalanced-quotes"),
    ("a quote on a Match line", "sshd_config", "debian-12", 'Match User "a\n', "unbalanced-quotes"),
    ("global only", "sshd_config", "debian-12", "Match User a\nPort 22\n", "not-in-match"),
    (
        "global only, a keepalive",
        "sshd_config",
        "debian-12",
        "Match User a\nTCPKeepAlive no\n",
        "not-in-match",
    ),
    ("a blank in a list", "sshd_config", "debian-12", "Match User a b\n", "bad-match"),
    ("twice", "sshd_config", "debian-12", "Subsystem a /b\nSubsystem a /b\n", "repeated-setting"),
    ("without its user", "sshd_config", "debian-12", "AuthorizedKeysCommand /bin/a\n", "refused-together"),
    ("an unknown algorithm", "ssh_config", NEWEST_TARGET.name, "KexAlgorithms rot13\n", "bad-value"),
    ("itself", "ssh_config", "debian-12", f"Include {FOLDER}/ssh_config\n", "deep-include"),
]


@pytest.mark.parametrize(
    ("kind", "target", "text", "rule"), [row[1:] for row in ONE_LINE], ids=[row[0] for row in ONE_LINE]
)
def test_one_rule_speaks_of_each_cause(kind: Kind, target: str, text: str, rule: str) -> None:
    config = config_of(kind, text, target)
    last = (f"{FOLDER}/{kind}", text.count("\n"))
    assert [f.rule for f in findings(config) if line_of(f) == last and f.severity == "error"] == [rule]


STANDINGS: list[tuple[str, Kind, str, str, dict[int, str], str]] = [
    # the standing of the refused lines, and the note of the last one that OpenSSH reports
    ("one alone", "sshd_config", "debian-12", "Port x\n", {1: "last"}, ""),
    (
        "sshd stops at a bad value",
        "sshd_config",
        "debian-12",
        "Foo 1\nPort x\nPort y\n",
        {1: "reported", 2: "last", 3: "hidden"},
        "sshd stops here and does not report 1 more refused line",
    ),
    (
        "and counts unknown keywords",
        "sshd_config",
        "debian-12",
        "Foo 1\nBar 2\n",
        {1: "reported", 2: "last"},
        "sshd reports both refused lines and stops",
    ),
    (
        "ssh counts bad values",
        "ssh_config",
        "debian-12",
        "Port x\nFoo 1\nPort y\n",
        {1: "reported", 2: "reported", 3: "last"},
        "ssh reports all 3 refused lines and stops",
    ),
    (
        "ssh up to 8.4 did not",
        "ssh_config",
        "debian-11",
        "Port x\nPort y\nPort z\n",
        {1: "last", 2: "hidden", 3: "hidden"},
        "ssh stops here and does not report 2 more refused lines",
    ),
    (
        "what is refused together comes last",
        "sshd_config",
        "debian-12",
        "AuthorizedKeysCommand /bin/a\nFoo 1\n",
        {1: "hidden", 2: "last"},
        "sshd stops at the end of this file and does not report 1 more refused line",
    ),
    (
        "one check after the other",
        "sshd_config",
        "debian-12",
        "AuthorizedPrincipalsCommand /bin/a\nAuthorizedKeysCommand /bin/a\n",
        {1: "hidden", 2: "last"},
        "sshd stops here and does not report 1 more refused line",
    ),
]


@pytest.mark.parametrize(
    ("kind", "target", "text", "standings", "note"),
    [row[1:] for row in STANDINGS],
    ids=[row[0] for row in STANDINGS],
)
def test_the_line_where_openssh_stops_is_told(
    kind: Kind, target: str, text: str, standings: dict[int, str], note: str
) -> None:
    found = [finding for finding in findings(config_of(kind, text, target)) if finding.refused]
    assert {line_of(finding)[1]: finding.refused for finding in found} == standings
    last = next(finding for finding in found if finding.refused == "last")
    assert [each for each in last.notes if re.match("sshd? (stops|reports)", each)] == (
        [note] if note else []
    )


def test_it_stops_at_the_end_of_an_included_file() -> None:
    config = config_of("ssh_config", "Foo 1\nInclude /etc/ssh/x\nBar 2\n", "debian-12", {"x": "Port y\n"})
    found = {line_of(finding): finding for finding in findings(config) if finding.refused}
    assert {place: finding.refused for place, finding in found.items()} == {
        (f"{FOLDER}/ssh_config", 1): "reported",
        (f"{FOLDER}/x", 1): "last",
        (f"{FOLDER}/ssh_config", 3): "hidden",
    }
    note = "ssh stops at the end of this file and does not report 1 more refused line"
    assert note in found[f"{FOLDER}/x", 1].notes


def test_a_file_that_is_included_twice_is_told_of_once() -> None:
    text = "Match User a\nInclude /etc/ssh/x\nMatch User b\nInclude /etc/ssh/x\n"
    config = config_of("sshd_config", text, "debian-12", {"x": "MaxSessions many\n"})
    assert [f.rule for f in findings(config) if f.severity == "error"] == ["bad-value"]


HINTS: list[tuple[Kind, str, str, str]] = [
    (
        "sshd_config",
        "openssh-9.0",
        "RequiredRSASize 1024",
        "openssh-9.0 is too old: OpenSSH has it since 9.1",
    ),
    ("sshd_config", "openssh-10.6", "PAMAuthenticationViaKbdInt no", "OpenSSH has it up to 10.3 only"),
    ("sshd_config", "openbsd-7.6", "UsePAM no", "openbsd-7.6 is built without it"),
    ("ssh_config", "debian-12", "UseKeychain yes", "only macOS has it"),
    ("sshd_config", "debian-12", "StrictHostKeyChecking no", "it belongs in ssh_config"),
    ("sshd_config", "debian-12", "PasswordAuthentification no", "did you mean PasswordAuthentication?"),
    ("sshd_config", "debian-12", "Quux no", ""),
]


@pytest.mark.parametrize(("kind", "target", "text", "hint"), HINTS)
def test_who_knows_an_unknown_keyword(kind: Kind, target: str, text: str, hint: str) -> None:
    found = [f for f in findings(config_of(kind, text + "\n", target)) if f.rule == "unknown-keyword"]
    assert [finding.label for finding in found] == [hint]


STOCK = {
    "azurelinux-2": "azurelinux-2",
    "azurelinux-3": "azurelinux-3",
    "cloud-init": "ubuntu-24.04",
    "debian-11": "debian-11",
    "debian-12": "debian-12",
    "debian-13": "debian-13",
    "debian-13-gce": "debian-13",
    "debian-sid": "debian-sid",
    "fedora-30": "fedora-30",
    "fedora-31": "fedora-31",
    "fedora-32": "fedora-32",
    "fedora-33": "fedora-33",
    "fedora-38": "fedora-38",
    "fedora-coreos": "fedora-43",
    "fedora-rawhide-2026": "fedora-rawhide",
    "freebsd-14.0": "freebsd-14.0",
    "gentoo-10.5_p1": "gentoo",
    "gsi-openssh-8.0p1": "gsi-8.0",
    "hpnssh-18.5.1": "hpn-18.5.1",
    "hpnssh-18.8.0": "hpn-18.8.0",
    "macos-OpenSSH-268.100.4": "macos-12",
    "macos-OpenSSH-282.100.6": "macos-13",
    "macos-OpenSSH-328.100.5": "macos-14",
    "macos-OpenSSH-346": "macos-15",
    "macos-OpenSSH-354.0.3": "macos-26",
    "openbsd-2024-11": "openbsd-7.6",
    "openbsd-2026-07": "openbsd-current",
    "openmandriva-rolling": "openssh-10.0",
    "openwrt-2026": "openssh-10.4",
    "photon-4.0": "photon-4",
    "photon-5.0": "photon-5",
    "photon-master": "photon-master",
    "pld-2026": "pld",
    "rhel-8": "rhel-8",
    "rhel-9.3": "rhel-9.3",
    "ubuntu-24.04": "ubuntu-24.04",
    "windows-v8.1.0.0": "win32-openssh-8.1",
    "windows-v8.6.0.0": "win32-openssh-8.6",
    "windows-v8.9.1.0": "win32-openssh-8.9",
    "windows-v9.5.0.0": "win32-openssh-9.5",
    "windows-v9.8.1.0": "win32-openssh-9.8",
}
"""Folder of stock files to the target they are for; older systems are left out."""

KEEPALIVE = {"sshd_config": "warning client-alive-interval", "ssh_config": "warning server-alive-interval"}
"""What is said of nearly all: nothing sets the keepalive."""

SAID_BESIDES = {
    # It sets Protocol, which ssh skips without a word.
    ("openmandriva-rolling", "ssh_config"): ["info deprecated-option"],
    # Red Hat's drop-in has ChallengeResponseAuthentication, the old name from 8.7 on.
    **{
        (system, name): ["info old-keyword"]
        for system in ("fedora-38", "rhel-9.3")
        for name in ("sshd_config", "sshd_config.d/50-redhat.conf")
    },
    # TCPKeepAlive no and ClientAliveInterval 0: no probe of any kind is left.
    ("photon-4.0", "sshd_config"): ["warning no-liveness"],
    ("photon-5.0", "sshd_config"): ["warning no-liveness"],
    ("photon-master", "sshd_config"): ["warning no-liveness"],
}
"""All else that the default groups say of stock files, and why it is so."""

NOTHING_IS_MISSING = {
    ("azurelinux-2", "sshd_config"),
    ("azurelinux-3", "sshd_config"),
    *(place for place, said in SAID_BESIDES.items() if said == ["warning no-liveness"]),
}
"""Stock files that set the keepalive, or of which no-liveness says it all."""


def stock() -> list[tuple[str, Real]]:
    """The corpus's stock files with the folder of each."""
    folders = [
        (real.path.parts[real.path.parts.index("stock") + 1], real)
        for real in REAL
        if "stock" in real.path.parts
    ]
    return [(name, real) for name, real in folders if name in STOCK]


@pytest.mark.parametrize(("name", "real"), [pytest.param(*each, id=each[1].name) for each in stock()])
def test_a_stock_file_is_correct_for_its_own_system(name: str, real: Real) -> None:
    tree = tree_for(str(real.path), TreeOptions(real.kind, target_of(STOCK[name]), None))
    config = tree.load()
    found = [f for f in run_rules(config, chosen_rules([], [], [])) if tree.shows(f.source.path)]
    said = sorted(f"{f.severity} {f.rule}" for f in found)
    missing = [KEEPALIVE[real.kind]]
    if config.fragment or (name, real.path.name) in NOTHING_IS_MISSING or tree.shown is not None:
        missing = []
    place = real.name if real.path.parent.suffix == ".d" else real.path.name
    assert said == sorted(missing + SAID_BESIDES.get((name, place), []))
    assert not [finding for finding in findings(config) if finding.severity == "error"]
