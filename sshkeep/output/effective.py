"""Settings in effect, for people: value, where it comes from, and the lines that lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sshkeep.config.effective import Setting
from sshkeep.config.model import Config, Entry
from sshkeep.config.reading import Reading
from sshkeep.lint.finding import block_name
from sshkeep.output.openssh import printed, texts
from sshkeep.output.terminal import Terminal, safe


def setting_lines(settings: Mapping[str, Setting], config: Config, terminal: Terminal) -> Iterator[str]:
    """A line for each setting with the place that decides it, and one below for each line that lost."""
    for name in sorted(settings):
        setting = settings[name]
        row = config.known.get(name)
        if row is None or (setting.value is None and not setting.maybe and not setting.lost):
            continue
        values = list(printed(setting, row, config)) if setting.value is not None else ["(not set)"]
        for at, value in enumerate(values):
            head = terminal.paint(safe(f"{row.name} {value}"), "bold")
            yield f"{head}  {terminal.paint(safe(_origin(setting, at, config)), 'dim')}"
        for entry, reading in setting.maybe:
            condition = safe(block_name(entry.context))
            yield f"    {_told(entry, reading, config)}: decides if '{condition}' applies: not known"
        for lost in setting.lost:
            yield f"    {_told(lost.entry, lost.reading, config)}: no effect, {lost.why}"


def _origin(setting: Setting, at: int, config: Config) -> str:
    if not setting.won and setting.keyword == "hostname":
        return "the name given"
    if not setting.won:
        return f"default of {config.target.name}" if setting.value is not None else ""
    return setting.won[min(at, len(setting.won) - 1)][0].directive.where


def _told(entry: Entry, reading: Reading, config: Config) -> str:
    row = config.known[entry.directive.line.name.lower()]
    return safe(f"{entry.directive.where} says {', '.join(texts(reading, row, config))}")
