"""Lines that need a keepalive and surely have none: what the rules `*_without_keepalive` are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from sshkeep.config.blocks.matching import universal
from sshkeep.config.parse_line import accepted_lines
from sshkeep.config.precedence.global_value import InEffect
from sshkeep.config.precedence.in_block import value_in_block
from sshkeep.config.precedence.sample_clients import values_of_samples
from sshkeep.config.precedence.shadowed import shadowed
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.edit.intents import SetGlobal, SetLine
from sshkeep.lint.finding import Finding, Fix, at_entry, concern, concern_here, in_short, related_entry
from sshkeep.lint.keepalive import INTERVALS, harmless_count, interval_to_write, safety_of_probing
from sshkeep.openssh.values.arguments import Value

NOTHING: Mapping[str, Callable[[Value], bool]] = {}


def live(option: str, wanted: Callable[[Value], bool], config: Config) -> list[Entry]:
    """The lines of a first-one-wins option whose value is ``wanted``, and that take effect for some."""
    found = [entry for entry, parsed in accepted_lines(option, config) if wanted(parsed.value)]
    dead = {line.entry.index for line in shadowed(option, config)} if found else set()
    return [entry for entry in found if entry.index not in dead]


class Silence(NamedTuple):
    """A line that has no keepalive, and the cause: the interval in effect there, which is 0.

    The cause has no line where it is the default.
    """

    cause: InEffect
    line: Entry


def silences(
    entries: Iterable[Entry], config: Config, needs: Mapping[str, Callable[[Value], bool]] = NOTHING
) -> list[Silence]:
    """The first of ``entries``, for each cause, whose block holds someone whom no probe is sent for.

    And for whom the options in ``needs`` have values that suit.
    """
    option = INTERVALS[config.kind].lower()
    found: dict[Entry | None, Silence] = {}
    for entry in entries:
        cause = value_in_block(option, entry.block, config)
        if cause.value != 0 or not cause.certain or cause.entry in found:
            continue
        for values in values_of_samples((option, *needs), entry.block, config).values:
            if values[option] == 0 and all(suits(values[name]) for name, suits in needs.items()):
                found[cause.entry] = Silence(cause, entry)
                break
    return list(found.values())


def for_some(config: Config) -> bool:
    """Whether a block of its own switches the keepalive on."""
    release = config.target.release
    lines = accepted_lines(INTERVALS[config.kind].lower(), config)
    if any(parsed.value and not universal(entry.block, release) for entry, parsed in lines):
        return True
    batch = accepted_lines("batchmode", config) if config.target.vendor == "debian" else []
    return any(parsed.value == "yes" and not universal(entry.block, release) for entry, parsed in batch)


def told(silence: Silence, message: str, label: str, seconds: int, config: Config) -> Finding:
    """The finding on a silence: at the line that switches the probes off, or else at the line without.

    ``label`` is what there is to say of the latter. The fix is a probe every ``seconds``.
    """
    first, cause = silence.line, silence.cause.entry
    finding = at_entry(cause or first, message)._replace(
        label="0 turns the probes off" if cause else label,
        related=(related_entry(first, label),) if cause else (),
    )
    keyword = INTERVALS[config.kind]
    value = str(interval_to_write(seconds, config))
    if cause and not universal(cause.block, config.target.release):
        safety = safety_of_probing(keyword, config)
        fix = Fix(f"{keyword} {value} in {in_short(finding.block)}", safety, (SetLine(cause, value),))
        return finding._replace(fix=fix, concerns=(concern_here(cause),))
    beside = harmless_count(config)
    safety = safety_of_probing(keyword, config, mended=bool(beside))
    fix = Fix(f"{keyword} {value}", safety, (SetGlobal(keyword, (value,)), *beside))
    return finding._replace(fix=fix, concerns=(concern(keyword),))
