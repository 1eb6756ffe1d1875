"""The algorithm lists that hold where nothing is set, by release and side.

Source: myproposal.h of each release; held against `sshd -T` and `ssh -G` of builds of 8.0 to 10.5
and of Debian's 8.4, 9.2, 10.0 and 10.6.
"""

from __future__ import annotations

from functools import lru_cache

from sshkeep.openssh.kind import Kind
from sshkeep.openssh.releases import OLDEST, Release
from sshkeep.openssh.targets import Target

ALGORITHM_FAMILIES = {
    "ciphers": "ciphers",
    "macs": "macs",
    "kexalgorithms": "kex",
    "hostkeyalgorithms": "keys",
    "pubkeyacceptedalgorithms": "keys",
    "hostbasedacceptedalgorithms": "keys",
    "casignaturealgorithms": "signatures",
    "gssapikexalgorithms": "gssapi",
}
"""`Keyword.option` of the keywords that take a list of algorithms, to which names they are about."""

ListChanges = tuple[tuple[Release, str], ...]
"""From which release on which names, apart by blanks, oldest first."""

_CTR = "aes128-ctr aes192-ctr aes256-ctr"
_GCM = "aes128-gcm@openssh.com aes256-gcm@openssh.com"
CIPHERS: ListChanges = (
    (OLDEST, f"chacha20-poly1305@openssh.com {_CTR} {_GCM}"),
    (Release(10, 0), f"chacha20-poly1305@openssh.com {_GCM} {_CTR}"),
)

MACS: ListChanges = (
    (
        OLDEST,
        "umac-64-etm@openssh.com umac-128-etm@openssh.com hmac-sha2-256-etm@openssh.com"
        " hmac-sha2-512-etm@openssh.com hmac-sha1-etm@openssh.com umac-64@openssh.com"
        " umac-128@openssh.com hmac-sha2-256 hmac-sha2-512 hmac-sha1",
    ),
)

_CURVES = (
    "curve25519-sha256 curve25519-sha256@libssh.org ecdh-sha2-nistp256 ecdh-sha2-nistp384 ecdh-sha2-nistp521"
)
_GROUPS = (
    "diffie-hellman-group-exchange-sha256 diffie-hellman-group16-sha512"
    " diffie-hellman-group18-sha512 diffie-hellman-group14-sha256"
)
_SNTRUP = "sntrup761x25519-sha512@openssh.com"
_SNTRUPS = f"sntrup761x25519-sha512 {_SNTRUP}"
KEX: ListChanges = (
    (OLDEST, f"{_CURVES} {_GROUPS} diffie-hellman-group14-sha1"),
    (Release(8, 2), f"{_CURVES} {_GROUPS}"),
    (Release(8, 9), f"{_CURVES} {_SNTRUP} {_GROUPS}"),
    (Release(9, 0), f"{_SNTRUP} {_CURVES} {_GROUPS}"),
    (Release(9, 9), f"{_SNTRUPS} mlkem768x25519-sha256 {_CURVES} {_GROUPS}"),
    (Release(10, 0), f"mlkem768x25519-sha256 {_SNTRUPS} {_CURVES} {_GROUPS}"),
)
# From 10.0 on sshd does without the finite-field groups.
KEX_OF_SSHD: ListChanges = (*KEX[:-1], (Release(10, 0), f"mlkem768x25519-sha256 {_SNTRUPS} {_CURVES}"))
# Debian's 9.2 took the name without a domain from 9.9 (1:9.2p1-2+deb12u10 has it).
KEX_OF_DEBIAN_9_2: ListChanges = ((Release(9, 2), f"{_SNTRUPS} {_CURVES} {_GROUPS}"),)

_ECDSA = "ecdsa-sha2-nistp256 ecdsa-sha2-nistp384 ecdsa-sha2-nistp521"
_ECDSA_CERTIFICATES = (
    "ecdsa-sha2-nistp256-cert-v01@openssh.com ecdsa-sha2-nistp384-cert-v01@openssh.com"
    " ecdsa-sha2-nistp521-cert-v01@openssh.com"
)
_ED25519_CERTIFICATE = "ssh-ed25519-cert-v01@openssh.com"
_RSA_CERTIFICATES = "rsa-sha2-512-cert-v01@openssh.com rsa-sha2-256-cert-v01@openssh.com"
_RSA = "rsa-sha2-512 rsa-sha2-256"
_SK_ECDSA = "sk-ecdsa-sha2-nistp256@openssh.com"
_SK_ECDSA_CERTIFICATE = "sk-ecdsa-sha2-nistp256-cert-v01@openssh.com"
_SK_ED25519 = "sk-ssh-ed25519@openssh.com"
_SK_ED25519_CERTIFICATE = "sk-ssh-ed25519-cert-v01@openssh.com"
_CERTIFICATES = (
    f"{_ED25519_CERTIFICATE} {_ECDSA_CERTIFICATES} {_SK_ED25519_CERTIFICATE} {_SK_ECDSA_CERTIFICATE}"
)
_PLAIN = f"ssh-ed25519 {_ECDSA} {_SK_ED25519} {_SK_ECDSA}"
_WITH_WEBAUTHN = (
    f"{_CERTIFICATES} webauthn-sk-ecdsa-sha2-nistp256-cert-v01@openssh.com {_RSA_CERTIFICATES}",
    f"{_PLAIN} webauthn-sk-ecdsa-sha2-nistp256@openssh.com {_RSA}",
)
KEYS: ListChanges = (
    (
        OLDEST,
        f"{_ECDSA_CERTIFICATES} {_ED25519_CERTIFICATE} {_RSA_CERTIFICATES} ssh-rsa-cert-v01@openssh.com"
        f" {_ECDSA} ssh-ed25519 {_RSA} ssh-rsa",
    ),
    (
        Release(8, 2),
        f"{_ECDSA_CERTIFICATES} {_SK_ECDSA_CERTIFICATE} {_ED25519_CERTIFICATE} {_SK_ED25519_CERTIFICATE}"
        f" {_RSA_CERTIFICATES} ssh-rsa-cert-v01@openssh.com"
        f" {_ECDSA} {_SK_ECDSA} ssh-ed25519 {_SK_ED25519} {_RSA} ssh-rsa",
    ),
    (
        Release(8, 5),
        f"{_CERTIFICATES} {_RSA_CERTIFICATES} ssh-rsa-cert-v01@openssh.com {_PLAIN} {_RSA} ssh-rsa",
    ),
    (Release(8, 8), f"{_CERTIFICATES} {_RSA_CERTIFICATES} {_PLAIN} {_RSA}"),
    (Release(10, 3), " ".join(_WITH_WEBAUTHN)),
    (
        Release(10, 6),
        f"{_WITH_WEBAUTHN[0]} ssh-mldsa44-ed25519-cert {_WITH_WEBAUTHN[1]} ssh-mldsa44-ed25519",
    ),
)

SIGNATURES: ListChanges = (
    (OLDEST, f"{_ECDSA} ssh-ed25519 {_RSA} ssh-rsa"),
    (Release(8, 2), f"{_ECDSA} {_SK_ECDSA} ssh-ed25519 {_SK_ED25519} {_RSA}"),
    (Release(8, 5), f"{_PLAIN} {_RSA}"),
    (Release(10, 3), _WITH_WEBAUTHN[1]),
)

# Debian's patch; its openssh-client and openssh-server are without GSSAPI from 10.6 on.
GSSAPI_KEX: ListChanges = (
    (
        OLDEST,
        "gss-group14-sha256- gss-group16-sha512- gss-nistp256-sha256- gss-curve25519-sha256-"
        " gss-group14-sha1- gss-gex-sha1-",
    ),
)

_TABLES = {"ciphers": CIPHERS, "macs": MACS, "keys": KEYS, "signatures": SIGNATURES, "gssapi": GSSAPI_KEX}


@lru_cache(maxsize=64)
def default_list(algorithms: str, kind: Kind, target: Target) -> tuple[str, ...]:
    """The names in use where nothing is set; ``algorithms`` as for `supported`."""
    changes = _kex(kind, target) if algorithms == "kex" else _TABLES[algorithms]
    return tuple([names for since, names in changes if since <= target.release][-1].split())


def _kex(kind: Kind, target: Target) -> ListChanges:
    if target.vendor == "debian" and target.release == Release(9, 2):
        return KEX_OF_DEBIAN_9_2
    return KEX_OF_SSHD if kind == "sshd_config" else KEX
