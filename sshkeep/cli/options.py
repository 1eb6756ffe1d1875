"""The options that several commands share."""

from __future__ import annotations

from typing import Annotated, Literal

from sshkeep.cli.declarations import Argument, Option
from sshkeep.lint.selection import Layer
from sshkeep.output.terminal import Color as ColorChoice

KindName = Literal["sshd_config", "ssh_config"]
FailOnName = Literal["warning", "error"]

Paths = Annotated[
    list[str] | None,
    Argument(
        metavar="[PATH]...", help="Files or directories; `-` is standard input; none: this machine's own."
    ),
]
OnePath = Annotated[str | None, Argument(metavar="[PATH]", help="A file; none: this machine's sshd_config.")]
Kind = Annotated[
    KindName | None,
    Option("--kind", help="The language of the files; else told by name, then content."),
]
TargetName = Annotated[
    str,
    Option(
        "--target",
        metavar="NAME",
        help="openssh-9.2, debian-12, rhel-9...; auto: as installed for this machine's files, else newest.",
    ),
]
Root = Annotated[
    str | None,
    Option("--root", metavar="DIR", help="Put before absolute Include paths; / reads this machine's."),
]
StdinName = Annotated[
    str,
    Option("--stdin-filename", metavar="PATH", help="What `-` is called, and where its Includes are."),
]
OutputFile = Annotated[
    str | None, Option("--output", metavar="FILE", help="Write there instead of standard output.")
]
Select = Annotated[
    list[str] | None,
    Option("--select", metavar="ID", help="Only these rules or groups; repeatable, or with commas."),
]
ExtendSelect = Annotated[
    list[str] | None, Option("--extend-select", metavar="ID", help="These rules or groups too.")
]
Ignore = Annotated[list[str] | None, Option("--ignore", metavar="ID", help="Not these rules or groups.")]
Quiet = Annotated[bool, Option("--quiet", "-q", help="Findings only, without the last line and notes.")]
Color = Annotated[ColorChoice, Option("--color", help="NO_COLOR and FORCE_COLOR are heeded, too.")]
PolicyFile = Annotated[
    str | None,
    Option(
        "--policy",
        metavar="FILE",
        help="Targets, rules, own rules, in YAML; else the sshkeep.yaml above each file, unless it is none.",
    ),
]
RulesFolder = Annotated[
    str | None,
    Option("--rules", metavar="DIR", help="Further rules: Python files there are run as part of sshkeep."),
]
BaselineFile = Annotated[
    str | None, Option("--baseline", metavar="FILE", help="Only what is new since --write-baseline.")
]
NewBaseline = Annotated[
    str | None,
    Option("--write-baseline", metavar="FILE", help="Write what there is as known, and report nothing."),
]
Reload = Annotated[
    bool, Option("--reload", help="Make sshd read the new files, once they are validated and written.")
]
FailOn = Annotated[FailOnName, Option("--fail-on", help="The least severity for exit code 1.")]
Confirm = Annotated[
    int | None,
    Option(
        "--confirm",
        metavar="SECONDS",
        help="Reload on trial: taken back after that time, unless `sshkeep confirm` is called.",
    ),
]


def names(values: list[str] | None) -> list[str]:
    """``--select a,b --select c`` as a list."""
    return [name.strip() for value in values or () for name in value.split(",") if name.strip()]


def layer(select: list[str] | None, extend_select: list[str] | None, ignore: list[str] | None) -> Layer:
    """The rules that --select, --extend-select and --ignore choose."""
    return Layer(tuple(names(select)), tuple(names(extend_select)), tuple(names(ignore)), alone=True)
