"""A place that wins and is the admin's own, for a setting whose line another program writes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sshkeep.config.owners import Owner, owned_blocks, owner_of_file, owner_of_line, owner_of_span
from sshkeep.config.parse_line import parse_entry
from sshkeep.config.precedence.global_value import global_setting
from sshkeep.config.precedence.order import adds_up
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.config.tree.file import File
from sshkeep.edit.edits import Edit
from sshkeep.edit.insertion_point import append_block, block_lines, first_comment_above, insert_at_line
from sshkeep.edit.intents import (
    CommentAbove,
    DeleteLine,
    Intent,
    RenameKeyword,
    SetGlobal,
    SetInBlock,
    SetLine,
)
from sshkeep.edit.list_edits import members_of
from sshkeep.edit.resolve_intents import edited_files, resolve_intents
from sshkeep.edit.set_in_block import blocks_with_criteria_of
from sshkeep.edit.style import Style, new_line
from sshkeep.edit.trial_line import parse_header, trial_line
from sshkeep.errors import SshkeepError
from sshkeep.fix.drop_in import drop_in_paths
from sshkeep.fix.proof.prove import prove
from sshkeep.named import NamedTuple
from sshkeep.trees.tree import Tree

EDIT_ANYWAY = "--edit-managed edits it there"
"""The option that treats such lines as the admin's own."""


class OwnPlace(NamedTuple):
    """What is set, edits that keep out of what others own, and a sentence on each line that stays behind."""

    intent: Intent
    edits: tuple[Edit, ...]
    remarks: tuple[str, ...] = ()


def owner_of_edits(edits: Iterable[Edit], config: Config) -> tuple[str, Owner] | None:
    """Path and owner of the first edit in what another program writes."""
    for edit in edits:
        owner = owner_of_span(edit.path, edit.start, edit.end, config)
        if owner:
            return edit.path, owner
    return None


def in_own_place(intent: Intent, config: Config, tree: Tree, changed: Mapping[str, bytes]) -> OwnPlace:
    """Edits for the intent that touch no line of another program, and are proven to win.

    ``changed`` are the files of ``config`` that differ from those of ``tree``. Raises SshkeepError where no
    such place wins.
    """
    edits = resolve_intents([intent], config)
    owned = owner_of_edits(edits, config)
    if owned is None:
        return OwnPlace(intent, edits)
    setting = _as_setting(intent, config)
    if setting is None:
        raise _no_place(*owned, "no other line can do that")
    behind = [entry for entry in _deciding(setting, config) if owner_of_line(entry, config)]
    why = ""
    for candidate, needed in _candidates(setting, behind, config, tree, changed):
        if not candidate or owner_of_edits(candidate, needed):
            continue
        after = {**changed, **edited_files(needed, candidate)}
        try:
            prove(config, tree.load(after), [setting], ())
        except SshkeepError as error:
            why = why or error.sentence.rpartition(": ")[2]
            continue
        return OwnPlace(setting, tuple(candidate), tuple(_left_behind(behind, *owned, config)))
    raise _no_place(*owned, why or "no other place is read before it")


def _no_place(path: str, owner: Owner, why: str) -> SshkeepError:
    return SshkeepError(f"{path}: {owner.sentence}; {why}", EDIT_ANYWAY)


def _left_behind(behind: Sequence[Entry], path: str, owner: Owner, config: Config) -> Iterator[str]:
    for entry in behind:
        owned = owner_of_line(entry, config)
        assert owned
        line = entry.directive
        yield f"{line.where} stays behind without effect: {line.text} ({owned.sentence})"
    if not behind:
        yield f"{path} is left alone: {owner.sentence}"


def _as_setting(intent: Intent, config: Config) -> SetGlobal | SetInBlock | None:
    """The setting that a changed line stands for; None where only that line itself can be changed."""
    if isinstance(intent, SetGlobal | SetInBlock):
        return intent if intent.values else None
    if isinstance(intent, RenameKeyword | DeleteLine | CommentAbove):
        return None
    assert isinstance(intent, SetLine)
    entry = intent.entry
    if entry.keyword is None or parse_entry(entry, config).problem:
        return None
    if entry.block is None:
        return SetGlobal(entry.keyword.name, (intent.value,))
    if entry.block.outer is not None:
        return None
    return SetInBlock(entry.keyword.name, (intent.value,), entry.block.header.text)


def _deciding(setting: SetGlobal | SetInBlock, config: Config) -> list[Entry]:
    """The lines that decide the option so far, for everyone or in the block."""
    option = config.known[setting.keyword.lower()].option
    if isinstance(setting, SetGlobal):
        return [line.entry for line in global_setting(option, config).won]
    blocks = set(blocks_with_criteria_of(parse_header(setting.header, config), config))
    return [entry for entry in config.lines(option) if entry.block in blocks]


PlaceToTry = tuple[Sequence[Edit], Config]
"""Edits, and the config that they are of."""


def _candidates(
    setting: SetGlobal | SetInBlock,
    behind: Sequence[Entry],
    config: Config,
    tree: Tree,
    changed: Mapping[str, bytes],
) -> Iterator[PlaceToTry]:
    """Places to try: where the setting would go if these lines were not there, above them, in a drop-in."""
    option = config.known[setting.keyword.lower()].option
    setting = _without_members(setting, behind, config)
    kept = [entry.index for entry in config.lines(option) if owner_of_line(entry, config)]
    edits = resolve_intents([setting], config, kept)
    yield edits, config
    if not setting.values:
        return
    for below in (True, False):
        yield [_moved_out(edit, config, below=below) for edit in edits], config
    top = config.files[config.tops[0]]
    header = setting.header if isinstance(setting, SetInBlock) else "Host *"
    if header != "Host *" or config.kind == "ssh_config":
        yield [append_block(header, setting.keyword, setting.values, top)], config
    in_top = any(entry.directive.file is top for entry in behind)
    if in_top:
        yield from _above(setting, behind, top, config)
    yield from _drop_ins(setting, config, tree, changed)
    if not in_top:
        yield from _above(setting, behind, top, config)


def _without_members(
    setting: SetGlobal | SetInBlock, behind: Sequence[Entry], config: Config
) -> SetGlobal | SetInBlock:
    """Of a list that lines add to, only the members that the lines of others do not bring."""
    trials = [trial_line(setting.keyword, value, config) for value in setting.values]
    if not behind or not adds_up(*trials[0]):
        return setting
    there = {member for entry in behind for member in members_of(parse_entry(entry, config))}
    if not config.known[setting.keyword.lower()].type.is_list:
        pairs = zip(setting.values, trials, strict=True)
        return setting._replace(values=tuple(value for value, trial in pairs if trial[1].value not in there))
    words = [
        word
        for value, (_, parsed) in zip(setting.values, trials, strict=True)
        for word, member in zip(value.split(), members_of(parsed), strict=False)
        if member not in there
    ]
    return setting._replace(values=(" ".join(words),) if words else ())


def _moved_out(edit: Edit, config: Config, *, below: bool) -> Edit:
    """An insertion between the lines of a program: right below or above all of them.

    One into a block whose Host or Match line is the program's stays, and is no place: that line may go.
    """
    if edit.text[:1] in (b" ", b"\t"):
        return edit
    for block in owned_blocks(edit.path, config):
        if edit.start == edit.end and block.start < edit.start < block.end:
            at = block.end if below else block.start
            text = edit.text
            if text.startswith(b"\n"):  # it was behind a last line without an ending
                text = text.lstrip(b"\r\n") + b"\n"
            return edit._replace(start=at, end=at, text=text)
    return edit


def _above(
    setting: SetGlobal | SetInBlock, behind: Sequence[Entry], top: File, config: Config
) -> Iterator[PlaceToTry]:
    """Right above the lines, or the Include that brings them, and above everything."""
    numbers = [number for entry in behind if (number := _number_in(top, entry, config)) is not None]
    starts = [min(numbers)] if numbers else []
    first = top.directives[0].number if top.directives else len(top.source.lines)
    for number in dict.fromkeys([*starts, first]):
        at = _outside_blocks(top, first_comment_above(top, number) if number == first else number, config)
        for lines in _lines(setting, top, config):
            yield [insert_at_line(top, at, lines)], config


def _number_in(top: File, entry: Entry, config: Config) -> int | None:
    """The line of the top file at which the entry is read: its own, or that of the Include."""
    if entry.directive.file is top:
        return entry.block.header.number if entry.block else entry.directive.number
    before = [
        include
        for include in config.lines("include")
        if include.directive.file is top and include.index < entry.index
    ]
    return before[-1].directive.number if before else None


def _outside_blocks(file: File, number: int, config: Config) -> int:
    """The line, or the first one of the program's block that it is in."""
    start = file.source.start(number) if number < len(file.source.lines) else len(file.source.data)
    inside = [block for block in owned_blocks(file.source.path, config) if block.start < start < block.end]
    return min((block.owner.first - 1 for block in inside), default=number)


def _lines(setting: SetGlobal | SetInBlock, file: File, config: Config) -> Iterator[list[bytes]]:
    if isinstance(setting, SetGlobal):
        plain = [new_line(setting.keyword, value, Style()) for value in setting.values]
        yield plain
        if config.kind == "ssh_config":
            yield [*block_lines("Host *", setting.keyword, setting.values, file), b""]
        return
    lines = block_lines(setting.header, setting.keyword, setting.values, file)
    yield [*lines, b""]
    if config.kind == "ssh_config":
        yield [*lines, b"", b"Host *"]


def _drop_ins(
    setting: SetGlobal | SetInBlock, config: Config, tree: Tree, changed: Mapping[str, bytes]
) -> Iterator[PlaceToTry]:
    try:
        paths = drop_in_paths(tree, config)
    except SshkeepError:
        return
    for path in paths:
        if owner_of_file(path, config):
            continue
        needed = config if path in config.files else tree.load({**changed, path: b""})
        try:
            yield resolve_intents([setting._replace(into=path, only=True)], needed), needed
        except SshkeepError:
            continue
