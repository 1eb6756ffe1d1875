"""Sessions can be encrypted with a cipher that has known attacks.

## Why

Client and server use the first cipher of the client's list that both have. So a weak cipher in the list is
used with a peer that has no better one, and an attacker in between may choose it. The rule looks at the
effective list, with + - ^ applied to the target's default: `Ciphers -aes128-ctr` leaves no weak cipher,
`Ciphers +3des-cbc` adds one.

The rule reports 3DES (64-bit blocks, CVE-2016-2183) and the CBC modes (CVE-2008-5161). All baselines agree
on these. No OpenSSH from 8.0 on has one of them by default.

## How to fix it

The fix removes them. It is unsafe: a peer that has only these ciphers can't connect any longer.

## When to ignore it

For an old device that has nothing better. In its own Host block the finding is an info.
"""

from sshkeep.lint import Config, Example, Rule
from sshkeep.lint.checks.weak_algorithms import weak_algorithms
from sshkeep.openssh.algorithms.flaws import CIPHERS


def message(config: Config) -> str:
    return "sessions can be encrypted with"


RULE = Rule(
    summary="Ciphers has 3DES or a CBC mode",
    applies_to=("sshd_config", "ssh_config"),
    severity="warning",
    check=weak_algorithms("Ciphers", CIPHERS, message),
    references=(
        "CIS Debian 12 v2.0.0, 5.1.6",
        "DISA STIG RHEL 9 V2R9, RHEL-09-255065",
        "Mozilla OpenSSH guidelines, Modern",
        "dev-sec ssh-baseline 2.8.1, sshd-01 and ssh-08",
        "ssh-audit 3.3.0, ssh2_kexdb.py",
        "CVE-2016-2183, CVE-2008-5161",
    ),
    examples=(
        Example("Ciphers aes256-ctr,aes256-cbc\n", "Ciphers aes256-ctr\n", kind="sshd_config", unsafe=True),
        Example("Ciphers aes256-ctr\n", kind="sshd_config"),
        Example(
            "Ciphers +3des-cbc\n",
            "Ciphers chacha20-poly1305@openssh.com,aes128-gcm@openssh.com,aes256-gcm@openssh.com,"
            "aes128-ctr,aes192-ctr,aes256-ctr\n",
            kind="sshd_config",
            target="openssh-10.0",
            unsafe=True,
        ),
        Example("Ciphers -3des-cbc\n", kind="sshd_config"),
        Example(
            "Host old\n  Ciphers aes128-ctr,aes128-cbc\n",
            "Host old\n  Ciphers aes128-ctr\n",
            kind="ssh_config",
            unsafe=True,
        ),
    ),
)
