"""Rows of (config, question, release, answer): where releases differ that Debian does not ship.

The answers are those of builds of the portable tags from 8.0 to 10.5; the few that Debian's 8.4, 9.2, 10.0 and 10.6
give too are asked of these again by tests.oracle.table. `openssh-8.0..8.3` stands for all releases from one to
the other. An answer is the printed lines of one keyword, or ``refused`` and the numbers of the lines.
"""

from collections.abc import Mapping
from typing import NamedTuple

import pytest

from sshkeep import lint
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.releases import Release
from tests.oracle.recorded import RecordedConfig
from tests.oracle.recorded.ours import answer_of, whole_output

SSHD: Kind = "sshd_config"
SSH: Kind = "ssh_config"
RELEASES = [Release(8, n) for n in range(10)] + [Release(9, n) for n in range(10)]
RELEASES += [Release(10, n) for n in range(7)]
BOB = {"user": "bob", "host": "h", "addr": "10.0.0.5", "laddr": "1.2.3.4", "lport": "22"}
MANY = " ".join(f"/{number}" for number in range(33))
DOMAINS = " ".join(f"d{number}.example" for number in range(33))


class Row(NamedTuple):
    """``answers``: releases to the lines of ``keyword`` (lower case) as they differ from an empty file's."""

    kind: Kind
    text: str
    keyword: str
    answers: Mapping[str, str]
    files: Mapping[str, str] = {}
    ask: Mapping[str, str] = {}


def both(text: str, answers: Mapping[str, str]) -> tuple[Row, Row]:
    return Row(SSHD, text, "", answers), Row(SSH, text, "", answers)


NO_CRITERION = {"8.0..9.8": "refused 1"}
AN_INCLUDE = "Include /etc/ssh/a.conf\n"
TWO_PORTS = "port 22|port 2222"

ROWS = (
    # Also on Debian's.
    *both("Match == User bob\n", NO_CRITERION),
    *both("Match==x\n", NO_CRITERION),
    *both("Match = = x\n", NO_CRITERION),
    *both('Match ""\n', NO_CRITERION),
    *both('Match "" User bob\n', NO_CRITERION),
    *both('Match User bob "" x\n', {"8.0..8.6": "refused 1", "8.7..9.8": "refused 1"}),
    Row(SSHD, 'Match User bob "" ""\n', "", {"8.0..8.6": "", "8.7..9.8": "refused 1"}),
    *both('Match all "" x\n', {"8.0..10.6": "refused 1"}),
    Row(SSH, 'IgnoreUnknown Foo\nFoo yes"\n', "foo", {"8.0..8.6": "", "8.7..10.6": "refused 2"}),
    Row(SSH, "Host nope\nIgnoreUnknown *\nFoo 1\n", "", {"8.0..10.6": "refused 3"}),
    Row(SSH, f"UserKnownHostsFile {MANY}\n", "", {"8.0..10.6": "refused 1"}),
    Row(SSH, f"GlobalKnownHostsFile {MANY}\n", "", {"8.0..10.6": "refused 1"}),
    Row(SSH, f"CanonicalDomains {DOMAINS}\n", "port", {"8.0..9.6": "refused 1", "9.7..10.6": ""}),
    Row(SSHD, "HostbasedAcceptedKeyTypes ,\n", "", {"8.0..8.4": "refused"}),
    Row(SSHD, "PubkeyAcceptedKeyTypes ,\n", "", {"8.0..8.4": "refused"}),
    Row(SSH, "Foo\nRefuseConnection x\nBar\n", "", {"10.1..10.6": "refused 1, 2"}),
    Row(SSHD, "IPQoS 255 =\n", "", {"8.0..8.6": "refused 1"}),
    Row(SSH, "RekeyLimit 1G =\n", "", {"8.0..8.6": "refused 1"}),
    Row(SSHD, "MaxStartups 5:50:20\nMaxStartups -1\n", "maxstartups", {"8.0..9.1": "maxstartups 10:50:100"}),
    Row(
        SSHD,
        "PermitUserEnvironment yes\nMatch all\nPermitUserEnvironment A*\n",
        "permituserenvironment",
        {"8.0..10.3": "permituserenvironment A*", "10.4..10.6": "PermitUserEnvironment yes"},
    ),
    Row(
        SSHD,
        "PermitUserEnvironment B*\nMatch all\nPermitUserEnvironment no\nPermitUserEnvironment A*\n",
        "permituserenvironment",
        {"8.0..10.4": "permituserenvironment B*"},
    ),
    # sshd.
    Row(
        SSHD,
        AN_INCLUDE,
        "clientaliveinterval",
        {"8.2..8.3": "", "8.4..10.3": "clientaliveinterval 60"},
        {"a.conf": "Match User bob\nClientAliveInterval 60\n"},
    ),
    Row(
        SSHD,
        "Match all\n" + AN_INCLUDE,
        "clientaliveinterval",
        {"8.2..10.3": "clientaliveinterval 60"},
        {"a.conf": "Match User bob\nClientAliveInterval 60\n"},
    ),
    Row(
        SSHD,
        "Include a.conf\n",
        "clientaliveinterval",
        {"8.2": "", "8.3..10.3": "clientaliveinterval 60", "ubuntu-20.04": ""},
        {"a.conf": "ClientAliveInterval 60\n"},
    ),
    Row(
        SSHD,
        AN_INCLUDE + "Port 2222\n",
        "port",
        {"8.2..8.3": TWO_PORTS, "8.4..10.4": "port 2222", "ubuntu-20.04": "port 2222"},
        {"a.conf": ""},
    ),
    Row(SSHD, "Include /etc/ssh/gone.conf\nPort 2222\n", "port", {"8.2..10.4": "port 2222"}, {"a.conf": ""}),
    Row(
        SSHD,
        "ListenAddress 1.2.3.4\n" + AN_INCLUDE + "Port 2222\nListenAddress 1.1.1.1\n",
        "listenaddress",
        {
            "8.2..8.3": "listenaddress 1.1.1.1:2222|listenaddress 1.1.1.1:33|listenaddress 1.2.3.4:33",
            "8.4": "listenaddress 1.1.1.1:2222|listenaddress 1.1.1.1:33"
            "|listenaddress 1.2.3.4:2222|listenaddress 1.2.3.4:33",
        },
        {"a.conf": "Port 33\n"},
    ),
    Row(
        SSHD,
        AN_INCLUDE + "AddressFamily inet\n",
        "addressfamily",
        {"8.2..8.3": "", "8.4..10.3": "addressfamily inet", "ubuntu-20.04": "addressfamily inet"},
        {"a.conf": ""},
    ),
    Row(SSHD, "Match Address 10.0.0.1/8\n", "", {"8.0..10.6": "refused 1"}),
    Row(SSHD, "Match LocalAddress 1.2.3.4/8\n", "", {"8.0..10.6": "refused 1"}),
    Row(
        SSHD, "Match Address 10.0.0.1/33\n", "", {"8.0..8.3": "", "8.4..10.6": "refused 1"}, ask={"user": "a"}
    ),
    Row(SSHD, "IPQoS le\n", "ipqos", {"8.0..8.1": "refused 1", "8.2..10.3": "ipqos le le"}),
    Row(SSH, "IPQoS le\n", "ipqos", {"8.0..8.1": "refused 1", "8.2..10.6": "ipqos le le"}),
    Row(
        SSHD,
        "IPQoS 1\n",
        "ipqos",
        {
            "8.0..8.1": "ipqos 0x01 0x01",
            "8.2": "ipqos le le",
            "8.8": "ipqos le le",
            "8.9..9.9": "ipqos 0x01 0x01",
        },
    ),
    Row(SSHD, "IPQoS reliability\n", "ipqos", {"8.8": "ipqos reliability reliability", "8.9": "ipqos le le"}),
    Row(SSHD, "IPQoS 4\n", "ipqos", {"8.1": "ipqos reliability reliability", "8.9": "ipqos le le"}),
    Row(SSH, "IPQoS reliability\n", "ipqos", {"8.9": "ipqos le le"}),
    Row(SSHD, "LogVerbose a b\n", "logverbose", {"8.5..8.6": "logverbose a b", "8.7": "logverbose a b"}),
    Row(SSH, "LogVerbose a b\n", "logverbose", {"8.5..8.6": "logverbose a b", "8.7..10.6": "logverbose a"}),
    Row(
        SSHD,
        "PermitUserEnvironment A*\n",
        "permituserenvironment",
        {"10.3..10.4": "permituserenvironment A*", "10.5..10.6": "PermitUserEnvironment A*"},
    ),
    # ssh.
    *(
        Row(
            SSH,
            f"ForwardAgent {value}\n",
            "forwardagent",
            {"8.0..8.1": "refused 1", "8.2": f"forwardagent {value}"},
        )
        for value in ("/run/agent.sock", "$VAR", "maybe")
    ),
    *(
        Row(SSH, f"AddKeysToAgent {value}\n", "", {"8.0..8.3": "refused 1"})
        for value in ("confirm 5m", "yes 5m", "ask 1h")
    ),
    Row(SSH, "AddKeysToAgent confirm 5m\n", "addkeystoagent", {"8.4..10.6": "addkeystoagent confirm 300"}),
    *(
        Row(
            SSH,
            f"UpdateHostKeys ask\nControlPersist {value}\n",
            "updatehostkeys",
            {"8.0..8.1": "", "8.2..10.6": "updatehostkeys ask"},
        )
        for value in ("10m", "0", "yes")
    ),
    Row(
        SSH,
        "UpdateHostKeys ask\nRequestTTY no\n",
        "updatehostkeys",
        {"8.0..8.1": "updatehostkeys ask", "8.2": ""},
    ),
    Row(
        SSH,
        "IdentityAgent ~/.agent\n",
        "identityagent",
        {"8.2": "identityagent ~/.agent", "8.3..10.6": "identityagent /root/.agent"},
    ),
    Row(
        SSH,
        "IdentityAgent /x/%u\n",
        "identityagent",
        {"8.2": "identityagent /x/%u", "8.3..10.6": "identityagent /x/root"},
    ),
    Row(SSH, "IdentityAgent %d/x\n", "identityagent", {"8.3..10.6": "identityagent /root/x"}),
    Row(SSH, "IdentityAgent ${NAME}/x\n", "identityagent", {"8.0..8.3": "refused 1"}),
    *(
        Row(
            SSH,
            f"{name} none\n",
            name.lower(),
            {"8.4": f"{name.lower()} none", "8.5..8.6": name.lower(), "8.7": f"{name.lower()} none"},
        )
        for name in ("GlobalKnownHostsFile", "UserKnownHostsFile")
    ),
    Row(SSH, "UserKnownHostsFile none none\n", "", {"8.5..8.6": "refused", "8.7..10.6": "refused 1"}),
    Row(SSH, "GlobalKnownHostsFile none none\n", "", {"8.5..8.6": "refused", "8.7..10.6": "refused 1"}),
    Row(SSH, "LogVerbose==*\n", "logverbose", {"8.5..8.6": ""}),
    Row(
        SSH, "PermitRemoteOpen\nStrictHostKeyChecking\n", "", {"8.5..8.6": "refused 1", "8.7": "refused 1, 2"}
    ),
    Row(
        SSH,
        "PermitRemoteOpen h:80\n",
        "permitremoteopen",
        {"8.6": "permitremoteopen h:80", "8.7..9.1": "", "9.2": "permitremoteopen h:80"},
    ),
    Row(SSH, "PermitRemoteOpen h:80 i:*\n", "permitremoteopen", {"8.7..9.1": "permitremoteopen i:*"}),
    Row(
        SSH,
        "PermitRemoteOpen h\n",
        "permitremoteopen",
        {"8.6": "refused 1", "8.7..9.1": "", "9.2": "refused 1"},
    ),
    Row(SSH, "PermitRemoteOpen none\n", "permitremoteopen", {"8.7..9.1": "permitremoteopen none"}),
    Row(
        SSH,
        "CanonicalizePermittedCNAMEs none\n",
        "canonicalizepermittedcnames",
        {"8.7": "refused 1", "8.8..10.6": ""},
    ),
    Row(SSH, "Match tagged *\nPort 1\n", "port", {"9.4..9.9": "port 1", "10.0..10.6": ""}),
    Row(SSH, "Match !tagged *\nPort 1\n", "port", {"9.4..9.9": "", "10.0..10.6": "port 1"}),
    Row(
        SSH,
        "Match tagged *\nPort 1\n",
        "port",
        {"ubuntu-24.04": "port 1", "rhel-10.1": "port 1", "sle-15.6": "port 1", "macos-15": "port 1"},
    ),
    Row(
        SSH,
        "Compression yes\n",
        "compression",
        {"9.8": "compression yes", "9.9": "compression UNKNOWN", "10.0": "compression yes"},
    ),
)


def targets_of(names: str) -> list[str]:
    first, dots, last = names.partition("..")
    if not first[0].isdigit():
        return [names]
    span = _release(first), _release(last if dots else first)
    return [f"openssh-{release}" for release in RELEASES if span[0] <= release <= span[1]]


def _release(text: str) -> Release:
    major, minor = text.split(".")
    return Release(int(major), int(minor))


QUESTIONS = [
    pytest.param(row, names, answer, id=f"{names}: {row.kind}: {row.text[:40]!r}")
    for row in ROWS
    for names, answer in row.answers.items()
]
REFUSED = [
    pytest.param(row, names, id=f"{names}: {row.kind}: {row.text[:40]!r}")
    for row in ROWS
    for names, answer in row.answers.items()
    if answer.startswith("refused") and not row.files
]


@pytest.mark.parametrize(("row", "names", "answer"), QUESTIONS)
def test_a_release_is_evaluated_as_it_does(row: Row, names: str, answer: str) -> None:
    targets = targets_of(names)
    assert targets
    assert {target: told(row, target) for target in targets} == dict.fromkeys(targets, answer)


def told(row: Row, target: str) -> str:
    ask = row.ask or ({"host": "somewhere"} if row.kind == SSH else BOB)
    found = answer_of(RecordedConfig(row.kind, row.text, ask, ()), target, row.files)
    if found.accepted:
        return "|".join(line for line in found.set if line.split(" ")[0].lower() == row.keyword)
    return " ".join(["refused", *([", ".join(map(str, found.refused))] if found.refused else [])])


@pytest.mark.parametrize(("row", "names"), REFUSED)
def test_lint_reports_what_is_refused(row: Row, names: str) -> None:
    for target in targets_of(names):
        found = lint(files={row.kind: row.text}, target=target).findings
        assert any(finding.severity == "error" for finding in found), target


@pytest.mark.parametrize(
    ("text", "target", "reported"),
    [
        ("Foo\nRefuseConnection x\nBar\n", "openssh-10.1", ["reported", "last", "hidden"]),
        ("Foo\nRefuseConnection x\nBar\n", "debian-sid", ["reported", "last", "hidden"]),
        ("PermitRemoteOpen\nStrictHostKeyChecking\n", "openssh-8.6", ["last", "hidden"]),
        ("PermitRemoteOpen\nStrictHostKeyChecking\n", "openssh-8.7", ["reported", "last"]),
    ],
)
def test_lint_tells_where_ssh_stops(text: str, target: str, reported: list[str]) -> None:
    found = lint(files={SSH: text}, target=target).findings
    assert [finding.refused for finding in found if finding.severity == "error"] == reported


@pytest.mark.parametrize(
    ("keyword", "target", "line"),
    [
        ("canonicaldomains", "openssh-8.6", "canonicaldomains"),
        ("canonicaldomains", "openssh-8.7", "canonicaldomains none"),
        ("logverbose", "openssh-8.5", "logverbose"),
        ("logverbose", "openssh-8.7", "logverbose none"),
    ],
)
def test_a_list_of_no_words_is_printed_without_a_blank(keyword: str, target: str, line: str) -> None:
    assert line in whole_output(RecordedConfig(SSH, "", {"host": "h"}, ()), target)
