"""A line, and the value that it has, for the targets named."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sshkeep.openssh.values.arguments import Value

REFUSED = "(refused)"
"""As ``value``: the target refuses the line."""

ALL = "debian-11 debian-12 debian-13 debian-sid"
"""OpenSSH 8.4, 9.2, 10.0 and 10.6, whose programs are asked, too."""
FROM_9_2 = "debian-12 debian-13 debian-sid"
FROM_10_0 = "debian-13 debian-sid"
UP_TO_10_0 = "debian-11 debian-12 debian-13"
UP_TO_9_2 = "debian-11 debian-12"


class Case(NamedTuple):
    """``besides`` is a line without which the program does not take this one."""

    line: str
    value: Value
    targets: str = ALL
    besides: str = ""


def each(keyword: str, values: Mapping[str, Value], targets: str = ALL) -> tuple[Case, ...]:
    """A case for each argument of one keyword."""
    return tuple(Case(f"{keyword} {text}", value, targets) for text, value in values.items())


def refused(keyword: str, *texts: str, targets: str = ALL) -> tuple[Case, ...]:
    """Arguments of one keyword that are refused."""
    return tuple(Case(f"{keyword} {text}".rstrip(), REFUSED, targets) for text in texts)
