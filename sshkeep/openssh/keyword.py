"""A row of the keyword tables, and the rows that one target knows."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, NamedTuple

from sshkeep.openssh.releases import NEWEST, OLDEST, Release
from sshkeep.openssh.targets import Target

Kind = Literal["sshd_config", "ssh_config"]


class Keyword(NamedTuple):
    """One spelling of a keyword, for the releases ``since`` to ``until``.

    ``type`` says how its arguments are read: flag, time, integer, enum, word, words, port,
    algorithms, globs (Include), patterns (Host), criteria (Match), rest (the raw rest of the line) or
    ignored. ``in_match`` is the
    first release that lets it stand in an sshd Match block, None for never. ``adds`` is true
    where lines add up instead of the first one winning.
    """

    name: str
    type: str
    alias_of: str = ""
    in_match: Release | None = None
    adds: bool = False
    since: Release = OLDEST
    until: Release = NEWEST
    vendor: str = ""

    @property
    def meaning(self) -> str:
        """Lower-case name of the option that this spelling sets."""
        return (self.alias_of or self.name).lower()


def rows(kind: Kind) -> tuple[Keyword, ...]:
    """All rows of one language, whatever the release or vendor."""
    if kind == "sshd_config":
        from sshkeep.openssh.sshd_keywords import ROWS as SSHD

        return SSHD
    from sshkeep.openssh.ssh_keywords import ROWS as SSH

    return SSH


@lru_cache(maxsize=32)
def keywords(kind: Kind, target: Target) -> dict[str, Keyword]:
    """Lower-case spelling to row, for what ``target`` accepts."""
    return {
        row.name.lower(): row
        for row in rows(kind)
        if row.since <= target.release <= row.until and row.vendor in ("", target.vendor)
    }


@lru_cache(maxsize=4)
def known_names(kind: Kind) -> dict[str, str]:
    """Lower-case spelling to spelling, over all releases and vendors."""
    return {row.name.lower(): row.name for row in rows(kind)}
