"""The words of ``sshkeep set``: one setting or several, and the file."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence

from sshkeep.edit.request import SetMode
from sshkeep.errors import SshkeepError
from sshkeep.named import NamedTuple
from sshkeep.trees.kind import kind_by_name

FORMS: dict[bool, str] = {
    False: "sshkeep set KEYWORD VALUE... [PATH], or sshkeep set KEYWORD=VALUE... [PATH]",
    True: "sshkeep set --unset KEYWORD [PATH]",
}
"""How the command is called: without --unset, and with it."""

_ASSIGNMENT = re.compile(r"([A-Za-z][A-Za-z0-9]*)=(.*)", re.DOTALL)


class SetWords(NamedTuple):
    """Keywords with their values, and the file; None where no file is named."""

    settings: dict[str, tuple[str, ...]]
    path: str | None


def read_set_words(words: Sequence[str], mode: SetMode) -> SetWords:
    """The settings and the file that the words name. Raises SshkeepError for words that are neither."""
    unset = mode == "unset"
    if words and not unset and _ASSIGNMENT.fullmatch(words[0]):
        return _assignments(words)
    if len(words) < (1 if unset else 2):
        raise _incomplete(words, unset)
    keyword, *values = words
    path = values.pop() if len(values) > (0 if unset else 1) and _names_a_file(values[-1]) else None
    if path is None and values and kind_by_name(values[-1]) and _names_a_file(values[-1]):
        raise _incomplete(words, unset)
    return SetWords({keyword: tuple(values)}, path)


def _assignments(words: Sequence[str]) -> SetWords:
    """Each ``KEYWORD=VALUE``, where blanks stand between several values; the last word may be the file."""
    settings: dict[str, tuple[str, ...]] = {}
    for number, word in enumerate(words):
        found = _ASSIGNMENT.fullmatch(word)
        if found is None and number == len(words) - 1:
            return SetWords(settings, word)
        if found is None:
            raise SshkeepError(f"{word} is not of the form KEYWORD=VALUE", FORMS[False])
        keyword, values = found[1], tuple(found[2].split())
        if keyword.lower() in map(str.lower, settings):
            raise SshkeepError(f"{keyword} is named twice", f"{keyword}='VALUE VALUE' gives it two values")
        if not values:
            raise SshkeepError(f"{word}: the value is missing", "--unset takes the lines of a keyword away")
        settings[keyword] = values
    return SetWords(settings, None)


def _names_a_file(word: str) -> bool:
    """Whether the last word is the file rather than one more value."""
    named = "sshd_config" in word or word.endswith(("config", ".conf"))
    return word == "-" or "/" in word or named or os.path.lexists(word)


def _incomplete(words: Sequence[str], unset: bool) -> SshkeepError:
    return SshkeepError(f"{' '.join(words)}: the keyword or a value is missing", FORMS[unset])
