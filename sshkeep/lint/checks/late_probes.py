"""Whether probes come too late for the path that a policy names, or else for the common paths."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from sshkeep.idle.duration import format_duration
from sshkeep.idle.model.probe_spacing import DEFAULT_SPACING, has_no_margin, is_too_late, recommended_spacing
from sshkeep.lint.rule import PATH_TIMEOUT, Options
from sshkeep.named import NamedTuple
from sshkeep.phrase import Phrase, listed

if TYPE_CHECKING:  # most intervals are short enough for every path
    from sshkeep.idle.model.network_path import NetworkPath

BASELINES = {
    300: Phrase("300 s is the most that CIS and dev-sec allow: a shorter interval meets them, too"),
    600: Phrase("600 s is the most that DISA's STIGs allow: a shorter interval meets them, too"),
    900: Phrase("900 s is the most that baselines for macOS allow: a shorter interval meets them, too"),
}
"""Intervals that people have from a baseline, and what that really asks."""


class LateProbes(NamedTuple):
    """Why a spacing of probes is too long; ``severity`` is empty for the rule's own."""

    message: str
    severity: Literal["info", ""]
    notes: tuple[str, ...] = ()


def late_probes(spacing: int, options: Options) -> LateProbes | None:
    """What is wrong with a probe every ``spacing`` seconds; None if nothing is."""
    timeout = options[PATH_TIMEOUT]
    if not timeout:
        return _on_common_paths(spacing)
    if is_too_late(spacing, timeout):
        return LateProbes(too_late_message(spacing, timeout), "")
    if has_no_margin(spacing, timeout):
        message = Phrase(
            "one lost probe ends the session: one every {spacing} s, the path forgets after {timeout} s",
            spacing=spacing,
            timeout=timeout,
        )
        return LateProbes(message, "info")
    return None


def too_late_message(spacing: int, timeout: float) -> str:
    """The message where the path is known."""
    return Phrase(
        "the path forgets an idle session after {timeout:g} s, before the probe at {spacing} s",
        timeout=timeout,
        spacing=spacing,
    )


def _on_common_paths(spacing: int) -> LateProbes | None:
    """A warning if most of them forget the session before the probe, an info if some do."""
    if spacing <= DEFAULT_SPACING:
        return None
    from sshkeep.idle.path_lookup import common_paths

    paths = common_paths()
    forgetting = [path for path in paths if is_too_late(spacing, path.timeout)]
    if not forgetting:
        return None
    most = 2 * len(forgetting) > len(paths)
    message = Phrase(
        "{how_many} paths forget an idle session before the probe at {spacing} s "
        "({number} of {all} common paths)",
        how_many=Phrase("most") if most else Phrase("some"),
        spacing=spacing,
        number=len(forgetting),
        all=len(paths),
    )
    return LateProbes(message, "" if most else "info", tuple(_names(forgetting)))


def _names(paths: list[NetworkPath]) -> Iterator[str]:
    """A note for each timeout, as `sshkeep idle` words it."""
    by_timeout: dict[float, list[str]] = {}
    for path in paths:
        by_timeout.setdefault(path.timeout, []).append(path.label)
    for timeout, labels in by_timeout.items():
        time = format_duration(timeout)
        yield Phrase("forgotten after {time}: {paths}", time=time, paths=listed(labels))


def baseline_notes(interval: int) -> tuple[str, ...]:
    """What to know of an interval that a baseline asks for."""
    return (BASELINES[interval],) if interval in BASELINES else ()


def spacing_to_write(options: Options) -> int:
    """What a fix aims at: the option ``seconds``, or half of the path's timeout if that is less."""
    timeout = options[PATH_TIMEOUT]
    return min(options["seconds"], recommended_spacing(timeout)) if timeout else int(options["seconds"])
