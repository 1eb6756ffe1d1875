"""The one table of formats: what each command can print, and the function that makes its lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from typing import Any, Literal

from sshkeep.cli.declarations import CommandOption
from sshkeep.named import NamedTuple
from sshkeep.output.findings import Group
from sshkeep.output.terminal import Terminal

Format = Literal[
    "text",
    "concise",
    "json",
    "jsonl",
    "sarif",
    "github",
    "gitlab",
    "junit",
    "checkstyle",
    "markdown",
    "openssh",
    "svg",
    "md",
    "csv",
    "html",
]

FORMATS: Mapping[str, Mapping[Format, str]] = {
    "lint": {
        "text": "lint:text_lines",
        "concise": "lint:concise_lines",
        "json": "lint:json_lines",
        "jsonl": "lint:jsonl_lines",
        "sarif": "lint:sarif_lines",
        "github": "lint:github_lines",
        "gitlab": "lint:gitlab_lines",
        "junit": "lint:junit_lines",
        "checkstyle": "lint:checkstyle_lines",
        "markdown": "lint:markdown_lines",
        "html": "lint:html_lines",
    },
    "fix": {"text": "fix:text_lines", "json": "fix:json_lines", "markdown": "fix:markdown_lines"},
    "set": {"text": "set:text_lines", "json": "set:json_lines", "markdown": "set:markdown_lines"},
    "effective": {
        "text": "effective:text_lines",
        "openssh": "effective:openssh_lines",
        "json": "effective:json_lines",
    },
    "idle": {"text": "idle:text_lines", "json": "idle:json_lines", "svg": "idle:svg_lines"},
    "hosts": {"text": "hosts:text_lines", "json": "hosts:json_lines", "csv": "hosts:csv_lines"},
    "audit": {"markdown": "audit:markdown_lines", "html": "audit:html_lines", "json": "audit:json_lines"},
    "targets": {"text": "targets:text_lines", "json": "targets:json_lines"},
    "rule": {"text": "rule:text_lines", "md": "rule:markdown_lines", "json": "rule:json_lines"},
    "undo": {"text": "undo:text_lines", "json": "undo:json_lines"},
    "profiles": {"text": "profiles:text_lines", "json": "profiles:json_lines"},
}
"""By command and format: a module of `sshkeep.cli`, and its function that makes lines of a result."""


class View(NamedTuple):
    """How a result is shown: the terminal, without the last line if ``quiet``, and the run's exit code.

    With ``counted_by``, text counts the findings of each rule, host or file in place of listing them; without
    ``show_source`` it lists them without the lines that they are about.
    """

    terminal: Terminal
    quiet: bool = False
    exit_code: int = 0
    counted_by: Group | None = None
    show_source: bool = True


class FormatOption(CommandOption):
    """``--format`` of a command: it takes what the command can print."""

    __slots__ = ()

    def __init__(self, command: str, help: str) -> None:
        super().__init__("--format", help=help, choices=tuple(FORMATS[command]))


def formatted_lines(command: str, format: Format, result: Any, view: View) -> Iterable[str]:
    """The lines that show the result of a command."""
    module, _, name = FORMATS[command][format].partition(":")
    make_lines: Callable[[Any, View], Iterable[str]] = getattr(import_module(f"sshkeep.cli.{module}"), name)
    return make_lines(result, view)
