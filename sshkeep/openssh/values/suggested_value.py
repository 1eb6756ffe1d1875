"""What was perhaps meant by a value that OpenSSH refuses."""

from __future__ import annotations

from sshkeep.lookup import suggestion
from sshkeep.openssh.targets import Target

NONE_OF = " is none of "
"""Stands between a word and the words that there are, in the reason of a refusal."""
KNOWS_NO = " does not know "
"""Stands before an algorithm's name."""


def suggested_value(problem: str, option: str, target: Target) -> str:
    """``did you mean X?`` for a reason of `sshkeep.openssh.values`; empty where nothing is alike."""
    word, listed, choices = problem.partition(NONE_OF)
    if listed:
        return suggestion("value", word.rpartition(": ")[2], choices.split(", "))
    _, unknown, name = problem.partition(KNOWS_NO)
    return suggestion("value", name, _algorithms(option, target)) if unknown else ""


def _algorithms(option: str, target: Target) -> tuple[str, ...]:
    from sshkeep.openssh.algorithms.defaults import ALGORITHM_FAMILIES
    from sshkeep.openssh.algorithms.names import supported

    return supported(ALGORITHM_FAMILIES[option], target) if option in ALGORITHM_FAMILIES else ()
