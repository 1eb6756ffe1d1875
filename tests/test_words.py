"""What rules say is short: each message, label, note and title of a fix, of all rules and real configs."""

from collections.abc import Iterator

import pytest

from sshkeep.config.tree.config import Config
from sshkeep.errors import SshkeepError
from sshkeep.lint.finding import Finding
from sshkeep.lint.rule import LoadedRule
from sshkeep.lint.runner import run
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.targets import target_of
from sshkeep.trees.discover import TreeOptions, tree_for
from tests.oracle.corpus import Real, corpus
from tests.test_correctness import STOCK
from tests.test_rules import EXAMPLES, RULES, files_of, tree_of

MOST = 99
TARGETS = ("openssh-8.4", "debian-12", "macos-15", "openssh-10.6")

NAME = "n" * 300
HOSTILE: list[tuple[Kind, str]] = [
    ("sshd_config", f"{NAME} yes\nPort {NAME}\nMatch {NAME}\n"),
    ("sshd_config", f"PermitRootLogin {NAME}\nLoginGraceTime {NAME}\nCiphers {NAME}\nSubsystem {NAME} a\n"),
    ("sshd_config", f"ClientAliveInterval {'9' * 300}\nClientAliveCountMax {NAME}\nTCPKeepAlive {NAME}\n"),
    ("sshd_config", f"ClientAliveInterval {'1s' * 150}\nClientAliveInterval {'1s' * 151}\n"),
    (
        "sshd_config",
        f"Match User {NAME}\n  X11Forwarding yes\nClientAliveInterval 0\nClientAliveCountMax 0\n",
    ),
    ("sshd_config", f"Banner {NAME}\nBanner b\nInclude /{NAME}\nAuthorizedKeysFile /{NAME}\n"),
    ("sshd_config", f"AuthenticationMethods {NAME}\nChannelTimeout session={'1s' * 150}\n"),
    ("ssh_config", f"Host {NAME}\n  {NAME} yes\n  UseKeychain yes\n  StrictHostKeyChecking no\n"),
    ("ssh_config", f"Host {NAME}\n  User b\nServerAliveInterval 0\nServerAliveCountMax 0\nInclude x\n"),
    ("ssh_config", f"Host {NAME}\n  Ciphers +3des-cbc\n  IdentityFile /{NAME}\n  LogVerbose {NAME} b\n"),
    ("ssh_config", f"Match {NAME}\nMatch host {NAME} {NAME}\nHost !{NAME}\nHost {NAME},{NAME}\n"),
    ("ssh_config", f"Host *\n  User {NAME}\n  HostName {NAME}\nHost {NAME}\n  User c\n  HostName d\n"),
]
"""Texts of a file come into what is told."""


def texts(finding: Finding) -> Iterator[str]:
    yield finding.message
    yield finding.label
    yield from finding.notes
    if finding.fix:
        yield finding.fix.title


def long_texts(config: Config) -> list[str]:
    found = run(config, RULES)
    return [f"{finding.rule}: {text}" for finding in found for text in texts(finding) if len(text) > MOST]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_what_is_said_of_an_example_is_short(rule, example) -> None:  # type: ignore[no-untyped-def]
    assert long_texts(tree_of(rule, example, files_of(rule, example)).load()) == []


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize(("kind", "text"), HOSTILE)
def test_what_is_said_of_long_lines_is_short(kind: Kind, text: str, target: str) -> None:
    request = TreeOptions(kind, target_of(target))
    assert long_texts(tree_for(f"/nowhere/{kind}", request, text.encode()).load()) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_summary_of_a_rule_is_short(rule: LoadedRule) -> None:
    assert len(rule.rule.summary) <= MOST


@pytest.mark.parametrize("real", list(corpus()), ids=lambda real: real.name)
def test_what_is_said_of_a_real_config_is_short(real: Real) -> None:
    parts = real.path.parts
    own = parts[parts.index("stock") + 1] if "stock" in parts else ""
    for target in [STOCK[own]] if own in STOCK else TARGETS:
        try:
            config = tree_for(str(real.path), TreeOptions(real.kind, target_of(target), None)).load()
        except SshkeepError:
            continue
        assert long_texts(config) == []
