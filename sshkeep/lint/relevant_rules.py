"""Which rules may find something in a config: the modules of all others need not be run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from sshkeep.config.refusals import refused_lines
from sshkeep.config.tree.cached_answers import cached_answer
from sshkeep.config.tree.config import Config
from sshkeep.lint.rule import (
    A_BLOCK,
    A_REFUSED_LINE,
    A_SHADOWED_LINE,
    A_SKIPPED_LINE,
    A_STRANGE_BYTE,
    A_SUPPRESSION_COMMENT,
    AN_UNKNOWN_KEYWORD,
    MACHINE_FACTS,
    LoadedRule,
)
from sshkeep.lint.selection import Selection
from sshkeep.openssh.kind import CLIENT_TITLES

MARKER = b"sshkeep"
"""A file without this word has no comment that suppresses findings."""
_USUAL_BYTES = bytes(range(0x20, 0x7F)) + b"\t\n"


def relevant_rules(selection: Selection, config: Config) -> Iterator[LoadedRule]:
    """The selected rules but for those that are for other languages, or surely find nothing."""
    has: dict[str, bool] = dict.fromkeys(config.names(), True)
    for loaded in selection.for_kind(config.kind):
        always = not loaded.only_with or config.kind in CLIENT_TITLES
        if always or any(_is_there(each, has, config) for each in loaded.only_with):
            yield loaded


def _is_there(what: str, has: dict[str, bool], config: Config) -> bool:
    """Whether the config has it; ``has`` is what was found out so far."""
    if what not in has:
        has[what] = what in SEARCHES and SEARCHES[what](config)
    return has[what]


def _has_skipped_line(config: Config) -> bool:
    return any(config.known[name].state for name in config.names() & config.known.keys())


def _has_shadowed_line(config: Config) -> bool:
    from sshkeep.config.precedence.shadowed import without_effect

    return bool(without_effect(config))


def _has_strange_byte(config: Config) -> bool:
    return any(file.source.data.translate(None, _USUAL_BYTES) for file in config.files.values())


@cached_answer
def has_suppression_comment(config: Config) -> bool:
    """Whether the files may hold comments for sshkeep; a fast check on their bytes."""
    return any(MARKER in file.source.data.lower() for file in config.files.values())


SEARCHES: Mapping[str, Callable[[Config], bool]] = {
    A_BLOCK: lambda config: bool(config.blocks),
    A_REFUSED_LINE: lambda config: bool(refused_lines(config)),
    A_SHADOWED_LINE: _has_shadowed_line,
    A_SKIPPED_LINE: _has_skipped_line,
    A_STRANGE_BYTE: _has_strange_byte,
    A_SUPPRESSION_COMMENT: has_suppression_comment,
    AN_UNKNOWN_KEYWORD: lambda config: not config.names() <= config.known.keys(),
    MACHINE_FACTS: lambda config: config.facts is not None,
}
"""How what `Rule.only_with` names is looked for, where it is no option."""
