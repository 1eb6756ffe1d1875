"""``sshkeep rule``."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated, NamedTuple

from sshkeep.api.rulesets import Rulesets
from sshkeep.cli import options
from sshkeep.cli.declarations import CommandArgument, CommandOption
from sshkeep.cli.exit_codes import Exit
from sshkeep.cli.formats import Format, FormatOption, View, formatted_lines
from sshkeep.cli.messages import print_notes
from sshkeep.cli.output import OutputWriter
from sshkeep.lint.finding import Severity
from sshkeep.lint.rule import LoadedRule
from sshkeep.lint.selection import DEFAULT_GROUPS, OWN_GROUP, group_names, select_rules
from sshkeep.lookup import unknown_name
from sshkeep.output.profiles import profiles_with_rule
from sshkeep.output.rule_page import markdown_page, rule_page
from sshkeep.output.rule_table import FixKind, fix_kind, markdown_table, rule_table
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
    group: Annotated[
        list[str] | None,
        CommandOption("--group", metavar="NAME", help="Only rules of this group."),
    ] = None,
    severity: Annotated[Severity | None, CommandOption("--severity", help="Only such rules.")] = None,
    fix: Annotated[FixKind | None, CommandOption("--fix", help="Only rules with such a fix.")] = None,
    format: Annotated[Format, FormatOption("rule", "text, md for Markdown, or json.")] = "text",
    policy: options.PolicyFile = None,
    profile: Annotated[
        str | None, CommandOption("--profile", metavar="NAME", help="Only the rules that this guide selects.")
    ] = None,
    rules_folder: options.RulesFolder = None,
    no_pager: options.NoPager = False,
) -> Exit:
    """List the rules, or show the page of one. A policy in this folder adds its own rules."""
    rulesets = Rulesets(options.policy_file(policy, profile), "auto", rules_folder)
    found = rulesets.policy_for(POLICY_NAME)
    rules = rulesets.rules(found)
    if profile is not None and found is not None:
        selected = select_rules(rules, found.layers(POLICY_NAME))
        rules = {each.id: each for each in selected.rules if each.id not in selected.accepted}
    print_notes(rulesets.notes)
    if id is not None and id not in rules:
        raise unknown_name("rule", id, rules)
    groups = options.names(group)
    if unknown := [name for name in groups if name not in group_names(rules)]:
        raise unknown_name("group", unknown[0], group_names(rules))
    chosen = ChosenRules(rules if id else _wanted(rules, groups, severity, fix), id)
    with OutputWriter(None, paged=not no_pager) as writer:
        writer.lines(formatted_lines("rule", format, chosen, View(Terminal("never"))))
    return Exit.FINE


def _wanted(
    rules: Mapping[str, LoadedRule], groups: Sequence[str], severity: Severity | None, fix: FixKind | None
) -> Mapping[str, LoadedRule]:
    """The rules of any of the groups with this severity and kind of fix, where these are given."""
    return {
        each.id: each
        for each in rules.values()
        if (not groups or each.group in groups)
        and severity in (None, each.rule.severity)
        and fix in (None, fix_kind(each))
    }


def text_lines(chosen: ChosenRules, view: View) -> Iterable[str]:
    """The page of the rule, or the table of all."""
    if chosen.id:
        return rule_page(chosen.rules[chosen.id], view.terminal.width, profiles_with_rule(chosen.id))
    return rule_table(chosen.rules.values(), (*DEFAULT_GROUPS, OWN_GROUP), view.terminal)


def markdown_lines(chosen: ChosenRules, view: View) -> Iterable[str]:
    """The same in Markdown."""
    if chosen.id:
        return markdown_page(chosen.rules[chosen.id], profiles_with_rule(chosen.id))
    return markdown_table(chosen.rules.values())


def json_lines(chosen: ChosenRules, view: View) -> Iterator[str]:
    """The JSON report; of one rule, a list of one."""
    from sshkeep.output.json_reports import models
    from sshkeep.output.json_reports.rules import rule_model

    shown = [chosen.rules[chosen.id]] if chosen.id else chosen.rules.values()
    yield models.json_text(models.RulesReport([rule_model(each) for each in shown]))
