"""Blocks that never apply, because their criteria contradict each other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from sshkeep.config.blocks.criteria import HOST_LINE, BadCriteria, Criterion, parse_criteria
from sshkeep.config.blocks.matching import applies_at_start
from sshkeep.config.tree.block import Block
from sshkeep.config.tree.config import Config
from sshkeep.openssh.addresses import BadNetwork, Network, overlap, parse_network
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.patterns import includes, match_list

MOST_PATTERNS = 100
"""With more patterns, the patterns of a line are not compared: a file may be hostile."""

_TEXTS = (HOST_LINE, "host", "originalhost", "user", "localuser", "localport", "rdomain")
"""Criteria about one text, so that two lists can exclude each other; not ``group``: a user has several."""

_CHANGES: dict[Kind, tuple[str, ...]] = {"sshd_config": (), "ssh_config": ("host", "user")}
"""Criteria whose text may change from one line to the next."""

_ANY_CASE = ("host", "originalhost")
_NETWORKS = ("address", "localaddress", "localnetwork")
_ONE_ADDRESS = ("address", "localaddress")
"""A connection has one of each, while a machine has many local networks."""


def why_unsatisfiable(block: Block, config: Config) -> str:
    """Why the block never applies, in a few words; empty where it may apply or that is unknown."""
    if config.kind == "sshd_config" and applies_at_start(block, config.target.release):
        return ""
    try:
        own = parse_criteria(block)
    except BadCriteria:
        return ""
    if block.outer is None and len(own) == 1 and _plain(own[0]):
        return ""
    return next(_reasons(block, own, config), "")


def may_apply(block: Block | None, config: Config) -> bool:
    """Whether nothing shows that the block, or one around it, never applies."""
    while block is not None:
        if why_unsatisfiable(block, config):
            return False
        block = block.outer
    return True


def exclude_each_other(one: Block, other: Block, config: Config) -> bool:
    """Whether nobody fits both blocks; False where that is not known."""
    try:
        first = [criterion for link in one.chain() for criterion in parse_criteria(link)]
        second = [criterion for link in other.chain() for criterion in parse_criteria(link)]
    except BadCriteria:
        return False
    changing = _CHANGES[config.kind]
    return any(a.name not in changing and _exclude(a, b) for a in first for b in second)


def _plain(criterion: Criterion) -> bool:
    """Whether a criterion has no negation and no comma on a Host line, as most have."""
    text = "".join(criterion.patterns)
    return not criterion.negated and "!" not in text and "," not in text


def _reasons(block: Block, own: tuple[Criterion, ...], config: Config) -> Iterator[str]:
    for criterion in own:
        if criterion.negated:
            if criterion.name == "all":
                yield "nothing matches !all"
        elif criterion.name == HOST_LINE and _commas(criterion):
            yield "a host name contains no comma; separate hosts with blanks"
        elif criterion.patterns and all(pattern.startswith("!") for pattern in criterion.patterns):
            yield "all its criteria are negated"
        elif _negates_all(criterion):
            yield "it takes back all that it names"
    for one, other in combinations(own[:MOST_PATTERNS], 2):
        if _exclude(one, other):
            yield f"no {one.name} matches both of its conditions"
    yield from _around(block, own, config)


def _around(block: Block, own: tuple[Criterion, ...], config: Config) -> Iterator[str]:
    """Contradictions to the blocks around the Include of the file."""
    for link in block.chain()[:-1]:
        try:
            outer = parse_criteria(link)
        except BadCriteria:
            return
        for one in own:
            for other in outer:
                if one.name not in _CHANGES[config.kind] and _exclude(one, other):
                    yield "it is included from a block that excludes it"


def _commas(criterion: Criterion) -> bool:
    """Whether all patterns have a comma, which no host name has; newer ssh refuses such names."""
    positive = [pattern for pattern in criterion.patterns if not pattern.startswith("!")]
    return bool(positive) and all("," in pattern for pattern in positive)


def _negates_all(criterion: Criterion) -> bool:
    if criterion.name in _NETWORKS or len(criterion.patterns) > MOST_PATTERNS:
        return False
    negative = [pattern[1:] for pattern in criterion.patterns if pattern.startswith("!")]
    positive = [pattern for pattern in criterion.patterns if not pattern.startswith("!")]
    return all(any(includes(no, yes) for no in negative) for yes in positive) and bool(negative)


def _exclude(one: Criterion, other: Criterion) -> bool:
    """Whether no text matches both lists, one of them without wildcards; for networks, no address."""
    if one.name != other.name or one.negated or other.negated:
        return False
    if one.name in _ONE_ADDRESS:
        return _apart(one.patterns, other.patterns)
    if one.name not in _TEXTS:
        return False
    first, second = _folded(one), _folded(other)
    if len(first) * len(second) > MOST_PATTERNS**2:
        return False
    return _no_name_fits(first, second) or _no_name_fits(second, first)


def _apart(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Whether no address is in both lists; False for lists with wildcards."""
    if len(first) * len(second) > MOST_PATTERNS**2:
        return False
    ours, theirs = _networks(first), _networks(second)
    return bool(ours and theirs) and not any(overlap(one, other) for one in ours for other in theirs)


def _networks(patterns: tuple[str, ...]) -> list[Network]:
    """The networks of a list, without negated ones; none where one of them is not a network."""
    positive = [pattern for pattern in patterns if not pattern.startswith("!")]
    try:
        networks = [parse_network(pattern) for pattern in positive]
    except BadNetwork:
        return []
    known = [network for network in networks if network]
    return known if len(known) == len(positive) else []


def _folded(criterion: Criterion) -> tuple[str, ...]:
    lower = criterion.name in _ANY_CASE
    return tuple(pattern.lower() if lower else pattern for pattern in criterion.patterns)


def _no_name_fits(names: tuple[str, ...], patterns: tuple[str, ...]) -> bool:
    positive = [name for name in names if not name.startswith("!")]
    if not positive or any("*" in name or "?" in name for name in positive):
        return False
    return not any(match_list(name, patterns) for name in positive)
