"""Change the lines of a list to another list, with as few changes as possible."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from sshkeep.config.parse_line import ParsedEntry, ParsedLine
from sshkeep.config.precedence.obtained import obtain
from sshkeep.config.precedence.order import WEAK, Candidate
from sshkeep.config.tree.config import Config
from sshkeep.edit.edits import Edit
from sshkeep.edit.line_edits import delete_line, insert_after, path_of, remove_words, replace_arguments
from sshkeep.openssh.tables.option import Keyword
from sshkeep.openssh.values.arguments import Value
from sshkeep.syntax.source import decode, encode


def members_of(parsed: ParsedLine) -> tuple[Value, ...]:
    """The members that one line adds to the list."""
    return parsed.value if isinstance(parsed.value, tuple) else (parsed.value,)


def combined_value(lines: Sequence[ParsedEntry], option: str, config: Config) -> Value:
    """The value of lines of one option that are for the same connections or hosts."""
    found = [Candidate(entry, parsed, WEAK) for entry, parsed in lines]
    return obtain(option, {option: found}, config).value


def list_edits(lines: Sequence[ParsedEntry], wanted: Sequence[ParsedEntry], row: Keyword) -> list[Edit]:
    """Change ``lines``, at least one, to the list of the trial lines ``wanted``.

    Members that are in their place stay, others are removed, and missing ones are added at the end.
    """
    if row.type.is_list:
        return _words(lines, wanted)
    return _lines(lines, wanted)


def _lines(lines: Sequence[ParsedEntry], wanted: Sequence[ParsedEntry]) -> list[Edit]:
    missing = deque(wanted)
    kept: list[ParsedEntry] = []
    gone: list[ParsedEntry] = []
    for pair in lines:
        if missing and pair[1].value == missing[0][1].value:
            missing.popleft()
            kept.append(pair)
        else:
            gone.append(pair)
    rewritten = [] if kept else list(zip(gone, missing, strict=False))
    edits = [replace_arguments(*pair, _text(trial)) for pair, trial in rewritten]
    edits += [delete_line(entry) for entry, _ in gone[len(rewritten) :]]
    rest = list(missing)[len(rewritten) :]
    if rest:
        last = (kept or [pair for pair, _ in rewritten])[-1][0]
        edits.append(insert_after(last, [_text(trial) for trial in rest]))
    return edits


def _words(lines: Sequence[ParsedEntry], wanted: Sequence[ParsedEntry]) -> list[Edit]:
    missing = deque((member, word) for trial in wanted for member, word in _members(trial))
    keeps: list[list[int]] = []
    for pair in lines:
        keeps.append([])
        for number, (member, _) in enumerate(_members(pair)):
            if missing and member == missing[0][0]:
                missing.popleft()
                keeps[-1].append(number)
    more = " ".join(word for _, word in missing)
    last = max((at for at, kept in enumerate(keeps) if kept), default=None)
    if last is None:
        return [replace_arguments(*lines[0], more), *(delete_line(entry) for entry, _ in lines[1:])]
    return [
        edit
        for at, (pair, kept) in enumerate(zip(lines, keeps, strict=True))
        for edit in _line(pair, kept, more if at == last else "")
    ]


def _line(pair: ParsedEntry, kept: list[int], more: str) -> list[Edit]:
    """Keep some words of a line, and add ``more``."""
    entry, parsed = pair
    if not kept:
        return [delete_line(entry)]
    stays = set(kept)
    gone = [number for number in range(len(parsed.words)) if number not in stays]
    if gone and more:
        texts = [_spelt(pair, number) for number in kept]
        return [replace_arguments(entry, parsed, " ".join([*texts, more]))]
    if more:
        end = entry.directive.span(parsed.words[-1].end, parsed.words[-1].end)
        return [Edit(path_of(entry), *end, encode(" " + more))]
    return remove_words(entry, parsed, gone)


def _members(pair: ParsedEntry) -> list[tuple[Value, str]]:
    """Each member of a line, as a value and as spelt."""
    return [(member, _spelt(pair, number)) for number, member in enumerate(members_of(pair[1]))]


def _spelt(pair: ParsedEntry, number: int) -> str:
    entry, parsed = pair
    word = parsed.words[number]
    return decode(entry.directive.raw[word.start : word.end])


def _text(trial: ParsedEntry) -> str:
    entry, _ = trial
    return entry.directive.arguments
