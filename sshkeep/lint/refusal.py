"""Findings on lines that OpenSSH refuses."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sshkeep.config.parse_line import parse_entry, value_span
from sshkeep.config.refusals import Refusal, refused_lines
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.lint.finding import Finding, at_entry
from sshkeep.lint.rule import Check, Options
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.tables.option import Keyword
from sshkeep.openssh.values.arguments import Reason

_FAILS: dict[Kind, str] = {"sshd_config": "sshd does not start", "ssh_config": "every ssh call fails"}


def fails(config: Config) -> str:
    """What a refused line does to the user."""
    return _FAILS[config.kind]


Remarks = Callable[[Finding, Refusal, Config], Finding]
"""Adds to a finding what there is to say beside OpenSSH's reason."""


def none(finding: Finding, refusal: Refusal, config: Config) -> Finding:
    """The finding as it is."""
    return finding


def skipped(states: tuple[str, ...], config: Config) -> Iterator[tuple[Entry, Keyword]]:
    """Lines that OpenSSH takes and does nothing with, their keyword being in one of ``states``."""
    for name in sorted(config.names() & config.known.keys()):
        if config.known[name].state in states:
            for entry in config.lines(name):
                if entry.keyword and not parse_entry(entry, config).problem:
                    yield entry, entry.keyword


def refused(reason: Reason, remarks: Remarks = none, *, marks_arguments: bool = False) -> Check:
    """Every line that is refused for ``reason``, with the sentence of its reading."""

    def check(config: Config, options: Options) -> Iterator[Finding]:
        for refusal in refused_lines(config):
            if refusal.reason == reason:
                finding = at_entry(refusal.entry, f"{fails(config)}: {refusal.problem}")
                parsed = parse_entry(refusal.entry, config) if marks_arguments else None
                if parsed and parsed.words:
                    finding = finding._replace(span=value_span(refusal.entry, parsed))
                yield remarks(finding, refusal, config)

    return check
