"""A weak MAC can protect sessions.

## Why

The MAC protects the data of a session against changes (ciphers such as chacha20 and GCM do that without a
MAC). The rule looks at the effective list, with + - ^ applied to the target's default.

It reports MD5, SHA-1 and tags of 64 bits. The default of every OpenSSH up to 10.6 still has hmac-sha1 and
umac-64; an unchanged default is an info. None of these MACs has been broken as a MAC. CIS and dev-sec leave
out all of them. The guides disagree about umac-128 (Mozilla and dev-sec list it, CIS and DISA do not) and
about MACs without -etm (only ssh-audit warns), so the rule does not report these.

## How to fix it

The fix removes them. It is unsafe: a peer that has only these MACs can't connect any longer.

## When to ignore it

For an old device that has nothing better.
"""

from sshkeep.lint import Config, Example, Rule
from sshkeep.lint.checks.weak_algorithms import weak_algorithms
from sshkeep.openssh.algorithms.flaws import MACS


def message(config: Config) -> str:
    return "sessions can be protected by a weak MAC:"


RULE = Rule(
    summary="MACs has MD5, SHA-1 or a short tag",
    applies_to=("sshd_config", "ssh_config"),
    severity="warning",
    check=weak_algorithms("MACs", MACS, message),
    references=(
        "CIS Debian 12 v2.0.0, 5.1.15",
        "DISA STIG RHEL 9 V2R9, RHEL-09-255075",
        "Mozilla OpenSSH guidelines, Modern",
        "dev-sec ssh-baseline 2.8.1, sshd-03 and ssh-10",
        "ssh-audit 3.3.0, ssh2_kexdb.py",
    ),
    examples=(
        Example("MACs hmac-sha2-256,hmac-md5\n", "MACs hmac-sha2-256\n", kind="sshd_config", unsafe=True),
        Example("MACs hmac-sha2-256\n", kind="sshd_config"),
        Example(
            "Port 22\n",
            "Port 22\nMACs -umac-64-etm@openssh.com,hmac-sha1-etm@openssh.com,umac-64@openssh.com,"
            "hmac-sha1\n",
            kind="sshd_config",
            unsafe=True,
        ),
        Example("MACs -*sha1*,umac-64*\n", kind="sshd_config"),
        Example(
            "Host *\n  MACs hmac-sha2-512,hmac-sha1\n",
            "Host *\n  MACs hmac-sha2-512\n",
            kind="ssh_config",
            unsafe=True,
        ),
    ),
)
