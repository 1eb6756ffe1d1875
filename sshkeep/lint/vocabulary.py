"""Checks that many rules are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from sshkeep.config.blocks.matching import universal
from sshkeep.config.parse_line import accepted_lines
from sshkeep.config.precedence.global_value import InEffect, global_value
from sshkeep.config.precedence.sample_clients import contradicted
from sshkeep.config.precedence.shadowed import shadowed
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.config.tree.file import directive_text
from sshkeep.edit.insertion_point import insert_global
from sshkeep.edit.intents import Intent, RenameKeyword, SetGlobal, SetLine
from sshkeep.lint.finding import (
    Finding,
    Fix,
    Safety,
    at_entry,
    concern,
    concern_here,
    concerns,
    in_short,
)
from sshkeep.lint.keepalive import safety_of_probing
from sshkeep.lint.rule import Check, Options
from sshkeep.syntax.source import Source, Span


class Says(NamedTuple):
    """The words of a finding: the first line, what stands under the mark, and further lines."""

    message: str
    label: str
    notes: tuple[str, ...] = ()
    fix_note: str = ""


def missing_or_zero(
    keyword: str,
    option: str,
    says: Callable[[Config, int], Says],
    written: Callable[[int, Config], int] = lambda value, config: value,
    beside: Callable[[Config], tuple[Intent, ...]] = lambda config: (),
) -> Check:
    """``keyword`` is 0 where it counts: for everyone (set so, or by default), or in a block of its own.

    ``written`` makes the value to write from the rule's ``option``; ``says`` gets it too. ``beside`` is
    what must be set with it for everyone.
    """

    def check(config: Config, options: Options) -> Iterator[Finding]:
        value = written(options[option], config)
        words = says(config, value)
        effect = global_value(keyword.lower(), config)
        if effect.value == 0 and effect.certain:
            yield _for_everyone(keyword, value, effect, words, config, beside(config))
        dead = {line.entry.index for line in shadowed(keyword.lower(), config)}
        for entry, parsed in accepted_lines(keyword.lower(), config):
            if (
                parsed.value == 0
                and entry.index not in dead
                and not universal(entry.block, config.target.release)
                and not contradicted({keyword.lower(): 0}, entry.block, config)
            ):
                yield _in_block(keyword, value, entry, words, safety_of_probing(keyword, config))

    return check


def _for_everyone(
    keyword: str, value: int, effect: InEffect, words: Says, config: Config, beside: tuple[Intent, ...]
) -> Finding:
    safety = safety_of_probing(keyword, config, mended=bool(beside))
    fix = _fix(f"{keyword} {value}", words, safety, SetGlobal(keyword, (str(value),)), *beside)
    if effect.entry is not None:
        finding = at_entry(effect.entry, words.message)._replace(label=words.label)
    else:
        source, span = missing_place(keyword, config)
        label = f"not set, so the default holds: {effect.value}, off"
        finding = Finding(words.message, source, span, keyword, label=label)
    return finding._replace(
        notes=words.notes + _elsewhere(keyword, config), fix=fix, concerns=(concern(keyword),)
    )


def _in_block(keyword: str, value: int, entry: Entry, words: Says, safety: Safety) -> Finding:
    finding = at_entry(entry, words.message)
    block = in_short(finding.block)
    return finding._replace(
        message=f"{words.message} ({block})",
        label=words.label,
        notes=words.notes,
        fix=_fix(f"{keyword} {value} in {block}", words, safety, SetLine(entry, str(value))),
        concerns=(concern_here(entry),),
    )


def _fix(title: str, words: Says, safety: Safety, *intents: Intent) -> Fix:
    return Fix(title + (f", {words.fix_note}" if words.fix_note else ""), safety, intents)


def _elsewhere(keyword: str, config: Config) -> tuple[str, ...]:
    """Blocks that set it for some: what is said of everyone does not hold there."""
    blocks = [
        e for e, _ in accepted_lines(keyword.lower(), config) if not universal(e.block, config.target.release)
    ]
    if not blocks:
        return ()
    named = in_short(directive_text(blocks[0].block.header)) if blocks[0].block else ""
    more = (
        f" and {len(blocks) - 1} more have values of their own" if len(blocks) > 1 else " has its own value"
    )
    return (f"only {named} (line {blocks[0].directive.number + 1}){more}",)


def missing_place(keyword: str, config: Config) -> tuple[Source, Span]:
    """Where a missing setting would go: its commented default, or an empty span at the insertion.

    What would be added behind the last line is told at that line's start.
    """
    edit = insert_global(keyword, ("0",), config)
    source = config.files[edit.path].source
    if edit.start == edit.end == len(source.data) and source.lines:
        last = source.start(len(source.lines) - 1)
        return source, Span(last, last)
    return source, Span(edit.start, edit.end)


def spelt(name: str, config: Config) -> list[Entry]:
    """Lines whose keyword is written ``name`` (any case), known to the target or not."""
    row = config.known.get(name.lower())
    candidates = config.lines(row.option if row else name.lower())
    return [entry for entry in candidates if entry.directive.line.name.lower() == name.lower()]


def renamed(old: str, new: Callable[[Config], str], says: Callable[[Config, Entry], Says]) -> Check:
    """``old`` is another name of the keyword ``new``, which is empty where that can't be told."""

    def check(config: Config, options: Options) -> Iterator[Finding]:
        for entry in spelt(old, config):
            words = says(config, entry)
            right = new(config)
            fix = Fix(f"write {right}", "safe", (RenameKeyword(entry, right),)) if right else None
            line = entry.directive.line
            finding = at_entry(entry, words.message, entry.directive.span(line.start, line.stop))
            refused = entry.keyword is None
            yield finding._replace(
                label=words.label,
                notes=words.notes,
                fix=fix,
                severity="error" if refused else "",
                concerns=concerns(entry, right, config) if refused and right else (concern_here(entry),),
            )

    return check
