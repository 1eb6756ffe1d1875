"""Every setting in effect, with defaults, as the target's own program prints it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sshkeep.config.blocks.clients import Connection, HostQuery
from sshkeep.config.effective.printed import PrintedLines, printed_setting
from sshkeep.config.effective.ssh import HostSettings, effective_ssh
from sshkeep.config.effective.ssh_postprocess import expand_forwards, postprocess
from sshkeep.config.effective.sshd import effective_sshd
from sshkeep.config.effective.sshd_startup import (
    address_family_problem,
    derive_keyboard_interactive,
    listen_lines,
    refused_for_connection,
    startup_problems,
)
from sshkeep.config.parse_line import parse_entry
from sshkeep.config.precedence.obtained import SettingsByOption
from sshkeep.config.refusals import Refusal, header_place, refused_lines
from sshkeep.config.tree.block import Block
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.named import NamedTuple
from sshkeep.openssh.releases import ARGV_SPLIT
from sshkeep.openssh.tables.defaults import defaults, printed_name, prints
from sshkeep.openssh.tables.keywords import option_rows, precedence, raised_options


class Evaluated(NamedTuple):
    """``lines`` are the right-hand sides by the lower-case name that the program prints.

    ``problems`` are the reasons for which it exits when everything is read; they belong to no single line.
    """

    settings: SettingsByOption
    lines: PrintedLines
    problems: tuple[str, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    """Lines that may be refused for this connection or host only: see `refusals_of`."""
    accepted: frozenset[Block] = frozenset()
    """Host lines that are refused for other hosts only."""
    until: int | None = None
    """The number of entries that ssh has read when it exits for another reason; None for all."""


def evaluate_sshd(config: Config, connection: Connection) -> Evaluated:
    """What ``sshd -T -C`` prints for ``connection``."""
    settings = effective_sshd(config, connection)
    lines = printed_lines_of(settings, config)
    problems = _assemble(settings, lines, config)
    lines.update(listen_lines(settings, config))
    if wrong := address_family_problem(settings):
        problems.append(wrong)
    derive_keyboard_interactive(settings, lines, config.target.release)
    problems += [problem for _, problem in startup_problems(config)]
    return Evaluated(settings, lines, tuple(problems), tuple(refused_for_connection(config, connection)))


def evaluate_ssh(config: Config, query: HostQuery, entries: Iterable[Entry] | None = None) -> Evaluated:
    """What ``ssh -G`` prints for the host of ``query``; ``entries`` are the lines to read, None for all."""
    read = expand_forwards(effective_ssh(config, query, entries), config)
    lines = printed_lines_of(read.settings, config)
    problems = _assemble(read.settings, lines, config)
    problems += postprocess(read, lines, config)
    refused = tuple(_refused_here(read, config))
    return Evaluated(read.settings, lines, tuple(problems), refused, read.accepted, _until(read, config))


def _until(found: HostSettings, config: Config) -> int | None:
    """readconf.c match_cfg_line expands HostName first, and exits where it can't."""
    if not found.problem:
        return None
    read = found.settings["hostname"].won[0].entry.index
    for block in config.blocks:
        line = block.header.line
        counted = config.target.release >= ARGV_SPLIT and line.rest >= line.end
        if block.first_entry > read and line.name.lower() == "match" and not counted:
            return block.first_entry
    return None


def refusals_for(evaluated: Evaluated, config: Config) -> list[Refusal]:
    """Every line that is refused for the connection or host, in the order of reading.

    sshd reads its blocks again for a connection, but only if it starts at all.
    """
    everywhere = refused_lines(config)
    if config.kind == "sshd_config":
        again = [] if startup_problems(config) else evaluated.refusals
        return everywhere or sorted(again, key=lambda refusal: refusal.place)
    here = {refusal.place for refusal in evaluated.refusals}
    here |= {header_place(block, config) for block in evaluated.accepted}
    others = [r for r in everywhere if r.reason != "unknown keyword" and r.place not in here]
    found = sorted([*others, *evaluated.refusals], key=lambda refusal: refusal.place)
    return [r for r in found if evaluated.until is None or r.place[0] < evaluated.until]


def _refused_here(read: HostSettings, config: Config) -> Iterator[Refusal]:
    """Unknown keywords that are not ignored for this host, and lines refused where their block applies."""
    for entry in read.unknown:
        parsed = parse_entry(entry, config)
        why = parsed.problem or f"unknown keyword {entry.directive.line.name}"
        yield Refusal(entry, why, False, (entry.index, 1), parsed.reason or "unknown keyword")
    for entry, why, fatal in read.refused:
        yield Refusal(entry, why, fatal, (entry.index, 1), "asked for")


def printed_lines_of(settings: SettingsByOption, config: Config) -> PrintedLines:
    """Defaults, replaced by the settings; nothing is derived yet."""
    lines: PrintedLines = dict(defaults(config.kind, config.target))
    shown = prints(config.kind, config.target)
    for option, setting in settings.items():
        if setting.value is None:
            continue
        row = setting.won[0].entry.keyword
        assert row
        name = printed_name(option, config.kind, config.target)
        right = printed_setting(setting, row, config.kind, config.target) if name in shown else ()
        if right:
            lines[name] = right
        else:
            lines.pop(name, None)
    _raise_defaults(settings, lines, config)
    return lines


def _raise_defaults(settings: SettingsByOption, lines: PrintedLines, config: Config) -> None:
    """Defaults that depend on another option."""
    for option in raised_options(config.kind):
        raised = precedence(option, config.kind).raised_for(config.target)
        unset = option not in settings or settings[option].value is None
        if raised and unset and lines.get(raised.option) == (raised.value,):
            lines[printed_name(option, config.kind, config.target)] = (raised.default,)


def _assemble(settings: SettingsByOption, lines: PrintedLines, config: Config) -> list[str]:
    """Algorithm lists with + - ^ change the default when everything is read (kex_assemble_names)."""
    from sshkeep.openssh.algorithms.defaults import ALGORITHM_FAMILIES
    from sshkeep.openssh.algorithms.lists import BadAlgorithms, assemble_all

    won = {
        name: str(settings[name].value)
        for name in ALGORITHM_FAMILIES
        if name in settings and settings[name].won
    }
    if not won:
        return []
    in_match = frozenset(name for name in won if settings[name].in_match)
    try:
        assembled = assemble_all(won, config.kind, config.target, in_match)
    except BadAlgorithms as error:
        return [error.problem]
    for name, text in assembled.printed.items():
        lines[printed_name(name, config.kind, config.target)] = (text,)
    if assembled.stopped_at:
        _leave_unfinished(settings, lines, assembled.printed, config)
    return []


def _leave_unfinished(
    settings: SettingsByOption, lines: PrintedLines, printed: Mapping[str, str], config: Config
) -> None:
    """readconf.c fill_default_options, 8.5 to 10.3: after a bad list ssh leaves the rest as it is."""
    from sshkeep.openssh.algorithms.defaults import ALGORITHM_FAMILIES

    for name in ALGORITHM_FAMILIES:
        if name not in printed and name != "gssapikexalgorithms":
            lines.pop(printed_name(name, config.kind, config.target), None)
    cleared = [row.name.lower() for row in option_rows(config.kind) if row.none_clears]
    for name in (*cleared, "proxyjump"):
        if name in settings and str(settings[name].value).lower() in ("none", ""):
            lines[name] = ("none",)
