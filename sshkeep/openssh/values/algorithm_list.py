"""Keywords that take a list of algorithms."""

from __future__ import annotations

from sshkeep.openssh.algorithms.lists import BadAlgorithms, check_algorithms
from sshkeep.openssh.values.arguments import Arguments, BadValue


def algorithm_list(arguments: Arguments) -> str:
    """The list as written: what it comes to is settled when all lines are read (`assemble_all`).

    Raises BadValue where its own line is refused.
    """
    try:
        check_algorithms(arguments.option, arguments.words[0], arguments.target)
    except BadAlgorithms as error:
        raise BadValue(error.problem) from None
    return arguments.words[0]
