"""The hosts that an ssh_config names in its Host and Match lines."""

from __future__ import annotations

from collections.abc import Iterator

from sshkeep.config.blocks.criteria import HOST_LINE, BadCriteria, parse_criteria
from sshkeep.config.tree.block import Block
from sshkeep.config.tree.config import Config
from sshkeep.named import NamedTuple

UNNAMED_HOST = "a-host-that-no-block-names.invalid"
"""The host to evaluate a client's config for, if none is named."""
_NAMING = (HOST_LINE, "originalhost", "host")
_STAND_IN = "a-host"
"""What takes the place of a ``*`` to get a name that fits a pattern."""


class NamedHost(NamedTuple):
    """A name as the first line that has it spells it, or a pattern with wildcards.

    ``sample`` is the host to evaluate for it: the name itself, or one that fits the pattern. ``block`` is
    None for all hosts that no line names.
    """

    name: str
    sample: str
    block: Block | None

    @property
    def is_pattern(self) -> bool:
        """Whether the name stands for several hosts."""
        return self.block is None or "*" in self.name or "?" in self.name


EVERY_OTHER = NamedHost("*", UNNAMED_HOST, None)
"""All hosts that no line names."""


def named_hosts(config: Config) -> list[NamedHost]:
    """Every name and pattern once, in the order of reading, also those that a ``!`` leaves out.

    ``*`` alone names no host.
    """
    found: dict[str, NamedHost] = {}
    for block in config.blocks:
        for pattern in _patterns(block):
            name = pattern.removeprefix("!")
            if name.strip("*") and name not in found:
                sample = name.replace("*", _STAND_IN).replace("?", "x")
                found[name] = NamedHost(name, sample, block)
    return list(found.values())


def _patterns(block: Block) -> Iterator[str]:
    try:
        criteria = parse_criteria(block)
    except BadCriteria:
        return
    for criterion in criteria:
        if criterion.name in _NAMING:
            yield from criterion.patterns
