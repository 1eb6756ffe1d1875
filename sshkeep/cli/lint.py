"""``sshkeep lint``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from typing import Annotated

import typer

from sshkeep.cli import options
from sshkeep.cli.choice import Chooser, line
from sshkeep.cli.exits import Exit
from sshkeep.cli.known import Known
from sshkeep.cli.run import Run, tell
from sshkeep.cli.sink import Sink
from sshkeep.config.model import Config
from sshkeep.errors import SshkeepError
from sshkeep.lint.finding import Finding
from sshkeep.lint.fleet import together
from sshkeep.lint.runner import judge
from sshkeep.output.terminal import Terminal
from sshkeep.output.text import Unsaid, finding_lines, summary
from sshkeep.record import NamedTuple
from sshkeep.trees.tree import Tree


class Format(str, Enum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"


FAILING = {"warning": ("warning", "error"), "error": ("error",)}


class Result(NamedTuple):
    """One config as one target reads it, and what there is to say of it that no earlier target said."""

    tree: Tree
    config: Config
    findings: tuple[Finding, ...]
    suppressed: int


def lint(
    paths: options.Paths = None,
    kind: options.Kind = None,
    target: options.TargetName = "auto",
    root: options.Root = None,
    format: Annotated[Format, typer.Option("--format", help="How findings are printed.")] = Format.TEXT,
    output: options.OutputFile = None,
    select: options.Select = None,
    extend_select: options.ExtendSelect = None,
    ignore: options.Ignore = None,
    policy: options.PolicyFile = None,
    rules: options.RulesFolder = None,
    baseline: options.BaselineFile = None,
    write_baseline: options.NewBaseline = None,
    fail_on: Annotated[
        options.FailOn, typer.Option("--fail-on", help="The least severity for exit code 1.")
    ] = options.FailOn.WARNING,
    stdin_filename: options.StdinName = "",
    quiet: options.Quiet = False,
    color: options.Color = options.ColorWhen.AUTO,
) -> Exit:
    """Report what is wrong with configs. Exit 0: nothing; 1: findings; 2: something could not be read."""
    chooser = Chooser(policy, target, rules, line(select, extend_select, ignore))
    run = Run(kind.value if kind else None, target, root, quiet)
    known = Known(baseline, write_baseline)
    with Sink(output) as sink:
        results: list[Result] = []
        terminal = Terminal(color.value if output is None else "never")
        for tree in run.trees(paths or [], stdin_filename):
            for every in _results(tree, chooser, run):
                result = every._replace(findings=known.left(every.findings))
                if any(finding.severity in FAILING[fail_on.value] for finding in result.findings):
                    run.ended(Exit.FOUND)
                results.append(result)
                if format is Format.TEXT:
                    for finding in result.findings:
                        sink.lines([*finding_lines(finding, terminal), ""])
        if format is Format.JSON:
            sink.lines([_report(results, run, known)])
        elif results and not quiet:
            sink.lines([_summary(results, known)])
    known.write()
    for note in dict.fromkeys(note for result in results for note in result.config.notes):
        tell(f"note: {note}")
    run.tell_missing()
    return run.exit


def _results(tree: Tree, chooser: Chooser, run: Run) -> list[Result]:
    """The config for each of its targets; what can't be done is told."""
    try:
        choice = chooser.choice(tree)
    except SshkeepError as error:
        run.failed(error.sentence, error.hint)
        return []
    loaded = list(run.configs(list(choice.trees)))
    outcomes = [judge(config, choice.selection) for _, config in loaded]
    shown = [
        (config, tuple(f for f in outcome.findings if each.shows(f.source.path)))
        for (each, config), outcome in zip(loaded, outcomes, strict=True)
    ]
    told = together(shown) if len(shown) > 1 else shown
    hidden = max((outcome.suppressed for outcome in outcomes), default=0)
    return [
        Result(each, config, findings, hidden if number == 0 else 0)
        for number, ((each, _), (config, findings)) in enumerate(zip(loaded, told, strict=True))
    ]


def _summary(results: Sequence[Result], known: Known) -> str:
    files = {(result.tree.name, path) for result in results for path in result.config.files}
    return summary(
        [finding for result in results for finding in result.findings],
        target_names(result.tree for result in results),
        len(files),
        Unsaid(sum(result.suppressed for result in results), known.count),
    )


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
            Unsaid(sum(result.suppressed for result in results), known.count),
        ),
        exit_code=run.exit,
    ).model_dump_json(indent=2)
