"""``sshkeep profiles``."""

from collections.abc import Iterator, Sequence
from typing import Annotated

from sshkeep.api.profiles import Profile, describe_profile
from sshkeep.cli.declarations import CommandArgument
from sshkeep.cli.exit_codes import Exit
from sshkeep.cli.formats import Format, FormatOption, View, formatted_lines
from sshkeep.cli.output import OutputWriter
from sshkeep.output.terminal import Terminal
from sshkeep.policy.profiles import profiles as profile_names


def profiles(
    name: Annotated[str | None, CommandArgument("[NAME]", "One of them, with its controls.")] = None,
    format: Annotated[Format, FormatOption("profiles", "How the profiles are printed.")] = "text",
) -> Exit:
    """List the profiles, or the controls of one. They are for --profile of lint, fix and audit."""
    names = [name] if name else list(profile_names())
    found = [describe_profile(each) for each in names]
    with OutputWriter(None) as writer:
        writer.lines(formatted_lines("profiles", format, found, View(Terminal("never"))))
    return Exit.FINE


def text_lines(found: Sequence[Profile], view: View) -> Iterator[str]:
    """Each profile with the number of its controls and its documents; a single one with the controls."""
    from sshkeep.output.profiles import profile_lines
    from sshkeep.output.wrapping import wrapped

    if len(found) == 1:
        yield from _control_lines(found[0], min(view.terminal.width, 100))
        return
    for profile in found:
        yield from profile_lines(profile.name, profile.guide, profile.rules, view.terminal.width)
    yield "controls of one: sshkeep profiles NAME"
    usage = "use one: sshkeep lint --profile NAME, or extend: [NAME] in sshkeep.yaml"
    yield from wrapped(usage, view.terminal.width, "", "  ")


def _control_lines(profile: Profile, width: int) -> Iterator[str]:
    from sshkeep.output.profiles import control_lines, document_lines

    yield from document_lines(profile.guide, width)
    yield f"checked: {len(profile.checked)} controls"
    for control, asks in profile.checked:
        yield from control_lines(control, f"{asks} ({', '.join(control.rules)})", width)
    yield f"not checked: {len(profile.unchecked)} controls"
    for control in profile.unchecked:
        yield from control_lines(control, control.unchecked, width)


def json_lines(found: Sequence[Profile], view: View) -> Iterator[str]:
    """The same as a JSON report."""
    from sshkeep.output.json_reports.models import ProfilesReport, json_text

    yield json_text(ProfilesReport([each.model() for each in found]))
