"""Whether what was seen is what was predicted; both in words."""

from collections.abc import Iterator

from tests.lab.prediction import TOLERANCE, Prediction, Range
from tests.lab.session import SIDES, Side
from tests.lab.watch import Seen


def differences(prediction: Prediction, seen: Seen) -> list[str]:
    """One sentence each; empty when all came as predicted."""
    if seen.failure:
        return [seen.failure]
    return [*_life(prediction, seen), *_exits(prediction, seen), *_probe(prediction, seen)]


def _life(prediction: Prediction, seen: Seen) -> Iterator[str]:
    if prediction.alive != seen.alive:
        yield f"the session was to be {_life_word(prediction.alive)}, and is {_life_word(seen.alive)}"


def _exits(prediction: Prediction, seen: Seen) -> Iterator[str]:
    for side, end in prediction.exits.items():
        at = seen.exits.get(side)
        if not _is_within(at, end):
            yield f"{side} was to exit {_when(end)}, and did {_at(at)}"


def _probe(prediction: Prediction, seen: Seen) -> Iterator[str]:
    """Only who speaks first shows when it wanted to: the other one's clock begins anew with it."""
    if seen.probe is None:
        if prediction.probe_due:
            yield "a probe was to be seen, and was not"
        return
    side, at = seen.probe
    if prediction.probes and not _is_within(at, prediction.probes[side]):
        yield f"{side}'s first probe was to come {_when(prediction.probes[side])}, and did {_at(at)}"


def _is_within(at: float | None, end: Range | None) -> bool:
    if at is None or end is None:
        return at is None and end is None
    return end[0] - TOLERANCE <= at <= end[1] + TOLERANCE


def predicted_words(prediction: Prediction) -> str:
    """``dead; client exits at 5-6 s``."""
    exits = [f"{side} exits {_when(end)}" for side, end in prediction.exits.items() if end]
    return "; ".join([_life_word(prediction.alive), *exits])


def seen_words(seen: Seen) -> str:
    """``dead; client exits at 5.6 s``."""
    if seen.failure:
        return seen.failure
    exits = [f"{side} exits {_at(seen.exits[side])}" for side in SIDES if side in seen.exits]
    return "; ".join([_life_word(seen.alive), *exits])


def outcome(seen: Seen) -> tuple[bool, frozenset[Side]]:
    """What twins differ in: whether the session lives, and who has left."""
    return seen.alive, frozenset(seen.exits)


def _life_word(alive: bool) -> str:
    return "alive" if alive else "dead"


def _when(end: Range | None) -> str:
    if end is None:
        return "never"
    return f"at {end[0]:g} s" if end[0] == end[1] else f"at {end[0]:g}-{end[1]:g} s"


def _at(at: float | None) -> str:
    return "never" if at is None else f"at {at:.1f} s"
