"""Wildcard patterns as match.c has them, in linear time, and which pattern includes which."""

from __future__ import annotations

from functools import lru_cache


def match_pattern(text: str, pattern: str) -> bool:
    """Whether ``text`` fits ``pattern`` (``*`` any run, ``?`` any one character); match.c."""
    if "?" in pattern:
        return _match_by_states(text, pattern, including=False)
    return _match_by_pieces(text, pattern)


def includes(general: str, special: str) -> bool:
    """Whether surely every text that fits ``special`` fits ``general`` too.

    Sound, not complete: ``special`` is matched as a text in which a ``*`` can only be taken up by a
    ``*`` of ``general``, and a ``?`` by a ``*`` or ``?``.
    """
    if "?" in general:
        return _match_by_states(special, general, including=True)
    return _match_by_pieces(special, general)


def _match_by_pieces(text: str, pattern: str) -> bool:
    head, *pieces = pattern.split("*")
    if not pieces:
        return text == pattern
    tail = pieces.pop()
    if len(text) < len(head) + len(tail) or not text.startswith(head) or not text.endswith(tail):
        return False
    at, end = len(head), len(text) - len(tail)
    for piece in pieces:
        found = text.find(piece, at, end)
        if found < 0:
            return False
        at = found + len(piece)
    return True


def _match_by_states(text: str, pattern: str, *, including: bool) -> bool:
    """match.c's automaton, a bit per pattern position, so that a hostile pattern stays cheap."""
    masks, stars, anyone, final = _automaton(pattern)
    states = _spread(1, stars)
    for character in text:
        step = masks.get(character, 0) | (0 if including and character == "*" else anyone)
        states = _spread(((states & step) << 1) | (states & stars), stars)
        if not states:
            return False
    return bool(states & final)


@lru_cache(maxsize=256)
def _automaton(pattern: str) -> tuple[dict[str, int], int, int, int]:
    masks: dict[str, int] = {}
    stars = anyone = 0
    squeezed = [c for i, c in enumerate(pattern) if c != "*" or pattern[i - 1 : i] != "*"]
    for at, character in enumerate(squeezed):
        if character == "*":
            stars |= 1 << at
        elif character == "?":
            anyone |= 1 << at
        else:
            masks[character] = masks.get(character, 0) | 1 << at
    return masks, stars, anyone, 1 << len(squeezed)


def _spread(states: int, stars: int) -> int:
    """A state on a star may pass on for nothing; two stars never stand side by side here."""
    return states | ((states & stars) << 1)


def match_list(text: str, patterns: tuple[str, ...]) -> bool:
    """match.c match_pattern_list: one fits, and no ``!pattern`` does."""
    fits = False
    for pattern in patterns:
        if pattern.startswith("!"):
            if match_pattern(text, pattern[1:]):
                return False
        elif not fits:
            fits = match_pattern(text, pattern)
    return fits
