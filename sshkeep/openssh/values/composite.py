"""Values of several parts, or of several forms: RekeyLimit, ChannelTimeout, AddKeysToAgent and their like."""

from __future__ import annotations

from collections.abc import Mapping

from sshkeep.errors import in_quotes
from sshkeep.openssh.releases import (
    ADD_KEYS_LIFETIME,
    FORWARD_AGENT_PATH,
    LISTS_ON_THE_SIDE,
    PUBKEY_OPTIONS_MAX,
    PUBKEY_OPTIONS_VERIFY,
    TIMES_CHECKED,
)
from sshkeep.openssh.values.arguments import Arguments, BadValue, Value
from sshkeep.openssh.values.lists import is_none
from sshkeep.openssh.values.numbers import parse_integer, parse_size, parse_time
from sshkeep.openssh.values.value_type import Printing, Texts, print_on_one_line
from sshkeep.openssh.values.variables import agent_path
from sshkeep.openssh.values.words import TRUE_FALSE

MIN_REKEY = 16


def rekey_limit(arguments: Arguments) -> Mapping[str, int | str]:
    """Bytes (0 for the cipher's own limit) and, where given, seconds; each is obtained first-come."""
    text = arguments.words[0]
    size = 0 if text == "default" else parse_size(text)
    if size is None:
        raise BadValue(f"{in_quotes(text)} is not a size")
    if size and size < MIN_REKEY:
        raise BadValue(f"{in_quotes(text)} is below {MIN_REKEY} bytes")
    compared_raw = arguments.kind == "sshd_config" and not arguments.splits_argv
    # servconf.c up to 8.6 compares all that is left of the line.
    behind = len(arguments.words) > 2 or arguments.quoted[1:2] == (True,) or arguments.open_quote
    more = compared_raw and behind
    bare_none = arguments.words[1:2] == ("none",) and not more
    if len(arguments.words) < 2 and arguments.open_quote:
        raise BadValue("a quote is not closed")
    if len(arguments.words) < 2 or bare_none:
        return {"size": size}
    seconds = parse_time(arguments.words[1], arguments.target.release)
    if seconds is None:
        raise BadValue(f"{in_quotes(arguments.words[1])} is not a time")
    return {"size": size, "time": seconds}


def channel_timeouts(arguments: Arguments) -> tuple[str, ...]:
    """ChannelTimeout: ``none`` alone, or ``type=time`` words; up to 9.6, ``none`` may come last."""
    for count, text in enumerate(arguments.words, 1):
        if text.lower() == "none":
            last = count == len(arguments.words) and arguments.target.release < LISTS_ON_THE_SIDE
            if len(arguments.words) > 1 and not last:
                raise BadValue("none must stand alone", stops=False)
            continue
        name, equals, time = text.partition("=")
        if not name or not equals:
            raise BadValue(f"{in_quotes(text)} is not type=time", stops=True)
        if parse_time(time, arguments.target.release) is None:
            raise BadValue(f"{in_quotes(time)} is not a time", stops=True)
    return arguments.words


def pubkey_options(arguments: Arguments) -> str:
    """PubkeyAuthOptions: words that add up, as printed; ``none`` adds nothing."""
    release = arguments.target.release
    known = ["touch-required", *(["verify-required"] if release >= PUBKEY_OPTIONS_VERIFY else [])]
    chosen: list[str] = []
    most = ""
    for text in arguments.listed:
        option, colon, number = text.lower().partition(":")
        if option == "max-pk-ok" and colon and release >= PUBKEY_OPTIONS_MAX:
            if parse_integer(number, 0, 255) is None:
                raise BadValue(f"{in_quotes(number)} is not a number from 0 to 255", stops=False)
            most = f" max-pk-ok:{int(number)}"
        elif text.lower() in known:
            chosen.append(text.lower())
        elif text.lower() != "none":
            raise BadValue(
                f"{in_quotes(text)} is none of {', '.join(known)}", stops=not arguments.splits_argv
            )
    return (" ".join(option for option in known if option in chosen) or "none") + most


def keystroke_timing(arguments: Arguments) -> int:
    """ObscureKeystrokeTiming: milliseconds; 0 for no, 20 for yes."""
    if len(arguments.words) > 1:
        raise BadValue("more than one argument")
    text = arguments.words[0]
    if text in TRUE_FALSE:
        return _KEYSTROKES if TRUE_FALSE[text] == "yes" else 0
    number = parse_integer(text.removeprefix("interval:")) if text.startswith("interval:") else None
    if number is None or not 1 <= number <= 1000:
        raise BadValue(f"{in_quotes(text)} is neither yes, no nor interval:1 to interval:1000")
    return number


_KEYSTROKES = 20


def add_keys(arguments: Arguments) -> str:
    """AddKeysToAgent: yes, no, ask, confirm, a time, or confirm with a time, as printed."""
    first, second = (*arguments.words, None)[:2]
    words = {**TRUE_FALSE, "ask": "ask", "confirm": "confirm"}
    meaning = words.get(str(first).lower())
    release = arguments.target.release
    if release < ADD_KEYS_LIFETIME:
        if meaning is None:
            raise BadValue(f"{in_quotes(str(first))} is none of {', '.join(words)}")
        if second:
            raise BadValue("more than one argument", reason="extra argument")
        return _truth(meaning)
    lifetime = second if meaning == "confirm" else first if meaning is None and second is None else None
    if lifetime is None:
        if meaning is None or second is not None:
            raise BadValue(f"{in_quotes(' '.join(arguments.words))} is not an option or a time")
        return _truth(meaning)
    seconds = parse_time(lifetime, release)
    if seconds is None:
        raise BadValue(f"{in_quotes(lifetime)} is not a time")
    if seconds <= 0:
        return _truth(meaning or "yes")
    return f"confirm {seconds}" if meaning == "confirm" else str(seconds)


def _truth(meaning: str) -> str:
    return {"yes": "true", "no": "false"}.get(meaning, meaning)


def control_persist(arguments: Arguments) -> str | int:
    """ControlPersist: yes or no (in lower case), or seconds; 0 stays for ever, as yes does."""
    text = arguments.words[0]
    if text in TRUE_FALSE:
        return TRUE_FALSE[text]
    seconds = parse_time(text, arguments.target.release)
    if seconds is None or (seconds < 0 and arguments.target.release < TIMES_CHECKED):
        raise BadValue(f"{in_quotes(text)} is neither yes, no nor a time")
    return seconds or "yes"


def escape_char(arguments: Arguments) -> str:
    """EscapeChar: one character, ``^`` and a letter, or none; as vis(3) prints it."""
    text = arguments.words[0]
    raw = text.encode("utf-8", "surrogateescape")
    if text == "none":
        return "none"
    if len(raw) == 1:
        return _visible(raw[0])
    if len(raw) == 2 and raw[0] == ord("^") and 64 <= raw[1] < 128:
        return _visible(raw[1] & 31)
    raise BadValue(f"{in_quotes(text)} is not an escape character")


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


def forward_agent(arguments: Arguments) -> Mapping[str, int | str]:
    """ForwardAgent: yes or no, or from 8.2 a path; both are obtained first-come, each for itself."""
    meaning = TRUE_FALSE.get(arguments.words[0].lower())
    if meaning is not None:
        return {"flag": meaning}
    if arguments.target.release < FORWARD_AGENT_PATH:
        raise BadValue(f"{in_quotes(arguments.words[0])} is neither yes nor no")
    return {"flag": "yes", "path": agent_path(arguments)}


def print_rekey_limit(value: Value, printing: Printing) -> Texts:
    """``SIZE SECONDS``."""
    assert isinstance(value, Mapping)
    return (f"{value['size']} {value.get('time', 0)}",)


def print_forward_agent(value: Value, printing: Printing) -> Texts:
    """A path, else yes or no."""
    assert isinstance(value, Mapping)
    return (str(value.get("path", value["flag"])),)


def print_keystroke_timing(value: Value, printing: Printing) -> Texts:
    """Milliseconds; yes for 20 and no for 0."""
    return ({0: "no", _KEYSTROKES: "yes"}.get(int(str(value)), str(value)),)


def print_channel_timeouts(value: Value, printing: Printing) -> Texts:
    """``none`` is the default."""
    return printing.default() if is_none(value) else print_on_one_line(value, printing)
