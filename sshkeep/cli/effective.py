"""``sshkeep effective``."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Annotated

import typer

from sshkeep.cli import options, question
from sshkeep.cli.choice import Chooser
from sshkeep.cli.exits import Exit
from sshkeep.cli.run import Run, tell
from sshkeep.cli.sink import Sink
from sshkeep.cli.sshd_notice import report_unread_change
from sshkeep.config.evaluate import Evaluated, refusals_of
from sshkeep.config.model import Config
from sshkeep.config.precedence.default_value import printed_name
from sshkeep.config.verdict import Refusal
from sshkeep.errors import SshkeepError
from sshkeep.openssh.defaults import known_exactly
from sshkeep.openssh.keyword import known_names
from sshkeep.output.terminal import Terminal, safe
from sshkeep.trees.this_machine import own_files


class Format(str, Enum):
    """How settings are printed."""

    TEXT = "text"
    OPENSSH = "openssh"
    JSON = "json"


def effective(
    path: options.OnePath = None,
    connection: question.ConnectionPairs = None,
    host: question.HostName = "",
    user: question.UserName = "",
    local_user_name: question.LocalUser = "",
    assume_exec: question.AssumeExec = None,
    keyword: Annotated[
        list[str] | None, typer.Option("--keyword", metavar="K", help="Only this keyword; repeatable.")
    ] = None,
    kind: options.Kind = None,
    target: options.TargetName = "auto",
    root: options.Root = None,
    policy: options.PolicyFile = None,
    format: Annotated[
        Format, typer.Option("--format", help="openssh: as sshd -T and ssh -G print it.")
    ] = Format.TEXT,
    output: options.OutputFile = None,
    stdin_filename: options.StdinName = "",
    color: options.Color = options.ColorWhen.AUTO,
) -> Exit:
    """Show what OpenSSH would use, and which line says so. Exit 1: the target refuses the config."""
    run = Run(kind.value if kind else None, target, root)
    asked = question.Question(connection or [], host, user, local_user_name, assume_exec)
    chooser = Chooser(policy, target)
    named = run.trees([path] if path else own_files()[:1], stdin_filename)
    for tree, config in run.configs([chooser.for_target(tree) for tree in named]):
        evaluated = question.evaluated(config, asked, live=tree.tops[0].place.live)
        only = _only(options.names(keyword), config) if keyword else ()
        refused = _told_refusals(evaluated, config)
        run.ended(Exit.FOUND if refused or evaluated.problems else Exit.FINE)
        with Sink(output) as sink:
            terminal = Terminal(color.value if output is None else "never")
            sink.lines(_shown(format, evaluated, config, only, refused, run, terminal))
        report_unread_change([(tree, config)])
    run.tell_missing()
    return run.exit


def _only(wanted: list[str], config: Config) -> tuple[str, ...]:
    chosen = []
    for name in wanted:
        row = config.known.get(name.lower())
        if row is None:
            known = name.lower() in known_names(config.kind)
            why = (
                f"is not a keyword of {config.target.name}" if known else f"is not a keyword of {config.kind}"
            )
            raise SshkeepError(f"{name} {why}", "see sshd_config(5) and ssh_config(5)")
        chosen.append(printed_name(row.meaning, config))
    return tuple(chosen)


def _told_refusals(evaluated: Evaluated, config: Config) -> list[Refusal]:
    refused = refusals_of(evaluated, config)
    for refusal in refused:
        tell(f"{refusal.directive.where}: {refusal.problem}; {config.target.name} refuses the config")
    for problem in evaluated.problems:
        tell(f"{config.top}: {problem}; {config.target.name} refuses it")
    return refused


def _shown(
    format: Format,
    evaluated: Evaluated,
    config: Config,
    only: tuple[str, ...],
    refused: list[Refusal],
    run: Run,
    terminal: Terminal,
) -> Iterable[str]:
    if format is Format.JSON:
        return [_report(evaluated, config, only, refused, run)]
    if format is Format.OPENSSH:
        from sshkeep.output.openssh import openssh_lines

        if not known_exactly(config.kind, config.target):
            tell(f"the defaults of {config.target.name} are from its source, not from the program itself")
        return map(safe, openssh_lines(evaluated, config, only))
    from sshkeep.output.effective import setting_lines

    return setting_lines(evaluated, config, terminal, only)


def _report(
    evaluated: Evaluated, config: Config, only: tuple[str, ...], refused: list[Refusal], run: Run
) -> str:
    from sshkeep.output import report
    from sshkeep.output.models import refused_models, setting_models
    from sshkeep.syntax.source import clean

    return report.EffectiveReport(
        target=config.target.name,
        kind=config.kind,
        files=[clean(path) for path in config.files],
        accepted=not refused and not evaluated.problems,
        refused=refused_models(refused),
        problems=[clean(problem) for problem in evaluated.problems],
        settings=setting_models(evaluated, config, only),
        exit_code=run.exit,
    ).model_dump_json(indent=2)
