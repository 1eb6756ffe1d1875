"""What an editor can do about findings: fix, suppress, explain, make a line take effect.

Only what is proven is offered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lsprotocol import types

from sshkeep.api.set import set as plan_setting
from sshkeep.config.tree.block import block_name
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.file_system import UnreadableFile
from sshkeep.edit.edits import Edit, LineMoves, apply_edits
from sshkeep.edit.style import line_ending
from sshkeep.errors import SshkeepError
from sshkeep.fix.change import Change
from sshkeep.fix.left_out import Identity, identity, moved_to
from sshkeep.fix.plan import FixPlan, plan_chosen
from sshkeep.lint.finding import ACCEPTED_NOTE, Finding
from sshkeep.lint.suppression import SUPPRESSION_RULES
from sshkeep.lint.suppression_comments import Reach
from sshkeep.lsp.analysis import Analysis
from sshkeep.lsp.diagnostics import WITHOUT_EFFECT, diagnostic
from sshkeep.lsp.workspace_edits import EditSupport, workspace_edit
from sshkeep.trees.lint_tree import lint_tree

FIX_ALL = f"{types.CodeActionKind.SourceFixAll.value}.sshkeep"
EXPLAIN = "sshkeep.explain"
MOST_FOR_ACTIONS = 20
"""Findings in the selection for which actions are worked out: each takes a proof."""
REACHES: dict[Reach, str] = {"ignore": "here", "ignore-block": "for the block", "ignore-file": "for the file"}


def code_actions(
    analysis: Analysis, where: types.Range, only: Sequence[str], support: EditSupport
) -> list[types.CodeAction]:
    """The actions for a selection of the document.

    ``only`` are the kinds that the editor asks for, none for all. ``support`` is what it can carry out.
    """
    actions = _Actions(analysis, support)
    found: list[types.CodeAction] = []
    if _wanted(types.CodeActionKind.QuickFix.value, only):
        found += actions.quick_fixes(where)
    if _wanted(FIX_ALL, only):
        found += actions.fix_all()
    return found


def _wanted(kind: str, only: Sequence[str]) -> bool:
    return not only or any(kind == each or kind.startswith(f"{each}.") for each in only)


class _Actions:
    def __init__(self, analysis: Analysis, support: EditSupport) -> None:
        self.analysis = analysis
        self.support = support

    def quick_fixes(self, where: types.Range) -> Iterator[types.CodeAction]:
        """The actions for each finding in the selection."""
        analysis = self.analysis
        found = [each for each in analysis.findings if _touches(each, where, analysis)][:MOST_FOR_ACTIONS]
        for finding in found:
            yield from self._fix(finding)
        for finding in found:
            if finding.rule in WITHOUT_EFFECT:
                yield from self._take_effect(finding)
        for finding in found:
            yield from self._suppress(finding)
            yield _explain(finding, analysis)

    def fix_all(self) -> Iterator[types.CodeAction]:
        """What ``sshkeep fix --write`` does."""
        plan = self.analysis.fixes
        edit = self._edit(plan.changes) if plan else None
        if plan and edit:
            count = len(plan.fixed)
            title = f"Fix all {count} safe problems" if count > 1 else "Fix the one safe problem"
            yield types.CodeAction(title, kind=FIX_ALL, edit=edit)

    def _fix(self, finding: Finding) -> Iterator[types.CodeAction]:
        if not finding.fix or not (plan := self._planned(finding)):
            return
        if edit := self._edit(plan.changes):
            safe = finding.fix.safety == "safe"
            title = f"{'Fix' if safe else 'Unsafe fix'}: {plan.fixed[0].finding.fix.title}"  # type: ignore[union-attr]
            yield self._quick_fix(title, edit, finding, preferred=safe)

    def _planned(self, finding: Finding) -> FixPlan | None:
        tree, wanted = self.analysis.editable_tree, identity(finding)
        if tree is None:
            return None
        try:
            plan = plan_chosen(tree, self.analysis.selection(tree), lambda each: identity(each) == wanted)
        except (OSError, UnreadableFile, SshkeepError):
            return None
        return plan if plan.changes else None

    def _take_effect(self, finding: Finding) -> Iterator[types.CodeAction]:
        entry = self.analysis.entry_at(finding.source.path, finding.span.start)
        job = self.analysis.job
        if entry is None or entry.keyword is None or not job.on_disk:
            return
        words = [word.text for word in entry.directive.words(entry.keyword.type.splitting)]
        try:
            plan = plan_setting(
                job.path,
                entry.keyword.name,
                *words,
                block=block_name(entry.block),
                unsaved=job.texts,
                kind=job.kind,
                target=job.target,
                policy=self.analysis.rulesets.named,
            )
        except SshkeepError:
            return
        if edit := self._edit(plan.changes):
            yield self._quick_fix(f"Make {entry.directive.text} take effect", edit, finding)

    def _suppress(self, finding: Finding) -> Iterator[types.CodeAction]:
        for reach, place in REACHES.items():
            edit = self._suppression(finding, reach)
            if edit and (
                made := self._edit([Change(edit.path, finding.source.data, _edited(edit, finding))])
            ):
                yield self._quick_fix(f"Suppress {finding.rule} {place}", made, finding)

    def _suppression(self, finding: Finding, reach: Reach) -> Edit | None:
        """The comment, if it suppresses this finding and changes no other one."""
        tree, config = self.analysis.tree, self.analysis.config
        number = _line_for(finding, reach, config) if config else None
        if tree is None or config is None or number is None or finding.rule in SUPPRESSION_RULES:
            return None
        source = finding.source
        raw = source.lines[number] if number < len(source.lines) else b""
        indent = raw[: len(raw) - len(raw.lstrip(b" \t"))]
        comment = f"# sshkeep: {reach}[{finding.rule}]".encode()
        at = source.start(number)
        edit = Edit(source.path, at, at, indent + comment + line_ending(config.files[source.path]))
        selection = self.analysis.selection(tree)
        after = lint_tree(tree, tree.load({source.path: _edited(edit, finding)}), selection).findings
        moved = LineMoves([edit])
        kept = [each for each in self.analysis.findings if identity(each) != identity(finding)]
        wanted = {moved_to(identity(each), moved) for each in kept}
        return edit if set(_not_accepted(after)) - wanted == set() else None

    def _quick_fix(
        self, title: str, edit: types.WorkspaceEdit, finding: Finding, *, preferred: bool = False
    ) -> types.CodeAction:
        about = [diagnostic(finding, self.analysis)]
        kind = types.CodeActionKind.QuickFix
        return types.CodeAction(title, kind, about, is_preferred=preferred or None, edit=edit)

    def _edit(self, changes: Iterable[Change]) -> types.WorkspaceEdit | None:
        return workspace_edit(changes, self.analysis.job, self.support)


def _explain(finding: Finding, analysis: Analysis) -> types.CodeAction:
    title = f"Explain {finding.rule}"
    command = types.Command(title, EXPLAIN, arguments=[finding.rule])
    about = [diagnostic(finding, analysis)]
    return types.CodeAction(title, types.CodeActionKind.QuickFix, about, command=command)


def _touches(finding: Finding, where: types.Range, analysis: Analysis) -> bool:
    """Whether the finding is in the document, and its lines are among those of the selection."""
    if finding.source.path != analysis.job.path:
        return False
    place = analysis.positions(finding.source.path, finding.source.data).range(*finding.span)
    return place.start.line <= where.end.line and where.start.line <= place.end.line


def _line_for(finding: Finding, reach: Reach, config: Config) -> int | None:
    """The line above which the comment goes; None where there is no such place."""
    number = finding.source.position(finding.span.start)[0] - 1
    if reach == "ignore-file":
        return 0
    if reach == "ignore":
        return number
    headers = [
        block.header.number
        for block in config.blocks
        if block.header.file.source is finding.source and block.header.number <= number
    ]
    return max(headers, default=None)


def _edited(edit: Edit, finding: Finding) -> bytes:
    return apply_edits(finding.source.data, [edit])


def _not_accepted(findings: Iterable[Finding]) -> list[Identity]:
    """All that is still reported; what OpenSSH refuses stays, as accepted by the comment."""
    return [
        identity(each) for each in findings if not (each.notes and each.notes[-1].startswith(ACCEPTED_NOTE))
    ]
