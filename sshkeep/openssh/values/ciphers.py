"""Algorithm lists: the names are only loaded where a config sets one."""

from __future__ import annotations

from sshkeep.openssh.values.arguments import Arguments, BadValue


def algorithms(given: Arguments) -> str:
    """The list as written; what comes of it is settled when all lines are read.

    Refused are lists that their own line is blamed for.
    """
    from sshkeep.openssh.algorithms.lists import BadAlgorithms, check

    try:
        check(given.keyword.option, given.words[0], given.target)
    except BadAlgorithms as error:
        raise BadValue(error.problem) from None
    return given.words[0]
