"""From a keyword and values as typed by a user to an intent that the target accepts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from sshkeep.config.blocks.matching import second_pass_only, universal
from sshkeep.config.parse_line import ParsedEntry, ParsedLine, accepted_lines, parse_entry
from sshkeep.config.precedence.global_value import global_setting
from sshkeep.config.precedence.order import adds_up
from sshkeep.config.tree.block import Block
from sshkeep.config.tree.config import Config
from sshkeep.edit.intents import SetGlobal, SetInBlock
from sshkeep.edit.list_edits import members_of
from sshkeep.edit.set_in_block import blocks_with_criteria_of
from sshkeep.edit.trial_line import parse_header, settable_keyword, trial_line
from sshkeep.errors import SshkeepError
from sshkeep.named import NamedTuple
from sshkeep.openssh.quoting import quote_arguments
from sshkeep.openssh.tables.option import Keyword
from sshkeep.openssh.values.arguments import Value
from sshkeep.openssh.values.suggested_value import suggested_value
from sshkeep.syntax.source import decode

SetMode = Literal["set", "add", "remove", "unset"]


class SetRequest(NamedTuple):
    """``values`` as typed. ``header`` is the Host or Match line of the block to change, or empty."""

    keyword: str
    values: tuple[str, ...]
    mode: SetMode = "set"
    header: str = ""


def resolve_request(request: SetRequest, config: Config) -> SetGlobal | SetInBlock:
    """The intent of the request for this config. Raises SshkeepError for what the target refuses."""
    row = settable_keyword(request.keyword, config)
    header = parse_header(request.header, config) if request.header else None
    if header and universal(header, config.target.release) and not second_pass_only(header):
        # A setting in Host * or Match all is for everyone.
        request, header = request._replace(header=""), None
    if row.type.is_include:
        raise SshkeepError(f"{row.name} is not a setting", "--add Include NAME puts one above all blocks")
    if request.mode == "unset":
        return _intent(request, row, (), _unset_part(request, row))
    lines = tuple(
        quote_arguments(words, row, config.kind, config.target) for words in _by_line(request.values, row)
    )
    trials = [_accepted(row, line, config, header) for line in lines]
    if request.mode != "set":
        lines = _list(request, row, trials, config, header)
    part = request.values[0] if row.type.parts_are_named else ""
    return _intent(request, row, lines, part)


def _unset_part(request: SetRequest, row: Keyword) -> str:
    """The name of the subsystem to unset; other options are unset as a whole."""
    if len(request.values) > (1 if row.type.parts_are_named else 0):
        raise SshkeepError(
            f"--unset {row.name} takes no value",
            "it takes all lines away; --remove takes members out of a list",
        )
    return request.values[0] if request.values else ""


def _intent(request: SetRequest, row: Keyword, lines: tuple[str, ...], part: str) -> SetGlobal | SetInBlock:
    if request.header:
        return SetInBlock(row.name, lines, request.header, part)
    return SetGlobal(row.name, lines, part)


def _by_line(values: Sequence[str], row: Keyword) -> list[Sequence[str]]:
    """The words of each line. For options whose lines add up and have one argument, each value is a line.

    For options with several arguments (LocalForward), a value with blanks is a whole line.
    """
    if not row.adds or row.type.is_list:
        return [values]
    if row.type.most == 1 or (row.option in _ONE_ARGUMENT and "rdomain" not in values):
        return [[value] for value in values]
    return [value.split() for value in values] if any(" " in value for value in values) else [values]


_ONE_ARGUMENT = ("listenaddress", "dynamicforward")
"""Options with one argument a line, except with ``rdomain``, although their type may have more."""


def _accepted(row: Keyword, line: str, config: Config, header: Block | None) -> ParsedEntry:
    entry, parsed = trial_line(row.name, line, config, header)
    text = f"{row.name} {line}"
    # sshd checks some lines of a block only for a connection to which the block applies.
    problem = parsed.problem or parse_entry(entry, config, active=True).problem
    if problem:
        hint = suggested_value(problem, row.option, config.target)
        raise SshkeepError(f"{config.target.name} refuses {text}: {problem}", hint)
    if parsed.value is None:
        raise SshkeepError(f"{text} leaves {row.name} unset", "--unset takes its lines away")
    return entry, parsed


def _list(
    request: SetRequest, row: Keyword, trials: list[ParsedEntry], config: Config, header: Block | None
) -> tuple[str, ...]:
    """The whole new list, from the members to add or to remove."""
    if not trials or not adds_up(*trials[0]):
        raise SshkeepError(f"{row.name} is not an option whose lines add up", "set the whole value")
    now = _lines_now(row, config, header)
    present = [member for _, parsed in now for member in members_of(parsed)]
    named = dict.fromkeys(member for _, parsed in trials for member in members_of(parsed))
    if request.mode == "add":
        known = set(present)
        members = [*present, *(member for member in named if member not in known)]
    else:
        members = [member for member in present if member not in named]
    return _spelt(members, [*now, *trials], row)


def _lines_now(row: Keyword, config: Config, header: Block | None) -> list[ParsedEntry]:
    if header is None:
        return [(line.entry, line.parsed) for line in global_setting(row.option, config).won]
    blocks = set(blocks_with_criteria_of(header, config))
    return [pair for pair in accepted_lines(row.option, config) if pair[0].block in blocks]


def _spelt(members: list[Value], pairs: list[ParsedEntry], row: Keyword) -> tuple[str, ...]:
    """The members as spelt in the file or request: all on one line, or each on a line."""
    words: dict[Value, str] = {}
    for entry, parsed in pairs:
        for number, member in enumerate(members_of(parsed)):
            words.setdefault(member, _text(entry.directive.raw, parsed, number, row.type.is_list))
    texts = [words[member] for member in members]
    return (" ".join(texts),) if texts and row.type.is_list else tuple(texts)


def _text(raw: bytes, parsed: ParsedLine, number: int, one: bool) -> str:
    first, last = (parsed.words[number],) * 2 if one else (parsed.words[0], parsed.words[-1])
    return decode(raw[first.start : last.end])
