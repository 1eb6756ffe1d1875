"""Find the blocks that may apply to a client with given names, without a look at all blocks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from sshkeep.config.blocks.criteria import HOST_LINE, BadCriteria, parse_criteria
from sshkeep.config.tree.block import Block
from sshkeep.openssh.kind import Kind

_EXACT: dict[Kind, tuple[str, ...]] = {
    "sshd_config": ("user", "group"),
    "ssh_config": (HOST_LINE, "originalhost", "localuser"),
}
"""Criteria that compare exactly one text with their patterns, and whose text never changes."""
_IN_SMALL_LETTERS = ("originalhost", "host")
"""Criteria that compare in small letters (match.c match_hostname)."""

_Key = tuple[str, str, str]
"""Name of the criterion, which part of its text is literal (whole, head, tail), and that part."""


class BlockIndex:
    """Blocks by the names in their criteria. Blocks without such a name may apply to every client."""

    def __init__(self, blocks: Iterable[Block], kind: Kind, more: tuple[str, ...] = ()) -> None:
        """``more`` are further criteria of which `find` gets all names that the client ever has."""
        exact = (*_EXACT[kind], *more)
        keys = {block: list(_keys(block, exact)) for block in blocks}
        count = Counter(key for choices in keys.values() for names in choices for key in names)
        self.others: list[Block] = []
        self.by_key: dict[_Key, list[Block]] = {}
        for block, choices in keys.items():
            # The criterion with the rarest names leaves the fewest blocks to check.
            best = min(choices, key=lambda names: max(count[key] for key in names), default=None)
            for key in best or ():
                self.by_key.setdefault(key, []).append(block)
            if best is None:
                self.others.append(block)
        self.lengths = sorted({(part, len(text)) for _, part, text in self.by_key if part != "whole"})

    def find(self, names: Mapping[str, Iterable[str]]) -> set[Block]:
        """All blocks that may apply to a client with these names, given by criterion.

        `host_names` makes those of a host that ssh connects to.
        """
        found = set(self.others)
        for criterion, texts in names.items():
            for text in texts:
                found.update(self.by_key.get((criterion, "whole", text), ()))
                for part, length in self.lengths:
                    end = text[:length] if part == "head" else text[len(text) - length :]
                    found.update(self.by_key.get((criterion, part, end), ()))
        return found


def host_names(host: str, local_user: str, final: str = "") -> dict[str, tuple[str, ...]]:
    """By criterion, the names of a host that ``local_user`` calls ssh with.

    ``final`` is what Host lines are compared with in ssh's second pass; empty where there is none.
    """
    on_host_lines = (host, final) if final else (host,)
    return {HOST_LINE: on_host_lines, "originalhost": (host.lower(),), "localuser": (local_user,)}


def _keys(block: Block, exact: tuple[str, ...]) -> Iterator[list[_Key]]:
    """For each criterion with names, of a block or one around it: the literal parts of the names."""
    try:
        criteria = [criterion for link in block.chain() for criterion in parse_criteria(link)]
    except BadCriteria:
        return
    for criterion in criteria:
        if criterion.name in exact and not criterion.negated:
            names = [pattern for pattern in criterion.patterns if not pattern.startswith("!")]
            if criterion.name in _IN_SMALL_LETTERS:
                names = [name.lower() for name in names]
            keys = [(criterion.name, *_known_part(name)) for name in names]
            if keys and all(text for _, _, text in keys):
                yield keys


def _known_part(pattern: str) -> tuple[str, str]:
    """The part that all matching names have in common; empty where there is none."""
    pieces = pattern.replace("?", "*").split("*")
    if len(pieces) == 1:
        return "whole", pattern
    return ("head", pieces[0]) if pieces[0] else ("tail", pieces[-1])
