"""Settings in effect, for people: value, where it comes from, and the lines that lost."""

from __future__ import annotations

from collections.abc import Iterator

from sshkeep.config.effective.evaluate import Evaluated
from sshkeep.config.effective.printed import Texts
from sshkeep.config.effective.sshd import lines_without_effect
from sshkeep.config.parse_line import ParsedLine
from sshkeep.config.precedence.obtained import Setting
from sshkeep.config.tree.block import block_name
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.openssh.tables.defaults import printed_name
from sshkeep.openssh.tables.printing import printed_lines
from sshkeep.output.terminal import Terminal, safe

DERIVED = {
    "host": "the name given",
    "hostname": "the name given",
    "user": "the local user",
    "serveraliveinterval": "raised by BatchMode yes",
    "listenaddress": "every address, at each Port",
}
"""Where a value comes from that no line sets, and that is no plain default."""


def setting_lines(
    evaluated: Evaluated, config: Config, terminal: Terminal, only: tuple[str, ...] = ()
) -> Iterator[str]:
    """A line for each value with the place that decides it, and one below for each line that lost.

    ``only`` are lower-case names as printed; none for all.
    """
    options = options_by_name(config)
    for name in sorted(only or {*evaluated.lines, *options}):
        option = options.get(name, name)
        setting = evaluated.settings.get(option)
        row = config.known.get(name)
        values = evaluated.lines.get(name, ())
        shown = row.name if row else name
        for at, value in enumerate(values or ("(not set)",) if setting or only else values):
            head = terminal.paint(safe(f"{shown} {value}"), "bold")
            yield f"{head}  {terminal.paint(safe(origin(name, setting, at, values, config)), 'dim')}".rstrip()
        yield from _others(option, setting, config)


def options_by_name(config: Config) -> dict[str, str]:
    """The options that lines of the config set, in effect or not: lower-case name as printed to name."""
    rows = [config.known[name] for name in config.names() if name in config.known]
    options = [row.option for row in rows if row.type.sets_option]
    return {printed_name(option, config.kind, config.target): option for option in options}


def origin(name: str, setting: Setting | None, at: int, values: Texts, config: Config) -> str:
    """``path:line`` of the line that decides value number ``at``, or what else does."""
    if setting is None or not setting.won:
        if not values:
            return ""
        if name == "serveraliveinterval" and values == ("0",):
            return f"default of {config.target.name}"
        return DERIVED.get(name, f"default of {config.target.name}")
    if setting.members and len(setting.members) == len(values):
        return setting.members[at].line.entry.directive.where
    return ", ".join(line.entry.directive.where for line in setting.won)


def _others(option: str, setting: Setting | None, config: Config) -> Iterator[str]:
    for line in setting.maybe if setting else ():
        condition = safe(block_name(line.entry.block))
        yield f"    {_told(line.entry, line.parsed, config)}: decides if '{condition}' applies: not known"
    for lost in lines_without_effect(option, setting, config):
        yield f"    {_told(lost.entry, lost.parsed, config)}: no effect, {lost.why}"


def _told(entry: Entry, parsed: ParsedLine, config: Config) -> str:
    return safe(f"{entry.directive.where} says {', '.join(told_texts(entry, parsed, config))}")


def told_texts(entry: Entry, parsed: ParsedLine, config: Config) -> Texts:
    """What one line says, as it would be printed if it won."""
    row = config.known[entry.directive.line.name.lower()]
    value = parsed.value
    told = () if value is None else printed_lines(value, row, config.kind, config.target)
    return told or tuple(word.text for word in parsed.words)
