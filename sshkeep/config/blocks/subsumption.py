"""Find blocks that apply only where an earlier block applies: literal patterns by hash, then wildcards."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeVar

from sshkeep.config.blocks.criteria import HOST_LINE, BadCriteria, Criterion, parse_criteria
from sshkeep.config.blocks.matching import second_pass_only, universal
from sshkeep.config.tree.block import Block
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.patterns import includes
from sshkeep.openssh.releases import Release

WORK_LIMIT = 2_000_000
"""How many pairs of patterns are compared for one option; then the search stops and notes it."""

_STABLE: dict[Kind, frozenset[str]] = {
    "sshd_config": frozenset(("user", "group", "host", "address", "localaddress", "localport", "rdomain")),
    "ssh_config": frozenset((HOST_LINE, "originalhost", "localuser")),
}
"""Criteria whose answer is the same for all lines of one pass (ssh's ``user`` and ``host`` may change)."""

_ANY_CASE: dict[Kind, str] = {"sshd_config": "host", "ssh_config": "originalhost"}
"""The criterion whose patterns are compared in lower case."""
_AS_TEXT = ("address", "localaddress", "localport")
"""Criteria with networks or numbers as patterns, which are only compared for equality."""

T = TypeVar("T")


class SubsumptionIndex(Generic[T]):
    """Items of the blocks so far. A later block finds the items of the blocks that cover it.

    Sound, not complete. A block covers blocks with the same criteria. A block with one criterion, without
    ``!``, also covers blocks that have a narrower criterion of that name.

    In ssh's first pass a Host line covers ``Match originalhost`` of patterns without letters. Case counts
    on Host lines only: ``ssh WEB`` fits ``Match originalhost web``, but not ``Host web``. ``first_pass``:
    whether a value of that pass stays.
    """

    def __init__(self, kind: Kind, release: Release, *, first_pass: bool = True) -> None:
        self.kind = kind
        self.release = release
        self.first_pass = first_pass
        self.everywhere: T | None = None
        self.same: dict[object, T] = {}
        self.by_text: dict[tuple[str, str], T] = {}
        self.wild: dict[str, _Wildcards[T]] = {}
        self.last_literal: tuple[Block | None, tuple[str, str] | None] = (None, None)
        """The last block and its `literal`, which `find` and then `add` need."""
        self.last_signature: tuple[Block | None, object] = (None, None)
        """The same for its signature."""

    @property
    def gave_up(self) -> str:
        """A note where there were too many wildcards to compare; empty otherwise."""
        if any(wild.work > WORK_LIMIT for wild in self.wild.values()):
            return f"stopped comparing Host patterns after {WORK_LIMIT:,} pairs"
        return ""

    def add(self, block: Block | None, item: T) -> None:
        """Add the ``item`` that later blocks find. Of equal blocks the first item stays."""
        literal = self.literal(block) if block else None
        if literal is not None:
            self.by_text.setdefault(literal, item)
            return
        if block is None or universal(block, self.release):
            if self.everywhere is None and not second_pass_only(block):
                self.everywhere = item
            return
        signature = self.signature(block)
        if signature is not None:
            self.same.setdefault(signature, item)
        for criterion in self.only_criterion(block):
            for name, pattern in (self.as_compared(criterion.name, each) for each in criterion.patterns):
                self.by_text.setdefault((name, pattern), item)
                if ("*" in pattern or "?" in pattern) and name not in _AS_TEXT:
                    self.wild.setdefault(name, _Wildcards()).add(pattern, item)

    def find(self, block: Block | None) -> tuple[T, ...]:
        """Items of earlier blocks, one of which applies wherever ``block`` does; none where unsure."""
        if self.everywhere is not None:
            return (self.everywhere,)
        literal = self.literal(block) if block else None
        if literal is not None:
            item = self.covering(literal)
            return () if item is None else (item,)
        if block is None or universal(block, self.release):
            return ()
        same = self.same.get(self.signature(block))
        if same is not None:
            return (same,)
        for criterion in self.conditions(block):
            found = self.cover(criterion)
            if found:
                return found
        return ()

    def cover(self, criterion: Criterion) -> tuple[T, ...]:
        """One earlier item for each positive pattern; none where a pattern is not covered."""
        found: list[T] = []
        for pattern in criterion.patterns:
            if pattern.startswith("!"):
                continue
            item = self.covering(self.as_compared(criterion.name, pattern))
            if item is None:
                return ()
            if not any(item is other for other in found):
                found.append(item)
        return tuple(found)

    def covering(self, key: tuple[str, str]) -> T | None:
        """The earlier item with the same name and pattern, or else with a wildcard that includes it."""
        item = self.by_text.get(key)
        if item is None and self.wild and key[0] in self.wild:
            item = self.wild[key[0]].find(key[1])
        name, pattern = key
        if item is None and self.first_pass and name == "originalhost" and pattern.upper() == pattern:
            return self.covering((HOST_LINE, pattern))
        return item

    def as_compared(self, name: str, pattern: str) -> tuple[str, str]:
        """The key of a pattern: in lower case where case does not count."""
        return name, pattern.lower() if name == _ANY_CASE[self.kind] else pattern

    def literal(self, block: Block) -> tuple[str, str] | None:
        """The key of a block's only criterion, where that is one literal text, as most are."""
        if self.last_literal[0] is not block:
            self.last_literal = (block, self._own_literal(block))
        return self.last_literal[1]

    def _own_literal(self, block: Block) -> tuple[str, str] | None:
        criteria = _criteria(block) if block.outer is None else ()
        if len(criteria) != 1:
            return None
        name, negated, patterns = criteria[0]
        if negated or len(patterns) != 1 or name not in _STABLE[self.kind]:
            return None
        text = patterns[0]
        if "*" in text or "?" in text or text.startswith("!"):
            return None
        return self.as_compared(name, text)

    def conditions(self, block: Block) -> Iterator[Criterion]:
        """Criteria of the block and those around it, without negated ones and ones that may change."""
        stable = _STABLE[self.kind]
        return (each for each in _all_criteria(block) if each.name in stable and not each.negated)

    def only_criterion(self, block: Block) -> Iterator[Criterion]:
        """The only criterion of a block, if it has exactly one, without negations."""
        criteria = _all_criteria(block)
        if len(criteria) != 1 or criteria[0].negated or criteria[0].name not in _STABLE[self.kind]:
            return
        if not any(pattern.startswith("!") for pattern in criteria[0].patterns):
            yield criteria[0]

    def signature(self, block: Block) -> object:
        """A value that is equal for two blocks that apply in the same cases; unique where that is unknown."""
        if self.last_signature[0] is not block:
            alone = block.outer is None
            own = self._own_signature
            self.last_signature = (block, own(block) if alone else tuple(map(own, block.chain())))
        return self.last_signature[1]

    def _own_signature(self, link: Block) -> object:
        criteria, stable = _criteria(link), _STABLE[self.kind]
        for each in criteria:
            if each.name not in stable:
                return link
        return criteria or link


def _criteria(link: Block) -> tuple[Criterion, ...]:
    try:
        return parse_criteria(link)
    except BadCriteria:
        return ()


def _all_criteria(block: Block) -> tuple[Criterion, ...]:
    if block.outer is None:
        return _criteria(block)
    return tuple(each for link in block.chain() for each in _criteria(link))


_Bucket = dict[str, list[tuple[str, T]]]


class _Wildcards(Generic[T]):
    """Wildcard patterns by the literal text at their start, or else at their end.

    Only patterns whose text matches are compared; ``work`` counts lookups and comparisons.
    """

    def __init__(self) -> None:
        self.heads: dict[int, _Bucket[T]] = {}
        self.tails: dict[int, _Bucket[T]] = {}
        self.work = 0

    def add(self, pattern: str, item: T) -> None:
        pieces = pattern.replace("?", "*").split("*")
        ends, text = (self.heads, pieces[0]) if pieces[0] else (self.tails, pieces[-1])
        ends.setdefault(len(text), {}).setdefault(text, []).append((pattern, item))

    def find(self, pattern: str) -> T | None:
        """An earlier item whose wildcard pattern includes ``pattern``."""
        for length, bucket in self.heads.items():
            found = self.among(bucket.get(pattern[:length]), pattern)
            if found is not None:
                return found
        for length, bucket in self.tails.items():
            found = self.among(bucket.get(pattern[len(pattern) - length :]), pattern)
            if found is not None:
                return found
        return None

    def among(self, candidates: list[tuple[str, T]] | None, pattern: str) -> T | None:
        self.work += 1
        for wild, item in candidates or ():
            if self.work > WORK_LIMIT:
                return None
            self.work += 1
            if includes(wild, pattern):
                return item
        return None
