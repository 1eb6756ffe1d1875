"""What ``sshkeep lint`` does, without the command line library: a lint of plain paths needs none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from sshkeep.cli.choice import NOTHING, Chooser
from sshkeep.cli.exits import Exit
from sshkeep.cli.known import Known
from sshkeep.cli.run import Run, tell
from sshkeep.cli.sink import Sink
from sshkeep.cli.sshd_notice import report_unread_change
from sshkeep.config.model import Config
from sshkeep.errors import SshkeepError
from sshkeep.lint.finding import Finding
from sshkeep.lint.fleet import together
from sshkeep.lint.runner import MOST, judge
from sshkeep.lint.selection import Layer
from sshkeep.output.terminal import Color, Terminal
from sshkeep.output.text import Unsaid, finding_lines, summary
from sshkeep.trees.tree import Tree

FAILING = {"warning": ("warning", "error"), "error": ("error",)}


class Asked(NamedTuple):
    """What the command line asks for, as its options say it; see `sshkeep.cli.lint`."""

    paths: Sequence[str]
    kind: str | None = None
    target: str = "auto"
    root: str | None = None
    format: Literal["text", "json"] = "text"
    output: str | None = None
    line: Layer = NOTHING
    policy: str | None = None
    rules: str | None = None
    baseline: str | None = None
    write_baseline: str | None = None
    fail_on: str = "warning"
    stdin_filename: str = ""
    quiet: bool = False
    color: Color = "auto"


class Result(NamedTuple):
    """One config as one target reads it, and what there is to say of it that no earlier target said."""

    tree: Tree
    config: Config
    findings: tuple[Finding, ...]
    suppressed: int
    cut: tuple[str, ...]


def lint_configs(asked: Asked) -> Exit:
    """Print what is wrong with the configs. The exit code: 0 nothing, 1 findings, 2 something unreadable."""
    chooser = Chooser(asked.policy, asked.target, asked.rules, asked.line)
    run = Run(asked.kind, asked.target, asked.root, asked.quiet)
    known = Known(asked.baseline, asked.write_baseline)
    with Sink(asked.output) as sink:
        results: list[Result] = []
        terminal = Terminal(asked.color if asked.output is None else "never")
        most = None if asked.baseline or asked.write_baseline else MOST
        for tree in run.trees(list(asked.paths), asked.stdin_filename):
            for every in _results(tree, chooser, run, most):
                result = every._replace(findings=known.left(every.findings))
                if any(finding.severity in FAILING[asked.fail_on] for finding in result.findings):
                    run.ended(Exit.FOUND)
                results.append(result)
                if asked.format == "text":
                    for finding in result.findings:
                        sink.lines([*finding_lines(finding, terminal), ""])
        if asked.format == "json":
            sink.lines([_report(results, run, known)])
        elif results and not asked.quiet:
            sink.lines([_summary(results, known)])
    known.write()
    for note in dict.fromkeys(note for result in results for note in result.config.notes):
        tell(f"note: {note}")
    run.tell_missing()
    if not run.quiet:
        report_unread_change((result.tree, result.config) for result in results)
    return run.exit


def _results(tree: Tree, chooser: Chooser, run: Run, most: int | None) -> list[Result]:
    """The config for each of its targets; what can't be done is told."""
    try:
        choice = chooser.choice(tree)
    except SshkeepError as error:
        run.failed(error.sentence, error.hint)
        return []
    loaded = list(run.configs(list(choice.trees)))
    # Of a tree of which some files are shown, the first findings may all be others'.
    listed = most if tree.shown is None else None
    outcomes = [judge(config, choice.selection, listed) for _, config in loaded]
    shown = [
        (config, tuple(f for f in outcome.findings if each.shows(f.source.path)))
        for (each, config), outcome in zip(loaded, outcomes, strict=True)
    ]
    told = together(shown) if len(shown) > 1 else shown
    hidden = max((outcome.suppressed for outcome in outcomes), default=0)
    return [
        Result(each, config, findings, hidden if number == 0 else 0, outcomes[number].cut)
        for number, ((each, _), (config, findings)) in enumerate(zip(loaded, told, strict=True))
    ]


def _summary(results: Sequence[Result], known: Known) -> str:
    files = {(result.tree.name, path) for result in results for path in result.config.files}
    return summary(
        [finding for result in results for finding in result.findings],
        target_names(result.tree for result in results),
        len(files),
        _unsaid(results, known),
    )


def _unsaid(results: Sequence[Result], known: Known) -> Unsaid:
    cut = dict.fromkeys(rule for result in results for rule in result.cut)
    return Unsaid(sum(result.suppressed for result in results), known.count, tuple(cut))


def target_names(trees: Iterable[Tree]) -> list[str]:
    """What the trees were read for, each once."""
    return list(
        dict.fromkeys(tree.target.name + (", as installed" if tree.installed else "") for tree in trees)
    )


def _report(results: Sequence[Result], run: Run, known: Known) -> str:
    from sshkeep.output import report
    from sshkeep.output.models import finding_model, summary_model
    from sshkeep.syntax.source import clean

    findings = [(finding, result.config) for result in results for finding in result.findings]
    return report.LintReport(
        target=", ".join(dict.fromkeys(result.tree.target.name for result in results)),
        files=list(dict.fromkeys(clean(path) for result in results for path in result.config.files)),
        findings=[finding_model(finding, config) for finding, config in findings],
        errors=[clean(error) for error in run.errors],
        summary=summary_model(
            (finding for finding, _ in findings),
            _unsaid(results, known),
        ),
        exit_code=run.exit,
    ).model_dump_json(indent=2)
