"""A line's arguments, cut as the target's release cuts them."""

from __future__ import annotations

from sshkeep.openssh.kind import Kind
from sshkeep.openssh.releases import ARGV_SPLIT, MATCH_BY_ARGV_SPLIT, SSH_CUTS_AT_HASH, Release
from sshkeep.openssh.values.value_type import Splitting
from sshkeep.syntax.source import Line, decode
from sshkeep.syntax.words import ENDING, Word, split_words, split_words_by_strdelim


def split_arguments(raw: bytes, line: Line, kind: Kind, release: Release, splitting: Splitting) -> list[Word]:
    """The words after the keyword of ``raw``; ``splitting`` is how its type of values is cut.

    ``rest``: all that is left of the line, as it is. ``environment``: up to 8.6, ``=`` does not end a word.
    ``criteria``: up to 9.8, Match lines kept the older splitter.

    Raises BadQuotes where a quote is never closed, from 8.7 on.
    """
    if release < ARGV_SPLIT:
        end = _uncommented(raw, line, kind, release)
        if splitting == "rest":
            # strdelim leaves an empty rest behind a separator or a closing quote, and none otherwise.
            separated = end > line.stop or raw[line.stop - 1 : line.stop] == b'"'
            return [_rest(raw, line.rest, end)] if separated else []
        return split_words_by_strdelim(raw, line.rest, end, equals=splitting != "environment")
    words = split_words(raw, line.rest, line.end)
    if splitting == "rest":
        return [_rest(raw, line.rest, line.end)]
    if splitting == "criteria" and release < MATCH_BY_ARGV_SPLIT:
        return _until_hash(split_words_by_strdelim(raw, line.rest, line.end))
    return words


def _uncommented(raw: bytes, line: Line, kind: Kind, release: Release) -> int:
    if kind == "ssh_config" and release < SSH_CUTS_AT_HASH:
        return line.end
    hash_at = raw.find(b"#", line.rest, line.end)
    return line.end if hash_at < 0 else len(raw[:hash_at].rstrip(ENDING))


def _rest(raw: bytes, at: int, end: int) -> Word:
    return Word(decode(raw[at:end]), at, end)


def _until_hash(words: list[Word]) -> list[Word]:
    """match_cfg_line stops at a word that begins with ``#``, and at an empty one, behind which all counts."""
    for count, word in enumerate(words):
        if not word.text:
            return words
        if word.text.startswith("#"):
            return words[:count]
    return words
