"""The options that several commands share."""

from __future__ import annotations

from typing import Annotated, Literal

from sshkeep.api.rulesets import Rulesets
from sshkeep.cli.declarations import CommandArgument, CommandOption
from sshkeep.errors import SshkeepError
from sshkeep.lint.selection import Layer
from sshkeep.output.terminal import Color as ColorChoice
from sshkeep.output.terminal import Language, Terminal, language_of_locale
from sshkeep.trees.search import Search, SearchOptions

KindName = Literal["sshd_config", "ssh_config"]
LanguageName = Literal["en", "ja"]
FailOnName = Literal["info", "warning", "error", "never"]

Paths = Annotated[
    list[str] | None,
    CommandArgument(
        metavar="[PATH]...", help="Files or directories; `-` is standard input; none: this machine's own."
    ),
]
OnePath = Annotated[
    str | None, CommandArgument(metavar="[PATH]", help="A file; none: this machine's sshd_config.")
]
Kind = Annotated[
    KindName | None,
    CommandOption("--kind", help="The language of the files; without it: by name, then by content."),
]
TargetName = Annotated[
    str,
    CommandOption(
        "--target",
        metavar="NAME",
        help="debian-12, 9.2...: `sshkeep targets`; auto: what is installed for its files, else the newest.",
    ),
]
Root = Annotated[
    str | None,
    CommandOption("--root", metavar="DIR", help="Put before absolute Include paths; / reads this machine's."),
]
EditManaged = Annotated[
    bool,
    CommandOption(
        "--edit-managed",
        help="Edit lines that another program writes (Ansible, cloud-init, the system), too.",
    ),
]
StdinName = Annotated[
    str,
    CommandOption("--stdin-filename", metavar="PATH", help="What `-` is called, and where its Includes are."),
]
OutputFile = Annotated[
    str | None, CommandOption("--output", metavar="FILE", help="Write there instead of standard output.")
]
OutputFiles = Annotated[
    list[str] | None,
    CommandOption(
        "--output", metavar="FILE", help="Write there instead of standard output; one for each --format."
    ),
]
Select = Annotated[
    list[str] | None,
    CommandOption(
        "--select", metavar="ID", help="Only these rules or groups, or ALL; repeatable, or with commas."
    ),
]
ExtendSelect = Annotated[
    list[str] | None, CommandOption("--extend-select", metavar="ID", help="These rules or groups too.")
]
Ignore = Annotated[
    list[str] | None, CommandOption("--ignore", metavar="ID", help="Not these rules or groups.")
]
Exclude = Annotated[
    list[str] | None,
    CommandOption(
        "--exclude",
        metavar="PATTERN",
        help="Leave such files and folders out of a search, in place of .git, .venv and the like.",
    ),
]
ExtendExclude = Annotated[
    list[str] | None, CommandOption("--extend-exclude", metavar="PATTERN", help="Leave these out, too.")
]
ForceExclude = Annotated[
    bool,
    CommandOption("--force-exclude", help="Leave them out even where PATH names them."),
]
NoGitignore = Annotated[bool, CommandOption("--no-gitignore", help="Search what git ignores, too.")]
Jobs = Annotated[
    int | None,
    CommandOption(
        "--jobs",
        metavar="NUMBER",
        min=1,
        help="Processes; else one for each core, where there is much to do.",
    ),
]
Verbose = Annotated[
    bool, CommandOption("--verbose", "-v", help="List on standard error what a search left out, and why.")
]
Quiet = Annotated[
    bool, CommandOption("--quiet", "-q", help="Findings only, without the last line and notes.")
]
Color = Annotated[
    ColorChoice, CommandOption("--color", help="The variables NO_COLOR and FORCE_COLOR count, too.")
]
Lang = Annotated[
    LanguageName | None,
    CommandOption(
        "--lang", help="Language of messages, else the locale's; ja is for keepalive and idle sessions."
    ),
]
NoPager = Annotated[
    bool, CommandOption("--no-pager", help="Don't show a long text with $PAGER, or less, in a terminal.")
]
PolicyFile = Annotated[
    str | None,
    CommandOption(
        "--policy",
        metavar="FILE",
        help="Targets, rules, own rules; else the sshkeep.yaml or pyproject.toml above; none: no policy.",
    ),
]
ProfileName = Annotated[
    str | None,
    CommandOption("--profile", metavar="NAME", help="The policy of a guide; `sshkeep profiles` lists them."),
]
RulesFolder = Annotated[
    str | None,
    CommandOption(
        "--rules", metavar="DIR", help="Further rules: Python files there are run as part of sshkeep."
    ),
]
BaselineFile = Annotated[
    str | None, CommandOption("--baseline", metavar="FILE", help="Only what is new since --write-baseline.")
]
NewBaseline = Annotated[
    str | None,
    CommandOption(
        "--write-baseline", metavar="FILE", help="Write what there is as known, and report nothing."
    ),
]
Reload = Annotated[
    bool, CommandOption("--reload", help="Make sshd read the new files, once they are validated and written.")
]
FailOn = Annotated[FailOnName, CommandOption("--fail-on", help="The least severity for exit code 1.")]
Confirm = Annotated[
    int | None,
    CommandOption(
        "--confirm",
        metavar="SECONDS",
        help="Reload on trial: taken back after that time, unless `sshkeep confirm` is called.",
    ),
]


def names(values: list[str] | None) -> list[str]:
    """``--select a,b --select c`` as a list."""
    return [name.strip() for value in values or () for name in value.split(",") if name.strip()]


def terminal(color: ColorChoice, lang: Language | None, output: str | None = None) -> Terminal:
    """The terminal of a result; what goes to a file has no colours."""
    return Terminal(color if output is None else "never", lang or language_of_locale())


def policy_file(policy: str | None, profile: str | None) -> str | None:
    """The policy that --policy or --profile names."""
    if profile is None:
        return policy
    if policy is not None:
        raise SshkeepError(
            "--policy and --profile don't go together", f"write extend: [{profile}] in the policy"
        )
    from sshkeep.policy.profiles import profile_path

    return profile_path(profile)


def search(
    rulesets: Rulesets,
    exclude: list[str] | None,
    extend_exclude: list[str] | None,
    force_exclude: bool,
    no_gitignore: bool,
) -> Search:
    """The search of folders that the options ask for."""
    found = None if exclude is None else tuple(names(exclude))
    wanted = SearchOptions(found, tuple(names(extend_exclude)), force_exclude, not no_gitignore)
    return Search(wanted, rulesets.excludes)


def layer(select: list[str] | None, extend_select: list[str] | None, ignore: list[str] | None) -> Layer:
    """The rules that --select, --extend-select and --ignore choose."""
    return Layer(tuple(names(select)), tuple(names(extend_select)), tuple(names(ignore)), alone=True)
