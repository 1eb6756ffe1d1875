"""Sessions can be encrypted with a cipher that has been attacked.

Client and server take the first cipher of the client's list that both have, so a weak one in the
list is used with whoever has nothing better, and by whoever is in between and can choose. Judged is
the list in effect, with + - ^ applied to the target's default: `Ciphers -aes128-ctr` leaves no weak
one in, `Ciphers +3des-cbc` adds one.

Told: 3DES (64-bit blocks, CVE-2016-2183) and the CBC modes (CVE-2008-5161). All baselines agree on
these. No OpenSSH from 8.0 on has one of them by default. The fix leaves them out, and is unsafe: what can do
nothing else can't connect any more. In a Host of its own it is info.
"""

from sshkeep.config.tree.config import Config
from sshkeep.lint import Example, Rule
from sshkeep.lint.weak_algorithms import weak_algorithms
from sshkeep.openssh.algorithms.flaws import CIPHERS


def says(config: Config) -> str:
    return "sessions can be encrypted with"


RULE = Rule(
    summary="Ciphers has 3DES or a CBC mode",
    applies_to=("sshd_config", "ssh_config"),
    severity="warning",
    check=weak_algorithms("Ciphers", CIPHERS, says),
    references=(
        "CIS Debian 12 v1.1.0, 5.1.6",
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
