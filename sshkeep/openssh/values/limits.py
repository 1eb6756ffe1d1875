"""Values made of several numbers or names: RekeyLimit, MaxStartups, penalties, timeouts, IPQoS."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sshkeep.openssh.releases import (
    ADD_KEYS_LIFETIME,
    DECIMAL_TIMES,
    IPQOS_DECIMAL,
    IPQOS_DSCP_ONLY,
    IPQOS_DSCP_ONLY_IN_DEBIAN,
    IPQOS_LE_RIGHT,
    IPQOS_VA,
    MAX_STARTUPS_CHECKED,
    MAX_STARTUPS_FIRST,
    MAX_STARTUPS_LONE_BEGIN,
    NET_BLOCK_DEFAULT,
    PUBKEY_OPTIONS_MAX,
    PUBKEY_OPTIONS_VERIFY,
    TIMES_CHECKED,
    Release,
)
from sshkeep.openssh.values.enumerations import TRUE_FALSE
from sshkeep.openssh.values.given import BadValue, Given, shown
from sshkeep.openssh.values.numbers import (
    INT_MAX,
    parse_decimal_time,
    parse_integer,
    parse_size,
    parse_time,
)

MIN_REKEY = 16
_UNSET = -1
"""What servconf.c has in a number that is not set, so that a line may write it there."""
_SCANNED = re.compile(r"[ \t\r\n\v\f]*([+-]?[0-9]{1,400})")
"""A ``%d`` of sscanf(3); what follows the last one is ignored."""

DSCP = {
    "af11": 0x28, "af12": 0x30, "af13": 0x38, "af21": 0x48, "af22": 0x50, "af23": 0x58,
    "af31": 0x68, "af32": 0x70, "af33": 0x78, "af41": 0x88, "af42": 0x90, "af43": 0x98,
    "cs0": 0x00, "cs1": 0x20, "cs2": 0x40, "cs3": 0x60, "cs4": 0x80, "cs5": 0xA0, "cs6": 0xC0, "cs7": 0xE0,
    "ef": 0xB8, "le": 0x04, "va": 0xB0,
}  # fmt: skip
"""misc.c ipqos: names of IPQoS and their type of service byte."""
TOS = {"lowdelay": 0x10, "throughput": 0x08, "reliability": 0x04}
"""The older names; from 10.1 they are taken and mean ``none``."""


def rekey_limit(given: Given) -> Mapping[str, int | str]:
    """Bytes (0 for the cipher's own limit) and, where given, seconds; each is obtained first-come."""
    text = given.words[0]
    size = 0 if text == "default" else parse_size(text)
    if size is None:
        raise BadValue(f"{shown(text)} is not a size")
    if size and size < MIN_REKEY:
        raise BadValue(f"{shown(text)} is below {MIN_REKEY} bytes")
    compared_raw = given.kind == "sshd_config" and not given.splits_argv
    bare_none = given.words[1:2] == ("none",) and not (compared_raw and given.quoted[1])
    if len(given.words) < 2 and given.open_quote:
        raise BadValue("a quote is not closed")
    if len(given.words) < 2 or bare_none:
        return {"size": size}
    seconds = parse_time(given.words[1], given.target.release)
    if seconds is None:
        raise BadValue(f"{shown(given.words[1])} is not a time")
    return {"size": size, "time": seconds}


def scanned(text: str, most: int) -> list[int]:
    """The numbers that sscanf(3) reads of ``a:b:c``, ``most`` at most."""
    numbers: list[int] = []
    at = 0
    while len(numbers) < most:
        number = _SCANNED.match(text, at)
        if not number:
            break
        numbers.append(_as_int(number[1]))
        at = number.end()
        if text[at : at + 1] != ":":
            break
        at += 1
    return numbers


def _as_int(digits: str) -> int:
    """A long, clamped, then cut to an int of 32 bits, as ``%d`` stores it."""
    return (min(max(int(digits), -(2**63)), 2**63 - 1) + 2**31) % 2**32 - 2**31


def max_startups(given: Given) -> str | Mapping[str, int | str]:
    """``begin:rate:max``; of one number alone the rate stays at its default, 30."""
    numbers = scanned(given.words[0], 3)
    release = given.target.release
    fits = len(numbers) == 1 or (len(numbers) == 3 and numbers[0] <= numbers[2] and 1 <= numbers[1] <= 100)
    if not fits or (release >= MAX_STARTUPS_CHECKED and (numbers[0] <= 0 or numbers[-1] <= 0)):
        raise BadValue(f"{shown(given.words[0])} is not begin:rate:max")
    parts = (
        dict(zip(("begin", "rate", "max"), numbers, strict=True))
        if len(numbers) == 3
        else {"begin": numbers[0], "max": numbers[0]}
    )
    if release < MAX_STARTUPS_FIRST:
        return {name: number for name, number in parts.items() if number != _UNSET}
    if len(numbers) == 1 and release < MAX_STARTUPS_LONE_BEGIN:
        parts["begin"] = 10
    return f"{parts['begin']}:{parts.get('rate', 30)}:{parts['max']}"


def source_block(given: Given) -> str:
    """PerSourceNetBlockSize: ``v4`` or ``v4:v6``."""
    numbers = scanned(given.words[0], 2)
    fits = [0 <= number <= most for number, most in zip(numbers, (32, 128), strict=False)]
    if not numbers or not all(fits):
        raise BadValue(f"{shown(given.words[0])} is not v4 or v4:v6, up to 32 and 128")
    # Up to 10.2 a variable that nothing was put into; it was 0 in every program looked at.
    lone = 128 if given.target.release >= NET_BLOCK_DEFAULT else 0
    return f"{numbers[0]}:{numbers[1] if len(numbers) > 1 else lone}"


def integer_or_none(given: Given) -> int | str:
    """PerSourceMaxStartups."""
    if given.words[0] == "none":
        return "none"
    number = parse_integer(given.words[0])
    if number is None:
        raise BadValue(f"{shown(given.words[0])} is neither a number nor none")
    return number if number < INT_MAX else "none"


PENALTIES: dict[str, Release] = {
    **dict.fromkeys(("crash", "authfail", "noauth", "grace-exceeded", "max", "min"), Release(9, 8)),
    "refuseconnection": Release(9, 9),
    "invaliduser": Release(10, 3),
}
"""Times of PerSourcePenalties, and the release that brought each."""
OVERFLOWS = ("deny-all", "permissive")


def penalties(given: Given) -> Mapping[str, int | str]:
    """PerSourcePenalties: ``no``, ``yes``, or parts, each obtained first-come.

    A part switches penalties on, even behind a ``no``.
    """
    parts: dict[str, int | str] = {}
    for text in given.words:
        if text.lower() in ("yes", "no"):
            if text != given.words[-1] or given.words[-1:] != given.words[given.words.index(text) :]:
                raise BadValue(f"{text} must stand alone")
            parts.setdefault("enabled", text.lower())
            continue
        name, value = _penalty(text, given)
        parts.setdefault(name, value)
    return parts


def _penalty(text: str, given: Given) -> tuple[str, int | str]:
    name, colon, value = text.partition(":")
    release = given.target.release
    if colon and name in PENALTIES and PENALTIES[name] <= release:
        seconds = parse_decimal_time(value, release)
        if seconds is None:
            raise BadValue(f"{shown(value)} is not a time")
        return name, f"{seconds:f}" if release >= DECIMAL_TIMES else int(seconds)
    if colon and name in ("max-sources4", "max-sources6"):
        number = parse_integer(value)
        if number is None:
            raise BadValue(f"{shown(value)} is not a number")
        return name, number
    if name in ("overflow", "overflow6") and value in OVERFLOWS:
        return name, value
    raise BadValue(f"{shown(text)} is not a penalty")


def channel_timeouts(given: Given) -> tuple[str, ...]:
    """ChannelTimeout: ``none`` alone, or ``type=time`` words."""
    for text in given.words:
        if text.lower() == "none":
            if len(given.words) > 1:
                raise BadValue("none must stand alone", stops=False)
            continue
        name, equals, time = text.partition("=")
        if not name or not equals or (parse_time(time, given.target.release) or 0) < 0:
            raise BadValue(f"{shown(text)} is not type=time", stops=True)
        if parse_time(time, given.target.release) is None:
            raise BadValue(f"{shown(time)} is not a time", stops=True)
    return given.words


def ipqos(given: Given) -> str:
    """IPQoS: one class for all, or one for interactive and one for bulk, as they are printed."""
    classes = [_traffic_class(text, given) for text in given.words[:2]]
    return " ".join(classes * 2 if len(classes) == 1 else classes)


def _traffic_class(text: str, given: Given) -> str:
    release = given.target.release
    name = text.lower()
    without_tos = release >= (
        IPQOS_DSCP_ONLY_IN_DEBIAN if given.target.vendor == "debian" else IPQOS_DSCP_ONLY
    )
    if name == "none" or (name in TOS and without_tos):
        return "none"
    le = 0x04 if release >= IPQOS_LE_RIGHT else 0x01
    if name in TOS:
        return "le" if TOS[name] == le else name
    if name in DSCP and (name != "va" or release >= IPQOS_VA):
        return name
    number = parse_integer(text, 0, 255) if release >= IPQOS_DECIMAL else _any_base(text)
    if number is None:
        raise BadValue(f"{shown(text)} is not a class of traffic")
    known = {**DSCP, "le": le, **({} if without_tos else TOS)}
    if release < IPQOS_VA:
        del known["va"]
    return next((name for name, byte in known.items() if byte == number), f"0x{number:02x}")


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


def pubkey_options(given: Given) -> str:
    """PubkeyAuthOptions: words that add up, as printed; ``none`` adds nothing."""
    release = given.target.release
    known = ["touch-required", *(["verify-required"] if release >= PUBKEY_OPTIONS_VERIFY else [])]
    chosen: list[str] = []
    most = ""
    for text in given.listed:
        option, colon, number = text.lower().partition(":")
        if option == "max-pk-ok" and colon and release >= PUBKEY_OPTIONS_MAX:
            if parse_integer(number, 0, 255) is None:
                raise BadValue(f"{shown(number)} is not a number from 0 to 255")
            most = f" max-pk-ok:{int(number)}"
        elif text.lower() in known:
            chosen.append(text.lower())
        elif text.lower() != "none":
            raise BadValue(f"{shown(text)} is none of {', '.join(known)}", stops=not given.splits_argv)
    return (" ".join(option for option in known if option in chosen) or "none") + most


def keystroke_timing(given: Given) -> int:
    """ObscureKeystrokeTiming: milliseconds; 0 for no, 20 for yes."""
    if len(given.words) > 1:
        raise BadValue("more than one argument")
    text = given.words[0]
    if text in TRUE_FALSE:
        return _KEYSTROKES if TRUE_FALSE[text] == "yes" else 0
    number = parse_integer(text.removeprefix("interval:")) if text.startswith("interval:") else None
    if number is None or not 1 <= number <= 1000:
        raise BadValue(f"{shown(text)} is neither yes, no nor interval:1 to interval:1000")
    return number


_KEYSTROKES = 20


def add_keys(given: Given) -> str:
    """AddKeysToAgent: yes, no, ask, confirm, a time, or confirm with a time, as printed."""
    first, second = (*given.words, None)[:2]
    words = {**TRUE_FALSE, "ask": "ask", "confirm": "confirm"}
    meaning = words.get(str(first).lower())
    release = given.target.release
    if release < ADD_KEYS_LIFETIME:
        if meaning is None:
            raise BadValue(f"{shown(str(first))} is none of {', '.join(words)}")
        return _truth(meaning)
    lifetime = second if meaning == "confirm" else first if meaning is None and second is None else None
    if lifetime is None:
        if meaning is None or second is not None:
            raise BadValue(f"{shown(' '.join(given.words))} is not an option or a time")
        return _truth(meaning)
    seconds = parse_time(lifetime, release)
    if seconds is None:
        raise BadValue(f"{shown(lifetime)} is not a time")
    if seconds <= 0:
        return _truth(meaning or "yes")
    return f"confirm {seconds}" if meaning == "confirm" else str(seconds)


def _truth(meaning: str) -> str:
    return {"yes": "true", "no": "false"}.get(meaning, meaning)


def control_persist(given: Given) -> str | int:
    """ControlPersist: yes or no (in lower case), or seconds; 0 stays for ever, as yes does."""
    text = given.words[0]
    if text in TRUE_FALSE:
        return TRUE_FALSE[text]
    seconds = parse_time(text, given.target.release)
    if seconds is None or (seconds < 0 and given.target.release < TIMES_CHECKED):
        raise BadValue(f"{shown(text)} is neither yes, no nor a time")
    return seconds or "yes"


def escape_char(given: Given) -> str:
    """EscapeChar: one character, ``^`` and a letter, or none; as vis(3) prints it."""
    text = given.words[0]
    raw = text.encode("utf-8", "surrogateescape")
    if text == "none":
        return "none"
    if len(raw) == 1:
        return _visible(raw[0])
    if len(raw) == 2 and raw[0] == ord("^") and 64 <= raw[1] < 128:
        return _visible(raw[1] & 31)
    raise BadValue(f"{shown(text)} is not an escape character")


def _visible(byte: int) -> str:
    if byte == ord("\\"):
        return "\\\\"
    if 33 <= byte < 127:
        return chr(byte)
    if byte < 32 or byte == 127:
        return "\\^" + chr(byte ^ 64)
    if byte == 32:
        return "\\040"
    low = byte & 127
    control = low < 32 or low == 127
    return "\\M^" + chr(low ^ 64) if control else "\\240" if low == 32 else "\\M-" + chr(low)


def forward_agent(given: Given) -> Mapping[str, int | str]:
    """ForwardAgent: yes or no, or from 8.2 a path; both are obtained first-come, each for itself."""
    from sshkeep.openssh.values.expansion import agent_path

    meaning = TRUE_FALSE.get(given.words[0].lower())
    if meaning is not None:
        return {"flag": meaning}
    return {"flag": "yes", "path": agent_path(given)}
