"""Parse what ``sshd -T`` and ``ssh -G`` print behind a keyword into plain Python values.

Each parser takes the texts of all lines of one keyword and raises ValueError for what neither program
prints. Where one line holds several words they are cut at blanks, since the programs print no quotes:
a path with a blank in it comes out in pieces.
"""

from __future__ import annotations

from collections.abc import Callable

from pydantic import BeforeValidator

from sshkeep.named import NamedTuple
from sshkeep.openssh.values.value_type import Texts


class PrintedTexts(NamedTuple):
    """The texts behind one keyword, a line each. Any other input of a field is its value."""

    texts: Texts


def parsed_by(parser: Callable[[Texts], object]) -> BeforeValidator:
    """Annotates a field's type with the parser of what is printed for it."""

    def before(value: object) -> object:
        return parser(value.texts) if isinstance(value, PrintedTexts) else value

    return BeforeValidator(before)


def parse_text(texts: Texts) -> str:
    """The text behind the keyword on its only line."""
    if len(texts) != 1:
        raise ValueError("it has one line")
    return texts[0]


def parse_text_or_none(texts: Texts) -> str | None:
    """None for ``none``, in any case as OpenSSH compares it."""
    return None if parse_text(texts).lower() == "none" else parse_text(texts)


def parse_flag(texts: Texts) -> bool:
    """``yes`` and ``no``; some releases print ``true`` and ``false``."""
    if parse_word(texts) not in ("yes", "no"):
        raise ValueError("it is neither yes nor no")
    return parse_word(texts) == "yes"


def parse_flag_or_text(texts: Texts) -> bool | str:
    """A flag, or else the text itself."""
    return parse_flag(texts) if parse_word(texts) in ("yes", "no") else parse_text(texts)


_SAME_WORDS = {
    "true": "yes",
    "false": "no",
    "without-password": "prohibit-password",
    "SILENT": "QUIET",
    "UNKNOWN": "yes",
}
"""Words that some releases, or Debian's, print for another one."""


def parse_word(texts: Texts) -> str:
    """One word of a fixed set, always in the same spelling."""
    return _SAME_WORDS.get(parse_text(texts), parse_text(texts))


def parse_number(texts: Texts) -> int:
    """A decimal number."""
    return int(parse_text(texts))


def parse_number_or_none(texts: Texts) -> int | None:
    """None for ``none``."""
    return None if parse_text_or_none(texts) is None else parse_number(texts)


def parse_octal(texts: Texts) -> int:
    """A mask such as ``0177``."""
    return int(parse_text(texts), 8)


def parse_lines(texts: Texts) -> Texts:
    """A member on each line."""
    return texts


def parse_numbers(texts: Texts) -> tuple[int, ...]:
    """A number on each line."""
    return tuple(map(int, texts))


def parse_words(texts: Texts) -> Texts:
    """Words on one line; ``none`` alone is none."""
    return () if parse_text_or_none(texts) is None else tuple(parse_text(texts).split())


def parse_commas(texts: Texts) -> Texts:
    """A list with commas; ``none`` alone is none."""
    return tuple(name for name in (parse_text_or_none(texts) or "").split(",") if name)


def parse_permissions(texts: Texts) -> str | Texts:
    """``any`` or ``none``, in any case, or words."""
    listed = parse_text(texts).split()
    alone = listed[0].lower() if len(listed) == 1 else ""
    return alone if alone in ("any", "none") else tuple(listed)


def parse_methods(texts: Texts) -> str | tuple[Texts, ...]:
    """``any``, or lists with commas."""
    return (
        "any"
        if parse_text(texts) == "any"
        else tuple(tuple(each.split(",")) for each in parse_text(texts).split())
    )


def parse_by_name(texts: Texts) -> dict[str, str]:
    """``NAME VALUE`` on each line."""
    pairs = (each.partition(" ") for each in texts)
    return {name: value.strip() for name, _, value in pairs}


def parse_environment(texts: Texts) -> dict[str, str]:
    """``NAME=VALUE`` on each line; before 9.1 a name may come twice, and then the last one counts."""
    pairs = (each.partition("=") for each in texts)
    return {name: value for name, _, value in pairs}


def parse_keystrokes(texts: Texts) -> int:
    """ObscureKeystrokeTiming: milliseconds, 20 for ``yes`` and 0 for ``no``."""
    known = {"yes": 20, "no": 0}
    printed = parse_text(texts)
    return known[printed] if printed in known else int(printed.removeprefix("interval:"))


def parse_persist(texts: Texts) -> str | int:
    """ControlPersist: ``yes``, ``no``, or seconds."""
    return parse_word(texts) if parse_word(texts) in ("yes", "no") else parse_number(texts)
