"""Lint equal configs of one run once: a fleet's trees are mostly copies of each other."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Hashable, Iterator
from functools import cached_property

from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.config.tree.file import File
from sshkeep.edit.intents import Intent
from sshkeep.lint.finding import Finding, Fix
from sshkeep.lint.runner import LintOutcome, lint_config
from sshkeep.lint.selection import OWN_GROUP, Selection


class EqualConfigs:
    """The outcomes of one run, by all that an outcome depends on.

    That is known of a config that is not this machine's and whose files are all below the folder of its top
    file: the names of the files from there, their contents, the target, what Includes name, and the rules. Of
    an equal config the findings are those of the first, in its own files.
    """

    def __init__(self) -> None:
        self._first: dict[Hashable, _First] = {}

    def lint(self, config: Config, selection: Selection, most: int | None = None) -> LintOutcome:
        """As `lint_config`."""
        key = _everything_that_counts(config, selection, most)
        if key is None:
            return lint_config(config, selection, most)
        if key not in self._first:
            outcome = lint_config(config, selection, most)
            self._first[key] = _First(config, outcome)
            return outcome
        first, outcome = self._first[key].config, self._first[key].outcome
        if not self._first[key].can_be_moved or not _same_owners(outcome, first, config):
            return lint_config(config, selection, most)
        move = _Move(first, config)
        return outcome._replace(
            findings=tuple([move.finding(each) for each in outcome.findings]),
            suppressed=tuple(
                [each._replace(finding=move.finding(each.finding)) for each in outcome.suppressed]
            ),
        )


class _First:
    """A config that was linted, and its outcome."""

    def __init__(self, config: Config, outcome: LintOutcome) -> None:
        self.config = config
        self.outcome = outcome

    @cached_property
    def can_be_moved(self) -> bool:
        """Whether an equal config has the outcome; it is asked once there is such a config."""
        return _can_be_moved(self.outcome, self.config)


def _everything_that_counts(config: Config, selection: Selection, most: int | None) -> Hashable:
    """A value that two configs share only if they have the same findings; None where that is unknown.

    A rule from elsewhere (`--rules`) may look at anything, such as a file's path.
    """
    folder = os.path.dirname(config.top)
    folder += "/" if folder else ""
    whole = not config.unread and not config.too_deep and len(config.tops) == 1
    below = len(config.files) == 1 or (folder and all(path.startswith(folder) for path in config.files))
    own = any(rule.group == OWN_GROUP for rule in selection.rules)
    if not whole or not below or config.facts or own:
        return None
    others = [each for each in config.files.items() if each[0] != config.top]
    missing = tuple((each.argument, each.entry.index) for each in config.missing)
    return (
        # Of one file, the name makes no difference but that of the kind.
        *((path[len(folder) :], file.source.data) for path, file in others),
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
    if config.notes or any(config.entries[each.index : each.index + 1] != [each] for each in entries):
        return False
    if len(config.files) == 1:
        return True
    # A path without the number of a line may be anything.
    names = _names_of_lines(config)
    found = (*outcome.findings, *(each.finding for each in outcome.suppressed))
    texts = [names.sub("", text) for finding in found for text in _texts(finding)]
    return not any(path in text for path in config.files for text in texts)


def _names_of_lines(config: Config) -> re.Pattern[str]:
    """The paths in texts such as ``path:number``."""
    longest_first = "|".join(map(re.escape, sorted(config.files, key=len, reverse=True)))
    return re.compile(rf"(?<![\w./-])(?:{longest_first})(?=:)")


def _same_owners(outcome: LintOutcome, first: Config, config: Config) -> bool:
    """Whether the same programs write the files with findings, as their paths show."""
    from sshkeep.config.owners import owner_of_file

    files = dict(zip(first.files, config.files, strict=True))
    named = {finding.source.path for finding in outcome.findings}
    return all(owner_of_file(path, first) == owner_of_file(files[path], config) for path in named)


def _texts(finding: Finding) -> Iterator[str]:
    yield from (finding.message, finding.label, *finding.notes)
    yield from (related.message for related in finding.related)
    if finding.fix:
        yield finding.fix.title


class _Move:
    """Makes findings about ``first`` ones about an equal config."""

    def __init__(self, first: Config, config: Config) -> None:
        self.config = config
        self.files = dict(zip(first.files, config.files.values(), strict=True))
        # Of one file, texts give the number of a line only.
        self.names = _names_of_lines(first) if len(first.files) > 1 else None

    def finding(self, finding: Finding) -> Finding:
        """The finding in the files of the other config."""
        return finding._replace(
            source=self.files[finding.source.path].source,
            message=self.text(finding.message),
            label=self.text(finding.label),
            notes=tuple([self.text(note) for note in finding.notes]),
            fix=finding.fix and self.fix(finding.fix),
            related=tuple(
                [
                    each._replace(source=self.files[each.source.path].source, message=self.text(each.message))
                    for each in finding.related
                ]
            ),
            concerns=tuple([self.concern(text) for text in finding.concerns]),
        )

    def fix(self, fix: Fix) -> Fix:
        """The fix of the same lines of the other config."""
        intents = tuple([self.intent(each) for each in fix.intents])
        return fix._replace(title=self.text(fix.title), intents=intents)

    def text(self, text: str) -> str:
        """The text with the other config's paths: each line is named ``path:number``."""
        if self.names is None or ":" not in text:
            return text
        return self.names.sub(lambda found: self.files[found[0]].source.path, text)

    def concern(self, text: str) -> str:
        """The same for a concern, in which one file's lines have their path, too."""
        if self.names is not None:
            return self.text(text)
        ((old, new),) = self.files.items()
        return text.replace(f"{old}:", f"{new.source.path}:")

    def intent(self, intent: Intent) -> Intent:
        """The intent about the same lines of the other config."""
        make: Callable[..., Intent] = type(intent)
        return make(*[self.value(value) for value in intent])

    def value(self, value: object) -> object:
        """A part of an intent: an entry, a file, or several of them."""
        if isinstance(value, Entry):
            return self.config.entries[value.index]
        if isinstance(value, File):
            return self.files[value.source.path]
        return tuple([self.value(each) for each in value]) if isinstance(value, tuple) else value


def _entries_in(value: object) -> list[Entry]:
    members = value if isinstance(value, tuple) else (value,)
    return [each for each in members if isinstance(each, Entry)]
