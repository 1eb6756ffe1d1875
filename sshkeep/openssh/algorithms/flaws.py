"""What is known against algorithms that OpenSSH still has.

Only what several baselines agree on. ssh-audit also fails the NIST curves (ecdsa-sha2-nistp*, ecdh-sha2-*)
and warns of MACs without -etm; CIS, DISA and Mozilla list both as good, so they are not here.
"""

from __future__ import annotations

from sshkeep.named import NamedTuple


class Flaw(NamedTuple):
    """``dropped`` is the release from which ssh's own defaults do without (myproposal.h); empty: not yet."""

    what: str
    dropped: str
    source: str


_CBC = Flaw(
    "CBC: up to 32 bits of a block can be read from the wire",
    "7.6",
    "CVE-2008-5161; ComplianceAsCode sshd_use_strong_ciphers",
)
CIPHERS = {
    "3des-cbc": Flaw("3DES: blocks of 64 bits, and CBC", "7.4", "CVE-2016-2183; ssh-audit 3.3.0"),
    "aes128-cbc": _CBC,
    "aes192-cbc": _CBC,
    "aes256-cbc": _CBC,
    "rijndael-cbc@lysator.liu.se": _CBC,
}

_MD5 = Flaw("MD5 is broken", "7.2", "ssh-audit 3.3.0; CIS RHEL 9 v2.0.0, 5.1.6")
_SHA1_96 = Flaw("SHA-1, cut to 96 bits", "7.2", "ssh-audit 3.3.0; CIS RHEL 9 v2.0.0, 5.1.6")
_SHA1_MAC = Flaw("SHA-1 is being phased out", "", "ssh-audit 3.3.0; DISA STIG RHEL 9 V2R9, RHEL-09-255075")
_UMAC_64 = Flaw("a tag of 64 bits", "", "ssh-audit 3.3.0; CIS Debian 12 v2.0.0, 5.1.15")
MACS = {
    "hmac-md5": _MD5,
    "hmac-md5-96": _MD5,
    "hmac-md5-etm@openssh.com": _MD5,
    "hmac-md5-96-etm@openssh.com": _MD5,
    "hmac-sha1-96": _SHA1_96,
    "hmac-sha1-96-etm@openssh.com": _SHA1_96,
    "hmac-sha1": _SHA1_MAC,
    "hmac-sha1-etm@openssh.com": _SHA1_MAC,
    "umac-64@openssh.com": _UMAC_64,
    "umac-64-etm@openssh.com": _UMAC_64,
}

KEX = {
    "diffie-hellman-group1-sha1": Flaw(
        "a group of 1024 bits that has been attacked (Logjam)", "7.0", "ssh-audit 3.3.0"
    ),
    "diffie-hellman-group-exchange-sha1": Flaw("SHA-1 is broken", "8.0", "ssh-audit 3.3.0"),
    "diffie-hellman-group14-sha1": Flaw("SHA-1 is broken", "8.2", "ssh-audit 3.3.0"),
    "sntrup4591761x25519-sha512@tinyssh.org": Flaw("withdrawn by its authors", "", "ssh-audit 3.3.0"),
}

_DSA = Flaw("DSA: keys of 1024 bits, and SHA-1", "7.0", "ssh-audit 3.3.0")
_SSH_RSA = Flaw("RSA with SHA-1, which is broken", "8.8", "ssh-audit 3.3.0")
SIGNATURES = {
    "ssh-dss": _DSA,
    "ssh-dss-cert-v01@openssh.com": _DSA,
    "ssh-rsa": _SSH_RSA,
    "ssh-rsa-cert-v01@openssh.com": _SSH_RSA,
}

POST_QUANTUM = (
    "mlkem768x25519-sha256",
    "sntrup761x25519-sha512",
    "sntrup761x25519-sha512@openssh.com",
    "mlkem768nistp256-sha256",
)
"""Key exchanges that hold against a quantum computer too, the best known first."""
