"""Address lists: CIDR, wildcards, negation (addrmatch.c, addr.c). No name is ever looked up."""

from __future__ import annotations

from functools import lru_cache

from sshkeep.named import NamedTuple
from sshkeep.openssh.patterns import match_pattern


class BadNetwork(Exception):
    """An address with a mask that does not go with it: addr_pton_cidr's -2, an error everywhere."""


class Network(NamedTuple):
    """An address as bytes (4 or 16), and how many of its bits count."""

    address: bytes
    bits: int


def parse_address(text: str) -> bytes | None:
    """The bytes of a numeric address as getaddrinfo(3) with AI_NUMERICHOST reads it."""
    import socket  # 3 of 80 ms of a lint, and few files hold an address

    if ":" in text:
        try:
            return socket.inet_pton(socket.AF_INET6, text.partition("%")[0])
        except (OSError, ValueError):
            return None
    if not text or text[0] not in "0123456789" or not text[-1:].isalnum():
        return None
    try:
        return socket.inet_aton(text)
    except (OSError, ValueError):
        return None


def canonical_host(host: str) -> str:
    """ssh.c main and resolve_addr: names in lower case, addresses as inet_ntop(3) writes them.

    What has a ``:`` or ``%`` can only be an address (is_addr_fast), and stays as it is where it is none.
    """
    address = parse_address(host)
    if address is None:
        return host if ":" in host or "%" in host else host.lower()
    import socket

    return socket.inet_ntop(socket.AF_INET if len(address) == 4 else socket.AF_INET6, address)


@lru_cache(maxsize=1024)
def parse_network(text: str) -> Network | None:
    """addr.c addr_pton_cidr; None for what is no address. Raises BadNetwork."""
    number, slash, mask = text.partition("/")
    if slash and not (mask.isascii() and mask.isdigit() and len(mask) < 10 and int(mask) <= 128):
        return None
    address = parse_address(number)
    if address is None or len(text) >= 64:
        return None
    bits = int(mask) if slash else len(address) * 8
    whole = int.from_bytes(address, "big")
    if bits > len(address) * 8 or whole & ((1 << (len(address) * 8 - bits)) - 1):
        raise BadNetwork(text)
    return Network(address, bits)


def _inside(address: bytes, network: Network) -> bool:
    if len(address) != len(network.address):
        return False
    spare = len(address) * 8 - network.bits
    return int.from_bytes(address, "big") >> spare == int.from_bytes(network.address, "big") >> spare


def overlap(one: Network, other: Network) -> bool:
    """Whether some address is in both networks."""
    wider, narrower = sorted((one, other), key=lambda network: network.bits)
    return _inside(narrower.address, wider)


def bad_address_list(text: str) -> bool:
    """addr_match_list(NULL, ...): an empty element, or bits set behind the mask."""
    for element in text.split(","):
        try:
            if not element.removeprefix("!"):
                return True
            parse_network(element.removeprefix("!"))
        except BadNetwork:
            return True
    return False


def bad_network_list(text: str) -> bool:
    """addr_match_cidr_list(NULL, ...): anything but addresses and networks in figures."""
    for element in text.split(","):
        try:
            if not set(element) <= _NETWORK_CHARACTERS or len(element) > 49 or parse_network(element) is None:
                return True
        except BadNetwork:
            return True
    return False


_NETWORK_CHARACTERS = frozenset("0123456789abcdefABCDEF.:/")


def match_addresses(address: str, patterns: tuple[str, ...]) -> bool:
    """addr_match_list: whether ``address`` is in the list, and no negated element holds it."""
    own = parse_address(address)
    if own is None:
        return False
    found = False
    for pattern in patterns:
        bare = pattern.removeprefix("!")
        if _fits(address, own, bare):
            if bare != pattern:
                return False
            found = True
    return found


def _fits(address: str, own: bytes, pattern: str) -> bool:
    try:
        network = parse_network(pattern)
    except BadNetwork:
        return False
    return match_pattern(address, pattern) if network is None else _inside(own, network)
