"""Prove that a change of white space is nothing else: the same lines, read the same, in the same blocks."""

from __future__ import annotations

from collections.abc import Iterator

from sshkeep.config.parse_line import parse_entry
from sshkeep.config.tree.block import Block
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.file import Directive
from sshkeep.fix.proof.refusals import check_refusals, unsafe_change


def prove_white_space(old: Config, new: Config) -> None:
    """Raises SshkeepError where a line of the tree is not as before, or is refused for another reason."""
    if list(_blocks(old)) != list(_blocks(new)) or list(_settings(old)) != list(_settings(new)):
        raise unsafe_change(old, "it would change more than white space")
    check_refusals(old, new)


def _blocks(config: Config) -> Iterator[tuple[object, ...]]:
    for block in config.blocks:
        yield _number(block.outer), block.first_entry, *_text(block.header)


def _settings(config: Config) -> Iterator[tuple[object, ...]]:
    for entry in config.entries:
        parsed = parse_entry(entry, config)
        yield _number(entry.block), *_text(entry.directive), parsed.value, parsed.problem


def _number(block: Block | None) -> int | None:
    return None if block is None else block.index


def _text(directive: Directive) -> tuple[str, bytes]:
    line = directive.line
    return line.name, directive.raw[line.rest : line.end]
