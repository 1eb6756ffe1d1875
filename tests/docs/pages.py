"""The README and docs/ as they should be today: sessions, tables, and pages that are generated."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from sshkeep.cli.declarations import COMMAND_NAMES
from sshkeep.lint.registry import all_rules
from sshkeep.lint.rule import LoadedRule
from sshkeep.output.profiles import profiles_with_rule
from sshkeep.output.rule_page import markdown_page
from sshkeep.output.rule_table import markdown_table
from tests.docs.profiles_table import profiles_table
from tests.docs.target_table import targets_table

ROOT = Path(__file__).parent.parent.parent
README = ROOT / "README.md"
DOCS = ROOT / "docs"
EXAMPLES = ROOT / "examples"
SITE = ROOT / "mkdocs.yml"
SUBCOMMANDS = {"policy": ("policy init", "policy check")}
PLACE = re.compile(r"<!-- ([a-z]+)( [a-z-]+)? -->\n.*?<!-- /\1 -->", re.DOTALL)
"""Where something generated stands; the marks stay."""

RULES_OF_MENU = re.compile(r"(?<=      # rules\n).*", re.DOTALL)


def pages(sessions: Mapping[Path, str]) -> dict[Path, str]:
    """Each page with its text of today, beside the ``sessions`` of the examples."""
    written = {page: page_of_today(page.read_text("utf-8"), sessions) for page in written_pages()}
    rules = {
        DOCS / "rules" / f"{rule.id}.md": _lines(markdown_page(rule, profiles_with_rule(rule.id)))
        for rule in _rules()
    }
    menu = RULES_OF_MENU.sub(_lines(_menu_of_rules()), SITE.read_text("utf-8"))
    return {**written, **rules, SITE: menu}


def written_pages() -> list[Path]:
    """Pages that people write, with places for what is generated."""
    return [README, *sorted(DOCS.glob("*.md")), *sorted(DOCS.glob("ja/*.md")), DOCS / "rules" / "index.md"]


def page_of_today(text: str, sessions: Mapping[Path, str]) -> str:
    """A page with today's tables, and the sessions that it shows."""

    def place(match: re.Match[str]) -> str:
        name, which = match[1], (match[2] or "").strip()
        content = (
            f"```console\n{sessions[EXAMPLES / which / 'session.txt']}```\n" if which else TABLES[name]()
        )
        return f"<!-- {name}{match[2] or ''} -->\n{content}<!-- /{name} -->"

    return PLACE.sub(place, text)


def help_of(command: str) -> str:
    """What ``sshkeep COMMAND --help`` prints in a terminal of 80 columns."""
    return subprocess.run(
        [sys.executable, "-m", "sshkeep", *command.split(), "--help"],
        env={**os.environ, "COLUMNS": "80", "LC_ALL": "C.UTF-8"},
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    ).stdout


def _rules() -> list[LoadedRule]:
    return list(all_rules().values())


def _lines(lines: Iterator[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _menu_of_rules() -> Iterator[str]:
    for group in dict.fromkeys(rule.group for rule in _rules()):
        yield f"      - {group}:"
        yield from (f"          - {rule.id}: rules/{rule.id}.md" for rule in _rules() if rule.group == group)


def _rules_table() -> str:
    return re.sub(
        r"^\| `([a-z0-9-]+)`", r"| [\1](\1.md)", _lines(markdown_table(_rules())), flags=re.MULTILINE
    )


def _commands() -> str:
    names = [each for name in COMMAND_NAMES for each in SUBCOMMANDS.get(name, (name,))]
    return "\n".join(f"## sshkeep {name}\n\n```text\n{help_of(name)}```\n" for name in names)


TABLES: dict[str, Callable[[], str]] = {
    "rules": _rules_table,
    "targets": lambda: _lines(iter(targets_table())),
    "profiles": lambda: _lines(profiles_table()),
    "commands": _commands,
}
"""What stands in a place of each name; a session has the name of its example behind it."""
