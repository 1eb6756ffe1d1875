"""What keeps a client config from being given to the real ssh; seen in its bytes, whatever sshkeep makes of them."""

import re

from sshkeep.openssh.kind import Kind

_RUNS = re.compile(
    rb"^[^#\n]*match[^\n]*?exec(?![ \t]+(\"?)(?:true|false)\1[ \t\r\f]*(?:[ \t]|$))",
    re.IGNORECASE | re.MULTILINE,
)
_ASKS = re.compile(rb"^[^#\n]*canonicalizehostname[\s=\"'\\]*[yta]", re.IGNORECASE | re.MULTILINE)
"""Values that begin as yes, true and always do, however they are quoted."""


def danger(kind: Kind, data: bytes) -> str:
    """Why the real program must not be given a config of these bytes; empty where it may."""
    if kind == "sshd_config":
        return ""
    if _RUNS.search(data):
        return "it has Match exec, which ssh -G runs"
    return "it has CanonicalizeHostname, which asks the network" if _ASKS.search(data) else ""
