"""From right-hand sides, as ``sshd -T`` and ``ssh -G`` print them, to plain Python values.

Each reader takes the texts of all lines of one keyword and raises ValueError for what neither program
prints. Where one line holds several words they are cut at blanks, since the programs print no quotes:
a path with a blank in it comes out in pieces.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from pydantic import BeforeValidator

Texts = tuple[str, ...]


class Printed(NamedTuple):
    """The right-hand sides of one keyword's lines; what else a field is given is taken as its value."""

    texts: Texts


def parsed_by(reader: Callable[[Texts], object]) -> BeforeValidator:
    """Marks a field's type with the reader of what is printed for it."""

    def before(value: object) -> object:
        return reader(value.texts) if isinstance(value, Printed) else value

    return BeforeValidator(before)


def text(texts: Texts) -> str:
    """What stands behind the keyword on its only line."""
    if len(texts) != 1:
        raise ValueError("it has one line")
    return texts[0]


def text_or_none(texts: Texts) -> str | None:
    """None for ``none``, in any case as OpenSSH compares it."""
    return None if text(texts).lower() == "none" else text(texts)


def flag(texts: Texts) -> bool:
    """``yes`` and ``no``; some releases print ``true`` and ``false``."""
    if word(texts) not in ("yes", "no"):
        raise ValueError("it is neither yes nor no")
    return word(texts) == "yes"


def flag_or_text(texts: Texts) -> bool | str:
    """A flag, or else the text itself."""
    return flag(texts) if word(texts) in ("yes", "no") else text(texts)


_SAME_WORDS = {"true": "yes", "false": "no", "without-password": "prohibit-password", "SILENT": "QUIET"}
"""Words that some releases, or Debian's, print for another one."""


def word(texts: Texts) -> str:
    """One word of a fixed set, always in the same spelling."""
    return _SAME_WORDS.get(text(texts), text(texts))


def number(texts: Texts) -> int:
    """A decimal number."""
    return int(text(texts))


def number_or_none(texts: Texts) -> int | None:
    """None for ``none``."""
    return None if text_or_none(texts) is None else number(texts)


def octal(texts: Texts) -> int:
    """A mask such as ``0177``."""
    return int(text(texts), 8)


def lines(texts: Texts) -> Texts:
    """A member on each line."""
    return texts


def numbers(texts: Texts) -> tuple[int, ...]:
    """A number on each line."""
    return tuple(map(int, texts))


def words(texts: Texts) -> Texts:
    """Words on one line; ``none`` alone is none."""
    return () if text_or_none(texts) is None else tuple(text(texts).split())


def commas(texts: Texts) -> Texts:
    """A list with commas; ``none`` alone is none."""
    return tuple(name for name in (text_or_none(texts) or "").split(",") if name)


def permissions(texts: Texts) -> str | Texts:
    """``any`` or ``none``, in any case, or words."""
    listed = text(texts).split()
    alone = listed[0].lower() if len(listed) == 1 else ""
    return alone if alone in ("any", "none") else tuple(listed)


def methods(texts: Texts) -> str | tuple[Texts, ...]:
    """``any``, or lists with commas."""
    return "any" if text(texts) == "any" else tuple(tuple(each.split(",")) for each in text(texts).split())


def by_name(texts: Texts) -> dict[str, str]:
    """``NAME VALUE`` on each line."""
    pairs = (each.partition(" ") for each in texts)
    return {name: value.strip() for name, _, value in pairs}


def environment(texts: Texts) -> dict[str, str]:
    """``NAME=VALUE`` on each line; before 9.1 a name may come twice, and then the last one counts."""
    pairs = (each.partition("=") for each in texts)
    return {name: value for name, _, value in pairs}


def keystrokes(texts: Texts) -> int:
    """ObscureKeystrokeTiming: milliseconds, 20 for ``yes`` and 0 for ``no``."""
    known = {"yes": 20, "no": 0}
    said = text(texts)
    return known[said] if said in known else int(said.removeprefix("interval:"))


def persist(texts: Texts) -> str | int:
    """ControlPersist: ``yes``, ``no``, or seconds."""
    return word(texts) if word(texts) in ("yes", "no") else number(texts)
