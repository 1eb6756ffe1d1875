"""The algorithm names each release knows, in the order of its own tables.

A wildcard in a list turns into names in this order. Sources: cipher.c, mac.c, kex.c and kex-names.c,
sshkey.c of each release, built with OpenSSL; held against builds of 8.0 to 10.5 and Debian's
8.4, 9.2, 10.0 and 10.6.
"""

from __future__ import annotations

from functools import lru_cache

from sshkeep.named import NamedTuple
from sshkeep.openssh.releases import NEWEST, OLDEST, Release
from sshkeep.openssh.targets import Target
from sshkeep.openssh.vendors import Vendor

KEYS_IN_NEW_ORDER = Release(9, 2)
"""sshkey.c: keyimpls took the place of keytypes."""

SHORT_KEY_NAMES_UNTIL = Release(9, 8)
"""sshkey_type_from_name: up to here a key type's short name passes the check of a list."""

DSA_UNTIL = Release(9, 7)
"""configure.ac: DSA keys are left out of a build from 9.8 on."""


class Algorithm(NamedTuple):
    """A name that only the releases ``since`` to ``until`` know, of ``vendor``, or of all."""

    name: str
    since: Release = OLDEST
    until: Release = NEWEST
    vendor: Vendor | None = None


CIPHERS: tuple[str | Algorithm, ...] = (
    "3des-cbc",
    "aes128-cbc",
    "aes192-cbc",
    "aes256-cbc",
    Algorithm("rijndael-cbc@lysator.liu.se", until=Release(8, 4)),
    "aes128-ctr",
    "aes192-ctr",
    "aes256-ctr",
    "aes128-gcm@openssh.com",
    "aes256-gcm@openssh.com",
    "chacha20-poly1305@openssh.com",
)

MACS: tuple[str | Algorithm, ...] = (
    "hmac-sha1",
    "hmac-sha1-96",
    "hmac-sha2-256",
    "hmac-sha2-512",
    "hmac-md5",
    "hmac-md5-96",
    "umac-64@openssh.com",
    "umac-128@openssh.com",
    "hmac-sha1-etm@openssh.com",
    "hmac-sha1-96-etm@openssh.com",
    "hmac-sha2-256-etm@openssh.com",
    "hmac-sha2-512-etm@openssh.com",
    "hmac-md5-etm@openssh.com",
    "hmac-md5-96-etm@openssh.com",
    "umac-64-etm@openssh.com",
    "umac-128-etm@openssh.com",
)

KEX: tuple[str | Algorithm, ...] = (
    "diffie-hellman-group1-sha1",
    "diffie-hellman-group14-sha1",
    "diffie-hellman-group14-sha256",
    "diffie-hellman-group16-sha512",
    "diffie-hellman-group18-sha512",
    "diffie-hellman-group-exchange-sha1",
    "diffie-hellman-group-exchange-sha256",
    "ecdh-sha2-nistp256",
    "ecdh-sha2-nistp384",
    "ecdh-sha2-nistp521",
    Algorithm("mlkem768nistp256-sha256", since=Release(10, 5)),
    "curve25519-sha256",
    "curve25519-sha256@libssh.org",
    Algorithm("sntrup4591761x25519-sha512@tinyssh.org", until=Release(8, 4)),
    # Debian took the name without a domain into its 9.2 (1:9.2p1-2+deb12u10 has it).
    Algorithm("sntrup761x25519-sha512", since=Release(9, 2), until=Release(9, 2), vendor="debian"),
    Algorithm("sntrup761x25519-sha512", since=Release(9, 9)),
    Algorithm("sntrup761x25519-sha512@openssh.com", since=Release(8, 5)),
    Algorithm("mlkem768x25519-sha256", since=Release(9, 9)),
)

KEYS_IN_OLD_ORDER: tuple[str | Algorithm, ...] = (
    "ssh-ed25519",
    "ssh-ed25519-cert-v01@openssh.com",
    Algorithm("sk-ssh-ed25519@openssh.com", since=Release(8, 2)),
    Algorithm("sk-ssh-ed25519-cert-v01@openssh.com", since=Release(8, 2)),
    "ssh-rsa",
    "rsa-sha2-256",
    "rsa-sha2-512",
    "ssh-dss",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    Algorithm("sk-ecdsa-sha2-nistp256@openssh.com", since=Release(8, 2)),
    Algorithm("webauthn-sk-ecdsa-sha2-nistp256@openssh.com", since=Release(8, 4)),
    "ssh-rsa-cert-v01@openssh.com",
    "rsa-sha2-256-cert-v01@openssh.com",
    "rsa-sha2-512-cert-v01@openssh.com",
    "ssh-dss-cert-v01@openssh.com",
    "ecdsa-sha2-nistp256-cert-v01@openssh.com",
    "ecdsa-sha2-nistp384-cert-v01@openssh.com",
    "ecdsa-sha2-nistp521-cert-v01@openssh.com",
    Algorithm("sk-ecdsa-sha2-nistp256-cert-v01@openssh.com", since=Release(8, 2)),
)

KEYS: tuple[str | Algorithm, ...] = (
    "ssh-ed25519",
    "ssh-ed25519-cert-v01@openssh.com",
    "sk-ssh-ed25519@openssh.com",
    "sk-ssh-ed25519-cert-v01@openssh.com",
    Algorithm("ssh-mldsa44-ed25519@openssh.com", since=Release(10, 4), until=Release(10, 5)),
    Algorithm("ssh-mldsa44-ed25519-cert-v01@openssh.com", since=Release(10, 4), until=Release(10, 5)),
    Algorithm("ssh-mldsa44-ed25519", since=Release(10, 6)),
    Algorithm("ssh-mldsa44-ed25519-cert", since=Release(10, 6)),
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp256-cert-v01@openssh.com",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp384-cert-v01@openssh.com",
    "ecdsa-sha2-nistp521",
    "ecdsa-sha2-nistp521-cert-v01@openssh.com",
    "sk-ecdsa-sha2-nistp256@openssh.com",
    "sk-ecdsa-sha2-nistp256-cert-v01@openssh.com",
    "webauthn-sk-ecdsa-sha2-nistp256@openssh.com",
    Algorithm("webauthn-sk-ecdsa-sha2-nistp256-cert-v01@openssh.com", since=Release(10, 3)),
    Algorithm("ssh-dss", until=DSA_UNTIL),
    Algorithm("ssh-dss-cert-v01@openssh.com", until=DSA_UNTIL),
    "ssh-rsa",
    "ssh-rsa-cert-v01@openssh.com",
    "rsa-sha2-256",
    "rsa-sha2-256-cert-v01@openssh.com",
    "rsa-sha2-512",
    "rsa-sha2-512-cert-v01@openssh.com",
)

SHORT_KEY_NAMES: tuple[str | Algorithm, ...] = (
    "ed25519",
    "rsa",
    "ecdsa",
    Algorithm("dsa", until=DSA_UNTIL),
    Algorithm("ed25519-sk", since=Release(8, 2)),
    Algorithm("ecdsa-sk", since=Release(8, 2)),
)
"""In lower case; upper and lower case do not matter for these."""

GSSAPI_KEX: tuple[str | Algorithm, ...] = (
    "gss-gex-sha1-",
    "gss-group1-sha1-",
    "gss-group14-sha1-",
    "gss-group14-sha256-",
    "gss-group16-sha512-",
    "gss-nistp256-sha256-",
    "gss-curve25519-sha256-",
)
"""Debian's patch; beginnings, behind which OpenSSH puts the name of the mechanism."""


@lru_cache(maxsize=32)
def supported(algorithms: str, target: Target) -> tuple[str, ...]:
    """The names ``target`` knows; ``algorithms``: ciphers, macs, kex, keys, signatures or gssapi."""
    if algorithms == "signatures":
        return tuple(name for name in supported("keys", target) if not is_certificate(name))
    return _of(_TABLES[algorithms] if algorithms != "keys" else _keys(target), target)


@lru_cache(maxsize=32)
def short_key_names(target: Target) -> tuple[str, ...]:
    """The short names of key types that ``target`` lets pass, in lower case."""
    return _of(SHORT_KEY_NAMES, target) if target.release <= SHORT_KEY_NAMES_UNTIL else ()


def is_certificate(name: str) -> bool:
    """Whether a key type is a certificate's."""
    return name.endswith(("-cert-v01@openssh.com", "-cert"))


_TABLES = {"ciphers": CIPHERS, "macs": MACS, "kex": KEX, "gssapi": GSSAPI_KEX}


def _keys(target: Target) -> tuple[str | Algorithm, ...]:
    return KEYS if target.release >= KEYS_IN_NEW_ORDER else KEYS_IN_OLD_ORDER


def _of(table: tuple[str | Algorithm, ...], target: Target) -> tuple[str, ...]:
    return tuple(
        row if isinstance(row, str) else row.name
        for row in table
        if isinstance(row, str)
        or (row.since <= target.release <= row.until and row.vendor in (None, target.vendor))
    )
