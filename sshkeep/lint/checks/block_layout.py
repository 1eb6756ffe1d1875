"""Lines at the end of a block that its layout shows to be meant for others than the block."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sshkeep.config.blocks.matching import universal
from sshkeep.config.parse_line import all_lines
from sshkeep.config.tree.block import Block
from sshkeep.config.tree.cached_answers import cached_answer
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.named import NamedTuple
from sshkeep.openssh.kind import Kind

ONLY_FOR_SOME: dict[Kind, frozenset[str]] = {
    "sshd_config": frozenset(("forcecommand", "chrootdirectory", "permitopen", "permitlisten")),
    "ssh_config": frozenset(
        [
            "hostname",
            "hostkeyalias",
            "port",
            "proxyjump",
            "proxycommand",
            "proxyusefdpass",
            "remotecommand",
            "requesttty",
            "localforward",
            "remoteforward",
            "dynamicforward",
            "localcommand",
        ]
    ),
}
"""Options that hardly anyone sets for everyone: with one of them, the lines belong to the block."""

OFTEN_FOR_SOME: dict[Kind, frozenset[str]] = {
    "sshd_config": frozenset(
        [
            "x11forwarding",
            "allowtcpforwarding",
            "allowagentforwarding",
            "allowstreamlocalforwarding",
            "permittty",
            "permittunnel",
            "permituserrc",
            "passwordauthentication",
            "pubkeyauthentication",
            "authenticationmethods",
            "authorizedkeysfile",
            "authorizedkeyscommand",
            "authorizedkeyscommanduser",
            "banner",
            "setenv",
            "acceptenv",
            "gatewayports",
            "kbdinteractiveauthentication",
            "disableforwarding",
            "trustedusercakeys",
        ]
    ),
    "ssh_config": frozenset(
        [
            "user",
            "identityfile",
            "identitiesonly",
            "certificatefile",
            "identityagent",
            "forwardagent",
            "forwardx11",
            "forwardx11trusted",
            "pubkeyacceptedalgorithms",
            "hostkeyalgorithms",
            "kexalgorithms",
            "ciphers",
            "stricthostkeychecking",
            "userknownhostsfile",
            "loglevel",
            "preferredauthentications",
            "addressfamily",
            "setenv",
            "sendenv",
            "passwordauthentication",
            "pubkeyauthentication",
        ]
    ),
}
"""Options that blocks set as often: right below the block's lines they tell nothing."""

_TOOL_BEGINS = re.compile(rb"[ \t]*#.*\bBEGIN\b", re.IGNORECASE)
"""The first line of a part that a tool manages, such as ``# BEGIN ANSIBLE MANAGED BLOCK``."""


class SwallowedTail(NamedTuple):
    """The last lines of ``block``, which are not laid out as its own lines are.

    They look as if they were for everyone, or for ``meant_for``: a block that seems to go on behind an
    indented one.
    """

    block: Block
    entries: tuple[Entry, ...]
    meant_for: Block | None = None


def swallowed_tail_of(entry: Entry, config: Config) -> SwallowedTail | None:
    """The swallowed tail that this line is in."""
    return swallowed_tails(config).get(entry.index)


@cached_answer
def swallowed_tails(config: Config) -> dict[int, SwallowedTail]:
    """The swallowed lines of all blocks, by the index of their entries."""
    suspects = {
        entry.block
        for entry in config.entries
        if (block := entry.block) is not None
        and block.outer is None
        and _column(entry) <= block.header.line.start
    }
    lines: dict[Block, list[Entry]] = {}
    for entry in config.entries if suspects else ():
        block = entry.block
        if block in suspects and block is not None and entry.directive.file is block.header.file:
            lines.setdefault(block, []).append(entry)
    tails = (_tail(block, own, config) for block, own in lines.items())
    return {entry.index: tail for tail in tails if tail for entry in tail.entries}


def _tail(block: Block, lines: Sequence[Entry], config: Config) -> SwallowedTail | None:
    if universal(block, config.target.release):
        return None
    start = _start_by_indent(block, lines, config)
    if start is None:
        start = _start_without_indent(block, lines, config)
        return SwallowedTail(block, tuple(lines[start:])) if start else None
    tail = lines[start:]
    if not tail or not _is_plainly_for_others(tail, lines[:start], config):
        return None
    around = _blocks_around(config).get(block)
    if around is None or all(_column(line) <= around.header.line.start for line in tail):
        return SwallowedTail(block, tuple(tail))
    if any(_column(line) <= around.header.line.start for line in tail):
        return None
    return SwallowedTail(block, tuple(tail), around)


def _start_by_indent(block: Block, lines: Sequence[Entry], config: Config) -> int | None:
    """Where the lines begin that are not indented as the block's first one is; None where nothing is.

    A block may stand as deep as its lines; then the others are to the left of it.
    """
    margin = block.header.line.start
    own = next((at for at, line in enumerate(lines) if _column(line) <= margin), len(lines))
    behind = max(at + 1 for at, line in enumerate(lines) if _column(line) > margin) if own else 0
    if behind > own:
        loose = [line for line in lines if _column(line) <= margin]
        return behind if _are_unlike_blocks(loose, config) else len(lines)
    if own:
        return own
    left = [_is_left_of(line, block) for line in lines]
    start = left.index(True) if True in left else 0
    return start if start and all(left[start:]) else None


def _is_left_of(entry: Entry, block: Block) -> bool:
    """Whether the line has a part of the header's indentation; tabs and blanks can't be compared."""
    indent, own = (each.raw[: each.line.start] for each in (block.header, entry.directive))
    return len(own) < len(indent) and indent.startswith(own)


def _are_unlike_blocks(loose: Sequence[Entry], config: Config) -> bool:
    """Whether no line at the margin, with indented ones below it, has an option that blocks often set."""
    for_some = ONLY_FOR_SOME[config.kind] | OFTEN_FOR_SOME[config.kind]
    return config.kind == "sshd_config" and for_some.isdisjoint(line.option for line in loose)


def _column(entry: Entry) -> int:
    return entry.directive.line.start


@cached_answer
def _indented_like_another(config: Config) -> frozenset[Block]:
    """Blocks in a file whose other blocks, one or more, have all of their lines indented."""
    loose: dict[str, set[Block]] = {}
    blocks: dict[str, set[Block]] = {}
    for entry in config.entries:
        block = entry.block
        if block is not None and block.outer is None and entry.directive.file is block.header.file:
            path = block.header.file.source.path
            blocks.setdefault(path, set()).add(block)
            if _column(entry) <= block.header.line.start:
                loose.setdefault(path, set()).add(block)
    return frozenset(
        block
        for path, own in blocks.items()
        for block in own
        if len(own) > 1 and loose.get(path, set()) <= {block}
    )


@cached_answer
def _blocks_around(config: Config) -> dict[Block, Block]:
    """For each block that is indented as if it were within another, that one; blocks are never nested."""
    around: dict[Block, Block] = {}
    for block in config.blocks:
        before = block.before
        while before is not None and before.header.line.start >= block.header.line.start:
            before = around.get(before)
        if before is not None:
            around[block] = before
    return around


def _is_plainly_for_others(tail: Sequence[Entry], own: Sequence[Entry], config: Config) -> bool:
    """Whether more than the missing indentation of ``tail`` speaks for it, or the layout alone is plain."""
    options = {line.option for line in tail}
    if options & ONLY_FOR_SOME[config.kind]:
        return False
    if _gap_before(tail[0], own[-1]) is not None or not options <= OFTEN_FOR_SOME[config.kind]:
        return True
    return config.kind == "sshd_config" and (len(own) > 1 or own[0].block in _indented_like_another(config))


def _start_without_indent(block: Block, lines: Sequence[Entry], config: Config) -> int:
    """Where a tail starts in a block whose lines are not indented; 0 if nothing plainly starts one.

    A part that a tool manages is plain, and so are lines behind a gap with a keyword that no Match block may
    have. Blank lines and comments alone are not.
    """
    gaps = {
        at: gap for at in range(1, len(lines)) if (gap := _gap_before(lines[at], lines[at - 1])) is not None
    }
    start = next((at for at, gap in gaps.items() if any(map(_TOOL_BEGINS.match, gap))), 0)
    if not start:
        refused = _not_in_match(config)
        first = next((at for at, line in enumerate(lines) if line.index in refused), 0)
        start = max((at for at in gaps if at <= first), default=0)
    if any(line.option in ONLY_FOR_SOME[config.kind] for line in lines[start:]):
        return 0
    return start


@cached_answer
def _not_in_match(config: Config) -> frozenset[int]:
    """The lines that sshd refuses since they stand in a Match block, by their index."""
    if config.kind == "ssh_config":
        return frozenset()
    blocked = (row.option for row in config.known.values() if row.in_match is None)
    return frozenset(
        entry.index
        for option in dict.fromkeys(blocked)
        for entry, parsed in (all_lines(option, config) if config.lines(option) else ())
        if parsed.reason == "not in match" and parsed.problem
    )


def _gap_before(entry: Entry, before: Entry) -> Sequence[bytes] | None:
    """The blank lines and comments between two lines of a file; None where there are none."""
    first, last = before.directive.number + 1, entry.directive.number
    return entry.directive.file.source.lines[first:last] if first < last else None
