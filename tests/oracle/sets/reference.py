"""The same wish carried out by hand: lines taken out, and one written where everything else goes before it.

It is ugly, spares nothing that a person wrote, and is evidently right; sshkeep's edit must come to the same.
"""

from collections.abc import Callable, Mapping
from random import Random
from types import MappingProxyType
from typing import NamedTuple

from sshkeep.config.blocks.matching import second_pass_only, universal
from sshkeep.config.parse_line import accepted_lines
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.openssh.tables.keywords import precedence
from sshkeep.openssh.tables.option import Keyword
from sshkeep.syntax.source import encode
from tests.oracle.generator.spelling import Speller

Bytes = dict[str, bytes]
"""Path to content."""


class Ambiguous(Exception):
    """A line stands for everyone and for a block at once, since its file is included twice."""


class Wanted(NamedTuple):
    """The lines that shall hold, without their endings, of the option of ``row``; ``part``: only Subsystems of that name."""

    row: Keyword
    lines: tuple[bytes, ...]
    part: str = ""


def spelt(row: Keyword, value: str, config: Config) -> bytes:
    """A line in the generator's own way of quoting; blanks of a word are blanks."""
    speller = Speller(Random(0), config.kind, config.target.release)
    speller.plain = True
    speller.margin = ""
    return encode(speller.line(row.name, value, rest=row.type.takes_rest_of_line))


def for_everyone(wanted: Wanted, config: Config) -> Bytes:
    """The tree without the option's lines for everyone, and ``wanted`` instead of the one that was in effect.

    Where there was none, each block's own line beats it; for sshd, it does so wherever the others stand.
    """
    winner = _winner(wanted, config)
    alone = config.kind == "ssh_config" and not wanted.row.adds
    if winner and wanted.lines and (alone or (config.kind == "sshd_config" and winner.block)):
        return _in_its_place(wanted, winner, config)
    bare = without(wanted, config, lambda entry: is_for_everyone(entry, config))
    return with_default(wanted, bare, config)


def _winner(wanted: Wanted, config: Config) -> Entry | None:
    """The line for everyone that is in effect, before which blocks decide and behind which they don't."""
    lines = [
        entry for entry, _ in accepted_lines(wanted.row.option, config) if is_for_everyone(entry, config)
    ]
    in_match = wanted.row.allowed_in_match(config.target.release)
    if config.kind == "sshd_config":
        lines = [entry for entry in lines if in_match and entry.block] or lines
    last = precedence(wanted.row.option, config.kind).last_wins(config.target.release)
    lines.sort(key=lambda entry: second_pass_only(entry.block))
    return lines[-1 if last else 0] if lines else None


def _in_its_place(wanted: Wanted, winner: Entry, config: Config) -> Bytes:
    """``wanted`` stands where ``winner`` stood, and no other line is for everyone."""
    place = (winner.directive.file.source.path, winner.directive.number)
    instead = {place: b"".join(line + b"\n" for line in wanted.lines)}
    return without(wanted, config, lambda entry: is_for_everyone(entry, config), instead)


def with_default(wanted: Wanted, files: Bytes, config: Config) -> Bytes:
    """``wanted`` with the least say of all lines: sshd's globals, or behind all blocks of ssh."""
    top = config.tops[0]
    lines = b"".join(line + b"\n" for line in wanted.lines)
    if not lines:
        return files
    first = (
        config.kind == "sshd_config"
        or precedence(wanted.row.option, config.kind).last_wins(config.target.release)
        or wanted.row.option == "ignoreunknown"
    )
    text = lines + files[top] if first else files[top] + b"\nHost *\n" + lines
    return {**files, top: text}


def above_all(wanted: Wanted, config: Config) -> Bytes:
    """``wanted``, and no other line of the option in the whole tree; for sshd in a block, as it is for a block."""
    bare = without(wanted, config, lambda entry: True)
    top, lines = bare[config.tops[0]], b"".join(line + b"\n" for line in wanted.lines)
    text = top + b"\nMatch all\n" + lines if config.kind == "sshd_config" else lines + top
    return {**bare, config.tops[0]: text}


def without(
    wanted: Wanted,
    config: Config,
    gone: Callable[[Entry], bool],
    instead: Mapping[tuple[str, int], bytes] = MappingProxyType({}),
) -> Bytes:
    """The tree's files without those of the option's lines that ``gone`` says; ``instead`` by file and line number.

    Raises Ambiguous.
    """
    files: dict[str, list[bytes]] = {path: list(file.source.lines) for path, file in config.files.items()}
    verdicts: dict[tuple[str, int], bool] = {}
    for entry in config.lines(wanted.row.option):
        if wanted.part and name_of(entry) != wanted.part:
            continue
        place = (entry.directive.file.source.path, entry.directive.number)
        if verdicts.setdefault(place, gone(entry)) != gone(entry):
            raise Ambiguous
    for (path, number), is_gone in verdicts.items():
        if is_gone:
            files[path][number] = instead.get((path, number), b"")
    return {path: b"".join(lines) for path, lines in files.items()}


def name_of(entry: Entry) -> str:
    """A Subsystem line's first word."""
    words = entry.directive.words("words")
    return words[0].text if words else ""


def is_for_everyone(entry: Entry, config: Config) -> bool:
    """Whether the line is not bound to some connections or hosts."""
    option, release = entry.keyword.option if entry.keyword else "", config.target.release
    return universal(entry.block, release) or precedence(option, config.kind).ignores_block(release)


def members_for_everyone(row: Keyword, config: Config) -> list[str]:
    """What the list of ``row`` holds for everyone, as values of a call."""
    return [text for entry in list_lines(row, config) for text in _texts(entry, row)]


def list_lines(row: Keyword, config: Config) -> list[Entry]:
    """The lines that make the list for everyone; sshd's Match all replaces what is outside all blocks."""
    lines = [entry for entry, _ in accepted_lines(row.option, config) if is_for_everyone(entry, config)]
    in_match = row.allowed_in_match(config.target.release)
    if config.kind == "sshd_config" and in_match and any(entry.block for entry in lines):
        return [entry for entry in lines if entry.block]
    return sorted(lines, key=lambda entry: second_pass_only(entry.block))


def _texts(entry: Entry, row: Keyword) -> list[str]:
    words = [word.text for word in entry.directive.words(row.type.splitting)]
    if row.type.is_list:
        return words
    return [" ".join(words)]
