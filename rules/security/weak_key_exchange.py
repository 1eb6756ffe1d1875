"""The keys of a session can be made with a method that has known attacks.

## Why

An attacker who breaks the key exchange reads the whole session. The rule looks at the effective list, with
+ - ^ applied to the target's default.

It reports 1024-bit groups (Logjam), SHA-1, and sntrup4591761, which was withdrawn. group14-sha1 was in the
default up to 8.1. The guides disagree about the NIST curves: ssh-audit rejects them; CIS, DISA and Mozilla
list them; the rule does not report them. `post-quantum` reports lists that a quantum computer breaks.

## How to fix it

The fix removes them. It is unsafe: a peer that has only these methods can't connect any longer.

## When to ignore it

For an old device that has nothing better. In its own Host block the finding is an info.
"""

from sshkeep.lint import Config, Example, Rule
from sshkeep.lint.checks.weak_algorithms import weak_algorithms
from sshkeep.openssh.algorithms.flaws import KEX


def message(config: Config) -> str:
    return "sessions can be set up by a weak key exchange:"


RULE = Rule(
    summary="KexAlgorithms has SHA-1, a 1024-bit group or a withdrawn method",
    applies_to=("sshd_config", "ssh_config"),
    severity="warning",
    check=weak_algorithms("KexAlgorithms", KEX, message),
    references=(
        "CIS Debian 12 v2.0.0, 5.1.12",
        "Mozilla OpenSSH guidelines, Modern",
        "dev-sec ssh-baseline 2.8.1, sshd-02 and ssh-09",
        "ssh-audit 3.3.0, ssh2_kexdb.py",
    ),
    examples=(
        Example(
            "KexAlgorithms mlkem768x25519-sha256,diffie-hellman-group1-sha1\n",
            "KexAlgorithms mlkem768x25519-sha256\n",
            kind="sshd_config",
            unsafe=True,
        ),
        Example("KexAlgorithms mlkem768x25519-sha256\n", kind="sshd_config"),
        Example(
            "Port 22\n",
            "Port 22\nKexAlgorithms -diffie-hellman-group14-sha1\n",
            kind="sshd_config",
            target="openssh-8.1",
            unsafe=True,
        ),
        Example("Port 22\n", kind="sshd_config", target="openssh-8.2"),
        Example(
            "Host old\n  KexAlgorithms +diffie-hellman-group14-sha1\n",
            "Host old\n  KexAlgorithms curve25519-sha256,curve25519-sha256@libssh.org,ecdh-sha2-nistp256,"
            "ecdh-sha2-nistp384,ecdh-sha2-nistp521,diffie-hellman-group-exchange-sha256,"
            "diffie-hellman-group16-sha512,diffie-hellman-group18-sha512,diffie-hellman-group14-sha256\n",
            kind="ssh_config",
            target="openssh-8.4",
            unsafe=True,
        ),
        Example("Host old\n  KexAlgorithms +curve25519-sha256\n", kind="ssh_config", target="openssh-8.4"),
    ),
)
