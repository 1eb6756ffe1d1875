"""What a build of OpenSSH may leave out, and the keywords that are then unsupported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sshkeep.openssh.kind import Kind
    from sshkeep.openssh.tables.keywords import Keyword

FEATURES: dict[Kind, dict[str, tuple[str, ...]]] = {
    "sshd_config": {
        "PAM": ("usepam", "pamservicename"),
        "Kerberos": ("kerberosauthentication", "kerberosorlocalpasswd", "kerberosticketcleanup"),
        "GSSAPI": (
            "gssapiauthentication",
            "gssapicleanupcredentials",
            "gssapidelegatecredentials",
            "gssapistrictacceptorcheck",
            "gssauthentication",
            "gsscleanupcreds",
            "gssdelegatecreds",
            "gssstrictacceptor",
        ),
        "lastlog": ("printlastlog",),
    },
    "ssh_config": {
        "GSSAPI": ("gssapiauthentication", "gssapidelegatecredentials"),
        "PKCS11": ("pkcs11provider", "smartcarddevice"),
    },
}
"""The #ifdefs in the keyword tables of servconf.c and readconf.c, alike in 8.0 to 10.5.

The tables of keywords hold a build with all of these. AFS is not among them: KerberosGetAFSToken is
unsupported in every package looked at.
"""


def unsupported(found: Mapping[str, Keyword], kind: Kind, lacks: Iterable[str]) -> Iterator[Keyword]:
    """The rows of ``found`` that a build without the features ``lacks`` only skips, as it has them."""
    for feature in lacks:
        for name in FEATURES[kind].get(feature, ()):
            if name in found:
                yield found[name]._replace(type="ignored", alias_of="", adds=False, state="unsupported")
