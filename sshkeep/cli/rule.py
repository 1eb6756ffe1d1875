"""``sshkeep rule``."""

from collections.abc import Iterable, Mapping
from typing import Annotated, NamedTuple

from sshkeep.api.rulesets import Rulesets
from sshkeep.cli import options
from sshkeep.cli.declarations import CommandArgument
from sshkeep.cli.exit_codes import Exit
from sshkeep.cli.formats import Format, FormatOption, View, formatted_lines
from sshkeep.cli.messages import print_notes
from sshkeep.cli.output import OutputWriter
from sshkeep.lint.rule import LoadedRule
from sshkeep.lint.selection import DEFAULT_GROUPS, OWN_GROUP
from sshkeep.lookup import unknown_name
from sshkeep.output.rule import markdown_page, markdown_table, rule_page, rule_table
from sshkeep.output.terminal import Terminal
from sshkeep.policy.find import POLICY_NAME


class ChosenRules(NamedTuple):
    """All rules, or the one that is called ``id``."""

    rules: Mapping[str, LoadedRule]
    id: str | None


def rule(
    id: Annotated[
        str | None, CommandArgument(metavar="[ID]", help="A rule's id; none: all rules in a table.")
    ] = None,
    format: Annotated[Format, FormatOption("rule", "text, or md for Markdown.")] = "text",
    policy: options.PolicyFile = None,
    rules_folder: options.RulesFolder = None,
) -> Exit:
    """List the rules, or show the page of one; those of the policy of this folder, too."""
    rulesets = Rulesets(policy, "auto", rules_folder)
    rules = rulesets.rules(rulesets.policy_for(POLICY_NAME))
    print_notes(rulesets.notes)
    if id is not None and id not in rules:
        raise unknown_name("rule", id, rules)
    with OutputWriter(None) as writer:
        writer.lines(formatted_lines("rule", format, ChosenRules(rules, id), View(Terminal("never"))))
    return Exit.FINE


def text_lines(chosen: ChosenRules, view: View) -> Iterable[str]:
    """The page of the rule, or the table of all."""
    if chosen.id:
        return rule_page(chosen.rules[chosen.id])
    return rule_table(chosen.rules.values(), (*DEFAULT_GROUPS, OWN_GROUP))


def markdown_lines(chosen: ChosenRules, view: View) -> Iterable[str]:
    """The same in Markdown."""
    return markdown_page(chosen.rules[chosen.id]) if chosen.id else markdown_table(chosen.rules.values())
