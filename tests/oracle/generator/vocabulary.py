"""The keywords that configs for one target are made of, and what can stand behind each."""

from functools import lru_cache
from random import Random
from typing import NamedTuple

from sshkeep.openssh.kind import Kind
from sshkeep.openssh.tables.keywords import all_keywords, keywords
from sshkeep.openssh.tables.option import Keyword
from sshkeep.openssh.targets import Target
from tests.oracle.generator.samples import BY_TYPE, IGNORED, WORD, Values, pick

_MADE_APART = ("match", "host", "include")
"""Blocks and Includes are no settings; see `blocks` and `config`."""


class Vocabulary(NamedTuple):
    """The keywords of a target, and which of them have good, bad and block uses."""

    all: tuple[Keyword, ...]
    good: tuple[Keyword, ...]
    bad: tuple[Keyword, ...]
    in_block: tuple[Keyword, ...]
    foreign: tuple[str, ...]
    """Names that some other target or the other language knows."""


@lru_cache(maxsize=16)
def vocabulary(kind: Kind, target: Target) -> Vocabulary:
    """What there is to make configs of."""
    known = keywords(kind, target)
    every = tuple(row for name, row in sorted(known.items()) if name not in _MADE_APART)
    rng, release = Random(0), target.release
    good = tuple(row for row in every if pick(rng, values_of(row, kind).good, release) is not None)
    bad = tuple(row for row in every if pick(rng, values_of(row, kind).bad, release) is not None)
    other: Kind = "ssh_config" if kind == "sshd_config" else "sshd_config"
    foreign = {row.name for row in (*_upstream(kind), *_upstream(other)) if row.name.lower() not in known}
    in_block = tuple(row for row in good if _may_be_in_block(row, kind, target))
    return Vocabulary(every, good, bad, in_block, tuple(sorted(foreign)))


def _upstream(kind: Kind) -> list[Keyword]:
    """Upstream's and Debian's keywords."""
    return [k for k in all_keywords(kind) if not k.vendors or "debian" in k.vendors]


def _may_be_in_block(row: Keyword, kind: Kind, target: Target) -> bool:
    return kind == "ssh_config" or (row.allowed_in_match(target.release))


def values_of(row: Keyword, kind: Kind) -> Values:
    """What can stand behind the keyword."""
    if row.state:
        return IGNORED
    by_type = BY_TYPE.get(row.type.name, (WORD, WORD))[kind == "ssh_config"]
    return named_values(row, kind) or by_type


def named_values(row: Keyword, kind: Kind) -> Values | None:
    """What the tables by name have for the keyword."""
    named = _by_name(kind)
    return named.get(row.name.lower()) or named.get(row.option)


def _by_name(kind: Kind) -> dict[str, Values]:
    if kind == "sshd_config":
        from tests.oracle.generator.sshd_values import VALUES as SSHD

        return SSHD
    from tests.oracle.generator.ssh_values import VALUES as SSH

    return SSH
