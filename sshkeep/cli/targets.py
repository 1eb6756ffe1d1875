"""``sshkeep targets``."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated

from sshkeep.cli import options
from sshkeep.cli.exit_codes import Exit
from sshkeep.cli.formats import Format, FormatOption, View, formatted_lines
from sshkeep.cli.output import OutputWriter
from sshkeep.openssh.target_aliases import targets_with_aliases
from sshkeep.openssh.targets import target_of
from sshkeep.output.terminal import Terminal


def targets(
    format: Annotated[Format, FormatOption("targets", "How they are printed.")] = "text",
    output: options.OutputFile = None,
    color: options.Color = "auto",
    no_pager: options.NoPager = False,
) -> Exit:
    """List the names that --target takes. Each has its OpenSSH and its other names."""
    view = View(Terminal(color if output is None else "never"))
    with OutputWriter(output, paged=not no_pager) as writer:
        writer.lines(formatted_lines("targets", format, targets_with_aliases(), view))
    return Exit.FINE


def text_lines(names: Mapping[str, Sequence[str]], view: View) -> Iterator[str]:
    """A table: name, release, other names."""
    from sshkeep.output.wrapping import wrapped

    width = max(map(len, names)) + 2
    for name, aliases in names.items():
        target = target_of(name)
        first = f"{name:<{width}}{target.release!s:<6}"
        text = ", ".join(aliases) or "-"
        first, *more = wrapped(text, view.terminal.width, first, " " * len(first))
        yield view.terminal.paint(first[:width], "bold") + first[width:].removesuffix("-").rstrip()
        yield from more


def json_lines(names: Mapping[str, Sequence[str]], view: View) -> Iterator[str]:
    """The JSON report."""
    from sshkeep.output.json_reports import models

    rows = [(target_of(name), aliases) for name, aliases in names.items()]
    found = [
        models.ListedTarget(target.name, str(target.release), target.vendor, list(aliases), target.verified)
        for target, aliases in rows
    ]
    yield models.json_text(models.TargetsReport(found))
