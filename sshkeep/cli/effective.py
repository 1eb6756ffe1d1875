"""``sshkeep effective``."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, NamedTuple

from sshkeep.api.inputs import Inputs
from sshkeep.api.query import Query, assumed_port, evaluate, load_for
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
from sshkeep.lookup import suggestion
from sshkeep.openssh.tables.defaults import known_exactly, printed_name
from sshkeep.openssh.tables.keywords import known_names
from sshkeep.output.terminal import Terminal, safe
from sshkeep.trees.this_machine import own_files

if TYPE_CHECKING:
    from sshkeep.output.json_reports.models import EffectiveReport


class EffectiveOutcome(NamedTuple):
    """The settings of one config for one connection or host; ``host`` is empty where none is given.

    ``only`` are the printed names to show, none for all.
    """

    host: str
    config: Config
    evaluated: Evaluated
    refused: list[Refusal]
    only: tuple[str, ...]

    @property
    def accepted(self) -> bool:
        """Whether OpenSSH takes the config."""
        return not self.refused and not self.evaluated.problems


def effective(
    path: options.OnePath = None,
    connection: query_options.ConnectionPairs = None,
    host: query_options.HostNames = None,
    user: query_options.UserName = "",
    local_user: query_options.LocalUser = "",
    assume_exec: query_options.AssumeExec = None,
    home: query_options.Home = "",
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
    no_pager: options.NoPager = False,
) -> Exit:
    """Show what OpenSSH would use, and which line sets it. Exit 1: the target refuses the config."""
    inputs, rulesets = Inputs(kind, target, root, openssh_only=True, home=home), Rulesets(policy, target)
    assume = None if assume_exec is None else assume_exec == "yes"
    query = Query(options.names(connection), "", user, local_user, assume, home)
    named = trees_of(inputs, [path] if path else own_files()[:1], stdin_filename)
    code = Exit.FINE
    hosts = [query._replace(host=name) for name in query_options.each_host(host)]
    chosen = [rulesets.for_target(tree) for tree in named]
    for tree, config in inputs.configs(chosen, lambda tree: load_for(tree, hosts[0])):
        live, only = tree.is_read_here, _only(options.names(keyword), config)
        outcomes = [
            _outcome(load_for(tree, each) if config.is_for_one_host else config, each, only, live=live)
            for each in hosts
        ]
        print_errors(message for each in outcomes for message in _refusal_messages(each))
        code = Exit.FINE if all(each.accepted for each in outcomes) else Exit.FOUND
        code = Exit.FAILED if inputs.errors else code
        view = View(Terminal(color if output is None else "never"), exit_code=code)
        with OutputWriter(output, paged=not no_pager) as writer:
            writer.lines(formatted_lines("effective", format, outcomes, view))
        report_unread_change([(tree, config.files)])
        print_notes(assumed_port(config, query))
    print_errors(inputs.errors)
    print_notes([*rulesets.notes, *missing_include_notes(inputs.missing)])
    return Exit.FAILED if inputs.errors else code


def _outcome(config: Config, query: Query, only: tuple[str, ...], *, live: bool) -> EffectiveOutcome:
    evaluated = evaluate(config, query, live=live)
    return EffectiveOutcome(query.host, config, evaluated, refusals_for(evaluated, config), only)


def _only(keywords: list[str], config: Config) -> tuple[str, ...]:
    chosen = []
    for name in keywords:
        row = config.known.get(name.lower())
        if row is None:
            if name.lower() in known_names(config.kind):
                raise SshkeepError(
                    f"{name} is not a keyword of {config.target.name}",
                    f"`sshkeep explain {name}` says of which",
                )
            hint = suggestion("keyword", name, (row.name for row in config.known.values()))
            raise SshkeepError(f"{name} is not a keyword of {config.kind}", hint)
        chosen.append(printed_name(row.option, config.kind, config.target))
    return tuple(chosen)


MAX_REPORTED = 1_000
"""Refused lines that are listed."""


def _refusal_messages(outcome: EffectiveOutcome) -> Iterator[str]:
    refused, config = outcome.refused, outcome.config
    for refusal in refused[:MAX_REPORTED]:
        yield f"{refusal.directive.where}: {refusal.problem}; {config.target.name} refuses the config"
    if len(refused) > MAX_REPORTED:
        yield f"{len(refused) - MAX_REPORTED:,} more lines are refused; `sshkeep lint` shows why"
    for problem in outcome.evaluated.problems:
        yield f"{config.top}: {problem}; {config.target.name} refuses it"


def text_lines(outcomes: Sequence[EffectiveOutcome], view: View) -> Iterator[str]:
    """Each setting with the line that sets it; with several hosts, for one after the other."""
    from sshkeep.output.effective import setting_lines

    for number, each in enumerate(outcomes):
        if len(outcomes) > 1:
            yield from ["", safe(f"host {each.host}:")][0 if number else 1 :]
        yield from setting_lines(each.evaluated, each.config, view.terminal, each.only)


def openssh_lines(outcomes: Sequence[EffectiveOutcome], view: View) -> Iterator[str]:
    """As ``sshd -T`` and ``ssh -G`` print the settings; with several hosts, a comment names each."""
    from sshkeep.output.openssh import openssh_lines as lines

    config = outcomes[0].config
    if not known_exactly(config.kind, config.target):
        print_message(
            f"the defaults of {config.target.name} are from its source, not from the program itself"
        )
    for each in outcomes:
        if len(outcomes) > 1:
            yield safe(f"# ssh -G {each.host}")
        yield from map(safe, lines(each.evaluated, config, each.only))


def json_lines(outcomes: Sequence[EffectiveOutcome], view: View) -> Iterator[str]:
    """The JSON report; with several hosts, the reports of all."""
    from sshkeep.output.json_reports import models
    from sshkeep.syntax.source import clean

    if len(outcomes) == 1:
        yield models.json_text(_report(outcomes[0], view.exit_code))
        return
    reports = [
        models.EffectiveOfHost(clean(each.host), _report(each, Exit.FINE if each.accepted else Exit.FOUND))
        for each in outcomes
    ]
    yield models.json_text(models.EffectiveHostsReport(reports, view.exit_code))


def _report(outcome: EffectiveOutcome, exit_code: int) -> "EffectiveReport":
    from sshkeep.output.json_reports import models
    from sshkeep.output.json_reports.settings import refused_models, setting_models
    from sshkeep.syntax.source import clean

    config, evaluated = outcome.config, outcome.evaluated
    return models.EffectiveReport(
        target=config.target.name,
        kind="sshd_config" if config.kind == "sshd_config" else "ssh_config",
        files=[clean(path) for path in config.files],
        accepted=outcome.accepted,
        refused=refused_models(outcome.refused),
        problems=[clean(problem) for problem in evaluated.problems],
        settings=setting_models(evaluated, config, outcome.only),
        exit_code=exit_code,
    )
