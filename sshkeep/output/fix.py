"""A plan of fixes as text: the diff of each file, and the rule and reason of each fix."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sshkeep.fix.change import Change
from sshkeep.fix.left_out import NO_FIX
from sshkeep.fix.plan import FixPlan
from sshkeep.lint.finding import Finding
from sshkeep.output.diff import diff_lines
from sshkeep.output.proof_text import proof_sentences
from sshkeep.output.terminal import Terminal, safe


def plan_lines(plan: FixPlan, terminal: Terminal) -> list[str]:
    """The diff of each file with its fixed findings; then findings that are left, and the proof."""
    lines = []
    fixed: dict[str, list[str]] = {}
    for each in plan.fixed:
        fixed.setdefault(each.edits[0].path, []).append(_fixed(each.finding))
    for change in plan.changes:
        lines += [*change_lines(change, terminal), "", *fixed.get(change.path, ())]
    lines += [_left(finding, terminal) for finding in plan.left]
    if plan.changes:
        lines += map(safe, [*plan.remarks, *proof_sentences(plan.proof, plan.implied)])
    return lines


def change_lines(change: Change, terminal: Terminal) -> Iterable[str]:
    """One file's diff; a new or removed file is shown whole."""
    return diff_lines(change.path, change.before or b"", change.after or b"", terminal)


def _fixed(finding: Finding) -> str:
    assert finding.fix
    return safe(f"{_place(finding)}: {finding.rule}: {finding.fix.title}, since {finding.message}")


def _left(finding: Finding, terminal: Terminal) -> str:
    reason = finding.notes[-1] if finding.notes and finding.notes[-1].startswith(NO_FIX) else "no fix"
    why = "only with --unsafe" if finding.fix else safe(reason)
    severity = terminal.paint(finding.severity, finding.severity or "info")
    return f"{safe(_place(finding))}: {severity} {finding.rule}: {safe(finding.message)} ({why})"


def unproven(plan: FixPlan) -> list[str]:
    """A sentence for each fix that is left out, since it can't be proven."""
    left = [finding for finding in plan.left if finding.notes and finding.notes[-1].startswith(NO_FIX)]
    return [f"{_place(finding)}: {finding.rule}: {finding.notes[-1]}" for finding in left]


def _place(finding: Finding) -> str:
    line, column = finding.source.position(finding.span.start)
    return f"{finding.source.path}:{line}:{column}"


def fix_summary(plans: Sequence[FixPlan], targets: Iterable[str], *, wanted: bool, written: bool) -> str:
    """The last line. ``wanted``: the user asked to write files; ``written``: they were written."""
    files = sum(len(plan.changes) for plan in plans)
    fixed = sum(len(plan.fixed) for plan in plans)
    read_for = ", ".join(targets)
    problems = f"{fixed} problem{'' if fixed == 1 else 's'}"
    in_files = f"{files} file{'' if files == 1 else 's'}"
    if not fixed:
        return f"nothing to fix (target {read_for})"
    if written:
        return f"fixed {problems} in {in_files}: written (target {read_for})"
    if wanted:
        return f"did not fix {problems} in {in_files}: nothing was written (target {read_for})"
    return f"would fix {problems} in {in_files}; use --write to write it (target {read_for})"
