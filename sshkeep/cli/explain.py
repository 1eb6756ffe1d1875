"""``sshkeep explain``."""

from __future__ import annotations

from typing import Annotated

import typer

from sshkeep.cli import options
from sshkeep.cli.exits import Exit
from sshkeep.cli.run import Run
from sshkeep.cli.sink import Sink
from sshkeep.errors import SshkeepError
from sshkeep.openssh.tables.keywords import known_names
from sshkeep.openssh.targets import NEWEST_TARGET
from sshkeep.output.explain import explained, languages_of, set_where
from sshkeep.output.terminal import Terminal
from sshkeep.trees.this_machine import installed_target


def explain(
    keyword: Annotated[str, typer.Argument(metavar="KEYWORD", help="A keyword, in any case.")],
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="[PATH]...", help="Where it is set in these files.")
    ] = None,
    kind: options.Kind = None,
    target: options.TargetName = "auto",
    root: options.Root = None,
    color: options.Color = options.ColorWhen.AUTO,
) -> Exit:
    """Tell what a keyword does, what it takes, its default, and where files set it."""
    kinds = [each for each in languages_of(keyword) if kind is None or each == kind.value]
    if not kinds:
        raise SshkeepError(f"no OpenSSH from 8.0 on knows {keyword}", _near(keyword))
    run = Run(kind.value if kind else None, target, root)
    read_for = run.request.target or installed_target() or NEWEST_TARGET
    terminal = Terminal(color.value)
    with Sink(None) as sink:
        for each in kinds:
            sink.lines(explained(keyword, each, read_for, terminal))
        for _, config in run.configs(run.trees(paths) if paths else []):
            sink.lines(set_where(keyword, config, terminal))
    run.tell_missing()
    return run.exit


def _near(keyword: str) -> str:
    from difflib import get_close_matches

    names = {**known_names("sshd_config"), **known_names("ssh_config")}
    near = get_close_matches(keyword[:60].lower(), names, 1)
    return f"did you mean {names[near[0]]}?" if near else "`man sshd_config` and `man ssh_config` list them"
