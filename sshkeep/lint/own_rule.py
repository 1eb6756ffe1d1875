"""Rules of an organisation, written as data: which values one keyword may have in effect, or by default."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from sshkeep.config.blocks.matching import universal
from sshkeep.config.crypto_policy import is_in_policy
from sshkeep.config.effective.printed import printed_global_value, printed_value_of
from sshkeep.config.parse_line import ParsedEntry, accepted_lines, parse_entry
from sshkeep.config.precedence.shadowed import shadowed
from sshkeep.config.tree.block import Block, block_name
from sshkeep.config.tree.config import Config
from sshkeep.edit.intents import Intent, MoveToEveryone, SetGlobal, SetLine
from sshkeep.edit.resolve_intents import resolve_intents
from sshkeep.edit.trial_line import trial_line
from sshkeep.errors import SshkeepError
from sshkeep.lint.checks.findings import at_entry, global_value_concern, in_short, missing_position
from sshkeep.lint.finding import Finding, Fix, Severity
from sshkeep.lint.guide import Control
from sshkeep.lint.own_rule_demand import Demand, DemandCheck
from sshkeep.lint.rule import LoadedRule, Options, Rule
from sshkeep.lint.selection import OWN_GROUP
from sshkeep.named import NamedTuple
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.releases import NEWEST, OLDEST, Release
from sshkeep.openssh.tables.keywords import precedence
from sshkeep.openssh.tables.option import Keyword
from sshkeep.openssh.values.value_type import Texts

Where = Literal["global", "block", "host", "everywhere"]
LONGEST_VALUE = 60
"""A longer value is left out of the label: the line itself is shown."""


class OwnRule(NamedTuple):
    """A rule as data. ``fix`` is the new value behind the keyword; empty for no fix."""

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


class LoadedOwnRule(LoadedRule):
    """An own rule in the form of all rules; ``own`` is what it is as data."""

    def __init__(self, own: OwnRule, doc: str, rule: Rule) -> None:
        super().__init__(own.id, OWN_GROUP, doc, rule)
        self.own = own


def what_it_asks(control: Control, rules: Mapping[str, LoadedRule]) -> str:
    """What a control asks of the config; empty for one that nothing checks."""
    own = [rule.own for name in control.rules if isinstance(rule := rules.get(name), LoadedOwnRule)]
    return control.asks or "; ".join(f"{each.keyword} {each.demand.describe()}" for each in own)


def own_rule_as_loaded(own: OwnRule, source: str, explains: tuple[str, ...] = ()) -> LoadedOwnRule:
    """The rule in the form of all other rules; ``source`` is the policy that it comes from."""

    def check(config: Config, options: Options) -> Iterator[Finding]:
        row = row_of(own, config)
        if row is None:
            return
        demand_check = DemandCheck(own.demand, row, config)
        value = own.fix if own.fix and can_be_written(own.fix, demand_check, row, config) else ""
        if own.where in ("global", "everywhere") and not is_in_policy(row.option, config):
            yield from _for_everyone(own, value, demand_check, config)
        if own.where != "global":
            yield from _in_blocks(own, value, demand_check, config)

    def allows(intent: Intent, config: Config) -> bool | None:
        row = row_of(own, config)
        if row is not None and isinstance(intent, MoveToEveryone):
            moved = tuple((e, parse_entry(e, config)) for e in intent.entries if e.option == row.option)
            if not moved or own.where not in ("global", "everywhere"):
                return None
            demand_check = DemandCheck(own.demand, row, config)
            return not demand_check.problem(printed_value_of(moved, row, config), moved)
        if row is None or not isinstance(intent, SetGlobal | SetLine):
            return None
        in_block = isinstance(intent, SetLine) and not _for_all(intent.entry.block, config)
        keyword = intent.keyword if isinstance(intent, SetGlobal) else _name(intent, config)
        scope = ("block", "host", "everywhere") if in_block else ("global", "everywhere")
        if keyword.lower() not in (row.name.lower(), row.option) or own.where not in scope:
            return None
        values = intent.values if isinstance(intent, SetGlobal) else (intent.value,)
        pairs = tuple(trial_line(row.name, value, config) for value in values)
        return not DemandCheck(own.demand, row, config).problem(printed_value_of(pairs, row, config), pairs)

    summary = f"{own.keyword}: {own.because}"
    references = own.references or (source,)
    rule = Rule(summary, own.kinds, own.severity, check, references, (), explains=explains, allows=allows)
    doc = f"{own.because}\n\n{own.keyword} {own.demand.describe()} ({own.where}). A rule of {source}."
    return LoadedOwnRule(own, doc, rule)


def holds_one_value(row: Keyword) -> bool:
    """Whether the keyword has one value to check: it is no Host, Match, Include or Subsystem."""
    return row.type.sets_option and not row.type.parts_are_named


def row_of(own: OwnRule, config: Config) -> Keyword | None:
    """The option that the rule is about; None where the target has it not, or the rule is for others."""
    name = own.keyword.lower()
    # Releases before a renaming know it by its old name.
    renamed = (row for row in config.known.values() if row.option == name)
    row = config.known.get(name) or next(renamed, None)
    fits = own.since <= config.target.release <= own.until
    return row if fits and row is not None and not row.state and holds_one_value(row) else None


def _name(intent: SetLine, config: Config) -> str:
    return intent.entry.option


def _for_all(block: Block | None, config: Config) -> bool:
    return universal(block, config.target.release)


def _for_everyone(own: OwnRule, value: str, demand_check: DemandCheck, config: Config) -> Iterator[Finding]:
    effect = printed_global_value(demand_check.row, config)
    problem = demand_check.problem(effect.texts, effect.pairs)
    if not problem or not effect.certain:
        return
    row = demand_check.row
    label = _label(row, effect.texts, problem, is_set=bool(effect.pairs))
    fix = _fix(own, value, SetGlobal(row.name, (value,)), "", config)
    if effect.pairs:
        finding = at_entry(_culprit(effect.pairs, demand_check, config)[0], own.because)
    elif _only_line_is_missing(own, effect.texts, demand_check):
        source, span = missing_position(row.name, config)
        message = f"no line sets {row.name}: another release can have another default"
        finding = Finding(message, source, span, row.name)
        if fix and printed_value_of([trial_line(row.name, value, config)], row, config) == effect.texts:
            fix = fix._replace(safety="safe")  # what it writes is in effect already
    else:
        source, span = missing_position(row.name, config)
        finding = Finding(own.because, source, span, row.name)
    yield finding._replace(label=label, fix=fix, concerns=(global_value_concern(row.name),))


def _only_line_is_missing(own: OwnRule, texts: Texts, demand_check: DemandCheck) -> bool:
    """Whether the default is what the rule asks for, so that ``because`` would not be true."""
    value = own.demand._replace(required=False)
    check = DemandCheck(value, demand_check.row, demand_check.config)
    return value != Demand() and not check.problem(texts, ())


def _culprit(pairs: Sequence[ParsedEntry], demand_check: DemandCheck, config: Config) -> ParsedEntry:
    """Where lines add up, the first line that is wrong by itself."""
    wrong = (
        p
        for p in pairs
        if demand_check.problem(printed_value_of([p], demand_check.row, config), (p,), whole=False)
    )
    return next(wrong, pairs[0]) if len(pairs) > 1 else pairs[0]


def _label(row: Keyword, texts: Texts, problem: str, *, is_set: bool) -> str:
    value = " ".join(texts)
    if len(value) > LONGEST_VALUE:
        return f"{row.name if is_set else 'not set, and the default'} {problem}"
    if is_set:
        return f"{row.name} is {value}; {problem}"
    return f"not set; the default is {value}; {problem}" if value else f"not set; {problem}"


def _in_blocks(own: OwnRule, value: str, demand_check: DemandCheck, config: Config) -> Iterator[Finding]:
    row = demand_check.row
    lines = [pair for pair in accepted_lines(row.option, config) if not _for_all(pair[0].block, config)]
    dead = {line.entry.index for line in shadowed(row.option, config)} if lines else set()
    for entry, parsed in lines:
        if entry.index in dead or not _meant(own, entry.block):
            continue
        texts = printed_value_of([(entry, parsed)], row, config)
        problem = demand_check.problem(texts, ((entry, parsed),), whole=not row.adds)
        if problem:
            finding = at_entry(entry, own.because)
            fix = _fix(own, value, SetLine(entry, value), finding.block, config)
            label = _label(row, texts, problem, is_set=True)
            yield finding._replace(label=label, fix=fix)
    if own.demand.required and own.where in ("block", "host"):
        yield from _without(own, demand_check, config)


def _without(own: OwnRule, demand_check: DemandCheck, config: Config) -> Iterator[Finding]:
    """Blocks that do not set the keyword."""
    having = {entry.block for entry, _ in accepted_lines(demand_check.row.option, config)}
    for block in config.blocks:
        if block not in having and _meant(own, block) and not _for_all(block, config):
            header, keyword = block.header, demand_check.row.name
            label = f"{keyword} is not set here; {demand_check.demand.describe()}"
            yield Finding(
                own.because, header.file.source, header.whole, keyword, block_name(block), label=label
            )


def _meant(own: OwnRule, block: Block | None) -> bool:
    return own.where != "host" or (block is not None and block.header.line.name.lower() == "host")


def can_be_written(value: str, demand_check: DemandCheck, row: Keyword, config: Config) -> bool:
    """Whether the target accepts the value and the rule does too."""
    if precedence(row.option, config.kind).switched_off_by:
        return False
    pair: ParsedEntry = trial_line(row.name, value, config)
    if pair[1].problem or pair[1].value is None:
        return False
    texts: Texts = printed_value_of([pair], row, config)
    return not demand_check.problem(texts, (pair,))


def _fix(own: OwnRule, value: str, intent: Intent, block: str, config: Config) -> Fix | None:
    if not value:
        return None
    try:
        edits = resolve_intents([intent], config)
    except SshkeepError:
        return None
    title = f"{own.keyword} {in_short(value)}" + (f" in {in_short(block)}" if block else "")
    return Fix(title, "safe" if own.safe else "unsafe", (intent,)) if edits else None
