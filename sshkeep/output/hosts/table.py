"""A line for each host, as a table for people and as CSV."""

from __future__ import annotations

import os.path
from collections.abc import Iterator, Sequence

from sshkeep.config.tree.config import Config
from sshkeep.idle.duration import format_duration
from sshkeep.idle.endpoint_config import EffectiveSetting
from sshkeep.idle.host_forecast import HostForecast
from sshkeep.output.terminal import Terminal, safe
from sshkeep.output.wrapping import wrapped

HEADERS = ("host", "interval", "count", "probe", "survives", "set at", "jump host")
RIGHT_ALIGNED = ("interval", "count")
WIDEST = {"set at": 20, "jump host": 14}
"""Columns that are cut: CSV and JSON have the whole."""
GAP, NARROWEST = "  ", 4
"""Between columns, and the least width of the first one."""
OTHERS = "(any other)"
UNCERTAIN = "? a line counts if its block applies, which is not known (--assume-exec yes or no)"
REFUSED = "refused"


def hosts_table(
    hosts: Sequence[HostForecast], config: Config, path: str, terminal: Terminal
) -> Iterator[str]:
    """A table of all hosts, and a last line that counts those of which a session is lost.

    ``path`` is the name of the one path that it is about; empty for the common ones.
    """
    places = _Places(config)
    rows = [_cells(each, places, bool(path)) for each in hosts]
    shown = [*range(len(HEADERS))] if any(row[-1] for row in rows) else [*range(len(HEADERS) - 1)]
    widths = [max(len(HEADERS[at]), *(len(row[at]) for row in rows)) for at in shown]
    room = terminal.width - sum(widths[1:]) - len(GAP) * (len(widths) - 1)
    widths[0] = min(widths[0], max(room, NARROWEST))
    headers = tuple("session" if path and each == "survives" else each for each in HEADERS)
    beside = room >= NARROWEST
    if beside:
        yield terminal.paint(_line(headers, widths), "dim")
    for each, row in zip(hosts, rows, strict=True):
        if not beside:
            yield from _entry(headers, row, terminal, "red" if each.lost else "bold")
            continue
        if len(row[0]) > widths[0]:
            yield from _pieces(row[0], terminal.width)
            row = ("", *row[1:])
        yield terminal.paint(_line(row, widths), "red") if each.lost else _line(row, widths)
    yield from _remarks(hosts, config, path, terminal)


def _entry(headers: Sequence[str], row: Sequence[str], terminal: Terminal, style: str) -> Iterator[str]:
    """One host in a terminal that is too narrow for the table."""
    yield from (terminal.paint(piece, style) for piece in _pieces(row[0], terminal.width))
    text = ", ".join(f"{header} {cell}" for header, cell in zip(headers[1:], row[1:], strict=True) if cell)
    yield from wrapped(text, terminal.width, "  ", "    ")


def _cells(each: HostForecast, places: _Places, one_path: bool) -> tuple[str, ...]:
    name = OTHERS if each.host.block is None else safe(each.host.name)
    probe = "never" if each.probe_every is None else format_duration(each.probe_every)
    jump = safe(each.jump_host) or ("(a command)" if each.proxy_command else "")
    interval = each.interval.value + ("?" if each.uncertain else "")
    return (
        name,
        interval,
        each.count_max.value,
        probe,
        REFUSED if each.refused else _verdict(each, one_path),
        places.of(each.deciding),
        jump if len(jump) <= WIDEST["jump host"] else f"{jump[: WIDEST['jump host'] - 3]}...",
    )


def _verdict(each: HostForecast, one_path: bool) -> str:
    return each.outcomes[0].verdict if one_path else f"{each.survived} of {len(each.outcomes)}"


class _Places:
    """Lines in the short form ``config:12``, with the folder where two files have the same name."""

    def __init__(self, config: Config) -> None:
        names = [os.path.basename(path) for path in config.files]
        self.short = len(set(names)) == len(names)

    def of(self, setting: EffectiveSetting) -> str:
        entry = setting.entry or setting.default_from
        if entry is None:
            return "default"
        where = safe(entry.directive.where)
        where = where.rpartition("/")[2] if self.short else where
        return where if len(where) <= WIDEST["set at"] else f"...{where[3 - WIDEST['set at'] :]}"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    columns = zip(HEADERS, cells, widths, strict=False)
    return GAP.join(
        f"{cell:>{width}}" if header in RIGHT_ALIGNED else f"{cell:<{width}}"
        for header, cell, width in columns
    ).rstrip()


def _pieces(name: str, width: int) -> Iterator[str]:
    """A name that is too long for its column, on lines of its own."""
    for start in range(0, len(name), width):
        yield name[start : start + width]


def _remarks(hosts: Sequence[HostForecast], config: Config, path: str, terminal: Terminal) -> Iterator[str]:
    if any(each.uncertain for each in hosts):
        yield from wrapped(UNCERTAIN, terminal.width, "", "  ")
    for each in hosts:
        if each.refused:
            name = OTHERS if each.host.block is None else each.host.name
            yield from wrapped(safe(f"ssh refuses {name}: {each.refused}"), terminal.width, "", "  ")
    lost = sum(each.lost for each in hosts)
    where = safe(path) or "a common path"
    count = f"{lost} of {len(hosts)}" if lost else f"none of {len(hosts)}"
    text = f"{count} lose an idle session on {where} (target {config.target.name})"
    yield from wrapped(text, terminal.width, "", "  ")


CSV_HEADERS = (
    "host",
    "pattern",
    "interval",
    "count_max",
    "file",
    "line",
    "probe_every",
    "survives",
    "lost",
    "jump_host",
    "refused",
)


def hosts_csv(hosts: Sequence[HostForecast]) -> Iterator[str]:
    """A line with the names of the columns, and one for each host.

    ``file`` and ``line`` are empty where the default holds, ``probe_every`` (seconds) for never. ``survives``
    and ``lost`` are names of paths, divided by blanks. Nothing in it controls a terminal.
    """
    yield ",".join(CSV_HEADERS)
    for each in hosts:
        yield ",".join(map(_quoted, _values(each)))


def _values(each: HostForecast) -> tuple[str, ...]:
    directive = each.deciding.entry.directive if each.deciding.entry else None
    by_verdict = {
        survives: " ".join(o.path.name for o in each.outcomes if (o.verdict == "survives") is survives)
        for survives in (True, False)
    }
    return (
        each.host.name,
        "yes" if each.host.is_pattern else "no",
        each.interval.value,
        each.count_max.value,
        directive.file.source.path if directive else "",
        str(directive.number + 1) if directive else "",
        "" if each.probe_every is None else str(each.probe_every),
        by_verdict[True],
        by_verdict[False],
        each.jump_host,
        each.refused,
    )


def _quoted(text: str) -> str:
    """RFC 4180."""
    text = safe(text)
    return '"' + text.replace('"', '""') + '"' if any(each in text for each in ',"') else text
