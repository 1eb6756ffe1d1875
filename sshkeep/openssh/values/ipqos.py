"""IPQoS: classes of traffic by name or number, as each release has them."""

from __future__ import annotations

from sshkeep.errors import in_quotes
from sshkeep.openssh.releases import (
    IPQOS_DECIMAL,
    IPQOS_DSCP_ONLY,
    IPQOS_DSCP_ONLY_IN_DEBIAN,
    IPQOS_LE,
    IPQOS_LE_RIGHT,
    IPQOS_VA,
    OLDEST,
    Release,
)
from sshkeep.openssh.values.arguments import Arguments, BadValue
from sshkeep.openssh.values.numbers import parse_integer

DSCP = {
    "af11": 0x28, "af12": 0x30, "af13": 0x38, "af21": 0x48, "af22": 0x50, "af23": 0x58,
    "af31": 0x68, "af32": 0x70, "af33": 0x78, "af41": 0x88, "af42": 0x90, "af43": 0x98,
    "cs0": 0x00, "cs1": 0x20, "cs2": 0x40, "cs3": 0x60, "cs4": 0x80, "cs5": 0xA0, "cs6": 0xC0, "cs7": 0xE0,
    "ef": 0xB8, "le": 0x04, "va": 0xB0,
}  # fmt: skip
"""misc.c ipqos: names of IPQoS and their type of service byte."""
TOS = {"lowdelay": 0x10, "throughput": 0x08, "reliability": 0x04}
"""The older names; from 10.1 they are taken and mean ``none``."""


def ipqos(arguments: Arguments) -> str:
    """IPQoS: one class for all, or one for interactive and one for bulk, as they are printed."""
    classes = [_traffic_class(text, arguments) for text in arguments.words[:2]]
    return " ".join(classes * 2 if len(classes) == 1 else classes)


def _traffic_class(text: str, arguments: Arguments) -> str:
    release = arguments.target.release
    name = text.lower()
    without_tos = release >= (
        IPQOS_DSCP_ONLY_IN_DEBIAN if arguments.target.vendor == "debian" else IPQOS_DSCP_ONLY
    )
    if name == "none" or (name in TOS and without_tos):
        return "none"
    bytes_of = _bytes_of_names(release)
    if name in TOS:
        return "le" if TOS[name] == bytes_of.get("le") else name
    if name in bytes_of:
        return name
    number = parse_integer(text, 0, 255) if release >= IPQOS_DECIMAL else _any_base(text)
    if number is None:
        raise BadValue(f"{in_quotes(text)} is not a class of traffic")
    known = {**bytes_of, **({} if without_tos else TOS)}
    return next((name for name, byte in known.items() if byte == number), f"0x{number:02x}")


def _bytes_of_names(release: Release) -> dict[str, int]:
    """The names of DSCP that the release knows."""
    since = {"le": IPQOS_LE, "va": IPQOS_VA}
    known = {name: byte for name, byte in DSCP.items() if release >= since.get(name, OLDEST)}
    return {**known, "le": 0x01} if IPQOS_LE <= release < IPQOS_LE_RIGHT else known


def _any_base(text: str) -> int | None:
    """strtol(3) with base 0, up to 255: 0x10, 010 and 8 alike."""
    digits = text.strip(" \t\r\n\v\f") if text == text.rstrip(" \t\r\n\v\f") else ""
    sign, digits = (digits[0], digits[1:]) if digits[:1] in ("+", "-") else ("", digits)
    bare = digits[2:] if digits[:2].lower() == "0x" else digits
    base = 16 if bare != digits else 8 if digits.startswith("0") else 10
    if not bare.isascii() or not bare.isalnum() or len(bare) > 20:
        return None
    try:
        number = int(bare, base) * (-1 if sign == "-" else 1)
    except ValueError:
        return None
    return number if 0 <= number <= 255 else None
