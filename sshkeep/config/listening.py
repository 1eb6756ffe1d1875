"""sshd's ports and the addresses they are listened on."""

from __future__ import annotations

import socket

from sshkeep.config.afterwards import Lines
from sshkeep.config.precedence.obtained import Settings
from sshkeep.openssh.addresses import parse_address

DEFAULT_PORT = "22"
WILDCARDS = {"any": ("[::]", "0.0.0.0"), "inet": ("0.0.0.0",), "inet6": ("[::]",)}  # noqa: S104


def listen_lines(settings: Settings) -> Lines:
    """``port`` and ``listenaddress`` as sshd -T prints them (servconf.c process_queued_listen_addrs).

    An address without a port is listened on at every Port. A host name stays as it is written:
    which addresses it has is the network's to say.
    """
    ports = _members(settings, "port") or (DEFAULT_PORT,)
    family = str(settings["addressfamily"].value or "any") if "addressfamily" in settings else "any"
    places = []
    for address in _members(settings, "listenaddress"):
        host, _, port = address.partition(" ")
        places += [f"{_shown(host)}:{each}" for each in ([port] if port else ports)]
    if not places:
        places = [f"{wildcard}:{port}" for port in ports for wildcard in WILDCARDS[family]]
    return {"port": ports, "listenaddress": tuple(places)}


def _members(settings: Settings, name: str) -> tuple[str, ...]:
    return tuple(member.text for member in settings[name].members) if name in settings else ()


def _shown(host: str) -> str:
    address = parse_address(host)
    if address is None:
        return host
    if len(address) == 4:
        return socket.inet_ntop(socket.AF_INET, address)
    return f"[{socket.inet_ntop(socket.AF_INET6, address)}]"


def family_problem(settings: Settings) -> str:
    """Why sshd can't listen on a numeric address: it is of the family that AddressFamily rules out."""
    family = str(settings["addressfamily"].value or "any") if "addressfamily" in settings else "any"
    for address in _members(settings, "listenaddress"):
        number = parse_address(address.partition(" ")[0])
        if number is not None and family != "any" and (len(number) == 4) != (family == "inet"):
            return f"{address.partition(' ')[0]} is not an address of AddressFamily {family}"
    return ""
