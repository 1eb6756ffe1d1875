"""An organisation's rule: what one keyword may be, judged on effective values, be they the default."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from sshkeep.config.blocks.matching import universal
from sshkeep.config.effective.printed import Texts, printed_global_value, printed_value_of
from sshkeep.config.parse_line import ParsedEntry, accepted_lines
from sshkeep.config.precedence.shadowed import shadowed
from sshkeep.config.tree.block import Block, block_name
from sshkeep.config.tree.config import Config
from sshkeep.edit.intents import Intent, SetGlobal, SetLine
from sshkeep.edit.resolve_intents import resolve_intents
from sshkeep.edit.trial_line import trial_line
from sshkeep.errors import SshkeepError
from sshkeep.lint.demand import Demand, Judge
from sshkeep.lint.finding import Finding, Fix, Severity, at_entry, concern, in_short
from sshkeep.lint.rule import LoadedRule, Options, Rule
from sshkeep.lint.selection import OWN
from sshkeep.lint.vocabulary import missing_place
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.releases import NEWEST, OLDEST, Release
from sshkeep.openssh.tables.keywords import precedence
from sshkeep.openssh.tables.option import Keyword

Where = Literal["global", "block", "host", "everywhere"]
LONGEST_VALUE = 60
"""A longer one is not told: the line is shown anyway."""


class OwnRule(NamedTuple):
    """A rule as data. ``fix`` is what stands behind the keyword afterwards; empty for no fix."""

    id: str
    keyword: str
    kinds: tuple[Kind, ...]
    demand: Demand
    because: str
    where: Where = "everywhere"
    since: Release = OLDEST
    until: Release = NEWEST
    severity: Severity = "warning"
    references: tuple[str, ...] = ()
    fix: str = ""
    safe: bool = False


def loaded(own: OwnRule, source: str, explains: tuple[str, ...] = ()) -> LoadedRule:
    """The rule as any other is; ``source`` is the policy that it comes from."""

    def check(config: Config, options: Options) -> Iterator[Finding]:
        row = _row(own, config)
        if row is None:
            return
        judge = Judge(own.demand, row, config)
        value = own.fix if own.fix and can_be_written(own.fix, judge, row, config) else ""
        if own.where in ("global", "everywhere"):
            yield from _for_everyone(own, value, judge, config)
        if own.where != "global":
            yield from _in_blocks(own, value, judge, config)

    def allows(intent: Intent, config: Config) -> bool:
        row = _row(own, config)
        if row is None or not isinstance(intent, SetGlobal | SetLine):
            return True
        in_block = isinstance(intent, SetLine) and not _for_all(intent.entry.block, config)
        keyword = intent.keyword if isinstance(intent, SetGlobal) else _name(intent, config)
        scope = ("block", "host", "everywhere") if in_block else ("global", "everywhere")
        if keyword.lower() not in (row.name.lower(), row.option) or own.where not in scope:
            return True
        values = intent.values if isinstance(intent, SetGlobal) else (intent.value,)
        pairs = tuple(trial_line(row.name, value, config) for value in values)
        return not Judge(own.demand, row, config).problem(printed_value_of(pairs, row, config), pairs)

    summary = f"{own.keyword}: {own.because}"
    references = own.references or (source,)
    rule = Rule(summary, own.kinds, own.severity, check, references, (), explains=explains, allows=allows)
    doc = f"{own.because}\n\n{own.keyword} {own.demand.told()} ({own.where}). A rule of {source}."
    return LoadedRule(own.id, OWN, doc, rule)


def holds_one_value(row: Keyword) -> bool:
    """Whether there is one value to ask for: no block, no Include, no Subsystem."""
    return row.type.sets_option and not row.type.parts_are_named


def _row(own: OwnRule, config: Config) -> Keyword | None:
    name = own.keyword.lower()
    # Releases before a renaming know it by its old name.
    renamed = (row for row in config.known.values() if row.option == name)
    row = config.known.get(name) or next(renamed, None)
    fits = own.since <= config.target.release <= own.until
    return row if fits and row is not None and not row.state and holds_one_value(row) else None


def _name(intent: SetLine, config: Config) -> str:
    return intent.entry.keyword.option if intent.entry.keyword else ""


def _for_all(block: Block | None, config: Config) -> bool:
    return universal(block, config.target.release)


def _for_everyone(own: OwnRule, value: str, judge: Judge, config: Config) -> Iterator[Finding]:
    effect = printed_global_value(judge.row, config)
    problem = judge.problem(effect.texts, effect.pairs)
    if not problem or not effect.certain:
        return
    label = _label(judge.row, effect.texts, problem, is_set=bool(effect.pairs))
    if effect.pairs:
        finding = at_entry(_culprit(effect.pairs, judge, config)[0], own.because)._replace(label=label)
    else:
        source, span = missing_place(judge.row.name, config)
        finding = Finding(own.because, source, span, judge.row.name, label=label)
    fix = _fix(own, value, SetGlobal(judge.row.name, (value,)), "", config)
    yield finding._replace(fix=fix, concerns=(concern(judge.row.name),))


def _culprit(pairs: Sequence[ParsedEntry], judge: Judge, config: Config) -> ParsedEntry:
    """Of lines that add up, the first that is wrong by itself."""
    wrong = (p for p in pairs if judge.problem(printed_value_of([p], judge.row, config), (p,), whole=False))
    return next(wrong, pairs[0]) if len(pairs) > 1 else pairs[0]


def _label(row: Keyword, texts: Texts, problem: str, *, is_set: bool) -> str:
    value = " ".join(texts)
    if len(value) > LONGEST_VALUE:
        return f"{row.name if is_set else 'not set, and the default'} {problem}"
    if is_set:
        return f"{row.name} is {value}; {problem}"
    return f"not set, so the default holds: {value}; {problem}" if value else f"not set; {problem}"


def _in_blocks(own: OwnRule, value: str, judge: Judge, config: Config) -> Iterator[Finding]:
    row = judge.row
    lines = [pair for pair in accepted_lines(row.option, config) if not _for_all(pair[0].block, config)]
    dead = {line.entry.index for line in shadowed(row.option, config)} if lines else set()
    for entry, parsed in lines:
        if entry.index in dead or not _meant(own, entry.block):
            continue
        texts = printed_value_of([(entry, parsed)], row, config)
        problem = judge.problem(texts, ((entry, parsed),), whole=not row.adds)
        if problem:
            finding = at_entry(entry, own.because)
            fix = _fix(own, value, SetLine(entry, value), finding.block, config)
            label = _label(row, texts, problem, is_set=True)
            yield finding._replace(label=label, fix=fix)
    if own.demand.required and own.where in ("block", "host"):
        yield from _without(own, judge, config)


def _without(own: OwnRule, judge: Judge, config: Config) -> Iterator[Finding]:
    """Blocks that do not set it at all."""
    having = {entry.block for entry, _ in accepted_lines(judge.row.option, config)}
    for block in config.blocks:
        if block not in having and _meant(own, block) and not _for_all(block, config):
            header, keyword = block.header, judge.row.name
            label = f"{keyword} is not set here; {judge.demand.told()}"
            yield Finding(
                own.because, header.file.source, header.whole, keyword, block_name(block), label=label
            )


def _meant(own: OwnRule, block: Block | None) -> bool:
    return own.where != "host" or (block is not None and block.header.line.name.lower() == "host")


def can_be_written(value: str, judge: Judge, row: Keyword, config: Config) -> bool:
    """Whether the target takes the value, and it is what the rule asks for."""
    if precedence(row.option, config.kind).switched_off_by:
        return False
    pair: ParsedEntry = trial_line(row.name, value, config)
    if pair[1].problem or pair[1].value is None:
        return False
    texts: Texts = printed_value_of([pair], row, config)
    return not judge.problem(texts, (pair,))


def _fix(own: OwnRule, value: str, intent: Intent, block: str, config: Config) -> Fix | None:
    if not value:
        return None
    try:
        edits = resolve_intents([intent], config)
    except SshkeepError:
        return None
    title = f"{own.keyword} {in_short(value)}" + (f" in {in_short(block)}" if block else "")
    return Fix(title, "safe" if own.safe else "unsafe", (intent,)) if edits else None
