"""A plan of fixes as text: the diff of each file, and the rule and reason of each fix."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from sshkeep.fix.change import Change
from sshkeep.fix.left_out import NO_FIX
from sshkeep.fix.plan import FixPlan
from sshkeep.lint.finding import Finding
from sshkeep.output.diff import diff_lines
from sshkeep.output.findings import read_on_all, targets_phrase
from sshkeep.output.markdown import markdown_text
from sshkeep.output.proof_text import proof_sentences
from sshkeep.output.terminal import Terminal, safe
from sshkeep.phrase import Phrase


def plan_lines(plan: FixPlan, terminal: Terminal) -> list[str]:
    """The diff of each file with its fixed findings; then findings that are left, and the proof.

    What is fixed stands at the lines that lint names, which the diff takes away; what is left, in the fixed
    file, which its message is about.
    """
    lines = []
    fixed: dict[str, list[str]] = {}
    for each in plan.fixed:
        fixed.setdefault(each.edits[0].path, []).append(terminal.show(_fixed(each.finding)))
    for change in plan.changes:
        lines += [*change_lines(change, terminal), "", *fixed.get(change.path, ())]
    if {finding.source.path for finding in plan.left} & {change.path for change in plan.changes}:
        lines.append(terminal.show(Phrase("left, at the lines of the fixed file:")))
    lines += [_left(finding, terminal) for finding in plan.left]
    lines += read_on_all(
        [*(each.finding.rule for each in plan.fixed), *(f.rule for f in plan.left)], terminal
    )
    if plan.changes:
        lines += map(terminal.show, [*plan.remarks, *proof_sentences(plan.proof, plan.implied)])
    return lines


def plan_markdown(plan: FixPlan) -> Iterator[str]:
    """The same, for a comment on a merge request or a job's summary."""
    plain = Terminal("never")
    yield from diff_blocks(plan.changes)
    yield from (f"- {markdown_text(_fixed(each.finding))}" for each in plan.fixed)
    yield from (f"- left: {markdown_text(_left(finding, plain))}" for finding in plan.left)
    if plan.changes:
        proof = [*plan.remarks, *proof_sentences(plan.proof, plan.implied)]
        yield from (f"- {markdown_text(sentence)}" for sentence in proof)


def diff_blocks(changes: Iterable[Change]) -> Iterator[str]:
    """The diff of each file as a block of Markdown, which nothing in the file can end."""
    for change in changes:
        lines = list(change_lines(change, Terminal("never")))
        longest = max((len(run) for line in lines for run in re.findall("`+", line)), default=0)
        fence = "`" * max(3, longest + 1)
        yield from (f"{fence}diff", *lines, fence, "")


def change_lines(change: Change, terminal: Terminal) -> Iterable[str]:
    """One file's diff; a new or removed file is shown whole."""
    return diff_lines(change.path, change.before or b"", change.after or b"", terminal)


def _fixed(finding: Finding) -> Phrase:
    assert finding.fix
    return Phrase(
        "{place}: {rule}: {title}, since {message}",
        place=_place(finding),
        rule=finding.rule,
        title=finding.fix.title,
        message=finding.message,
    )


def _left(finding: Finding, terminal: Terminal) -> str:
    noted = bool(finding.notes) and finding.notes[-1].startswith(NO_FIX)
    reason = finding.notes[-1] if noted else Phrase("no fix")
    why = Phrase("only with --unsafe") if finding.fix else reason
    severity = terminal.paint(finding.severity, finding.severity or "info")
    message = terminal.show(Phrase("{message} ({why})", message=finding.message, why=why))
    return f"{safe(_place(finding))}: {severity} {finding.rule}: {message}"


def unproven(plan: FixPlan) -> list[str]:
    """A sentence for each fix that is left out, since it can't be proven."""
    left = [finding for finding in plan.left if finding.notes and finding.notes[-1].startswith(NO_FIX)]
    return [f"{_place(finding)}: {finding.rule}: {finding.notes[-1]}" for finding in left]


def _place(finding: Finding) -> str:
    line, column = finding.source.position(finding.span.start)
    return f"{finding.source.path}:{line}:{column}"


def fix_summary(plans: Sequence[FixPlan], targets: Sequence[str], *, wanted: bool, written: bool) -> Phrase:
    """The last line. ``wanted``: the user asked to write files; ``written``: they were written."""
    files = sum(len(plan.changes) for plan in plans)
    fixed = sum(len(plan.fixed) for plan in plans)
    problems = Phrase("1 problem") if fixed == 1 else Phrase("{number} problems", number=fixed)
    in_files = Phrase("1 file") if files == 1 else Phrase("{number} files", number=files)
    if not fixed:
        result = Phrase("nothing to fix")
    elif written:
        result = Phrase("fixed {problems} in {files}: written")
    elif wanted:
        result = Phrase("did not fix {problems} in {files}: nothing was written")
    else:
        result = Phrase("would fix {problems} in {files}; use --write to write it")
    result = result.filled(problems=problems, files=in_files)
    return Phrase("{result} ({targets})", result=result, targets=targets_phrase(targets))
