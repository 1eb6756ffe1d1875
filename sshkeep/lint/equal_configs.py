"""Lint equal configs of one run once: a fleet's files are mostly copies of each other."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.config.tree.file import File
from sshkeep.edit.intents import Intent
from sshkeep.lint.finding import Finding
from sshkeep.lint.runner import LintOutcome, lint_config
from sshkeep.lint.selection import OWN_GROUP, Selection


class EqualConfigs:
    """The outcomes of one run, by all that an outcome depends on.

    That is known of a config that is one file, read once, and not this machine's: its content, the target,
    what its Includes name, and the rules. Of an equal config the findings are those of the first, in its
    own file.
    """

    def __init__(self) -> None:
        self._first: dict[Hashable, tuple[Config, LintOutcome]] = {}

    def lint(self, config: Config, selection: Selection, most: int | None = None) -> LintOutcome:
        """As `lint_config`."""
        key = _everything_that_counts(config, selection, most)
        if key is None:
            return lint_config(config, selection, most)
        if key not in self._first:
            outcome = lint_config(config, selection, most)
            if _can_be_moved(outcome, config):
                self._first[key] = config, outcome
            return outcome
        first, outcome = self._first[key]
        findings = tuple([_moved(finding, first, config) for finding in outcome.findings])
        return outcome._replace(findings=findings)


def _everything_that_counts(config: Config, selection: Selection, most: int | None) -> Hashable:
    """A value that two configs share only if they have the same findings; None where that is unknown.

    A rule from elsewhere (`--rules`) may look at anything, such as a file's path.
    """
    alone = len(config.visits) == len(config.files) == 1 and not config.unread and not config.too_deep
    if not alone or config.facts or any(rule.group == OWN_GROUP for rule in selection.rules):
        return None
    missing = tuple((each.argument, each.entry.index) for each in config.missing)
    return (
        config.files[config.top].source.data,
        config.kind,
        config.target,
        config.fragment,
        config.system_start,
        missing,
        tuple(config.not_found),
        selection,
        most,
    )


def _can_be_moved(outcome: LintOutcome, config: Config) -> bool:
    """Whether nothing names the config, as a note does, and fixes are about lines that have a place in it."""
    intents = [each for finding in outcome.findings if finding.fix for each in finding.fix.intents]
    entries = [entry for each in intents for value in each for entry in _entries_in(value)]
    return not config.notes and all(config.entries[each.index : each.index + 1] == [each] for each in entries)


def _moved(finding: Finding, first: Config, config: Config) -> Finding:
    """A finding about ``first`` as one about an equal config."""
    old, new = first.files[first.top].source.path, config.files[config.top].source
    fix = finding.fix
    return finding._replace(
        source=new,
        fix=fix and fix._replace(intents=tuple([_moved_intent(each, config) for each in fix.intents])),
        related=tuple([related._replace(source=new) for related in finding.related]),
        # A line is named by its path and number.
        concerns=tuple([text.replace(f"{old}:", f"{new.path}:") for text in finding.concerns]),
    )


def _moved_intent(intent: Intent, config: Config) -> Intent:
    """The intent about the same lines of ``config``."""
    make: Callable[..., Intent] = type(intent)
    return make(*[_moved_value(value, config) for value in intent])


def _moved_value(value: object, config: Config) -> object:
    if isinstance(value, Entry):
        return config.entries[value.index]
    if isinstance(value, File):
        return config.files[config.top]
    return tuple([_moved_value(each, config) for each in value]) if isinstance(value, tuple) else value


def _entries_in(value: object) -> list[Entry]:
    members = value if isinstance(value, tuple) else (value,)
    return [each for each in members if isinstance(each, Entry)]
