"""The rules as a table, and one rule's page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from textwrap import indent

from sshkeep.lint.rule import Example, LoadedRule, OptionValue
from sshkeep.lint.selection import IDLE_GROUP


def fix_kind(loaded: LoadedRule) -> str:
    """Whether a rule has a fix: ``yes``, ``unsafe`` or ``no``; read from its examples."""
    fixes = [example for example in loaded.rule.examples if example.after is not None]
    if not fixes:
        return "no"
    return "unsafe" if all(example.unsafe for example in fixes) else "yes"


def rule_table(rules: Iterable[LoadedRule], defaults: tuple[str, ...]) -> Iterator[str]:
    """A line for each rule, by group: id, severity, whether it has a fix, summary."""
    group = ""
    for loaded in rules:
        if loaded.group != group:
            group = loaded.group
            how = "sshkeep idle" if group == IDLE_GROUP else "--extend-select"
            yield f"{group}{'' if group in defaults else f'  (with {how})'}"
        fix = "" if fix_kind(loaded) == "no" else "fix"
        yield f"  {loaded.id:<24} {loaded.rule.severity:<8} {fix:<4} {loaded.rule.summary}"


def markdown_table(rules: Iterable[LoadedRule]) -> Iterator[str]:
    """The table of the documentation."""
    yield "| Rule | Group | Files | Severity | Fix | What it reports |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for loaded in rules:
        rule = loaded.rule
        files = ", ".join(rule.applies_to)
        fix = fix_kind(loaded)
        yield f"| `{loaded.id}` | {loaded.group} | {files} | {rule.severity} | {fix} | {rule.summary} |"


SAFETY = {
    "yes": "safe, made by `sshkeep fix`",
    "unsafe": "unsafe, made by `sshkeep fix --unsafe` only",
    "no": "none: the file does not show what is meant",
}
"""The text on a rule's fix."""


def rule_page(loaded: LoadedRule) -> Iterator[str]:
    """The page of one rule: documentation, examples, safety of the fix, options and sources."""
    rule = loaded.rule
    yield f"{loaded.id} ({rule.severity}, group {loaded.group}; {', '.join(rule.applies_to)})"
    yield ""
    yield loaded.doc
    for example in rule.examples:
        yield ""
        yield from _example(example)
    yield ""
    yield f"Fix: {SAFETY[fix_kind(loaded)].replace('`', '')}"
    if rule.options:
        yield f"Options: {_options(rule.options)}"
    yield f"Sources: {'; '.join(rule.references)}"


def _options(options: Mapping[str, OptionValue]) -> str:
    return ", ".join(f"{name} = {value}" for name, value in options.items())


def _example(example: Example) -> Iterator[str]:
    yield _lead(example)
    yield indent(_before(example), "    ")
    if example.after is not None:
        yield f"{'Unsafe fix' if example.unsafe else 'Fix'}:"
        yield indent(example.after, "    ").rstrip("\n")


def _lead(example: Example) -> str:
    """The heading of an example: hit or not, target, options."""
    target = f" for {example.target}" if example.target else ""
    options = f" with {_options(example.options)}" if example.options else ""
    return f"{'Reported' if _is_hit(example) else 'Not reported'}{target}{options}:"


def _is_hit(example: Example) -> bool:
    return example.after is not None or example.hit


def _before(example: Example) -> str:
    beside = [f"# {name}\n{text}" for name, text in example.files.items()]
    if example.client is not None:
        beside.append(f"# ssh_config of the client\n{example.client}# sshd_config of the server\n")
    return "".join([*beside, example.before]).rstrip("\n")


def markdown_page(loaded: LoadedRule) -> Iterator[str]:
    """The same page as Markdown."""
    rule = loaded.rule
    yield f"# {loaded.id}"
    yield ""
    yield f"{rule.summary}. Severity {rule.severity}, group {loaded.group}, for {', '.join(rule.applies_to)}."
    yield ""
    yield loaded.doc
    for example in rule.examples:
        yield f"\n{_lead(example)}\n"
        yield from _fenced(_before(example))
        if example.after is not None:
            yield f"\n{'Unsafe fix' if example.unsafe else 'Fix'}:\n"
            yield from _fenced(example.after.rstrip("\n"))
    yield ""
    yield f"- Fix: {SAFETY[fix_kind(loaded)]}"
    if rule.options:
        yield f"- Options: {_options(rule.options)}"
    yield from (f"- Source: {reference}" for reference in rule.references)


def _fenced(text: str) -> Iterator[str]:
    yield "```"
    yield text
    yield "```"
