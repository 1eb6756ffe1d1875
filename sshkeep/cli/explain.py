"""``sshkeep explain``."""

import os
from shlex import quote
from typing import Annotated

from sshkeep.api.inputs import Inputs
from sshkeep.cli import options
from sshkeep.cli.declarations import CommandArgument
from sshkeep.cli.exit_codes import Exit
from sshkeep.cli.messages import missing_include_notes, print_errors, print_notes
from sshkeep.cli.output import OutputWriter
from sshkeep.errors import SshkeepError
from sshkeep.lookup import suggestion
from sshkeep.openssh.tables.keywords import known_names
from sshkeep.openssh.targets import NEWEST_TARGET
from sshkeep.output.explain import keyword_lines, languages_of, where_set_lines
from sshkeep.output.terminal import Terminal
from sshkeep.trees.this_machine import installed_target


def explain(
    keyword: Annotated[str, CommandArgument(metavar="KEYWORD", help="A keyword, in any case.")],
    paths: Annotated[
        list[str] | None, CommandArgument(metavar="[PATH]...", help="Where it is set in these files.")
    ] = None,
    kind: options.Kind = None,
    target: options.TargetName = "auto",
    root: options.Root = None,
    color: options.Color = "auto",
    no_pager: options.NoPager = False,
) -> Exit:
    """Explain a keyword: its values, its default, what sets it."""
    kinds = [each for each in languages_of(keyword) if kind is None or each == kind]
    if not kinds:
        raise SshkeepError(f"no OpenSSH from 8.0 on knows {keyword}", _hint(keyword, paths or []))
    inputs = Inputs(kind, target, root, openssh_only=True)
    read_for = inputs.request.target or installed_target() or NEWEST_TARGET
    terminal = Terminal(color)
    configs = inputs.configs(inputs.trees(paths) if paths else [])
    pages = (
        *(keyword_lines(keyword, each, read_for, terminal) for each in kinds),
        (line for _, config in configs for line in where_set_lines(keyword, config, terminal)),
    )
    with OutputWriter(None, paged=not no_pager) as writer:
        writer.lines(line for page in pages for line in page)
    print_errors(inputs.errors)
    print_notes(missing_include_notes(inputs.missing))
    return Exit.FAILED if inputs.errors else Exit.FINE


def _hint(word: str, paths: list[str]) -> str:
    """What to call where ``word`` is no keyword; it may be a file."""
    if "/" in word or os.path.lexists(word):
        keyword = next((each for each in paths if languages_of(each)), "KEYWORD")
        return f"the keyword comes first: sshkeep explain {keyword} {quote(word)}"
    names = {**known_names("sshd_config"), **known_names("ssh_config")}
    return suggestion("keyword", word, names.values())
