"""Address lists of Match Address and LocalAddress: CIDR, wildcards, negation (addrmatch.c)."""

from __future__ import annotations

from sshkeep.openssh.patterns import match_pattern


def match_addresses(address: str, patterns: tuple[str, ...]) -> bool | None:
    """addr_match_list: whether ``address`` is in the list; None where the list is invalid."""
    found = False
    for pattern in patterns:
        bare = pattern.removeprefix("!")
        hit = _match_one(address, bare)
        if hit is None:
            return None
        if hit and pattern != bare:
            return False
        found = found or hit
    return found


def _match_one(address: str, pattern: str) -> bool | None:
    from ipaddress import ip_address, ip_network

    if "/" in pattern:
        try:
            network = ip_network(pattern)
        except ValueError:
            return None
        try:
            return ip_address(address) in network
        except ValueError:
            return False
    try:
        return ip_address(address) == ip_address(pattern)
    except ValueError:
        return bool(pattern) and match_pattern(address.lower(), pattern.lower())
