"""Checks of a value that is missing or 0, or of a keyword that has a new name."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sshkeep.config.blocks.matching import universal
from sshkeep.config.precedence.global_value import InEffect, global_value
from sshkeep.config.precedence.order import Conditions, conditions_of
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.edit.intents import Intent, RenameKeyword, SetGlobal, SetLine
from sshkeep.lint.checks.findings import (
    about_block,
    at_entry,
    global_value_concern,
    in_short,
    line_value_concern,
    missing_position,
    place_of,
    title_in_block,
    value_concerns,
)
from sshkeep.lint.checks.keepalive import probing_safety
from sshkeep.lint.checks.lines import effective_entries, effective_lines_in_blocks, entries_spelled
from sshkeep.lint.finding import Finding, Fix, Safety
from sshkeep.lint.rule import Check, Options
from sshkeep.named import NamedTuple
from sshkeep.phrase import Phrase
from sshkeep.syntax.source import clean


class FindingText(NamedTuple):
    """The texts of a finding: first line, label under the marked text, notes below, and a note on the fix."""

    message: str
    label: str
    notes: tuple[str, ...] = ()
    fix_note: str = ""


def missing_or_zero(
    keyword: str,
    option: str,
    finding_text: Callable[[Config, int], FindingText],
    written: Callable[[int, Config], int] = lambda value, config: value,
    beside: Callable[[Config], tuple[Intent, ...]] = lambda config: (),
) -> Check:
    """Report where ``keyword`` is 0 in effect: for everyone (by a line or by default), or in a block.

    ``written`` returns the value to write for the rule's ``option``; ``finding_text`` gets it too.
    ``beside`` returns what the fix for everyone must set besides.
    """

    def check(config: Config, options: Options) -> Iterator[Finding]:
        value = written(options[option], config)
        text = finding_text(config, value)
        effect = global_value(keyword.lower(), config)
        if effect.value == 0 and effect.certain:
            yield _for_everyone(keyword, value, effect, text, config, beside(config))
        for entry in effective_entries(keyword.lower(), lambda value: value == 0, config):
            from sshkeep.config.sample_clients import contradicted

            for_everyone = universal(entry.block, config.target.release)
            if not for_everyone and not contradicted({keyword.lower(): 0}, entry.block, config):
                yield _in_block(keyword, value, entry, text, probing_safety(keyword, config))

    return check


def _for_everyone(
    keyword: str, value: int, effect: InEffect, text: FindingText, config: Config, beside: tuple[Intent, ...]
) -> Finding:
    safety = probing_safety(keyword, config, sets_count=bool(beside))
    fix = _fix(f"{keyword} {value}", text, safety, SetGlobal(keyword, (str(value),)), *beside)
    if effect.entry is not None:
        finding = at_entry(effect.entry, text.message)._replace(label=text.label)
    else:
        source, span = missing_position(keyword, config)
        label = Phrase("not set; the default is {value}, off", value=effect.value)
        finding = Finding(text.message, source, span, keyword, label=label)
    return finding._replace(
        notes=text.notes + _elsewhere(keyword, config), fix=fix, concerns=(global_value_concern(keyword),)
    )


def _in_block(keyword: str, value: int, entry: Entry, text: FindingText, safety: Safety) -> Finding:
    finding = at_entry(entry, text.message)
    block = in_short(finding.block)
    return finding._replace(
        message=about_block(text.message, block),
        label=text.label,
        notes=text.notes,
        fix=_fix(title_in_block(f"{keyword} {value}", block), text, safety, SetLine(entry, str(value))),
        concerns=(line_value_concern(entry),),
    )


def _fix(title: str, text: FindingText, safety: Safety, *intents: Intent) -> Fix:
    if text.fix_note:
        title = Phrase("{title}, {note}", title=title, note=text.fix_note)
    return Fix(title, safety, intents)


def _elsewhere(keyword: str, config: Config) -> tuple[str, ...]:
    """A note on blocks that set the keyword: the finding does not hold there."""
    if not config.blocks:
        return ()
    from sshkeep.config.blocks.unsatisfiable import may_apply

    blocks: dict[Conditions, Entry] = {}
    for entry, _ in effective_lines_in_blocks(keyword.lower(), config):
        if may_apply(entry.block, config):
            blocks.setdefault(conditions_of(entry.block, config), entry)
    if not blocks:
        return ()
    first = next(iter(blocks.values()))
    named = in_short(clean(first.block.header.text)) if first.block else ""
    where = place_of(first, in_its_file=first.directive.file is config.files[config.tops[0]])
    if len(blocks) == 1:
        return (Phrase("only {block} ({place}) has its own value", block=named, place=where),)
    more = len(blocks) - 1
    return (
        Phrase(
            "only {block} ({place}) and {more} more have values of their own",
            block=named,
            place=where,
            more=more,
        ),
    )


def renamed_keyword(
    old: str, new: Callable[[Config], str], finding_text: Callable[[Config, Entry], FindingText]
) -> Check:
    """Report lines that use ``old``, an older name of ``new(config)``, which is empty if it is unknown."""

    def check(config: Config, options: Options) -> Iterator[Finding]:
        for entry in entries_spelled(old, config):
            text = finding_text(config, entry)
            right = new(config)
            title = Phrase("write {keyword}", keyword=right)
            fix = Fix(title, "safe", (RenameKeyword(entry, right),)) if right else None
            line = entry.directive.line
            finding = at_entry(entry, text.message, entry.directive.span(line.start, line.stop))
            refused = entry.keyword is None
            yield finding._replace(
                label=text.label,
                notes=text.notes,
                fix=fix,
                severity="error" if refused else "",
                concerns=value_concerns(entry, right, config)
                if refused and right
                else (line_value_concern(entry),),
            )

    return check
