"""What the target refuses in a tree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sshkeep.config.criteria import BadCriteria, criteria_of
from sshkeep.config.model import Config, Directive
from sshkeep.config.reading import read_entry


class Refusal(NamedTuple):
    """A line for which the program does not start, and why."""

    directive: Directive
    problem: str


def refusals(config: Config) -> Iterator[Refusal]:
    """Every line the target refuses; OpenSSH itself stops at the first or second.

    Checked: unknown keywords, quotes, missing and extra arguments, times, integers, flags, blocks,
    and what may stand in a Match block. Values of other types are taken as they are.
    """
    for context in config.headers:
        try:
            criteria_of(context)
        except BadCriteria as error:
            yield Refusal(context.header, str(error))
    for entry in config.entries:
        problem = read_entry(entry, config).problem
        if problem:
            yield Refusal(entry.directive, problem)
