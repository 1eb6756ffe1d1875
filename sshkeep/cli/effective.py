"""``sshkeep effective``."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Annotated

import typer

from sshkeep.cli import options
from sshkeep.cli.exits import Exit
from sshkeep.cli.run import Run, tell
from sshkeep.cli.sink import Sink
from sshkeep.config.effective import Setting, effective_ssh, effective_sshd
from sshkeep.config.matching import Asked, Connection
from sshkeep.config.model import Config
from sshkeep.config.verdict import Refusal, refusals
from sshkeep.errors import SshkeepError
from sshkeep.openssh.keyword import known_names
from sshkeep.output.terminal import Terminal, safe
from sshkeep.trees.live import local_user, own_files


class Format(str, Enum):
    """How settings are printed."""

    TEXT = "text"
    OPENSSH = "openssh"
    JSON = "json"


CONNECTION_KEYS = ("user", "host", "addr", "laddr", "lport", "rdomain")


def effective(
    path: options.OnePath = None,
    connection: Annotated[
        list[str] | None,
        typer.Option(
            "-C",
            metavar="KEY=VALUE,...",
            help="For sshd: user, host, addr, laddr, lport, rdomain, as for sshd -T -C.",
        ),
    ] = None,
    host: Annotated[
        str, typer.Option("--host", metavar="NAME", help="For ssh: the host name as given to ssh.")
    ] = "",
    keyword: Annotated[
        list[str] | None, typer.Option("--keyword", metavar="K", help="Only this keyword; repeatable.")
    ] = None,
    kind: options.Kind = None,
    target: options.TargetName = "auto",
    root: options.Root = None,
    format: Annotated[
        Format, typer.Option("--format", help="openssh: as sshd -T and ssh -G print it.")
    ] = Format.TEXT,
    output: options.OutputFile = None,
    stdin_filename: options.StdinName = "",
    color: options.Color = options.ColorWhen.AUTO,
) -> Exit:
    """Show what OpenSSH would use, and which line says so. Exit 1: the target refuses the config."""
    run = Run(kind.value if kind else None, target, root)
    for _, config in run.configs(run.trees([path] if path else own_files()[:1], stdin_filename)):
        settings = _settings(config, connection or [], host)
        if keyword:
            settings = _only(settings, options.names(keyword), config)
        refused = list(refusals(config))
        for refusal in refused:
            tell(f"{refusal.directive.where}: {refusal.problem}; {config.target.name} refuses the config")
        run.ended(Exit.FOUND if refused else Exit.FINE)
        with Sink(output) as sink:
            if format is Format.JSON:
                sink.lines([_report(settings, config, refused, run)])
            elif format is Format.OPENSSH:
                from sshkeep.output.openssh import openssh_lines

                sink.lines(map(safe, openssh_lines(settings, config)))
            else:
                from sshkeep.output.effective import setting_lines

                sink.lines(
                    setting_lines(settings, config, Terminal(color.value if output is None else "never"))
                )
    run.tell_missing()
    return run.exit


def _settings(config: Config, connection: list[str], host: str) -> dict[str, Setting]:
    if config.kind == "sshd_config":
        if host:
            raise SshkeepError(
                "--host is for an ssh_config", "name the connection with -C user=...,host=...,addr=..."
            )
        return effective_sshd(config, _connection(options.names(connection)))
    if connection:
        raise SshkeepError("-C is for an sshd_config", "name the host with --host NAME")
    if not host:
        raise SshkeepError("an ssh_config means something for a host only", "name it with --host NAME")
    return effective_ssh(config, Asked(host, None, local_user()))


def _connection(pairs: list[str]) -> Connection:
    told: dict[str, str] = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals or key not in CONNECTION_KEYS:
            raise SshkeepError(
                f"-C does not take {pair!r}", f"use {', '.join(f'{k}=...' for k in CONNECTION_KEYS)}"
            )
        told[key] = value
    port = told.pop("lport", None)
    if port is not None and not (port.isdigit() and len(port) <= 5):
        raise SshkeepError(f"-C lport={port} is not a port number", "write it as digits")
    return Connection(**told, lport=None if port is None else int(port))  # type: ignore[arg-type]


def _only(settings: Mapping[str, Setting], wanted: list[str], config: Config) -> dict[str, Setting]:
    chosen = {}
    for name in wanted:
        row = config.known.get(name.lower())
        if row is None:
            known = name.lower() in known_names(config.kind)
            why = (
                f"is not a keyword of {config.target.name}" if known else f"is not a keyword of {config.kind}"
            )
            raise SshkeepError(f"{name} {why}", "see sshd_config(5) and ssh_config(5)")
        chosen[row.meaning] = settings.get(row.meaning) or Setting(row.meaning)
    return chosen


def _report(settings: Mapping[str, Setting], config: Config, refused: list[Refusal], run: Run) -> str:
    from sshkeep.output import report
    from sshkeep.output.models import clean, refused_models, setting_models

    return report.EffectiveReport(
        target=config.target.name,
        kind=config.kind,
        files=[clean(path) for path in config.files],
        accepted=not refused,
        refused=refused_models(refused),
        settings=setting_models(settings, config),
        exit_code=run.exit,
    ).model_dump_json(indent=2)
