"""Whether a round of fixes did what it said, and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from sshkeep.config.cover import shadowed
from sshkeep.config.everyone import in_effect
from sshkeep.config.matching import universal
from sshkeep.config.model import Config, Context, Entry
from sshkeep.config.reading import readings
from sshkeep.config.verdict import refusals
from sshkeep.edit.edits import Edit, Moved
from sshkeep.edit.intents import Intent, Rename, SetForEveryone, SetHere
from sshkeep.errors import SshkeepError
from sshkeep.lint.finding import Finding

Line = tuple[str, tuple[bytes, ...], bytes]
"""Option, the headers of the blocks around it, arguments."""


def check_round(
    old: Config, new: Config, made: Sequence[Finding], edits: Sequence[Edit], after: Sequence[Finding]
) -> None:
    """Raises SshkeepError where one of the fixes ``made`` did not do exactly what it says.

    ``edits`` led from ``old`` to ``new``, in which the rules find ``after``.
    """
    intents = [intent for finding in made for intent in (finding.fix.intents if finding.fix else ())]
    touched = {name for intent in intents for name in _meanings(intent, old)}
    _check_in_effect(intents, new)
    _check_gone(made, edits, after)
    if _lines(old, touched) != _lines(new, touched):
        raise _failed(old, "it would change other settings too")
    if sum(1 for _ in refusals(new)) > sum(1 for _ in refusals(old)):
        raise _failed(old, "OpenSSH would refuse the result")
    for name in touched:
        _check_blocks(name, intents, old, new)


def _meanings(intent: Intent, config: Config) -> tuple[str, ...]:
    if isinstance(intent, SetForEveryone):
        return (config.known[intent.keyword.lower()].meaning,)
    entry = intent.entry
    name = entry.keyword.meaning if entry.keyword else entry.directive.line.name.lower()
    return (name, config.known[intent.keyword.lower()].meaning) if isinstance(intent, Rename) else (name,)


def _check_in_effect(intents: Iterable[Intent], new: Config) -> None:
    for intent in intents:
        if isinstance(intent, SetForEveryone):
            effect = in_effect(intent.keyword.lower(), new)
            if not effect.certain or not effect.reading or effect.reading.words[0].text != intent.value:
                raise _failed(new, f"{intent.keyword} {intent.value} would not take effect")


def _check_gone(made: Sequence[Finding], edits: Sequence[Edit], after: Sequence[Finding]) -> None:
    """No mended finding is told of the same line again; one fix may well bring another's to light."""
    still = {(*_key(finding), _line_start(finding)) for finding in after}
    moved = Moved(edits)
    for finding in made:
        path = finding.source.path
        if (*_key(finding), moved.to(path, _line_start(finding))) in still:
            raise SshkeepError(
                f"{path}: the fix of {finding.rule} does not mend it",
                "this is a bug of sshkeep; nothing was written",
            )


def _key(finding: Finding) -> tuple[str, str, str, str]:
    return finding.rule, finding.source.path, finding.keyword, finding.block


def _line_start(finding: Finding) -> int:
    line, _ = finding.source.position(finding.span.start)
    return finding.source.start(line - 1)


def _lines(config: Config, without: set[str]) -> list[Line]:
    """Every line that sets something else than the options ``without``, in order, with its blocks."""
    headers: dict[int, tuple[bytes, ...]] = {}
    found = []
    for entry in config.entries:
        name = _name(entry)
        if name not in without:
            found.append((name, _headers(entry.context, headers), _arguments(entry)))
    return found


def _headers(context: Context | None, known: dict[int, tuple[bytes, ...]]) -> tuple[bytes, ...]:
    if context is None:
        return ()
    if id(context) not in known:
        line = context.header.line
        known[id(context)] = (*_headers(context.outer, known), context.header.raw[line.start : line.end])
    return known[id(context)]


def _arguments(entry: Entry) -> bytes:
    line = entry.directive.line
    return entry.directive.raw[line.rest : line.end]


def _name(entry: Entry) -> str:
    return entry.keyword.meaning if entry.keyword else entry.directive.line.name.lower()


def _check_blocks(name: str, intents: Sequence[Intent], old: Config, new: Config) -> None:
    """Lines of the mended option in blocks of their own: the untouched ones are there and alive as before."""
    edited = {id(intent.entry) for intent in intents if not isinstance(intent, SetForEveryone)}
    renamed = Counter(_arguments(i.entry) for i in intents if isinstance(i, Rename))
    written = Counter(i.value.encode() for i in intents if isinstance(i, SetHere))
    then = Counter(_alive(name, old, edited))
    now = Counter(_alive(name, new, set()))
    missing = then - now
    extra = Counter(arguments for _, arguments in (now - then).elements())
    if missing or extra - renamed - written:
        raise _failed(old, f"{name} would change for a block that sets it on purpose")


def _alive(name: str, config: Config, without: set[int]) -> list[tuple[tuple[bytes, ...], bytes]]:
    dead = {id(line.entry) for line in shadowed(name, config)}
    known: dict[int, tuple[bytes, ...]] = {}
    return [
        (_headers(entry.context, known), _arguments(entry))
        for entry, _ in readings(name, config)
        if not universal(entry.context, config.target.release)
        and id(entry) not in dead
        and id(entry) not in without
    ]


def _failed(config: Config, why: str) -> SshkeepError:
    return SshkeepError(f"{config.top}: the fix is not safe to write: {why}", "nothing was written")
