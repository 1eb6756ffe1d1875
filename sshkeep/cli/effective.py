"""``sshkeep effective``."""

from collections.abc import Iterator
from typing import Annotated, NamedTuple

from sshkeep.api.inputs import Inputs
from sshkeep.api.query import Query, evaluate
from sshkeep.api.rulesets import Rulesets
from sshkeep.cli import options, query_options
from sshkeep.cli.declarations import CommandOption
from sshkeep.cli.exit_codes import Exit
from sshkeep.cli.formats import Format, FormatOption, View, formatted_lines
from sshkeep.cli.messages import missing_include_notes, print_errors, print_message, print_notes
from sshkeep.cli.output import OutputWriter
from sshkeep.cli.sshd_notice import report_unread_change
from sshkeep.cli.standard_input import trees_of
from sshkeep.config.effective.evaluate import Evaluated, refusals_for
from sshkeep.config.refusals import Refusal
from sshkeep.config.tree.config import Config
from sshkeep.errors import SshkeepError
from sshkeep.openssh.tables.defaults import known_exactly, printed_name
from sshkeep.openssh.tables.keywords import known_names
from sshkeep.output.terminal import Terminal, safe
from sshkeep.trees.this_machine import own_files


class EffectiveOutcome(NamedTuple):
    """The settings of one config; ``only`` are the printed names to show, none for all."""

    config: Config
    evaluated: Evaluated
    refused: list[Refusal]
    only: tuple[str, ...]


def effective(
    path: options.OnePath = None,
    connection: query_options.ConnectionPairs = None,
    host: query_options.HostName = "",
    user: query_options.UserName = "",
    local_user: query_options.LocalUser = "",
    assume_exec: query_options.AssumeExec = None,
    keyword: Annotated[
        list[str] | None, CommandOption("--keyword", metavar="K", help="Only this keyword; repeatable.")
    ] = None,
    kind: options.Kind = None,
    target: options.TargetName = "auto",
    root: options.Root = None,
    policy: options.PolicyFile = None,
    format: Annotated[Format, FormatOption("effective", "openssh: as sshd -T and ssh -G print it.")] = "text",
    output: options.OutputFile = None,
    stdin_filename: options.StdinName = "",
    color: options.Color = "auto",
) -> Exit:
    """Show what OpenSSH would use, and which line sets it. Exit 1: the target refuses the config."""
    inputs, rulesets = Inputs(kind, target, root), Rulesets(policy, target)
    assume = None if assume_exec is None else assume_exec == "yes"
    query = Query(options.names(connection), host, user, local_user, assume)
    named = trees_of(inputs, [path] if path else own_files()[:1], stdin_filename)
    code = Exit.FINE
    for tree, config in inputs.configs([rulesets.for_target(tree) for tree in named]):
        evaluated = evaluate(config, query, live=tree.tops[0].place.live)
        refused = refusals_for(evaluated, config)
        _print_refusals(refused, evaluated, config)
        outcome = EffectiveOutcome(config, evaluated, refused, _only(options.names(keyword), config))
        code = Exit.FOUND if refused or evaluated.problems else Exit.FINE
        code = Exit.FAILED if inputs.errors else code
        view = View(Terminal(color if output is None else "never"), exit_code=code)
        with OutputWriter(output) as writer:
            writer.lines(formatted_lines("effective", format, outcome, view))
        report_unread_change([(tree, config)])
    print_errors(inputs.errors)
    print_notes([*rulesets.notes, *missing_include_notes(inputs.missing)])
    return Exit.FAILED if inputs.errors else code


def _only(keywords: list[str], config: Config) -> tuple[str, ...]:
    chosen = []
    for name in keywords:
        row = config.known.get(name.lower())
        if row is None:
            known = name.lower() in known_names(config.kind)
            why = (
                f"is not a keyword of {config.target.name}" if known else f"is not a keyword of {config.kind}"
            )
            raise SshkeepError(f"{name} {why}", "see sshd_config(5) and ssh_config(5)")
        chosen.append(printed_name(row.option, config.kind, config.target))
    return tuple(chosen)


MAX_REPORTED = 1_000
"""Refused lines that are listed."""


def _print_refusals(refused: list[Refusal], evaluated: Evaluated, config: Config) -> None:
    for refusal in refused[:MAX_REPORTED]:
        print_message(
            f"{refusal.directive.where}: {refusal.problem}; {config.target.name} refuses the config"
        )
    if len(refused) > MAX_REPORTED:
        print_message(f"{len(refused) - MAX_REPORTED:,} more lines are refused; `sshkeep lint` shows why")
    for problem in evaluated.problems:
        print_message(f"{config.top}: {problem}; {config.target.name} refuses it")


def text_lines(outcome: EffectiveOutcome, view: View) -> Iterator[str]:
    """Each setting with the line that sets it."""
    from sshkeep.output.effective import setting_lines

    yield from setting_lines(outcome.evaluated, outcome.config, view.terminal, outcome.only)


def openssh_lines(outcome: EffectiveOutcome, view: View) -> Iterator[str]:
    """As ``sshd -T`` and ``ssh -G`` print the settings."""
    from sshkeep.output.openssh import openssh_lines as lines

    target = outcome.config.target
    if not known_exactly(outcome.config.kind, target):
        print_message(f"the defaults of {target.name} are from its source, not from the program itself")
    yield from map(safe, lines(outcome.evaluated, outcome.config, outcome.only))


def json_lines(outcome: EffectiveOutcome, view: View) -> Iterator[str]:
    """The JSON report."""
    from sshkeep.output.json_reports import models
    from sshkeep.output.json_reports.settings import refused_models, setting_models
    from sshkeep.syntax.source import clean

    config, evaluated, refused, only = outcome.config, outcome.evaluated, outcome.refused, outcome.only
    report = models.EffectiveReport(
        target=config.target.name,
        kind=config.kind,
        files=[clean(path) for path in config.files],
        accepted=not refused and not evaluated.problems,
        refused=refused_models(refused),
        problems=[clean(problem) for problem in evaluated.problems],
        settings=setting_models(evaluated, config, only),
        exit_code=view.exit_code,
    )
    yield models.json_text(report)
