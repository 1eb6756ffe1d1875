"""``sshkeep profiles``."""

from collections.abc import Iterator, Sequence
from typing import Annotated

from sshkeep.api.profiles import Profile, describe_profile
from sshkeep.cli.exit_codes import Exit
from sshkeep.cli.formats import Format, FormatOption, View, formatted_lines
from sshkeep.cli.output import OutputWriter
from sshkeep.output.terminal import Terminal
from sshkeep.policy.profiles import profiles as profile_names


def profiles(
    format: Annotated[Format, FormatOption("profiles", "How the profiles are printed.")] = "text",
) -> Exit:
    """List the profiles that come with sshkeep, with their sources; --profile of lint and fix takes one."""
    found = [describe_profile(name) for name in profile_names()]
    with OutputWriter(None) as writer:
        writer.lines(formatted_lines("profiles", format, found, View(Terminal("never"))))
    return Exit.FINE


def text_lines(found: Sequence[Profile], view: View) -> Iterator[str]:
    """Each profile with its number of rules, and its sources below."""
    from textwrap import wrap

    blanks = " " * 4
    for profile in found:
        yield f"{profile.name:<9} {profile.rules} rules"
        width = min(view.terminal.width, 100)
        yield from wrap(profile.sources, width, initial_indent=blanks, subsequent_indent=blanks)
    yield "use one: sshkeep lint --profile NAME, or extend: [NAME] in sshkeep.yaml"


def json_lines(found: Sequence[Profile], view: View) -> Iterator[str]:
    """The same as a JSON report."""
    from sshkeep.output.json_reports.models import ProfilesReport, ShippedProfile, json_text

    yield json_text(ProfilesReport([ShippedProfile(each.name, each.sources, each.rules) for each in found]))
