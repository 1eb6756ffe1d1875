"""``sshkeep set``."""

from collections.abc import Iterator
from typing import Annotated, NamedTuple

from sshkeep.api import set as setting
from sshkeep.api.changes import Applied, refused_sentence
from sshkeep.cli import options
from sshkeep.cli.declarations import CommandArgument, CommandOption
from sshkeep.cli.exit_codes import Exit
from sshkeep.cli.formats import Format, FormatOption, View, formatted_lines
from sshkeep.cli.messages import missing_include_notes, print_errors, print_notes
from sshkeep.cli.output import OutputWriter
from sshkeep.cli.set_words import read_set_words
from sshkeep.cli.written_report import WrittenReport
from sshkeep.edit.request import SetMode
from sshkeep.errors import SshkeepError
from sshkeep.output.fix import change_lines, diff_blocks
from sshkeep.output.markdown import markdown_text
from sshkeep.output.proof_text import proof_sentences, set_sentence
from sshkeep.output.terminal import Terminal, safe
from sshkeep.reload.after_write import reload_options

NO_SUCH_OPTION = (
    "values that begin with - go behind --, and options before it: sshkeep set Ciphers -- -3des-cbc FILE"
)
"""What to do where a value looks like an option."""

NewArguments = Annotated[
    list[str],
    CommandArgument(
        metavar="KEYWORD VALUE... [PATH]",
        help="Or KEYWORD=VALUE... [PATH], all written together. The last word is the file; none: this "
        "machine's own. Behind -- values may begin with -.",
    ),
]
InBlock = Annotated[
    str, CommandOption("--in", metavar="LINE", help="In one block: 'Match User bob', 'Host web'.")
]
DropIn = Annotated[
    bool, CommandOption("--drop-in", help="Write only a drop-in of the file, so that it wins.")
]
DropInName = Annotated[str, CommandOption("--drop-in-name", metavar="NAME", help="Name of the drop-in file.")]


class SetOutcome(NamedTuple):
    """The settings, and what became of them; ``write``: whether they were to be written."""

    result: setting.SetResult
    applied: Applied
    write: bool


def set(
    words: NewArguments,
    write: Annotated[bool, CommandOption("--write", help="Write it; without it the diff is shown.")] = False,
    block: InBlock = "",
    unset: Annotated[bool, CommandOption("--unset", help="Take its lines away; KEYWORD PATH.")] = False,
    add: Annotated[bool, CommandOption("--add", help="Add these to a list such as AllowUsers.")] = False,
    remove: Annotated[bool, CommandOption("--remove", help="Take these out of a list.")] = False,
    drop_in: DropIn = False,
    drop_in_name: DropInName = "",
    edit_managed: options.EditManaged = False,
    reload: options.Reload = False,
    confirm: options.Confirm = None,
    kind: options.Kind = None,
    target: options.TargetName = "auto",
    root: options.Root = None,
    policy: options.PolicyFile = None,
    format: Annotated[Format, FormatOption("set", "How the result is printed.")] = "text",
    output: options.OutputFile = None,
    quiet: options.Quiet = False,
    color: options.Color = "auto",
) -> Exit:
    """Make settings take effect, wherever they have to stand. Shows the diff; --write writes it."""
    mode = _mode(unset, add, remove)
    settings, path = read_set_words(words, mode)
    reloading = reload_options(reload, confirm, write=write)
    result = setting.set(
        path,
        settings,
        mode=mode,
        block=block,
        drop_in=drop_in,
        drop_in_name=drop_in_name,
        edit_managed=edit_managed,
        kind=kind,
        target=target,
        root=root,
        policy=policy,
    )
    print_notes(result.notes)
    with WrittenReport() as report, OutputWriter(output) as writer:  # before anything is written
        applied = result.planned.write(reloading, report.on_written) if write else result.planned.validate()
        print_errors(applied.errors)
        left = applied.refused or (result.changes and not write)
        code = Exit.FAILED if applied.errors else Exit.FOUND if left else Exit.FINE
        view = View(Terminal(color if output is None else "never"), quiet, code)
        writer.lines(formatted_lines("set", format, SetOutcome(result, applied, write), view))
    print_notes([] if quiet else missing_include_notes(result.missing))
    return code


def _mode(unset: bool, add: bool, remove: bool) -> SetMode:
    modes: list[SetMode] = [mode for mode, on in (("unset", unset), ("add", add), ("remove", remove)) if on]  # type: ignore[misc]
    if len(modes) > 1:
        raise SshkeepError(f"--{modes[0]} and --{modes[1]} don't go together")
    return modes[0] if modes else "set"


def text_lines(outcome: SetOutcome, view: View) -> Iterator[str]:
    """The diff, what was proven, and what holds then."""
    changes = outcome.result.plan.changes
    for change in changes:
        yield from change_lines(change, view.terminal)
    if changes:
        yield ""
    yield from map(safe, _sentences(outcome))


def markdown_lines(outcome: SetOutcome, view: View) -> Iterator[str]:
    """The same as Markdown."""
    yield from diff_blocks(outcome.result.plan.changes)
    yield from (f"- {markdown_text(sentence)}" for sentence in _sentences(outcome))


def _sentences(outcome: SetOutcome) -> list[str]:
    plan, applied = outcome.result.plan, outcome.applied
    holds = [set_sentence(intent, plan.config) for intent in plan.intents]
    refused = [refused_sentence(why) for why in applied.refused]
    if not plan.changes:
        already = [f"nothing to do: {each}" for each in holds]
        return [*plan.remarks, *(refused or already)]
    done = "written" if applied.record else "not written" if outcome.write else "use --write to write it"
    effect = refused or [f"{each} ({done})" for each in holds]
    proof = proof_sentences(plan.proof, plan.implied)
    return [each for each in (*proof, *applied.lines, *plan.remarks, *effect, applied.state) if each]


def json_lines(outcome: SetOutcome, view: View) -> Iterator[str]:
    """The JSON report."""
    from sshkeep.output.json_reports.models import json_text

    yield json_text(outcome.result.report(outcome.applied, view.exit_code))
