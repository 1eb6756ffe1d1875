"""Lint one config for each of its targets, and what is known of it then."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from sshkeep.api.inputs import Inputs
from sshkeep.api.rulesets import Rulesets
from sshkeep.config.tree.config import Config
from sshkeep.errors import SshkeepError
from sshkeep.lint.finding import Finding, SuppressedFinding
from sshkeep.lint.runner import LintOutcome
from sshkeep.lint.selection import Selection
from sshkeep.named import NamedTuple
from sshkeep.trees.tree import Tree

if TYPE_CHECKING:
    from sshkeep.output.json_reports import models

Judge = Callable[[Config, Selection, "int | None"], LintOutcome]
"""What finds the problems of one config."""


class ConfigReport(NamedTuple):
    """The findings of one config as plain data, and sentences on fixes that can't be carried out."""

    findings: Sequence[models.Finding]
    suppressed: Sequence[models.Finding]
    failures: Sequence[str]


class LintedConfig(NamedTuple):
    """One config as one target reads it; ``findings`` are those that no earlier target has.

    ``suppressed`` are those that comments of the files or the baseline accept, ``cut`` are the rules with
    more findings than are listed; ``files`` are the paths of its files. Of one that another process linted,
    ``loaded`` is None, fixes are without what they change, and ``made`` is the report, if one is wanted.
    """

    tree: Tree
    loaded: Config | None
    findings: tuple[Finding, ...]
    suppressed: tuple[SuppressedFinding, ...]
    cut: tuple[str, ...]
    files: tuple[str, ...]
    notes: tuple[str, ...] = ()
    made: ConfigReport | None = None

    @property
    def config(self) -> Config:
        """Its lines. Raises as `Tree.load` where another process linted it and the files are gone."""
        return self.loaded or self.tree.load()

    def report(self) -> ConfigReport:
        """Its findings as plain data."""
        if self.made:
            return self.made
        from sshkeep.fix.fix_places import FixPlaces
        from sshkeep.output.json_reports.findings import finding_model

        failures: list[str] = []
        config, places = self.config, FixPlaces(self.tree)
        return ConfigReport(
            [finding_model(each, config, failures.append, places.edits) for each in self.findings],
            [finding_model(each.finding, config, failures.append) for each in self.suppressed],
            failures,
        )


def lint_tree_for_targets(
    tree: Tree, inputs: Inputs, rulesets: Rulesets, judge: Judge, most: int | None
) -> Iterator[LintedConfig]:
    """The config for each of its targets; ``judge`` is `lint_config`, or does the same for many configs."""
    try:
        ruleset = rulesets.ruleset(tree)
    except SshkeepError as error:
        inputs.fail(error.sentence, error.hint)
        return
    # Of a tree of which some files are shown, the first findings may all be others'.
    listed = most if tree.shown is None else None
    loaded, judged = [], []
    for each, config in inputs.configs(ruleset.trees):
        try:
            if config.is_template:
                from sshkeep.trees.lint_tree import lint_tree

                judged.append(lint_tree(each, config, ruleset.selection, listed))
            else:
                judged.append(judge(config, ruleset.selection, listed))
            loaded.append((each, config))
        except SshkeepError as error:
            inputs.fail(error.sentence, error.hint)
    shown = [
        (config, tuple(finding for finding in each.findings if tree.shows(finding.source.path)))
        for (tree, config), each in zip(loaded, judged, strict=True)
    ]
    if len(shown) > 1:
        from sshkeep.lint.multi_target import merge_targets

        shown = merge_targets(shown)
    longest = max((each.suppressed for each in judged), key=len, default=())
    hidden = tuple(each for each in longest if tree.shows(each.finding.source.path))
    for number, ((each, _), (config, findings)) in enumerate(zip(loaded, shown, strict=True)):
        suppressed = hidden if number == 0 else ()
        notes = tuple(config.notes)
        yield LintedConfig(each, config, findings, suppressed, judged[number].cut, tuple(config.files), notes)
