"""What was proven of a change, in words for the person who is about to trust it."""

from __future__ import annotations

from collections.abc import Iterable

from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.edit.intents import SetGlobal, SetInBlock
from sshkeep.fix.proof.prove import Proof
from sshkeep.syntax.source import decode

SHOWN = 5
"""Lines of blocks that are named one by one."""
_WHO = {"sshd_config": "connection", "ssh_config": "host"}


def in_effect(intent: SetGlobal | SetInBlock, config: Config) -> str:
    """What the setting is, and for whom."""
    keyword = intent.keyword
    if isinstance(intent, SetInBlock) and not intent.values:
        return f"{intent.header} says nothing of {keyword}"
    said = f"is {' and '.join(intent.values)}" if intent.values else "has its default"
    if isinstance(intent, SetInBlock):
        return f"{keyword} {said} in {intent.header}"
    return f"{keyword} {said} for every {_WHO[config.kind]} that no block decides otherwise"


def proven(proof: Proof, implied: Iterable[str]) -> list[str]:
    """What holds as before, what was not touched on purpose, and what comes along."""
    return [
        *_named(proof.kept, "keeps its own"),
        *_named(proof.newly_effective, "comes into effect, since nothing for everyone is before it any more"),
        *(f"by OpenSSH's own rules, {sentence}" for sentence in implied),
        _others(proof.others) if proof.included is None else _included(proof.included, proof.others),
    ]


def _others(count: int) -> str:
    if count == 0:
        return "proven: there is no other setting"
    if count == 1:
        return "proven: the one other setting applies as before"
    return f"proven: all {count} other settings apply as before"


def _included(brought: int, others: int) -> str:
    lines = "1 line comes" if brought == 1 else f"{brought} lines come"
    return (
        f"{lines} in with it, before all others; proven: the other {others} stand as before, in their blocks"
    )


def _named(entries: Iterable[Entry], does: str) -> list[str]:
    found = list(entries)
    lines = [f"{_header(entry)} ({entry.directive.where}) {does}: {_text(entry)}" for entry in found[:SHOWN]]
    more = len(found) - SHOWN
    return [*lines, f"and so do {more} more"] if more > 0 else lines


def _header(entry: Entry) -> str:
    assert entry.block
    line, raw = entry.block.header.line, entry.block.header.raw
    return decode(raw[line.start : line.end])


def _text(entry: Entry) -> str:
    line = entry.directive.line
    return decode(entry.directive.raw[line.start : line.end])
