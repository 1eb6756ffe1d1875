"""Which blocks may apply to a client that is known by some names, without looking at all blocks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from sshkeep.config.blocks.criteria import HOST_LINE, BadCriteria, parse_criteria
from sshkeep.config.tree.block import Block
from sshkeep.openssh.kind import Kind

_EXACT: dict[Kind, tuple[str, ...]] = {
    "sshd_config": ("user", "group"),
    "ssh_config": (HOST_LINE, "localuser"),
}
"""Criteria that compare a text with their patterns, letter by letter, and whose text never changes."""

_Key = tuple[str, str, str]
"""A criterion's name, the part of its text that is known (whole, head, tail), and that part."""


class BlockIndex:
    """Blocks by the names that they ask for. Those that can't be found by a name may always apply."""

    def __init__(self, blocks: Iterable[Block], kind: Kind) -> None:
        keys = {block: list(_keys(block, kind)) for block in blocks}
        count = Counter(key for choices in keys.values() for names in choices for key in names)
        self.others: list[Block] = []
        self.by_key: dict[_Key, list[Block]] = {}
        for block, choices in keys.items():
            # The criterion of which the names are rarest leaves the fewest blocks to look at.
            best = min(choices, key=lambda names: max(count[key] for key in names), default=None)
            for key in best or ():
                self.by_key.setdefault(key, []).append(block)
            if best is None:
                self.others.append(block)
        self.lengths = sorted({(part, len(text)) for _, part, text in self.by_key if part != "whole"})

    def find(self, names: Mapping[str, Iterable[str]]) -> set[Block]:
        """All blocks that may apply to a client with these names, by the criterion that asks for them."""
        found = set(self.others)
        for criterion, texts in names.items():
            for text in texts:
                found.update(self.by_key.get((criterion, "whole", text), ()))
                for part, length in self.lengths:
                    end = text[:length] if part == "head" else text[len(text) - length :]
                    found.update(self.by_key.get((criterion, part, end), ()))
        return found


def _keys(block: Block, kind: Kind) -> Iterator[list[_Key]]:
    """For each criterion of a block, or of one around it, that asks for names: what is known of these."""
    try:
        criteria = [criterion for link in block.chain() for criterion in parse_criteria(link)]
    except BadCriteria:
        return
    for criterion in criteria:
        if criterion.name in _EXACT[kind] and not criterion.negated:
            names = [pattern for pattern in criterion.patterns if not pattern.startswith("!")]
            keys = [(criterion.name, *_known_part(name)) for name in names]
            if keys and all(text for _, _, text in keys):
                yield keys


def _known_part(pattern: str) -> tuple[str, str]:
    """What all names that fit have in common; an empty text where that is nothing."""
    pieces = pattern.replace("?", "*").split("*")
    if len(pieces) == 1:
        return "whole", pattern
    return ("head", pieces[0]) if pieces[0] else ("tail", pieces[-1])
