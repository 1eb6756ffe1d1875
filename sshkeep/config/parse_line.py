"""The value of one line as the target reads it, or why the target refuses the line."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from sshkeep.config.blocks.matching import applies_at_start, second_pass_only, universal
from sshkeep.config.blocks.unsatisfiable import exclude_each_other, may_apply
from sshkeep.config.tree.block import Block
from sshkeep.config.tree.cached_answers import cached_answer
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.config.tree.file import MAX_CACHED_LINES, Directive
from sshkeep.named import NamedTuple
from sshkeep.openssh.patterns import match_list
from sshkeep.openssh.releases import ARGV_SPLIT, SSH_COUNTS_ERRORS
from sshkeep.openssh.tables.option import Keyword
from sshkeep.openssh.values.arguments import Arguments, BadValue, Reason, Value, no_argument
from sshkeep.phrase import Phrase
from sshkeep.syntax.source import Span
from sshkeep.syntax.words import BadQuotes, Word


class ParsedLine(NamedTuple):
    """The arguments and the value of one line.

    ``value`` is as `sshkeep.openssh.values` reads it. It is None where the line leaves the option unset, as
    a refused line does, except an IgnoreUnknown that ssh sets before it reports the error. ``problem`` is why
    OpenSSH refuses the line, empty where it does not, and ``reason`` its category. ``stops`` is whether
    OpenSSH exits at the line, instead of counting errors until the file ends.
    """

    words: tuple[Word, ...] = ()
    value: Value = None
    problem: str = ""
    stops: bool = False
    reason: Reason = "value"


MOST_IGNORING_BLOCKS = 50
"""Blocks with an IgnoreUnknown that are looked at for each unknown keyword: a file may be hostile."""

ParsedEntry = tuple[Entry, ParsedLine]
"""A line at its place, and what it is parsed to."""


def parse_entry(entry: Entry, config: Config, *, active: bool = False) -> ParsedLine:
    """Parse one line, refused or not; with ``active``, as a line that sshd takes at start.

    Equal lines parse to the same, and in a huge file most are equal: every Host has its `Port 22`.
    """
    if entry.keyword is None:
        return _unknown(entry, config)
    if entry.directive.has_expression:
        return ParsedLine()
    at_start = config.kind == "ssh_config" or applies_at_start(entry.block, config.target.release)
    kept = config.answers.by(_parse)
    key = (entry.directive.raw, at_start, active)
    parsed = kept.get(key)
    if parsed is None:
        parsed = _parse(entry.directive, entry.keyword, at_start, active, config)
        if len(kept) < MAX_CACHED_LINES:
            kept[key] = parsed
    return parsed


def any_refused(config: Config) -> bool:
    """Whether a line may be refused for itself: False only if that is sure.

    For ssh the block of a line does not matter, so it is enough to parse each text once.
    """
    if config.kind == "sshd_config":
        return True
    for file in config.files.values():
        for directive in file.distinct:
            row = config.known.get(directive.line.name.lower())
            if row is None:
                return True
            if directive.has_expression or row.type.opens_block:
                continue
            # Not kept: rules ask for the lines of few options, and a large config has many others.
            if _parse(directive, row, True, False, config).problem:
                return True
    return False


def _parse(directive: Directive, row: Keyword, at_start: bool, active: bool, config: Config) -> ParsedLine:
    if _bare(directive):
        return ParsedLine(problem=no_argument(directive.line.name), reason="missing argument")
    try:
        words = tuple(directive.words(row.type.splitting))
    except BadQuotes:
        return ParsedLine(problem=Phrase("a quote is not closed"), reason="quotes")
    if not at_start and not _goes_into_match(row, config):
        problem = f"Directive '{row.name}' is not allowed within a Match block"
        return ParsedLine(problem=problem, stops=True, reason="not in match")
    if row.state:
        return ParsedLine(words)
    quoted = tuple([len(word.text) < word.end - word.start for word in words])
    open_quote = directive.raw.count(b'"') % 2 == 1
    texts = tuple([word.text for word in words])
    arguments = Arguments(
        texts, row.name, row.option, config.kind, config.target, quoted, open_quote, active or at_start
    )
    return _valued(arguments, row, words, config)


def _bare(directive: Directive) -> bool:
    """Whether nothing follows the keyword: releases with argv_split check that first."""
    return directive.line.rest >= directive.line.end and directive.file.target.release >= ARGV_SPLIT


def _valued(arguments: Arguments, row: Keyword, words: tuple[Word, ...], config: Config) -> ParsedLine:
    try:
        return ParsedLine(words, row.type.read(arguments))
    except BadValue as error:
        counted = error.reason == "extra argument" and arguments.splits_argv
        fatal = stops_at_bad_value(config) and not counted if error.stops is None else error.stops
        # The value is set before extra arguments are seen, so later unknown keywords are ignored.
        set_already = counted and row.option == "ignoreunknown"
        value = arguments.words[0] if set_already else None
        return ParsedLine(words, value, error.args[0], fatal, error.reason)


def stops_at_bad_value(config: Config) -> bool:
    """Whether the program exits at the line of a bad value: sshd does, and ssh up to 8.4."""
    return config.kind == "sshd_config" or config.target.release < SSH_COUNTS_ERRORS


def _goes_into_match(row: Keyword, config: Config) -> bool:
    """servconf.c: a SSHCFG_GLOBAL keyword is allowed only in a block that applies at start."""
    return row.allowed_in_match(config.target.release)


def _unknown(entry: Entry, config: Config) -> ParsedLine:
    """readconf.c parse_token: an unknown keyword is skipped after an IgnoreUnknown that lists it.

    All lines of a block with the same unknown keyword are refused alike and share one answer, which keeps a
    file of a million bad lines small.
    """
    name, bare = entry.directive.line.name, _bare(entry.directive)
    if config.kind == "ssh_config" and _excused(entry, name.lower(), config):
        return malformed(entry.directive) or ParsedLine()
    counted = malformed(entry.directive) is not None and config.target.release >= ARGV_SPLIT
    return _refused_keyword(name, entry.block, bare, counted, config)


def malformed(directive: Directive) -> ParsedLine | None:
    """Why even an IgnoreUnknown does not excuse the line: readconf.c checks the arguments' form first."""
    if _bare(directive):
        return ParsedLine(problem=no_argument(directive.line.name), reason="missing argument")
    try:
        directive.words("words")
    except BadQuotes:
        return ParsedLine(problem=Phrase("a quote is not closed"), reason="quotes")
    return None


@cached_answer
def _refused_keyword(name: str, block: Block | None, bare: bool, counted: bool, config: Config) -> ParsedLine:
    """``counted``: the form of the arguments is wrong, too, at which sshd leaves the line before it exits."""
    active = config.kind == "ssh_config" or applies_at_start(block, config.target.release)
    problem = no_argument(name) if bare else f"unknown keyword {name}"
    return ParsedLine(problem=problem, stops=not active and not counted, reason="unknown keyword")


def excused_in_block_only(config: Config) -> Iterator[Entry]:
    """Lines of ssh with unknown keywords that an IgnoreUnknown excuses for the hosts of their block alone."""
    everywhere = _ignore_unknown(config).get(None)
    for entry in config.entries if config.lines("ignoreunknown") else ():
        name = entry.directive.line.name.lower()
        unknown = entry.keyword is None and entry.block is not None
        if unknown and _excused(entry, name, config) and not _is_listed(name, entry, everywhere):
            yield entry


def excused_but_for(config: Config) -> Iterator[tuple[Entry, Block]]:
    """Lines with unknown keywords that ssh ignores, and the block for whose hosts it does not.

    For those hosts ssh takes an earlier IgnoreUnknown, which does not list the keyword.
    """
    everywhere = _ignore_unknown(config).get(None)
    earlier = _in_blocks_before(everywhere, config) if everywhere else []
    for entry in config.entries if earlier else ():
        name = entry.directive.line.name.lower()
        if entry.keyword is None and _excused(entry, name, config) and _is_listed(name, entry, everywhere):
            block = _first_without(name, entry, earlier, config)
            if block is not None:
                yield entry, block


def excusing_block(entry: Entry, config: Config) -> Block | None:
    """The one block for whose hosts an IgnoreUnknown excuses a line that ssh refuses for all others."""
    name, lists = entry.directive.line.name.lower(), _ignore_unknown(config)
    # With lists in several blocks, it may be more than one.
    block = next(iter(lists)) if len(lists) == 1 else None
    return block if block and _is_listed(name, entry, lists[block]) and may_apply(block, config) else None


def _in_blocks_before(everywhere: Entry, config: Config) -> list[tuple[Block, Entry]]:
    """The first IgnoreUnknown of each block above that for all hosts, so that it wins for its hosts."""
    first = islice(_ignore_unknown(config).items(), MOST_IGNORING_BLOCKS)
    return [
        (block, line)
        for block, line in first
        if block is not None and line.index < everywhere.index and may_apply(block, config)
    ]


def _first_without(
    name: str, entry: Entry, earlier: list[tuple[Block, Entry]], config: Config
) -> Block | None:
    """The first block with hosts for which, surely, no list names the keyword."""
    listing: list[Block] = []
    for block, line in earlier:
        if _is_listed(name, entry, line):
            listing.append(block)
        elif all(exclude_each_other(block, other, config) for other in listing):
            return block
    return None


def _excused(entry: Entry, name: str, config: Config) -> bool:
    first = _ignore_unknown(config)
    lists = [line for line in (first.get(None), first.get(entry.block)) if line is not None]
    return _is_listed(name, entry, min(lists, key=lambda entry: entry.index, default=None))


def _is_listed(name: str, entry: Entry, active: Entry | None) -> bool:
    """Whether the IgnoreUnknown ``active`` stands before the entry and lists the name (lower case)."""
    if active is None or active.index > entry.index:
        return False
    words = active.directive.words("words")
    return bool(words) and match_list(name, tuple(words[0].text.lower().split(",")))


@cached_answer
def _ignore_unknown(config: Config) -> dict[Block | None, Entry]:
    """The first IgnoreUnknown of each block; under None the first one that always applies."""
    first: dict[Block | None, Entry] = {}
    for entry, _ in ignore_unknown_lines(config):
        everywhere = universal(entry.block, config.target.release)
        first.setdefault(None if everywhere else entry.block, entry)
    return first


@cached_answer
def ignore_unknown_lines(config: Config) -> list[ParsedEntry]:
    """The IgnoreUnknown lines that may excuse a keyword.

    ssh refuses unknown keywords in its first pass, so those that wait for the second one excuse nothing.
    """
    return [
        (entry, parsed)
        for entry, parsed in all_lines("ignoreunknown", config)
        if parsed.value is not None and not second_pass_only(entry.block)
    ]


@cached_answer
def all_lines(option: str, config: Config) -> list[ParsedEntry]:
    """All lines of one option whose keyword the target knows, refused ones too, in order."""
    return [(e, parse_entry(e, config)) for e in config.lines(option) if e.keyword]


@cached_answer
def accepted_lines(option: str, config: Config) -> list[ParsedEntry]:
    """The lines of one option that the target accepts and that set it, in order."""
    return [pair for pair in all_lines(option, config) if not pair[1].problem and pair[1].value is not None]


def value_span(entry: Entry, parsed: ParsedLine) -> Span:
    """The span of a line's arguments, for an edit that replaces only them."""
    return entry.directive.span(parsed.words[0].start, parsed.words[-1].end)
