"""Lint configs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal

from sshkeep.api.inputs import Contents, FilesInMemory, Inputs, PathLike, Paths, as_text
from sshkeep.api.linted_config import Judge, LintedConfig, lint_tree_for_targets
from sshkeep.api.rulesets import Rulesets, policy_for_call
from sshkeep.api.sharing import ALONE, Sharing
from sshkeep.errors import SshkeepError
from sshkeep.lint.finding import Finding, SuppressedFinding, accept_refusal
from sshkeep.lint.runner import MAX_PER_RULE, lint_config
from sshkeep.lint.selection import Layer
from sshkeep.named import NamedTuple
from sshkeep.output.findings import Unlisted
from sshkeep.trees.kind import kind_by_name
from sshkeep.trees.search import Search, SearchOptions
from sshkeep.trees.tree import Tree

if TYPE_CHECKING:
    from sshkeep.lint.baseline import Baseline
    from sshkeep.output.json_reports import models
    from sshkeep.output.json_reports.models import LintReport

FailOn = Literal["info", "warning", "error", "never"]
FAILING: dict[FailOn, tuple[str, ...]] = {
    "info": ("info", "warning", "error"),
    "warning": ("warning", "error"),
    "error": ("error",),
    "never": (),
}
"""The severities that count, by the least one of them."""


class LintResult(NamedTuple):
    """The findings of a call, config by config.

    ``errors``: what could not be done, a sentence each. ``missing``: Includes for which nothing was found.
    ``has_baseline``: all findings are new since it. The JSON report is `report`.
    """

    configs: tuple[LintedConfig, ...]
    errors: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    has_baseline: bool = False

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings; a place in a file is ``finding.source`` and ``finding.span``."""
        return tuple(finding for each in self.configs for finding in each.findings)

    @property
    def unlisted(self) -> Unlisted:
        """How many findings are not listed, and why."""
        cut = dict.fromkeys(rule for each in self.configs for rule in each.cut)
        by = Counter(each.by for each in self.suppressed)
        return Unlisted(by["comment"], by["baseline"], tuple(cut))

    @property
    def suppressed(self) -> tuple[SuppressedFinding, ...]:
        """All findings that comments or the baseline accept, which are not listed."""
        return tuple(each for config in self.configs for each in config.suppressed)

    def suppressed_models(self) -> list[tuple[models.Finding, SuppressedFinding]]:
        """Each of `suppressed` as plain data, too."""
        return [
            pair
            for config in self.configs
            if config.suppressed
            for pair in zip(config.report().suppressed, config.suppressed, strict=True)
        ]

    def fails(self, fail_on: FailOn = "warning") -> bool:
        """Whether there is a finding of this severity or above."""
        return any(finding.severity in FAILING[fail_on] for finding in self.findings)

    def exit_code(self, fail_on: FailOn = "warning") -> int:
        """2 if something could not be read, 1 if a finding counts, else 0."""
        return 2 if self.errors else 1 if self.fails(fail_on) else 0

    def report(self, exit_code: int | None = None) -> LintReport:
        """The result as plain data: places as lines and columns, fixes with their edits."""
        from sshkeep.output.json_reports import models
        from sshkeep.output.json_reports.findings import summary_model
        from sshkeep.syntax.source import clean

        reports = [each.report() for each in self.configs if each.findings]
        findings = [finding for each in reports for finding in each.findings]
        failures = [failure for each in reports for failure in each.failures]
        return models.LintReport(
            target=", ".join(dict.fromkeys(each.tree.target.name for each in self.configs)),
            files=list(dict.fromkeys(clean(path) for each in self.configs for path in each.files)),
            findings=findings,
            errors=[clean(error) for error in (*self.errors, *failures)],
            summary=summary_model(self.findings, self.unlisted),
            exit_code=self.exit_code() if exit_code is None else exit_code,
        )


class KnownFindings:
    """Leaves out what the baseline in ``path`` knows, or all, to write it as a ``new`` one."""

    def __init__(self, path: str | None = None, new: str | None = None) -> None:
        self.new = new
        self.collected: list[Finding] = []
        self.baseline: Baseline | None = None
        if new and path:
            raise SshkeepError("--baseline and --write-baseline don't go together", "write a new one alone")
        if new and kind_by_name(new):
            raise SshkeepError(f"--write-baseline {new} has the name of a config", "write it elsewhere")
        if path:
            from sshkeep.lint.baseline import read_baseline

            self.baseline = read_baseline(path)

    @property
    def needs_all(self) -> bool:
        """Whether the findings must be complete."""
        return self.new is not None or self.baseline is not None

    def split(self, config: LintedConfig) -> LintedConfig:
        """The config with what is known as suppressed; what OpenSSH refuses stays, as accepted."""
        if not self.needs_all:
            return config
        kept: list[Finding] = []
        known: list[SuppressedFinding] = []
        for finding in config.findings:
            if self.new is not None:
                self.collected.append(finding)
            if self.baseline is not None and self.baseline.is_new(finding):
                kept.append(finding)
            elif finding.refused:
                kept.append(accept_refusal(finding, "the baseline knows it"))
            else:
                reason = self.baseline.remark(finding).reason if self.baseline else ""
                known.append(SuppressedFinding(finding._replace(fix=None), "baseline", reason))
        return config._replace(findings=tuple(kept), suppressed=(*config.suppressed, *known))

    def write(self) -> None:
        """Write the new baseline, if there is to be one. Raises SshkeepError."""
        if self.new is None:
            return
        from sshkeep.lint.baseline import write_baseline

        write_baseline(self.new, self.collected)


def lint(
    paths: Paths = (),
    *,
    files: FilesInMemory | None = None,
    unsaved: Contents | None = None,
    kind: str | None = None,
    target: str = "auto",
    root: PathLike | None = None,
    select: Sequence[str] = (),
    extend_select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    policy: PathLike | None = None,
    rules: PathLike | None = None,
    search: SearchOptions = SearchOptions(),  # noqa: B008, never changed
    baseline: PathLike | None = None,
) -> LintResult:
    """Lint the configs at ``paths``: files or folders; without any, this machine's own.

    ``files`` is a tree in memory, path to content, in which nothing of the disk is read; ``unsaved`` are
    contents that take the place of those on disk; ``search`` is what is left out of folders. The other
    arguments are the options of ``sshkeep lint``.
    Raises SshkeepError for wrong arguments; what can't be read is in the ``errors`` of the result.
    """
    layer = Layer(tuple(select), tuple(extend_select), tuple(ignore), alone=True)
    rulesets = Rulesets(policy_for_call(policy, files), target, as_text(rules), layer)
    inputs = Inputs(kind, target, root, files, unsaved, search=Search(search, rulesets.excludes))
    return lint_trees(inputs.trees(paths), inputs, rulesets, KnownFindings(as_text(baseline)))


def lint_trees(
    trees: Iterable[Tree],
    inputs: Inputs,
    rulesets: Rulesets,
    known: KnownFindings | None = None,
    sharing: Sharing = ALONE,
) -> LintResult:
    """Lint ``trees``, which ``inputs`` found, by ``rulesets``."""
    known, trees = known or KnownFindings(), tuple(trees)
    # Each entry of a baseline counts for one finding, the first one.
    processes = 1 if known.needs_all else sharing.processes(len(trees))
    if processes > 1:
        from sshkeep.api.lint_shared import lint_by_processes

        linted = list(lint_by_processes(trees, inputs, rulesets, processes, sharing))
    else:
        judge: Judge = lint_config
        if len(trees) > 1:
            from sshkeep.lint.equal_configs import EqualConfigs

            judge = EqualConfigs().lint
        most = None if known.needs_all else MAX_PER_RULE
        linted = []
        for number, tree in enumerate(trees):
            sharing.progress(number, len(trees))
            linted += map(known.split, lint_tree_for_targets(tree, inputs, rulesets, judge, most))
    notes = (*rulesets.notes, *(note for each in linted for note in each.notes))
    return LintResult(
        tuple(linted), tuple(inputs.errors), notes, tuple(inputs.missing), known.baseline is not None
    )
