"""The lines that the target refuses, why, and at which line it stops."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sshkeep.config.blocks.criteria import BadCriteria, bad_addresses, parse_criteria
from sshkeep.config.blocks.matching import applies_at_start, second_pass_only, universal
from sshkeep.config.parse_line import (
    ParsedLine,
    accepted_lines,
    all_lines,
    any_refused,
    parse_entry,
    stops_at_bad_value,
)
from sshkeep.config.tree.block import Block
from sshkeep.config.tree.cached_answers import cached_answer
from sshkeep.config.tree.config import Config, FileVisit
from sshkeep.config.tree.entry import Entry
from sshkeep.config.tree.file import Directive
from sshkeep.config.tree.load import MAX_INCLUDE_DEPTH
from sshkeep.named import NamedTuple
from sshkeep.openssh.releases import (
    ARGV_SPLIT,
    INCLUDE_TOKENS,
    LISTS_ON_THE_SIDE,
    MATCH_ADDRESSES_CHECKED,
    SUBSYSTEM_COMMAND_CHECKED,
    SUBSYSTEM_QUOTED,
)
from sshkeep.openssh.tokens import bad_include_name
from sshkeep.openssh.values.arguments import Reason


class Refusal(NamedTuple):
    """A line for which the program does not start, and why.

    ``place`` orders refusals as OpenSSH meets the lines; ``stops`` is whether it exits right there.
    The ``entry`` of a Host or Match line stands in the block around that line's file, if any.
    """

    entry: Entry
    problem: str
    stops: bool
    place: tuple[int, int]
    reason: Reason

    @property
    def directive(self) -> Directive:
        """The refused line."""
        return self.entry.directive


def lines_refused_alone(config: Config) -> Iterator[Refusal]:
    """Every line that the target refuses for itself, in the order of reading."""
    headers = list(_headers(config))
    entries = [*_entries(config), *_repeated_subsystems(config), *_too_many(config), *_too_deep(config)]
    entries += [*_refused_for_everyone(config), *_bad_include_names(config)]
    yield from sorted([*headers, *entries], key=lambda refusal: refusal.place)


def _headers(config: Config) -> Iterator[Refusal]:
    for block in config.blocks:
        try:
            parse_criteria(block)
        except BadCriteria as error:
            row = config.known[block.header.line.name.lower()]
            entry = Entry(block.header, block.outer, row, block.first_entry)
            stops = _stops_at(block.header, error, config)
            yield Refusal(entry, str(error), stops, header_place(block, config), error.reason)


def header_place(block: Block, config: Config) -> tuple[int, int]:
    """The place of a Host or Match line among refusals: before the lines of its block."""
    return block.first_entry, block.index - len(config.blocks)


def unchecked_addresses(config: Config) -> Iterator[tuple[Refusal, str]]:
    """Match lines with bad lists of addresses, and the criterion: up to 8.3, connections fail of them."""
    if config.kind == "ssh_config" or config.target.release >= MATCH_ADDRESSES_CHECKED:
        return
    for block in config.blocks:
        for name, problem in bad_addresses(block):
            entry = Entry(block.header, block.outer, config.known["match"], block.first_entry)
            yield Refusal(entry, problem, True, header_place(block, config), "criteria"), name


def _stops_at(header: Directive, error: BadCriteria, config: Config) -> bool:
    """Like for a bad value; but a missing or extra argument or an open quote is only counted from 8.7 on."""
    bare = header.line.rest >= header.line.end
    only_counted = bare or error.reason in ("quotes", "extra argument")
    counted = config.target.release >= ARGV_SPLIT and only_counted
    return stops_at_bad_value(config) and not counted


def _entries(config: Config) -> Iterator[Refusal]:
    if not any_refused(config):
        return
    skipped = unchecked_lines(config)
    for place, entry in enumerate(config.entries):
        parsed = parse_entry(entry, config)
        if parsed.problem and entry.index not in skipped:
            yield Refusal(entry, parsed.problem, parsed.stops, (place, 1), parsed.reason)


CHECKED_WHERE_THEY_APPLY = (
    "authenticationmethods",
    "authorizedkeyscommand",
    "authorizedprincipalscommand",
    "subsystem",
)
"""Options of which sshd checks a part only where the line's block applies to a connection."""


@cached_answer
def unchecked_lines(config: Config) -> set[int]:
    """Indexes of lines that sshd does not check: up to 8.6, those after the first line of some options."""
    if config.kind == "ssh_config":
        return set()
    if config.target.release >= ARGV_SPLIT:
        return set(_subsystems_again(config))
    skipped: set[int] = set()
    for option in ("authenticationmethods", "authorizedkeyscommand", "authorizedprincipalscommand"):
        taken = False
        for entry in config.lines(option):
            if taken:
                skipped.add(entry.index)
            taken = taken or applies_at_start(entry.block, config.target.release)
    return skipped


def _subsystems_again(config: Config) -> Iterator[int]:
    """servconf.c sSubsystem, 9.5 to 10.2: behind the name of one that there is, no command is looked for."""
    release = config.target.release
    if not SUBSYSTEM_QUOTED <= release < SUBSYSTEM_COMMAND_CHECKED:
        return
    seen: set[str] = set()
    for entry, parsed in all_lines("subsystem", config):
        if isinstance(parsed.value, dict) and applies_at_start(entry.block, release):
            seen |= parsed.value.keys()
        elif parsed.reason == "value" and parsed.words and parsed.words[0].text in seen:
            yield entry.index


def _repeated_subsystems(config: Config) -> Iterator[Refusal]:
    """servconf.c sSubsystem up to 9.4: a second Subsystem of the same name is fatal."""
    if config.kind == "ssh_config" or config.target.release >= SUBSYSTEM_QUOTED:
        return
    seen: set[str] = set()
    for entry in config.lines("subsystem"):
        parsed = parse_entry(entry, config)
        for name in parsed.value if isinstance(parsed.value, dict) else ():
            if name in seen:
                place = (entry.index, 1)
                yield Refusal(entry, f"Subsystem '{name}' already defined", True, place, "repeated")
            seen.add(name)


MAX_LINES_OF_OPTION = 256
"""servconf.h MAX_PORTS, MAX_SUBSYSTEMS."""


def _too_many(config: Config) -> Iterator[Refusal]:
    """servconf.c sPort, and up to 9.4 sSubsystem: one line more than `MAX_LINES_OF_OPTION` is fatal."""
    crowded = ("port", "subsystem") if config.target.release < SUBSYSTEM_QUOTED else ("port",)
    for option in crowded if config.kind == "sshd_config" else ():
        if len(config.lines(option)) <= MAX_LINES_OF_OPTION:
            continue
        taken = [entry for entry in config.lines(option) if not parse_entry(entry, config).problem]
        for entry in taken[MAX_LINES_OF_OPTION : MAX_LINES_OF_OPTION + 1]:
            why = f"more than {MAX_LINES_OF_OPTION} of them"
            yield Refusal(entry, why, True, (entry.index, 1), "repeated")


def _refused_for_everyone(config: Config) -> Iterator[Refusal]:
    """readconf.c oRefuseConnection: where it applies to every host, every call ends at the first one."""
    if config.kind == "sshd_config":
        return
    for entry, parsed in accepted_lines("refuseconnection", config):
        if universal(entry.block, config.target.release) and not second_pass_only(entry.block):
            yield Refusal(entry, refuses(parsed), True, (entry.index, 1), "asked for")
            return


def _bad_include_names(config: Config) -> Iterator[Refusal]:
    """readconf.c oInclude: no ``~`` in the system-wide file; ssh exits at a token that there is not."""
    for entry in config.home_includes:
        why = "an Include of the system-wide file can't begin with ~"
        yield Refusal(entry, why, stops_at_bad_value(config), (entry.index, 1), "value")
    if config.kind == "sshd_config" or config.target.release < INCLUDE_TOKENS:
        return
    for entry, parsed in all_lines("include", config):
        for word in parsed.words if not parsed.problem else ():
            if why := bad_include_name(word.text):
                yield Refusal(entry, why, True, (entry.index, 1), "value")
                break


def refuses(parsed: ParsedLine) -> str:
    """The problem of a RefuseConnection that applies."""
    return f"RefuseConnection ends the connection: {parsed.words[0].text}"


def _too_deep(config: Config) -> Iterator[Refusal]:
    """Includes below SERVCONF_MAX_DEPTH or READCONF_MAX_DEPTH are fatal; OpenSSH names no line."""
    for entry in config.too_deep[:1]:
        why = f"Includes are nested more than {MAX_INCLUDE_DEPTH} deep"
        yield Refusal(entry, why, True, (entry.index, 1), "nesting")


def reported_by_openssh(config: Config, refused: list[Refusal]) -> list[Refusal]:
    """Those of ``refused`` that OpenSSH reports before it exits; it exits at the last one.

    It counts most errors until their file ends, included or not, and exits at others at once.
    """
    found: list[Refusal] = []
    until: FileVisit | None = None
    for refusal in refused:
        if until is not None and not _within(refusal, until, config):
            break
        found.append(refusal)
        if refusal.stops:
            break
        if len(found) == 1 or refusal.directive.file is not found[-2].directive.file:
            # A line of another file within this range is in a file that this one includes.
            until = next(visit for visit in config.visits if _within(refusal, visit, config))
    return found


def _within(refusal: Refusal, visit: FileVisit, config: Config) -> bool:
    place, header = refusal.place
    if header > 0:
        return visit.first_entry <= place < visit.end_entry
    return visit.first_block <= header + len(config.blocks) < visit.end_block


@cached_answer
def refused_lines(config: Config) -> list[Refusal]:
    """Every line that the target refuses for all connections or hosts, in the order of reading."""
    found = list(lines_refused_alone(config))
    if config.kind == "sshd_config" and config.lines("authenticationmethods"):
        found += any_method_repeated(config)
        found.sort(key=lambda refusal: refusal.place)
    return found


def any_method_repeated(config: Config) -> Iterator[Refusal]:
    """servconf.c sAuthenticationMethods, 8.7 to 9.6: ``any`` is refused after another accepted line."""
    release = config.target.release
    yield from any_method_behind_others(
        config, lambda block: applies_at_start(block, release), lambda block: True
    )


def any_method_behind_others(
    config: Config, taken: Callable[[Block | None], bool], checked: Callable[[Block | None], bool]
) -> Iterator[Refusal]:
    """Lines with ``any`` in the blocks ``checked``, after a line in the blocks ``taken``."""
    if not ARGV_SPLIT <= config.target.release < LISTS_ON_THE_SIDE:
        return
    seen = False
    for entry, parsed in all_lines("authenticationmethods", config):
        if parsed.problem:
            continue
        if seen and "any" in (word.text for word in parsed.words) and checked(entry.block):
            yield Refusal(
                entry, '"any" must appear alone in AuthenticationMethods', True, (entry.index, 1), "repeated"
            )
        seen = seen or taken(entry.block)
