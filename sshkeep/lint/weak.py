"""Checks for values that protect less than they could, for everyone or in a block."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

from sshkeep.config.blocks.matching import universal
from sshkeep.config.parse_line import ParsedLine, accepted_lines
from sshkeep.config.precedence.default_value import default_text
from sshkeep.config.precedence.global_value import InEffect, global_value
from sshkeep.config.precedence.shadowed import shadowed
from sshkeep.config.tree.block import Block
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.edit.intents import Intent, SetGlobal, SetLine
from sshkeep.lint.finding import Finding, Fix, Safety, Severity, at_entry, concern, in_short
from sshkeep.lint.rule import Check, Options
from sshkeep.lint.vocabulary import missing_place
from sshkeep.openssh.tables.keywords import keyword_for
from sshkeep.openssh.values.arguments import Value


class Weak(NamedTuple):
    """What is wrong with a value. ``degree`` is how weak it is: a block is told of where it is weaker."""

    message: str
    label: str = ""
    notes: tuple[str, ...] = ()
    degree: int = 1
    severity: Severity | Literal[""] = ""


Judge = Callable[[Value, Config, Options], Weak | None]
Better = Callable[[Config, Options], str]
"""What a fix writes behind the keyword; empty where there is nothing to offer."""
Unless = Callable[[Block | None, Config], bool]
"""Whether something else makes the value harmless, for everyone or in a block."""


def never(block: Block | None, config: Config) -> bool:
    """Nothing makes the value harmless."""
    return False


def weak(
    keyword: str,
    judge: Judge,
    better: Better | str = "",
    *,
    safety: Safety = "unsafe",
    unless: Unless = never,
    in_blocks: bool = True,
) -> Check:
    """``judge`` on the value of ``keyword`` for everyone, be it the default, and on weaker ones in blocks."""
    option = keyword.lower()

    def check(config: Config, options: Options) -> Iterator[Finding]:
        row = keyword_for(option, config.kind, config.target)
        if row is None:
            return
        wanted = better if isinstance(better, str) else better(config, options)
        everyone = global_value(option, config)
        found = judge(everyone.value, config, options) if everyone.value is not None else None
        if found and everyone.certain and not unless(None, config):
            yield _for_everyone(row.name, everyone, found, wanted, safety, config)
        degree = found.degree if found else 0
        for entry, parsed in own_lines(option, config) if in_blocks else ():
            worse = judge(parsed.value, config, options)
            if worse and worse.degree > degree and not unless(entry.block, config):
                yield _in_block(entry, worse, wanted, safety)

    return check


def own_lines(option: str, config: Config) -> Iterator[tuple[Entry, ParsedLine]]:
    """Lines that set the option for some only, less those that never take effect."""
    dead = {line.entry.index for line in shadowed(option, config)}
    for entry, parsed in accepted_lines(option, config):
        if entry.index not in dead and not universal(entry.block, config.target.release):
            yield entry, parsed


def weak_word(
    keyword: str,
    words: dict[str, Weak],
    better: str,
    *,
    unless: Unless = never,
    in_blocks: bool = True,
) -> Check:
    """``keyword`` is one of ``words``."""

    def judge(value: Value, config: Config, options: Options) -> Weak | None:
        return words.get(value) if isinstance(value, str) else None

    return weak(keyword, judge, better, unless=unless, in_blocks=in_blocks)


def too_high(keyword: str, option: str, says: Callable[[int, int], Weak]) -> Check:
    """``keyword`` is a number above the rule's ``option``; ``says`` gets both."""

    def judge(value: Value, config: Config, options: Options) -> Weak | None:
        if not isinstance(value, int) or value <= options[option]:
            return None
        return says(value, options[option])._replace(degree=value)

    return weak(keyword, judge, lambda config, options: str(options[option]))


def _for_everyone(
    keyword: str, effect: InEffect, found: Weak, wanted: str, safety: Safety, config: Config
) -> Finding:
    if effect.entry is not None:
        finding = at_entry(effect.entry, found.message)._replace(label=found.label)
    else:
        source, span = missing_place(keyword, config)
        label = f"not set, so the default holds: {default_text(keyword.lower(), config)}"
        finding = Finding(found.message, source, span, keyword, label=label)
    fix = _fix(f"{keyword} {wanted}", safety, SetGlobal(keyword, (wanted,))) if wanted else None
    return finding._replace(notes=found.notes, severity=found.severity, fix=fix, concerns=(concern(keyword),))


def _in_block(entry: Entry, found: Weak, wanted: str, safety: Safety) -> Finding:
    finding = at_entry(entry, found.message)
    title = f"{finding.keyword} {wanted} in {in_short(finding.block)}"
    return finding._replace(
        message=f"{found.message} ({in_short(finding.block)})",
        label=found.label,
        notes=found.notes,
        severity=found.severity,
        fix=_fix(title, safety, SetLine(entry, wanted)) if wanted else None,
    )


def _fix(title: str, safety: Safety, intent: Intent) -> Fix:
    return Fix(title, safety, (intent,))
