"""Findings about the lines that a block swallows, and the fix that lets them all count for everyone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sshkeep.config.parse_line import parse_entry
from sshkeep.config.precedence.default_value import default_text
from sshkeep.config.precedence.global_value import global_value
from sshkeep.config.precedence.shadowed import Shadowed, without_effect
from sshkeep.config.tree.block import block_name
from sshkeep.config.tree.cached_answers import cached_answer
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.edit.intents import DeleteLine, Intent, MoveToEveryone, SetInBlock
from sshkeep.lint.checks.block_layout import SwallowedTail, swallowed_tails
from sshkeep.lint.checks.findings import (
    as_written,
    at_entry,
    global_value_concern,
    in_short,
    line_of,
    related_entry,
)
from sshkeep.lint.checks.keepalive import COUNT_BY_KIND, INTERVAL_BY_KIND
from sshkeep.lint.finding import Finding, Fix, Related
from sshkeep.phrase import Phrase, in_turn

BLOCK_GOES_ON = Phrase("this block ends at the next block or at the end of the file")

KEEPALIVES = frozenset(name.lower() for names in (INTERVAL_BY_KIND, COUNT_BY_KIND) for name in names.values())
"""The options that keepalive-in-block reports; swallowed-by-block reports all others."""


def swallowed_findings(wanted: Callable[[str], bool], config: Config) -> Iterator[Finding]:
    """A finding for each swallowed line of a ``wanted`` option; an info where all others get the same.

    Of a template only those that hold whatever is made from it: no line can be any lines, and no other line
    has the option.
    """
    if config.is_template and any(file.has_unknown_lines for file in config.files.values()):
        return
    for index, tail in swallowed_tails(config).items():
        entry = config.entries[index]
        row = entry.keyword
        if config.is_template and row and len(config.lines(row.option)) > 1:
            continue
        if row and row.type.sets_option and wanted(row.option) and (found := _finding(entry, tail, config)):
            yield found


def _finding(entry: Entry, tail: SwallowedTail, config: Config) -> Finding | None:
    parsed = parse_entry(entry, config)
    if parsed.problem or parsed.value is None:
        return None
    everyone = global_value(entry.option, config)
    finding = at_entry(entry, "")
    header = tail.block.header
    goes_on = Related(header.file.source, header.whole, BLOCK_GOES_ON)
    value = in_short(as_written(entry, parsed.words))
    winner = _winner_over(entry, config)
    gets = Phrase(
        "only {block} gets {keyword} {value}",
        block=in_short(finding.block),
        keyword=finding.keyword,
        value=value,
    )
    if winner is not None:
        gets = Phrase(
            "nobody gets this {keyword} {value}: {place} wins",
            keyword=finding.keyword,
            value=value,
            place=line_of(winner, entry),
        )
    if tail.meant_for is not None:
        around = in_short(block_name(tail.meant_for))
        return finding._replace(
            message=gets if winner else Phrase("{gets}, not {block}", gets=gets, block=around),
            label=Phrase(
                "part of the block above it, though it is indented like a line of {block}", block=around
            ),
            notes=(
                Phrase("blocks are not nested: a block ends at the next Host or Match line, indented or not"),
            ),
            fix=Fix(Phrase("move it into {block}", block=around), "unsafe", _into_block_around(tail, config)),
            related=(goes_on,),
        )
    same = everyone.value == parsed.value
    return finding._replace(
        severity="info" if same else "",
        message=gets
        if winner and winner is everyone.entry
        else in_turn([gets, _what_others_get(entry, config)]),
        label=Phrase("part of that block, although its layout differs from the block's other lines"),
        fix=fix_of_tail(tail),
        related=(goes_on, *_global_line(entry, config)),
        concerns=(global_value_concern(finding.keyword),),
    )


def _winner_over(entry: Entry, config: Config) -> Entry | None:
    """The line that keeps this one from any effect, with another value."""
    shadowed = _without_effect(config).get(entry.index)
    if shadowed is None or any(winner.value == shadowed.parsed.value for winner in shadowed.winners):
        return None
    return shadowed.winners[0].entry


@cached_answer
def _without_effect(config: Config) -> dict[int, Shadowed]:
    return {line.entry.index: line for line in without_effect(config)}


def fix_of_tail(tail: SwallowedTail) -> Fix:
    """Let all lines of the tail count for everyone; that they should is a guess."""
    first, last = (entry.directive.line_number for entry in (tail.entries[0], tail.entries[-1]))
    if first == last:
        title = Phrase("make it apply to everyone")
    elif last == first + 1:
        title = Phrase("make lines {first} and {last} apply to everyone", first=first, last=last)
    else:
        title = Phrase("make lines {first} to {last} apply to everyone", first=first, last=last)
    return Fix(title, "unsafe", (MoveToEveryone(tail.entries),))


def _into_block_around(tail: SwallowedTail, config: Config) -> tuple[Intent, ...]:
    assert tail.meant_for is not None
    header = tail.meant_for.header.text
    return tuple(
        intent
        for entry in tail.entries
        if entry.keyword is not None
        for intent in (
            DeleteLine(entry),
            SetInBlock(entry.keyword.name, (entry.directive.arguments,), header),
        )
    )


def _what_others_get(entry: Entry, config: Config) -> str:
    everyone = global_value(entry.option, config)
    if everyone.entry is not None and everyone.parsed is not None:
        text = in_short(as_written(everyone.entry, everyone.parsed.words))
        return Phrase("all others get {value} ({place})", value=text, place=line_of(everyone.entry, entry))
    if not everyone.certain:
        return Phrase("all others get what a file sets that was not read, or the default")
    if default := default_text(entry.option, config):
        return Phrase("all others get {value}, the default", value=default)
    return Phrase("all others get none")


def _global_line(entry: Entry, config: Config) -> tuple[Related, ...]:
    everyone = global_value(entry.option, config)
    if everyone.entry is None:
        return ()
    return (related_entry(everyone.entry, Phrase("this line applies to everyone else")),)
