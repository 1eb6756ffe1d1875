"""The rules as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from sshkeep.lint.rule import LoadedRule
from sshkeep.lint.selection import IDLE_GROUP
from sshkeep.output.terminal import Terminal
from sshkeep.output.wrapping import wrapped

WIDE_ENOUGH = 80
"""Columns from which on the summary stands beside the id."""


FixKind = Literal["yes", "unsafe", "no"]


def fix_kind(loaded: LoadedRule) -> FixKind:
    """Whether a rule has a fix: ``yes``, ``unsafe`` or ``no``; read from its examples."""
    fixes = [example for example in loaded.rule.examples if example.after is not None]
    if not fixes:
        return "no"
    return "unsafe" if all(example.unsafe for example in fixes) else "yes"


def rule_table(rules: Iterable[LoadedRule], defaults: tuple[str, ...], terminal: Terminal) -> Iterator[str]:
    """By group, an entry for each rule: id, severity, whether it has a fix, and its summary."""
    listed = list(rules)
    ids = max((len(loaded.id) for loaded in listed), default=0)
    group = ""
    for loaded in listed:
        if loaded.group != group:
            group = loaded.group
            how = "sshkeep idle" if group == IDLE_GROUP else "--extend-select"
            yield f"{group}{'' if group in defaults else f'  (with {how})'}"
        fix = "" if fix_kind(loaded) == "no" else "fix"
        head = f"  {loaded.id:<{ids}} {loaded.rule.severity:<8} {fix:<4}"
        if terminal.width >= WIDE_ENOUGH:
            yield from wrapped(loaded.rule.summary, terminal.width, f"{head} ", " " * (len(head) + 1))
        else:
            yield head.rstrip()
            yield from wrapped(loaded.rule.summary, terminal.width, " " * 6, " " * 6)


def markdown_table(rules: Iterable[LoadedRule]) -> Iterator[str]:
    """The table of the documentation."""
    yield "| Rule | Group | Files | Severity | Fix | What it reports |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for loaded in rules:
        rule = loaded.rule
        files = ", ".join(rule.applies_to)
        fix = fix_kind(loaded)
        yield f"| `{loaded.id}` | {loaded.group} | {files} | {rule.severity} | {fix} | {rule.summary} |"
