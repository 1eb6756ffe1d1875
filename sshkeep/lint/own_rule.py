"""Rules of an organisation, written as data: which values one keyword may have in effect, or by default."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from sshkeep.config.comes_to import Pair, Texts, comes_to, for_everyone
from sshkeep.config.matching import universal
from sshkeep.config.model import Config, Context
from sshkeep.config.precedence.shadowed import shadowed
from sshkeep.config.reading import readings
from sshkeep.config.typed import block_name
from sshkeep.edit.intents import Intent, SetForEveryone, SetHere
from sshkeep.edit.plan import edits_for
from sshkeep.edit.trial import trial
from sshkeep.errors import SshkeepError
from sshkeep.lint.checks.findings import at_entry, global_value_concern, in_short, missing_position
from sshkeep.lint.finding import Finding, Fix, Severity
from sshkeep.lint.own_rule_demand import Demand, DemandCheck
from sshkeep.lint.rule import LoadedRule, Options, Rule
from sshkeep.lint.selection import OWN_GROUP
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.releases import NEWEST, OLDEST, Release
from sshkeep.openssh.tables.keywords import precedence
from sshkeep.openssh.tables.option import Keyword

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


def own_rule_as_loaded(own: OwnRule, source: str, explains: tuple[str, ...] = ()) -> LoadedRule:
    """The rule in the form of all other rules; ``source`` is the policy that it comes from."""

    def check(config: Config, options: Options) -> Iterator[Finding]:
        row = _row(own, config)
        if row is None:
            return
        demand_check = DemandCheck(own.demand, row, config)
        value = own.fix if own.fix and can_be_written(own.fix, demand_check, row, config) else ""
        if own.where in ("global", "everywhere"):
            yield from _for_everyone(own, value, demand_check, config)
        if own.where != "global":
            yield from _in_blocks(own, value, demand_check, config)

    def allows(intent: Intent, config: Config) -> bool:
        row = _row(own, config)
        if row is None or not isinstance(intent, SetForEveryone | SetHere):
            return True
        in_block = isinstance(intent, SetHere) and not _for_all(intent.entry.context, config)
        keyword = intent.keyword if isinstance(intent, SetForEveryone) else _name(intent, config)
        scope = ("block", "host", "everywhere") if in_block else ("global", "everywhere")
        if keyword.lower() not in (row.name.lower(), row.option) or own.where not in scope:
            return True
        values = intent.values if isinstance(intent, SetForEveryone) else (intent.value,)
        pairs = tuple(trial(row.name, value, config) for value in values)
        return not DemandCheck(own.demand, row, config).problem(comes_to(pairs, row, config), pairs)

    summary = f"{own.keyword}: {own.because}"
    references = own.references or (source,)
    rule = Rule(summary, own.kinds, own.severity, check, references, (), explains=explains, allows=allows)
    doc = f"{own.because}\n\n{own.keyword} {own.demand.describe()} ({own.where}). A rule of {source}."
    return LoadedRule(own.id, OWN_GROUP, doc, rule)


def holds_one_value(row: Keyword) -> bool:
    """Whether the keyword has one value to check: it is no Host, Match, Include or Subsystem."""
    return row.type.sets_option and not row.type.parts_are_named


def _row(own: OwnRule, config: Config) -> Keyword | None:
    name = own.keyword.lower()
    # Releases before a renaming know it by its old name.
    renamed = (row for row in config.known.values() if row.option == name)
    row = config.known.get(name) or next(renamed, None)
    fits = own.since <= config.target.release <= own.until
    return row if fits and row is not None and not row.state and holds_one_value(row) else None


def _name(intent: SetHere, config: Config) -> str:
    return intent.entry.keyword.option if intent.entry.keyword else ""


def _for_all(context: Context | None, config: Config) -> bool:
    return universal(context, config.target.release)


def _for_everyone(own: OwnRule, value: str, demand_check: DemandCheck, config: Config) -> Iterator[Finding]:
    effect = for_everyone(demand_check.row, config)
    problem = demand_check.problem(effect.texts, effect.pairs)
    if not problem or not effect.certain:
        return
    label = _label(demand_check.row, effect.texts, problem, is_set=bool(effect.pairs))
    if effect.pairs:
        finding = at_entry(_culprit(effect.pairs, demand_check, config)[0], own.because)._replace(label=label)
    else:
        source, span = missing_position(demand_check.row.name, config)
        finding = Finding(own.because, source, span, demand_check.row.name, label=label)
    fix = _fix(own, value, SetForEveryone(demand_check.row.name, (value,)), "", config)
    yield finding._replace(fix=fix, concerns=(global_value_concern(demand_check.row.name),))


def _culprit(pairs: Sequence[Pair], demand_check: DemandCheck, config: Config) -> Pair:
    """Where lines add up, the first line that is wrong by itself."""
    wrong = (
        p for p in pairs if demand_check.problem(comes_to([p], demand_check.row, config), (p,), whole=False)
    )
    return next(wrong, pairs[0]) if len(pairs) > 1 else pairs[0]


def _label(row: Keyword, texts: Texts, problem: str, *, is_set: bool) -> str:
    value = " ".join(texts)
    if len(value) > LONGEST_VALUE:
        return f"{row.name if is_set else 'not set, and the default'} {problem}"
    if is_set:
        return f"{row.name} is {value}; {problem}"
    return f"not set, so the default holds: {value}; {problem}" if value else f"not set; {problem}"


def _in_blocks(own: OwnRule, value: str, demand_check: DemandCheck, config: Config) -> Iterator[Finding]:
    row = demand_check.row
    lines = [pair for pair in readings(row.option, config) if not _for_all(pair[0].context, config)]
    dead = {line.entry.index for line in shadowed(row.option, config)} if lines else set()
    for entry, reading in lines:
        if entry.index in dead or not _meant(own, entry.context):
            continue
        texts = comes_to([(entry, reading)], row, config)
        problem = demand_check.problem(texts, ((entry, reading),), whole=not row.adds)
        if problem:
            finding = at_entry(entry, own.because)
            fix = _fix(own, value, SetHere(entry, value), finding.block, config)
            label = _label(row, texts, problem, is_set=True)
            yield finding._replace(label=label, fix=fix)
    if own.demand.required and own.where in ("block", "host"):
        yield from _without(own, demand_check, config)


def _without(own: OwnRule, demand_check: DemandCheck, config: Config) -> Iterator[Finding]:
    """Blocks that do not set the keyword."""
    having = {entry.context for entry, _ in readings(demand_check.row.option, config)}
    for context in config.headers:
        if context not in having and _meant(own, context) and not _for_all(context, config):
            header, keyword = context.header, demand_check.row.name
            label = f"{keyword} is not set here; {demand_check.demand.describe()}"
            yield Finding(
                own.because, header.file.source, header.whole, keyword, block_name(context), label=label
            )


def _meant(own: OwnRule, context: Context | None) -> bool:
    return own.where != "host" or (context is not None and context.header.line.name.lower() == "host")


def can_be_written(value: str, demand_check: DemandCheck, row: Keyword, config: Config) -> bool:
    """Whether the target accepts the value and the rule does too."""
    if precedence(row.option, config.kind).switched_off_by:
        return False
    pair: Pair = trial(row.name, value, config)
    if pair[1].problem or pair[1].value is None:
        return False
    texts: Texts = comes_to([pair], row, config)
    return not demand_check.problem(texts, (pair,))


def _fix(own: OwnRule, value: str, intent: Intent, block: str, config: Config) -> Fix | None:
    if not value:
        return None
    try:
        edits = edits_for([intent], config)
    except SshkeepError:
        return None
    title = f"{own.keyword} {in_short(value)}" + (f" in {in_short(block)}" if block else "")
    return Fix(title, "safe" if own.safe else "unsafe", (intent,)) if edits else None
