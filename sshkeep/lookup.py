"""Names that do not exist: one error for all kinds of names, with what was perhaps meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sshkeep.errors import SshkeepError
from sshkeep.named import NamedTuple

CLOSE, VERY_CLOSE = 0.65, 0.85
"""One letter in three may be wrong, or one in seven."""
NEARLY = 0.05
"""How much less alike a second name may be than the first one."""
MAX_NAME_COMPARED = 60
"""Characters that are compared and shown of a name that may be anything."""
SHORTEST_BEGINNING = 3


class NameKind(NamedTuple):
    """A kind of names: what the message calls it, and how the user gets a list of them."""

    called: str
    listing: str
    most: int = 3


LOOKUPS = {
    kind.called: kind
    for kind in (
        NameKind("command", "`sshkeep --help` lists them"),
        NameKind("option", "`--help` lists them"),
        NameKind("choice", ""),
        NameKind("rule", "`sshkeep rule` lists them"),
        NameKind("rule and no group", "`sshkeep rule` lists them"),
        NameKind("group", "there are {}"),
        NameKind("keyword", "`man sshd_config` and `man ssh_config` list them"),
        NameKind("value", ""),
        NameKind("target", "`sshkeep targets` lists them", 4),
        NameKind("path", "`sshkeep idle --list-paths` lists them; sshkeep.yaml may name more under paths"),
        NameKind("profile", "there are {}; a file ends in .yaml"),
        NameKind("key", "there are {}"),
        NameKind("client program", "there are {}"),
    )
}
"""All that can be looked up. ``{}`` stands for all names."""


def unknown_name(kind: str, word: str, names: Iterable[str]) -> SshkeepError:
    """The error for a ``word`` that is none of ``names``, of a kind in `LOOKUPS`."""
    return SshkeepError(no_such_name(kind, word), suggestion(kind, word, names))


def no_such_name(kind: str, word: str) -> str:
    """The sentence of that error."""
    return f"no {LOOKUPS[kind].called} is called {word[:MAX_NAME_COMPARED] or repr(word)}"


def suggestion(kind: str, word: str, names: Iterable[str]) -> str:
    """``did you mean A or B?``, or else how to list all names; empty where neither helps."""
    if kind == "keyword" and "/" in word:
        return "that is a file, and the keyword comes before it"
    known = list(names)
    near = near_names(word, known, LOOKUPS[kind].most)
    return did_you_mean(near) or LOOKUPS[kind].listing.format(", ".join(known))


def did_you_mean(names: Sequence[str]) -> str:
    """``did you mean A or B?``; empty for no names."""
    return f"did you mean {' or '.join(names)}?" if names else ""


def near_names(word: str, names: Iterable[str], most: int = 3) -> list[str]:
    """The names that ``word`` may mean, the most likely one first.

    Case and punctuation do not count. The first kind of likeness with a result decides: the same letters; a
    part of the name; nearly all letters; its beginning; most letters.
    """
    wanted = _letters(word[:MAX_NAME_COMPARED])
    by_letters: dict[str, list[str]] = {}
    for name in names:
        by_letters.setdefault(_letters(name), []).append(name)
    if not wanted:
        return []
    likenesses = [
        [wanted] if wanted in by_letters else [],
        [letters for letters, same in by_letters.items() if wanted in same[0].lower().split("-")],
        _closest_of_all(wanted, by_letters, most, VERY_CLOSE),
        [each for each in by_letters if len(wanted) >= SHORTEST_BEGINNING and each.startswith(wanted)],
    ]
    found = next(filter(None, likenesses), None) or _closest_of_all(wanted, by_letters, most, CLOSE)
    return [name for letters in found for name in by_letters[letters]][:most]


def _closest_of_all(word: str, names: Iterable[str], most: int, cutoff: float) -> list[str]:
    """Those that are nearly as close as the closest one."""
    from difflib import SequenceMatcher

    found = {name: SequenceMatcher(None, name, word).ratio() for name in closest(word, names, most, cutoff)}
    return [name for name, likeness in found.items() if likeness > max(found.values()) - NEARLY]


def closest(word: str, names: Iterable[str], most: int = 1, cutoff: float = CLOSE) -> list[str]:
    """The names that have most letters in common with ``word``, the closest one first; 1 is the same."""
    from difflib import get_close_matches

    return get_close_matches(word[:MAX_NAME_COMPARED], list(names), most, cutoff)


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, name.lower()))
