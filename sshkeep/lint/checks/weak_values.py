"""Checks of values that protect less than others, for everyone or in a block."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

from sshkeep.config.precedence.default_value import default_text
from sshkeep.config.precedence.global_value import InEffect, global_value
from sshkeep.config.tree.block import Block
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.edit.intents import Intent, SetGlobal, SetLine
from sshkeep.lint.checks.findings import at_entry, global_value_concern, in_short, missing_position
from sshkeep.lint.checks.lines import effective_lines_in_blocks
from sshkeep.lint.finding import Finding, Fix, Safety, Severity
from sshkeep.lint.rule import Check, Options
from sshkeep.named import NamedTuple
from sshkeep.openssh.tables.keywords import keyword_for
from sshkeep.openssh.values.arguments import Value


class Weakness(NamedTuple):
    """What is wrong with a value. In a block it is reported if its ``degree`` is higher than for everyone."""

    message: str
    label: str = ""
    notes: tuple[str, ...] = ()
    degree: int = 1
    severity: Severity | Literal[""] = ""


Assess = Callable[[Value, Config, Options], Weakness | None]
Better = Callable[[Config, Options], str]
"""The value that a fix writes; empty for no fix."""
Unless = Callable[[Block | None, Config], bool]
"""Whether another setting makes the value harmless, for everyone or in a block."""


def no_exception(block: Block | None, config: Config) -> bool:
    """No other setting makes the value harmless."""
    return False


def weak_value(
    keyword: str,
    assess: Assess,
    better: Better | str = "",
    *,
    safety: Safety = "unsafe",
    unless: Unless = no_exception,
    in_blocks: bool = True,
) -> Check:
    """Assess the value of ``keyword`` for everyone, also a default, and report weaker values in blocks."""
    option = keyword.lower()

    def check(config: Config, options: Options) -> Iterator[Finding]:
        row = keyword_for(option, config.kind, config.target)
        if row is None:
            return
        wanted = better if isinstance(better, str) else better(config, options)
        everyone = global_value(option, config)
        found = assess(everyone.value, config, options) if everyone.value is not None else None
        if found and everyone.certain and not unless(None, config):
            yield _for_everyone(row.name, everyone, found, wanted, safety, config)
        degree = found.degree if found else 0
        for entry, parsed in effective_lines_in_blocks(option, config) if in_blocks else ():
            worse = assess(parsed.value, config, options)
            if worse and worse.degree > degree and not unless(entry.block, config):
                yield _in_block(entry, worse, wanted, safety)

    return check


def weak_word(
    keyword: str,
    words: dict[str, Weakness],
    better: str,
    *,
    unless: Unless = no_exception,
    in_blocks: bool = True,
) -> Check:
    """Report where ``keyword`` is one of ``words``."""

    def assess(value: Value, config: Config, options: Options) -> Weakness | None:
        return words.get(value) if isinstance(value, str) else None

    return weak_value(keyword, assess, better, unless=unless, in_blocks=in_blocks)


def too_high(keyword: str, option: str, weakness: Callable[[int, int], Weakness]) -> Check:
    """Report where ``keyword`` is a number above the rule's ``option``; ``weakness`` gets both numbers."""

    def assess(value: Value, config: Config, options: Options) -> Weakness | None:
        if not isinstance(value, int) or value <= options[option]:
            return None
        return weakness(value, options[option])._replace(degree=value)

    return weak_value(keyword, assess, lambda config, options: str(options[option]))


def _for_everyone(
    keyword: str, effect: InEffect, found: Weakness, wanted: str, safety: Safety, config: Config
) -> Finding:
    if effect.entry is not None:
        finding = at_entry(effect.entry, found.message)._replace(label=found.label)
    else:
        source, span = missing_position(keyword, config)
        label = f"not set; the default is {default_text(keyword.lower(), config)}"
        finding = Finding(found.message, source, span, keyword, label=label)
    fix = _fix(f"{keyword} {wanted}", safety, SetGlobal(keyword, (wanted,))) if wanted else None
    return finding._replace(
        notes=found.notes, severity=found.severity, fix=fix, concerns=(global_value_concern(keyword),)
    )


def _in_block(entry: Entry, found: Weakness, wanted: str, safety: Safety) -> Finding:
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
