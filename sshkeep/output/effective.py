"""Settings in effect as text: each value, where it comes from, and lines without effect."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sshkeep.config.crypto_policy import OPT_OUT, POLICY_WINS, lines_without_policy
from sshkeep.config.effective.evaluate import Evaluated
from sshkeep.config.effective.sshd import lines_without_effect
from sshkeep.config.parse_line import ParsedLine
from sshkeep.config.precedence.obtained import NOT_MATCHED, Setting
from sshkeep.config.precedence.order import Candidate
from sshkeep.config.tree.block import block_name
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.openssh.tables.defaults import printed_name
from sshkeep.openssh.tables.printing import printed_lines
from sshkeep.openssh.values.value_type import Texts
from sshkeep.output.terminal import Terminal, cells, safe
from sshkeep.output.wrapping import name_lists, wrapped

DERIVED = {
    "host": "the name given",
    "hostname": "the name given",
    "user": "the local user",
    "serveraliveinterval": "raised by BatchMode yes",
    "listenaddress": "every address, at each Port",
}
"""The origin of values that no line sets and that are not the plain default."""
MAX_PLACES = 10
"""Lines of one value that are listed, and lines that lose to it for one reason."""
MAX_ELSEWHERE = 3
"""Lines of blocks that do not apply that are listed."""


def setting_lines(
    evaluated: Evaluated, config: Config, terminal: Terminal, only: tuple[str, ...] = ()
) -> Iterator[str]:
    """A line for each value and its origin, and below it one for each line without effect.

    ``only`` are lower-case names as printed; none for all.
    """
    options = options_by_name(config)
    for name in sorted(only or {*evaluated.lines, *options}):
        option = options.get(name, name)
        setting = evaluated.settings.get(option)
        row = config.known.get(name)
        values = evaluated.lines.get(name, ())
        shown = row.name if row else name
        texts = values or ("(not set)",) if setting or only else values
        for value, origin in zip(texts, origins(name, setting, values, config), strict=False):
            yield from _setting(safe(f"{shown} {value}"), safe(origin), terminal)
        for line in (*map(safe, notes_of(option, config)), *_others(option, setting, config)):
            yield from wrapped(line, terminal.width, "    ", "      ") if terminal.fits else (f"    {line}",)


def _setting(setting: str, origin: str, terminal: Terminal) -> Iterator[str]:
    """A value and its origin; on one line where that fits, and in a pipe, so that grep finds both."""
    if not terminal.fits or cells(setting) + 2 + cells(origin) <= terminal.width:
        yield f"{terminal.paint(setting, 'bold')}  {terminal.paint(origin, 'dim')}".rstrip()
        return
    words = " ".join(part for word in setting.split(" ") for part in name_lists(word, terminal.width - 4))
    yield from (terminal.paint(line, "bold") for line in wrapped(words, terminal.width, "", "    "))
    yield from (terminal.paint(line, "dim") for line in wrapped(origin, terminal.width, "      ", "      "))


def notes_of(option: str, config: Config) -> list[str]:
    """What the lines in effect do not tell about the running program."""
    replaced = lines_without_policy(option, config)
    return [f"{entry.directive.where}: no effect, {POLICY_WINS}; {OPT_OUT}" for entry in replaced]


def options_by_name(config: Config) -> dict[str, str]:
    """The options that the config sets, in effect or not: lower-case name as printed to option."""
    rows = [config.known[name] for name in config.names() if name in config.known]
    options = [row.option for row in rows if row.type.sets_option]
    return {printed_name(option, config.kind, config.target): option for option in options}


def origins(name: str, setting: Setting | None, values: Texts, config: Config) -> list[str]:
    """For each value ``path:line`` of the line that sets it, or another origin; one for no value."""
    count = max(len(values), 1)
    if setting is None or not setting.won:
        default = f"default of {config.target.name}"
        raised = name != "serveraliveinterval" or values != ("0",)
        return [(DERIVED.get(name, default) if raised else default) if values else ""] * count
    lines = [member.line for member in setting.members]
    if name == "listenaddress":
        lines = _listened(setting, len(values))
    if lines and len(lines) == len(values):
        return [line.entry.directive.where for line in lines]
    places = [line.entry.directive.where for line in setting.won[:MAX_PLACES]]
    more = len(setting.won) - len(places)
    return [", ".join(places) + (f" and {more} more" if more else "")] * count


def _listened(setting: Setting, count: int) -> list[Candidate]:
    """The line of each address: those without a port of their own are there once for each Port."""
    alone = sum(" " in member.text for member in setting.members)
    ports = (count - alone) // max(len(setting.members) - alone, 1)
    return [member.line for member in setting.members for _ in range(1 if " " in member.text else ports)]


def _others(option: str, setting: Setting | None, config: Config) -> Iterator[str]:
    maybe = setting.maybe if setting else ()
    for line in maybe[:MAX_PLACES]:
        condition = safe(block_name(line.entry.block))
        shown = _line_text(line.entry, line.parsed, config)
        yield f"{shown}: decides if '{condition}' applies: not known"
    if len(maybe) > MAX_PLACES:
        yield f"and {len(maybe) - MAX_PLACES:,} more lines: whether their blocks apply is not known"
    count: Counter[str] = Counter()
    for lost in lines_without_effect(option, setting, config):
        count[lost.why] += 1
        if count[lost.why] <= _most_listed(lost.why):
            yield f"{_line_text(lost.entry, lost.parsed, config)}: no effect, {lost.why}"
    for why, number in count.items():
        if (more := number - _most_listed(why)) > 0:
            yield f"and {more:,} more line{'' if more == 1 else 's'}: no effect, {why}"


def _most_listed(why: str) -> int:
    """How many lines without effect are listed for a reason; a large config has one for each Host."""
    return MAX_ELSEWHERE if why == NOT_MATCHED else MAX_PLACES


def _line_text(entry: Entry, parsed: ParsedLine, config: Config) -> str:
    return safe(f"{entry.directive.where} says {', '.join(printed_values(entry, parsed, config))}")


def printed_values(entry: Entry, parsed: ParsedLine, config: Config) -> Texts:
    """The values of one line, as OpenSSH would print them if the line were in effect."""
    row = config.known[entry.directive.line.name.lower()]
    value = parsed.value
    printed = () if value is None else printed_lines(value, row, config.kind, config.target)
    return printed or tuple(word.text for word in parsed.words)
