"""Audit a config: what becomes of each control of a guide, by which values and lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from sshkeep.config.blocks.matching import universal
from sshkeep.config.crypto_policy import OPT_OUT, POLICY_WINS, is_in_policy
from sshkeep.config.effective.printed import printed_global_value, printed_value_of
from sshkeep.config.parse_line import accepted_lines
from sshkeep.config.precedence.shadowed import shadowed
from sshkeep.config.refusals import refused_lines
from sshkeep.config.tree.block import block_name
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.lint.baseline import Baseline
from sshkeep.lint.finding import Finding
from sshkeep.lint.guide import Control, Guide
from sshkeep.lint.own_rule import LoadedOwnRule, row_of
from sshkeep.lint.selection import Selection
from sshkeep.lint.suppression import Suppressions
from sshkeep.named import NamedTuple
from sshkeep.openssh.tables.option import Keyword

Status = Literal["pass", "fail", "not applicable", "not checked"]


class EffectiveValue(NamedTuple):
    """A value as OpenSSH prints it, and the lines that set it; none for the default.

    ``block`` is the Host or Match line below which it holds; empty for everyone that no block is for.
    """

    keyword: str
    block: str
    text: str
    lines: tuple[Entry, ...]


class Waiver(NamedTuple):
    """Who asked for a finding to be accepted: a comment in line ``line`` of ``path``, or a baseline (line 0).

    ``date`` is YYYY-MM-DD, and empty where none is written.
    """

    path: str
    line: int
    reason: str
    date: str


class Evidence(NamedTuple):
    """A finding against a control, and the waiver that accepts it."""

    finding: Finding
    waiver: Waiver | None


class AuditedControl(NamedTuple):
    """What became of a control; ``why`` says it where it is neither passed nor failed."""

    control: Control
    ids: tuple[str, ...]
    status: Status
    why: str
    values: tuple[EffectiveValue, ...]
    evidence: tuple[Evidence, ...]

    @property
    def waived(self) -> bool:
        """Whether it fails, and each finding is accepted."""
        return self.status == "fail" and all(each.waiver for each in self.evidence)


def audit_config(
    config: Config, guide: Guide, selection: Selection, baseline: Baseline | None
) -> list[AuditedControl]:
    """The controls of the guide's documents that are about such a config, in the order of their numbers."""
    audit = _Audit(config, selection, baseline)
    names = [document.name for document in guide.documents_for(config.target)]
    audited = [
        audit.control(control, tuple(control.ids[name] for name in names if name in control.ids))
        for control in guide.controls
        if config.kind in control.kinds and any(name in control.ids for name in names)
    ]
    return sorted(audited, key=lambda each: [_natural(number) for number in each.ids])


def _natural(number: str) -> list[tuple[int, str]]:
    """5.1.10 comes after 5.1.9."""
    return [(int(part or "0"), text) for text, part in re.findall(r"([^0-9]*)([0-9]*)", number)]


class _Audit:
    def __init__(self, config: Config, selection: Selection, baseline: Baseline | None) -> None:
        self.config = config
        self.selection = selection
        self.rules = {loaded.id: loaded for loaded in selection.for_kind(config.kind)}
        self.suppressions = Suppressions(config)
        self.baseline = baseline
        self.unknown = _why_unknown(config)
        self.found: dict[str, tuple[Evidence, ...]] = {}
        """By rule: each finding has one waiver, in whatever control it counts."""

    def control(self, control: Control, ids: tuple[str, ...]) -> AuditedControl:
        if not control.rules:
            return AuditedControl(control, ids, "not checked", control.unchecked, (), ())
        rows = list(self.rows(control))
        if not rows:
            why = f"{self.config.target.name} has no such option"
            return AuditedControl(control, ids, "not applicable", why, (), ())
        if self.unknown:
            return AuditedControl(control, ids, "not checked", self.unknown, (), ())
        values = tuple(value for row in rows for value in self.values(row))
        evidence = tuple(each for name in control.rules for each in self.evidence(name))
        if not evidence and any(is_in_policy(row.option, self.config) for row in rows):
            return AuditedControl(control, ids, "not checked", f"{POLICY_WINS}; {OPT_OUT}", (), ())
        if not evidence and not all(printed_global_value(row, self.config).certain for row in rows):
            why = "the value depends on the machine, the user, or a file that was not read"
            return AuditedControl(control, ids, "not checked", why, values, ())
        return AuditedControl(control, ids, "fail" if evidence else "pass", "", values, evidence)

    def rows(self, control: Control) -> Iterator[Keyword]:
        """The options that the control is about, as far as the target has them."""
        for name in control.keywords:
            if row := self.config.known.get(name.lower()):
                yield row
        for name in control.rules:
            loaded = self.rules.get(name)
            if isinstance(loaded, LoadedOwnRule) and (row := row_of(loaded.own, self.config)):
                yield row

    def values(self, row: Keyword) -> Iterator[EffectiveValue]:
        """The value for everyone, and that of each block that has another one."""
        everyone = printed_global_value(row, self.config)
        lines = tuple(entry for entry, _ in everyone.pairs)
        yield EffectiveValue(row.name, "", "\n".join(everyone.texts), lines)
        own = [pair for pair in accepted_lines(row.option, self.config) if self.in_block(pair[0])]
        dead = {line.entry.index for line in shadowed(row.option, self.config)} if own else set()
        for entry, parsed in own:
            texts = printed_value_of([(entry, parsed)], row, self.config)
            if entry.block and entry.index not in dead and texts != everyone.texts:
                yield EffectiveValue(row.name, block_name(entry.block), "\n".join(texts), (entry,))

    def in_block(self, entry: Entry) -> bool:
        return not universal(entry.block, self.config.target.release)

    def evidence(self, name: str) -> tuple[Evidence, ...]:
        if name not in self.found:
            loaded = self.rules.get(name)
            rule = self.selection.configured(loaded) if loaded else None
            found = rule.check(self.config, rule.options) if rule else ()
            self.found[name] = tuple(self.judged(each._replace(rule=name)) for each in found)
        return self.found[name]

    def judged(self, finding: Finding) -> Evidence:
        if comment := self.suppressions.comment_for(finding):
            path, number = comment.file.source.path, comment.number + 1
            return Evidence(finding, Waiver(path, number, comment.reason, _date(comment.reason)))
        if self.baseline and not self.baseline.is_new(finding):
            reason, date = self.baseline.remark(finding)
            return Evidence(finding, Waiver(self.baseline.path, 0, reason, date or _date(reason)))
        return Evidence(finding, None)


def _why_unknown(config: Config) -> str:
    """Why no value of the config is known; empty where they are."""
    if config.is_template:
        return "the file is a template: its values are known once it is rendered"
    if any(file.wide or file.cut for file in config.files.values()):
        return "a file is in UTF-16 or holds a NUL byte: OpenSSH reads other lines than it shows"
    for refusal in refused_lines(config):
        if config.kind == "sshd_config" or refusal.reason != "unknown keyword":
            place = f"{refusal.directive.file.source.path}:{refusal.directive.number + 1}"
            return f"{config.target.name} refuses the config: {place}: {refusal.problem}"
    return ""


def _date(reason: str) -> str:
    found = re.search(r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b", reason)
    return found[0] if found else ""


def counts(audited: Iterable[AuditedControl]) -> Mapping[Status, int]:
    """How many controls have each status."""
    found: dict[Status, int] = {"pass": 0, "fail": 0, "not applicable": 0, "not checked": 0}
    for each in audited:
        found[each.status] += 1
    return found


def unwaived(audited: Sequence[AuditedControl]) -> bool:
    """Whether a control fails that no waiver accepts."""
    return any(each.status == "fail" and not each.waived for each in audited)
