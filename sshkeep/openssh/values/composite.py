"""Words beside numbers or times: PubkeyAuthOptions, AddKeysToAgent, ControlPersist and their like."""

from __future__ import annotations

from collections.abc import Mapping

from sshkeep.openssh.releases import (
    ADD_KEYS_LIFETIME,
    PUBKEY_OPTIONS_MAX,
    PUBKEY_OPTIONS_VERIFY,
    TIMES_CHECKED,
)
from sshkeep.openssh.values.arguments import Arguments, BadValue, shown
from sshkeep.openssh.values.numbers import parse_integer, parse_time
from sshkeep.openssh.values.variables import agent_path
from sshkeep.openssh.values.words import TRUE_FALSE


def pubkey_options(given: Arguments) -> str:
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


def keystroke_timing(given: Arguments) -> int:
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


def add_keys(given: Arguments) -> str:
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


def control_persist(given: Arguments) -> str | int:
    """ControlPersist: yes or no (in lower case), or seconds; 0 stays for ever, as yes does."""
    text = given.words[0]
    if text in TRUE_FALSE:
        return TRUE_FALSE[text]
    seconds = parse_time(text, given.target.release)
    if seconds is None or (seconds < 0 and given.target.release < TIMES_CHECKED):
        raise BadValue(f"{shown(text)} is neither yes, no nor a time")
    return seconds or "yes"


def escape_char(given: Arguments) -> str:
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


def forward_agent(given: Arguments) -> Mapping[str, int | str]:
    """ForwardAgent: yes or no, or from 8.2 a path; both are obtained first-come, each for itself."""
    meaning = TRUE_FALSE.get(given.words[0].lower())
    if meaning is not None:
        return {"flag": meaning}
    return {"flag": "yes", "path": agent_path(given)}
