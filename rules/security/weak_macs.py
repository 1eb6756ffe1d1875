"""Sessions can be protected by a MAC that the guides have given up.

The MAC is what keeps others from changing what is sent (with ciphers other than chacha20 and GCM, which
guard it themselves). Judged is the list in effect, with + - ^ applied to the target's default.

Told: MD5, SHA-1 and tags of 64 bits. The default of every OpenSSH up to 10.6 still has hmac-sha1 and
umac-64; where it is kept that is info. None of these MACs has been broken as a MAC. CIS and dev-sec leave
them all out. The guides disagree on umac-128 (Mozilla and dev-sec list it, CIS and DISA do not) and
on MACs without -etm (ssh-audit alone warns), so these are not told. The fix is unsafe.
"""

from sshkeep.config.tree.config import Config
from sshkeep.lint import Example, Rule
from sshkeep.lint.weak_algorithms import weak_algorithms
from sshkeep.openssh.algorithms.flaws import MACS


def says(config: Config) -> str:
    return "sessions can be protected by a weak MAC:"


RULE = Rule(
    summary="MACs has MD5, SHA-1 or a short tag",
    applies_to=("sshd_config", "ssh_config"),
    severity="warning",
    check=weak_algorithms("MACs", MACS, says),
    references=(
        "CIS Debian 12 v1.1.0, 5.1.15",
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
