"""What sshkeep knows about one open document: its tree as OpenSSH reads it, and the findings."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from sshkeep.api.inputs import Inputs
from sshkeep.api.lint import KnownFindings, LintResult, lint_trees
from sshkeep.api.rulesets import Rulesets
from sshkeep.config.tree.block import Block
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.config.tree.file_system import UnreadableFile
from sshkeep.errors import SshkeepError
from sshkeep.fix.plan import FixPlan, plan_selected
from sshkeep.lint.finding import Finding
from sshkeep.lint.selection import Selection
from sshkeep.lsp.positions import Positions
from sshkeep.named import NamedTuple
from sshkeep.openssh.kind import Kind
from sshkeep.trees.tree import Tree


class Job(NamedTuple):
    """What to analyse. ``texts`` are the open documents by path, ``versions`` what the editor calls each.

    A document without a file (``on_disk`` is false) is analysed alone, and reads nothing of the disk.
    """

    path: str
    texts: Mapping[str, bytes]
    kind: Kind | None = None
    target: str = "auto"
    baseline: str | None = None
    on_disk: bool = True
    versions: Mapping[str, int] = {}


class Analysis:
    """The analysis of one document at one moment. Nothing is read before it is asked for."""

    def __init__(self, job: Job, rulesets: Rulesets) -> None:
        self.job = job
        self.rulesets = rulesets
        self._positions: dict[str, Positions] = {}

    def inputs(self) -> Inputs:
        """The document's tree, as its files and the open documents have it. Raises SshkeepError."""
        job = self.job
        if job.on_disk:
            return Inputs(job.kind, job.target, unsaved=job.texts)
        return Inputs(job.kind, job.target, files={job.path: job.texts[job.path]})

    @cached_property
    def result(self) -> LintResult:
        """The findings, as ``sshkeep lint`` has them. What can't be done is in the ``errors``."""
        try:
            inputs = self.inputs()
            known = KnownFindings(self.job.baseline)
            return lint_trees(inputs.trees(self.job.path), inputs, self.rulesets, known)
        except SshkeepError as error:
            return LintResult((), (str(error),))

    @property
    def tree(self) -> Tree | None:
        """The tree, for the first target; None where it can't be read."""
        return self.result.configs[0].tree if self.result.configs else None

    @property
    def config(self) -> Config | None:
        """Its config."""
        return self.result.configs[0].config if self.result.configs else None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, of all files of the tree that are shown."""
        return self.result.findings

    def selection(self, tree: Tree) -> Selection:
        """The rules that run."""
        return self.rulesets.ruleset(tree).selection

    @cached_property
    def editable_tree(self) -> Tree | None:
        """The tree, if it is read for one target: a fix for several can't be proven."""
        try:
            return self.rulesets.for_target(self.tree) if self.tree else None
        except SshkeepError:
            return None

    @cached_property
    def fixes(self) -> FixPlan | None:
        """The plan of ``sshkeep fix``; None where there can't be any."""
        tree = self.editable_tree
        try:
            return plan_selected(tree, self.selection(tree), unsafe=False) if tree else None
        except (OSError, UnreadableFile, SshkeepError):
            return None

    def entry_at(self, path: str, offset: int) -> Entry | None:
        """The line with a setting at a byte of a file; of a file that is included twice, the first."""
        for entry in self.config.entries if self.config else ():
            directive = entry.directive
            if directive.file.source.path == path and directive.whole.start <= offset <= directive.whole.end:
                return entry
        return None

    def block_at(self, path: str, offset: int) -> Block | None:
        """The block whose Host or Match line is at a byte of a file."""
        for block in self.config.blocks if self.config else ():
            header = block.header
            if header.file.source.path == path and header.whole.start <= offset <= header.whole.end:
                return block
        return None

    def positions(self, path: str, data: bytes) -> Positions:
        """The positions of a file's content."""
        if path not in self._positions:
            self._positions[path] = Positions(data)
        return self._positions[path]
