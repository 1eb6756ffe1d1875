"""What the security rules say of values in effect: for everyone, in blocks, and of algorithm lists."""

import pytest

from sshkeep.lint.registry import all_rules
from sshkeep.lint.runner import run
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.targets import all_targets, target_of
from sshkeep.trees.discover import TreeOptions, tree_for

SSHD: Kind = "sshd_config"
SSH: Kind = "ssh_config"


def told(rule: str, kind: Kind, target: str, text: str) -> list[str]:
    """Line, severity and message of each finding of one rule."""
    config = tree_for(f"/nowhere/{kind}", TreeOptions(kind, target_of(target)), text.encode()).load()
    found = run(config, [all_rules()[rule]])
    return [f"{f.source.position(f.span.start)[0]} {f.severity} {f.message}" for f in found]


@pytest.mark.parametrize("kind", [SSHD, SSH])
@pytest.mark.parametrize("target", all_targets())
def test_every_target_is_judged(target: str, kind: Kind) -> None:
    """Options that a target skips, as OpenBSD's sshd does Kerberos's, have a default in name only."""
    config = tree_for(f"/nowhere/{kind}", TreeOptions(kind, target_of(target)), b"# nothing\n").load()
    assert run(config, [rule for rule in all_rules().values() if rule.group == "security"])


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("PermitRootLogin no\nPermitRootLogin yes\n", []),
        ("PermitRootLogin yes\nPermitRootLogin no\n", [1]),
        ("PermitRootLogin yes\nMatch User a\n  PermitRootLogin yes\n", [1]),
        ("PermitRootLogin prohibit-password\nMatch User a\n  PermitRootLogin yes\n", [1, 3]),
        ("PermitRootLogin no\nMatch User a\n  PermitRootLogin prohibit-password\n", [3]),
        ("PermitRootLogin yes\nMatch all\n  PermitRootLogin no\n", []),
        ("PermitRootLogin no\nMatch User a\n  Banner none\nMatch all\n  PermitRootLogin yes\n", [5]),
        (
            "PermitRootLogin no\nMatch User a\n  PermitRootLogin no\nMatch User a\n  PermitRootLogin yes\n",
            [],
        ),
        ("PermitRootLogin maybe\nPermitRootLogin no\n", []),
    ],
    ids=[
        "the first line counts",
        "and not the second",
        "a block that is no weaker is told of once",
        "a block that is weaker than everyone's value",
        "a block that weakens it",
        "Match all beats the lines before it",
        "Match all weakens it for everyone",
        "a line that never takes effect",
        "a line that sshd refuses sets nothing",
    ],
)
def test_what_counts_is_in_effect(text: str, lines: list[int]) -> None:
    assert [int(line.split()[0]) for line in told("root-login", SSHD, "openssh-10.0", text)] == lines


@pytest.mark.parametrize(
    ("methods", "is_told"),
    [
        ("any", True),
        ("password", True),
        ("keyboard-interactive:pam", True),
        ("publickey,password password", True),
        ("publickey", False),
        ("publickey,password publickey,keyboard-interactive", False),
    ],
)
def test_a_password_that_is_not_enough_is_none(methods: str, is_told: bool) -> None:
    text = f"PasswordAuthentication yes\nAuthenticationMethods {methods}\n"
    assert bool(told("password-authentication", SSHD, "openssh-10.0", text)) == is_told
    block = f"PasswordAuthentication no\nMatch User a\n  PasswordAuthentication yes\n  AuthenticationMethods {methods}\n"
    assert bool(told("password-authentication", SSHD, "openssh-10.0", block)) == is_told


@pytest.mark.parametrize(
    ("rule", "kind", "target", "text", "said"),
    [
        ("weak-ciphers", SSHD, "openssh-9.2", "Port 22\n", []),
        ("weak-ciphers", SSHD, "openssh-9.2", "Ciphers -aes128-ctr,3des-cbc\n", []),
        (
            "weak-ciphers",
            SSHD,
            "openssh-9.2",
            "Ciphers ^aes128-cbc,aes192-cbc,aes256-cbc\n",
            ["1 warning sessions can be encrypted with aes128-cbc, aes192-cbc and 1 more"],
        ),
        (
            "weak-macs",
            SSHD,
            "openssh-9.2",
            "MACs +hmac-md5\n",
            ["1 warning sessions can be protected by a weak MAC: hmac-md5"],
        ),
        (
            "weak-macs",
            SSHD,
            "openssh-9.2",
            "MACs ^hmac-sha2-512\n",
            ["1 info sessions can be protected by a weak MAC: umac-64-etm, hmac-sha1-etm and 2 more"],
        ),
        (
            "weak-macs",
            SSHD,
            "openssh-9.2",
            "MACs hmac-sha2-512,hmac-sha1\n",
            ["1 warning sessions can be protected by a weak MAC: hmac-sha1"],
        ),
        ("weak-macs", SSHD, "rhel-9", "Port 22\n", []),
        ("weak-key-exchange", SSHD, "openssh-10.0", "Port 22\n", []),
        (
            "weak-signatures",
            SSHD,
            "openssh-9.2",
            "Match User a\n  PubkeyAcceptedAlgorithms +ssh-rsa\n",
            ["2 warning users can log in with ssh-rsa (Match User a)"],
        ),
        (
            "weak-signatures",
            SSHD,
            "openssh-8.4",
            "HostKeyAlgorithms -*ssh-rsa*\nPubkeyAcceptedKeyTypes ssh-rsa\n",
            ["2 warning users can log in with ssh-rsa"],
        ),
        (
            "weak-signatures",
            SSH,
            "openssh-9.2",
            "Host old\n  HostKeyAlgorithms +ssh-rsa\n",
            ["2 info a server can prove its name with ssh-rsa (Host old)"],
        ),
        (
            "weak-signatures",
            SSH,
            "openssh-9.2",
            "Host *\n  HostKeyAlgorithms +ssh-rsa\nHost old\n  HostKeyAlgorithms +ssh-rsa\n",
            ["2 warning a server can prove its name with ssh-rsa"],
        ),
        ("post-quantum", SSHD, "openssh-9.0", "KexAlgorithms -curve25519-sha256\n", []),
        (
            "post-quantum",
            SSHD,
            "openssh-9.0",
            "KexAlgorithms -sntrup*\n",
            ["1 warning sessions recorded today can be read with a quantum computer later"],
        ),
        ("post-quantum", SSHD, "openssh-8.4", "KexAlgorithms curve25519-sha256\n", []),
    ],
)
def test_algorithms_are_judged_as_the_target_puts_them_together(
    rule: str, kind: Kind, target: str, text: str, said: list[str]
) -> None:
    assert told(rule, kind, target, text) == said
