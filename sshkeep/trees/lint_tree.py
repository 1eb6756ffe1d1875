"""Run rules on a tree. Of a template, what is found must hold for everything that is made from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sshkeep.config.tree.config import Config
from sshkeep.edit.intents import DeleteLine, RenameKeyword, ReplaceLine, RewriteFile, SetLine
from sshkeep.lint.finding import Finding
from sshkeep.lint.runner import LintOutcome, lint_config
from sshkeep.lint.selection import Selection
from sshkeep.openssh.releases import NEWEST, OLDEST
from sshkeep.openssh.targets import Target, all_targets, target_of
from sshkeep.syntax.templates.lines import TemplateLine
from sshkeep.trees.tree import Tree

OF_A_LINE = (SetLine, RenameKeyword, DeleteLine, ReplaceLine, RewriteFile)
"""Intents that change a line where it stands. What others change, and where, depends on all lines."""
UNTOUCHED = "a template: lines with an expression are left as they are"
NO_FIX_BESIDE_EXPRESSION = "no fix: sshkeep changes no line with an expression"
MOST_BYTES = 200_000
"""Of a template that is read for each of a hundred targets; of a larger one, less is reported."""
_AS_IT_STANDS = TemplateLine("literal", ())


def lint_tree(tree: Tree, config: Config, selection: Selection, most: int | None = None) -> LintOutcome:
    """As `lint_config` for the ``config`` of ``tree``; of a template, only what is sure.

    That is what is found on a line, or keyword, that is rendered as it stands. A line in a branch is there
    for some systems only, and a target that nobody chose is any: this must be found for every target.
    """
    outcome = lint_config(config, selection, most)
    if not config.is_template:
        return outcome
    lines = _Lines(config)
    found = [lines.with_possible_fix(finding) for finding in outcome.findings if lines.shows(finding)]
    doubtful = [each for each in found if not tree.target_given or lines.of(each).branch]
    for_any = set(map(_key, doubtful))
    small = sum(len(file.source.data) for file in config.files.values()) <= MOST_BYTES
    sure = _found_for_all(doubtful, tree, selection, most) if small else set()
    return outcome._replace(
        findings=tuple(each for each in found if _key(each) not in for_any or _key(each) in sure)
    )


def _found_for_all(
    found: Sequence[Finding], tree: Tree, selection: Selection, most: int | None
) -> set[object]:
    """Those of the findings that there are for every target; only their own rules are asked."""
    named = {finding.rule for finding in found}
    keys = {_key(finding) for finding in found}
    selection = selection.only(named)
    for target in _other_targets(tree.target):
        if not keys:
            break
        other = lint_config(tree._replace(target=target).load(), selection, most)
        keys = keys & {_key(finding) for finding in other.findings}
    return keys


def _other_targets(own: Target) -> Iterator[Target]:
    """A target for each release of each vendor, newest first."""
    seen = {(own.vendor, own.release, own.lacks)}
    plain = [target_of(f"openssh-{release}") for release in (OLDEST, NEWEST)]
    for target in sorted((*plain, *all_targets().values()), key=lambda each: each.release, reverse=True):
        if (target.vendor, target.release, target.lacks) not in seen:
            seen.add((target.vendor, target.release, target.lacks))
            yield target


def _key(finding: Finding) -> object:
    return finding.rule, finding.source.path, finding.span


class _Lines:
    """What the lines are that findings are about; a file that is no template has them as they stand."""

    def __init__(self, config: Config) -> None:
        self._lines: dict[str, Sequence[TemplateLine]] = {}
        self._keyword_ends: dict[tuple[str, int], int] = {}
        for path, file in config.files.items():
            self._lines[path] = file.template
            for each in file.directives if file.language else ():
                self._keyword_ends[path, each.number] = each.span(0, each.line.stop).end

    def of(self, finding: Finding) -> TemplateLine:
        """The finding's line."""
        lines, number = self._lines[finding.source.path], _number(finding)
        return lines[number] if number < len(lines) else _AS_IT_STANDS

    def shows(self, finding: Finding) -> bool:
        """Whether the finding is about a line, or the keyword of one, that is rendered as it stands."""
        line = self.of(finding)
        if finding.dated and line.branch:
            return False
        if line.kind == "value":
            place = finding.source.path, _number(finding)
            return finding.span.start < finding.span.end <= self._keyword_ends[place]
        return line.kind == "literal"

    def with_possible_fix(self, finding: Finding) -> Finding:
        """The finding, without a fix that would change a line with an expression or has to find a place."""
        if finding.fix is None:
            return finding
        if not all(isinstance(intent, OF_A_LINE) for intent in finding.fix.intents):
            return finding._replace(fix=None)
        if self.of(finding).kind != "literal":
            return finding._replace(fix=None, notes=(*finding.notes, NO_FIX_BESIDE_EXPRESSION))
        return finding


def _number(finding: Finding) -> int:
    return finding.source.position(finding.span.start)[0] - 1
