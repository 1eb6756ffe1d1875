"""``sshkeep effective``."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Annotated, NamedTuple

import typer

from sshkeep.cli import options
from sshkeep.cli.choice import Chooser
from sshkeep.cli.exits import Exit
from sshkeep.cli.run import Run, tell
from sshkeep.cli.sink import Sink
from sshkeep.config.evaluate import Evaluated, evaluate_ssh, evaluate_sshd, printed_name, refusals_of
from sshkeep.config.machine import groups_of, this_machine
from sshkeep.config.matching import Asked, Connection
from sshkeep.config.model import Config
from sshkeep.config.verdict import Refusal
from sshkeep.errors import SshkeepError
from sshkeep.openssh.defaults import known_exactly
from sshkeep.openssh.keyword import known_names
from sshkeep.output.terminal import Terminal, safe
from sshkeep.trees.live import local_user, own_files


class Format(str, Enum):
    """How settings are printed."""

    TEXT = "text"
    OPENSSH = "openssh"
    JSON = "json"


class Exec(str, Enum):
    """What ``Match exec`` commands are taken to answer; none is ever run."""

    YES = "yes"
    NO = "no"


CONNECTION_KEYS = ("user", "host", "addr", "laddr", "lport", "rdomain", "group")


def effective(
    path: options.OnePath = None,
    connection: Annotated[
        list[str] | None,
        typer.Option(
            "-C",
            metavar="KEY=VALUE,...",
            help="For sshd: user, host, addr, laddr, lport, rdomain, as sshd -T -C does; and group.",
        ),
    ] = None,
    host: Annotated[
        str, typer.Option("--host", metavar="NAME", help="For ssh: the host name as given to ssh.")
    ] = "",
    user: Annotated[
        str, typer.Option("--user", metavar="NAME", help="For ssh: the user as given to ssh, as with -l.")
    ] = "",
    local_user_name: Annotated[
        str, typer.Option("--local-user", metavar="NAME", help="For ssh: who runs it; else who runs sshkeep.")
    ] = "",
    assume_exec: Annotated[
        Exec | None,
        typer.Option("--assume-exec", help="What Match exec answers; it is never run. Else both are told."),
    ] = None,
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
    question = Question(connection or [], host, user, local_user_name, assume_exec)
    chooser = Chooser(policy, target)
    named = run.trees([path] if path else own_files()[:1], stdin_filename)
    for tree, config in run.configs([chooser.for_target(tree) for tree in named]):
        evaluated = _evaluated(config, question, live=tree.tops[0].place.live)
        only = _only(options.names(keyword), config) if keyword else ()
        refused = _told_refusals(evaluated, config)
        run.ended(Exit.FOUND if refused or evaluated.problems else Exit.FINE)
        with Sink(output) as sink:
            terminal = Terminal(color.value if output is None else "never")
            sink.lines(_shown(format, evaluated, config, only, refused, run, terminal))
    run.tell_missing()
    return run.exit


class Question(NamedTuple):
    """What the settings are asked for."""

    connection: list[str]
    host: str
    user: str
    local_user: str
    assume_exec: Exec | None


def _evaluated(config: Config, question: Question, *, live: bool) -> Evaluated:
    if config.kind == "sshd_config":
        if question.host or question.user:
            raise SshkeepError(
                f"--{'host' if question.host else 'user'} is for an ssh_config",
                "name the connection with -C user=...,host=...,addr=...",
            )
        return evaluate_sshd(config, _connection(options.names(question.connection), live=live))
    if question.connection:
        raise SshkeepError("-C is for an sshd_config", "name the host with --host NAME")
    if not question.host:
        raise SshkeepError("an ssh_config means something for a host only", "name it with --host NAME")
    assume = None if question.assume_exec is None else question.assume_exec is Exec.YES
    who = question.local_user or local_user()
    asked = Asked(question.host, question.user or None, who, assume, this_machine() if live else None)
    return evaluate_ssh(config, asked)


def _connection(pairs: list[str], *, live: bool = False) -> Connection:
    told: dict[str, str] = {}
    groups: list[str] = []
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals or key not in CONNECTION_KEYS:
            raise SshkeepError(
                f"-C does not take {pair!r}", f"use {', '.join(f'{k}=...' for k in CONNECTION_KEYS)}"
            )
        if key == "group":
            groups.append(value)
        else:
            told[key] = value
    port = told.pop("lport", None)
    if port is not None and not (port.isdigit() and len(port) <= 5):
        raise SshkeepError(f"-C lport={port} is not a port number", "write it as digits")
    known = tuple(groups) if groups else groups_of(told["user"]) if live and "user" in told else None
    return Connection(**told, lport=None if port is None else int(port), groups=known)


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
