"""Rules as parts of a JSON report."""

from __future__ import annotations

from sshkeep.lint.rule import Example, LoadedRule
from sshkeep.lint.selection import DEFAULT_GROUPS, OWN_GROUP
from sshkeep.output.json_reports import models
from sshkeep.output.rule_table import fix_kind


def rule_model(loaded: LoadedRule) -> models.ListedRule:
    """All that the page of the rule shows."""
    rule = loaded.rule
    return models.ListedRule(
        id=loaded.id,
        group=loaded.group,
        severity=rule.severity,
        applies_to=list(rule.applies_to),
        fix=fix_kind(loaded),
        default=loaded.group in (*DEFAULT_GROUPS, OWN_GROUP),
        summary=rule.summary,
        text=loaded.doc,
        options={
            name: list(value) if isinstance(value, tuple) else value for name, value in rule.options.items()
        },
        references=list(rule.references),
        examples=[_example(each) for each in rule.examples],
    )


def _example(example: Example) -> models.RuleExample:
    reported = example.hit or example.after is not None
    return models.RuleExample(example.before, example.after, reported, example.unsafe, example.target)
