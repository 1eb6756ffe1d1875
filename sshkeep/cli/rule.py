"""``sshkeep rule``."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

import typer

from sshkeep.cli import options
from sshkeep.cli.choice import Chooser
from sshkeep.cli.exits import Exit
from sshkeep.cli.sink import Sink
from sshkeep.errors import SshkeepError
from sshkeep.lint.selection import DEFAULT_GROUPS, OWN_GROUP
from sshkeep.output.rule import markdown_page, markdown_table, page, table
from sshkeep.policy.find import POLICY_NAME


class PageFormat(str, Enum):
    """How a page is written."""

    TEXT = "text"
    MARKDOWN = "md"


def rule(
    id: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="A rule's id; none: all rules in a table.")
    ] = None,
    format: Annotated[
        PageFormat, typer.Option("--format", help="text, or md for Markdown.")
    ] = PageFormat.TEXT,
    policy: options.PolicyFile = None,
    rules_folder: options.RulesFolder = None,
) -> Exit:
    """List the rules, or show the page of one; those of the policy of this folder, too."""
    chooser = Chooser(policy, "auto", rules_folder)
    rules = chooser.rules(chooser.ruling_for(POLICY_NAME))
    if id is not None and id not in rules:
        raise SshkeepError(f"no rule is called {id!r}", "`sshkeep rule` lists them")
    with Sink(None) as sink:
        if format is PageFormat.MARKDOWN:
            sink.lines(markdown_page(rules[id]) if id else markdown_table(rules.values()))
        else:
            sink.lines(page(rules[id]) if id else table(rules.values(), (*DEFAULT_GROUPS, OWN_GROUP)))
    return Exit.FINE
