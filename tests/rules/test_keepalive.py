"""What the keepalive rules say of a whole file: one finding for one cause, and each one is true."""

import random
from collections.abc import Iterator
from itertools import product

import pytest

from sshkeep.config.blocks.clients import Connection, HostQuery
from sshkeep.config.effective.evaluate import evaluate_ssh, evaluate_sshd
from sshkeep.config.tree.config import Config
from sshkeep.lint.checks.missing_keepalive import MISSING_INTERVAL_RULES
from sshkeep.lint.finding import Finding
from sshkeep.lint.registry import chosen_rules
from sshkeep.lint.runner import run_rules
from sshkeep.openssh.kind import Kind
from sshkeep.testing import config_of, line_number

RULES = chosen_rules([], [], [])
SHARED = "ControlMaster auto\nControlPath ~/.ssh/%C\nControlPersist yes\n"

ONE_CAUSE: list[tuple[str, Kind, str, str, list[str]]] = [
    # what, kind, target, config, findings as line and rule
    ("nothing set", "ssh_config", "openssh-10.0", "User a\n", ["1 server-alive-interval"]),
    ("TCP's only", "ssh_config", "openssh-10.0", "TCPKeepAlive yes\n", ["1 tcp-keep-alive"]),
    ("a tunnel", "ssh_config", "openssh-10.0", "Host a\nLocalForward 1 b:2\n", ["2 tunnel-without-keepalive"]),
    ("shared", "ssh_config", "openssh-10.0", SHARED, ["3 master-without-keepalive"]),
    ("all", "ssh_config", "openssh-10.0", f"{SHARED}BatchMode yes\nTCPKeepAlive yes\nTunnel yes\n", ["3 master-without-keepalive"]),
    ("no TCP either", "ssh_config", "openssh-10.0", f"{SHARED}TCPKeepAlive no\n", ["4 no-liveness"]),
    ("a count", "ssh_config", "openssh-10.0", f"{SHARED}ServerAliveCountMax 5\n", ["4 count-without-interval"]),
    ("zero", "ssh_config", "openssh-10.0", "ServerAliveInterval 0\nServerAliveCountMax 5\n", ["1 server-alive-interval"]),
    ("zero, count zero", "ssh_config", "openssh-10.0", "ServerAliveInterval 0\nServerAliveCountMax 0\n", ["1 server-alive-interval"]),
    ("zero and shared", "ssh_config", "openssh-10.0", f"ServerAliveInterval 0\n{SHARED}", ["1 master-without-keepalive"]),
    ("misspelt", "ssh_config", "openssh-10.0", f"ServerAliveIntervall 60\n{SHARED}TCPKeepAlive no\n", ["1 keepalive-misspelt"]),
    ("wrong file", "ssh_config", "openssh-10.0", "ClientAliveInterval 60\nServerAliveCountMax 3\n", ["1 keepalive-wrong-file"]),
    ("seconds for TCP's", "ssh_config", "openssh-10.0", f"TCPKeepAlive 30\n{SHARED}", ["1 keepalive-value"]),
    ("nothing behind it", "ssh_config", "openssh-10.0", f"ServerAliveInterval\n{SHARED}", ["1 keepalive-value"]),
    ("cut to zero", "ssh_config", "openssh-10.4", f"ServerAliveInterval 0.5\n{SHARED}", ["1 keepalive-misread"]),
    ("none", "ssh_config", "openssh-10.0", f"ServerAliveInterval none\n{SHARED}", ["1 keepalive-misread"]),
    ("an own zero", "ssh_config", "openssh-10.0", "Host a\nServerAliveInterval 0\nTunnel yes\nHost *\nServerAliveInterval 60\n", ["2 tunnel-without-keepalive"]),
    ("own value", "ssh_config", "openssh-10.0", "Host a\nServerAliveInterval 60\nTunnel yes\n", ["3 server-alive-interval"]),
    ("a value of others", "ssh_config", "openssh-10.0", "Host a\nTunnel yes\nMatch user b\nServerAliveInterval 60\n", ["2 tunnel-without-keepalive"]),
    ("Debian's batch mode", "ssh_config", "debian-12", "BatchMode yes\nTunnel yes\n", ["1 batch-without-keepalive"]),
    ("Debian's, for some", "ssh_config", "debian-12", "Host a\nBatchMode yes\nTunnel yes\n", ["3 server-alive-interval"]),
    ("TCP's, by its old name", "sshd_config", "openssh-10.0", "KeepAlive yes\n", ["1 tcp-keep-alive"]),
    ("Host * first", "ssh_config", "openssh-10.0", "Host *\nUser a\nServerAliveInterval 60\nHost b\nUser c\nServerAliveInterval 30\n", ["1 host-star-first"]),
    ("nothing set", "sshd_config", "debian-12", "Port 22\n", ["1 client-alive-interval"]),
    ("Photon's", "sshd_config", "photon-5", "TCPKeepAlive no\nClientAliveCountMax 2\n", ["1 no-liveness"]),
    ("a count", "sshd_config", "debian-12", "TCPKeepAlive yes\nClientAliveCountMax 2\n", ["2 count-without-interval"]),
    ("zero, count zero", "sshd_config", "openssh-8.1", "ClientAliveInterval 0\nClientAliveCountMax 0\n", ["1 client-alive-interval"]),
    ("too quick, misread", "sshd_config", "openssh-10.4", "ClientAliveInterval 1.5\n", ["1 keepalive-misread"]),
    ("milliseconds, doubled", "sshd_config", "openssh-9.2", "ClientAliveInterval 60000\nClientAliveCountMax 3\n", ["1 keepalive-misread"]),
    ("a baseline", "sshd_config", "openssh-9.2", "ClientAliveInterval 300\nClientAliveCountMax 0\nTCPKeepAlive no\n", ["1 interval-doubled", "2 client-alive-count-max"]),
    ("fine", "sshd_config", "openssh-9.8", "ClientAliveInterval 180\nClientAliveCountMax 1\nTCPKeepAlive no\n", []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "target", "text", "said"), [c[1:] for c in ONE_CAUSE], ids=[c[0] for c in ONE_CAUSE]
)
def test_one_cause_is_one_finding(kind: Kind, target: str, text: str, said: list[str]) -> None:
    assert [
        f"{line_number(f)} {f.rule}" for f in run_rules(config_of({kind: text}, target=target), RULES)
    ] == said


HOSTS = ("web", "db", "wiki", "a.corp", "gw.corp")
HOST_LINES = (
    *("Host web", "Host db web", "Host w*", "Host *.corp", "Host *.corp !gw.corp", "Host *"),
    *("Match all", "Match host web", "Match originalhost w*", "Match user root"),
)
SSH_LINES = (
    *("ServerAliveInterval 0", "ServerAliveInterval 60", "ServerAliveInterval 3", "ServerAliveInterval none"),
    *("ServerAliveCountMax 0", "ServerAliveCountMax 1", "ServerAliveCountMax 9000", "TCPKeepAlive no"),
    *(
        "TCPKeepAlive yes",
        "BatchMode yes",
        "LocalForward 1 b:2",
        "SessionType none",
        "ClearAllForwardings yes",
    ),
    *("ControlMaster auto", "ControlPath /x", "ControlPersist yes", "ControlPersist no"),
)
MATCH_LINES = (
    "Match User a",
    "Match User b",
    "Match User a,b",
    "Match Group g",
    "Match all",
    "Match Address 192.0.2.0/24",
)
SSHD_LINES = (
    *("ClientAliveInterval 0", "ClientAliveInterval 60", "ClientAliveInterval 3", "ClientAliveCountMax 0"),
    *("ClientAliveCountMax 1", "ClientAliveCountMax 9000"),
)


def some_config(blocks: tuple[str, ...], lines: tuple[str, ...], chance: random.Random) -> str:
    text = [chance.choice(lines) for _ in range(chance.randrange(4))]
    for _ in range(chance.randrange(4)):
        text.append(chance.choice(blocks))
        text += [f"  {chance.choice(lines)}" for _ in range(chance.randrange(5))]
    return "\n".join(text) + "\n"


Answer = dict[str, str]


def ssh_answers(config: Config) -> Iterator[Answer]:
    for host in (*HOSTS, "elsewhere"):
        for user in (None, "root"):
            lines = evaluate_ssh(config, HostQuery(host, user, "someone")).lines
            yield {name: " ".join(texts) for name, texts in lines.items()}


def sshd_answers(config: Config) -> Iterator[Answer]:
    for user in ("a", "b", "c"):
        for groups, addr in product(((), ("g",)), ("192.0.2.1", "198.51.100.1")):
            who = Connection(user=user, host="h", addr=addr, groups=groups)
            yield {name: " ".join(texts) for name, texts in evaluate_sshd(config, who).lines.items()}


def shows(finding: Finding, answer: Answer) -> bool:
    """Whether what the finding says is so for the one who gets this answer."""
    side = "client" if "clientaliveinterval" in answer else "server"
    seconds, count = int(answer[f"{side}aliveinterval"]), int(answer[f"{side}alivecountmax"])
    value = {
        "no-liveness": answer["tcpkeepalive"] in ("no", "false"),
        "tcp-keep-alive": answer["tcpkeepalive"] in ("yes", "true"),
        "batch-without-keepalive": answer.get("batchmode") == "yes",
        "tunnel-without-keepalive": "localforward" in answer or answer.get("sessiontype") == "none",
        "master-without-keepalive": answer.get("controlpersist") == "yes" and "controlpath" in answer,
        "count-without-interval": True,
        "server-alive-interval": True,
        "client-alive-interval": True,
    }
    if finding.rule in value:
        return seconds == 0 and value[finding.rule]
    return {
        "keepalive-too-quick": seconds > 0 and f"for {seconds * (count + 1)} s" in finding.message,
        "count-never-reached": seconds * count > 3600,
        "server-alive-count-max": seconds > 0 and count == 0,
        "client-alive-count-max": seconds > 0 and count == 0,
    }.get(finding.rule, True)


@pytest.mark.parametrize("seed", range(300))
def test_what_is_said_of_ssh_is_so_for_some_host(seed: int) -> None:
    text = some_config(HOST_LINES, SSH_LINES, random.Random(seed))
    config = config_of({"ssh_config": text}, target="openssh-9.8")
    answers = list(ssh_answers(config))
    for finding in run_rules(config, RULES):
        assert any(shows(finding, answer) for answer in answers), (finding, text)


@pytest.mark.parametrize("seed", range(200))
def test_what_is_said_of_sshd_is_so_for_some_client(seed: int) -> None:
    text = some_config(MATCH_LINES, SSHD_LINES, random.Random(seed))
    config = config_of({"sshd_config": text}, target="openssh-9.8")
    answers = list(sshd_answers(config))
    for finding in run_rules(config, RULES):
        assert any(shows(finding, answer) for answer in answers), (finding, text)


@pytest.mark.parametrize("seed", range(300))
def test_a_missing_default_is_told_once(seed: int) -> None:
    text = some_config(HOST_LINES, SSH_LINES, random.Random(seed)).replace("ServerAliveInterval 0", "User a")
    found = [
        f
        for f in run_rules(config_of({"ssh_config": text}, target="openssh-9.8"), RULES)
        if f.rule in MISSING_INTERVAL_RULES
    ]
    assert len(found) <= 1


@pytest.mark.parametrize(
    ("text", "safety"),
    [
        # the other host has an interval of its own, which stays: it is no reason against one for everyone
        ("Host old\n  ServerAliveCountMax 0\n  ServerAliveInterval 60\n\nHost web\n  User a\n", "safe"),
        ("Host old\n  ServerAliveCountMax 0\n\nHost web\n  User a\n", "unsafe"),
        ("Host old web\n  ServerAliveCountMax 0\nHost old\n  ServerAliveInterval 60\n", "unsafe"),
    ],
)
def test_a_count_of_0_is_a_reason_against_an_interval_where_that_is_new(text: str, safety: str) -> None:
    (finding,) = [
        each
        for each in run_rules(config_of({"ssh_config": text}, "ssh_config"), RULES)
        if each.fix and each.fix.title == "ServerAliveInterval 60"
    ]
    assert finding.fix and finding.fix.safety == safety
