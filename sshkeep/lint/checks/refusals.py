"""Checks of lines that OpenSSH refuses or ignores."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sshkeep.config.parse_line import parse_entry, value_span
from sshkeep.config.refusals import Refusal, refused_lines
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.lint.checks.findings import at_entry
from sshkeep.lint.finding import Finding
from sshkeep.lint.rule import Check, Options
from sshkeep.openssh.error_texts import BAD_OPTION
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.tables.keywords import all_keywords
from sshkeep.openssh.tables.option import Keyword
from sshkeep.openssh.values.arguments import Reason
from sshkeep.phrase import Phrase

_EFFECTS: dict[Kind, str] = {
    "sshd_config": Phrase("sshd does not start"),
    "ssh_config": Phrase("every ssh call fails"),
}


def effect_of_refusal(config: Config) -> str:
    """The effect of a refused line, for the message."""
    return _EFFECTS[config.kind]


def unknown_keyword(name: str, kind: Kind) -> str:
    """The message on a keyword that OpenSSH does not know: its own error, which people search for."""
    if kind == "ssh_config":
        return Phrase('ssh exits with "{error}"', error=BAD_OPTION + name.lower())
    return Phrase('{effect}: "{error}"', effect=_EFFECTS[kind], error=BAD_OPTION + name)


AddRemarks = Callable[[Finding, Refusal, Config], Finding]
"""Adds remarks to a finding."""


def no_remarks(finding: Finding, refusal: Refusal, config: Config) -> Finding:
    """The finding without remarks."""
    return finding


def ignored_lines(states: tuple[str, ...], config: Config) -> Iterator[tuple[Entry, Keyword]]:
    """Lines that OpenSSH accepts and ignores: their keyword is in one of ``states``."""
    for name in sorted(config.names() & config.known.keys()):
        if config.known[name].state in states:
            for entry in config.lines(name):
                if entry.keyword and not parse_entry(entry, config).problem:
                    yield entry, entry.keyword


def without_use(keyword: Keyword, kind: Kind) -> bool:
    """Whether no release and no vendor still does anything with the keyword."""
    return not any(row.name.lower() == keyword.name.lower() and not row.state for row in all_keywords(kind))


def refused_for(reason: Reason, remarks: AddRemarks = no_remarks, *, marks_arguments: bool = False) -> Check:
    """Report every line that is refused for ``reason``."""

    def check(config: Config, options: Options) -> Iterator[Finding]:
        for refusal in refused_lines(config):
            if refusal.reason == reason:
                message = Phrase(
                    "{effect}: {problem}", effect=effect_of_refusal(config), problem=refusal.problem
                )
                finding = at_entry(refusal.entry, message)
                parsed = parse_entry(refusal.entry, config) if marks_arguments else None
                if parsed and parsed.words:
                    finding = finding._replace(span=value_span(refusal.entry, parsed))
                yield remarks(finding, refusal, config)

    return check
