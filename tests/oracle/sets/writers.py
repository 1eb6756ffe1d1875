"""Who carries out a call: sshkeep, or one of the two ways that scripts have of getting it wrong."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from sshkeep.errors import SshkeepError
from sshkeep.fix.set_plan import plan_drop_in, plan_set
from sshkeep.trees.tree import Tree
from tests.oracle.sets.calls import Call
from tests.oracle.sets.reference import spelt


class Written(NamedTuple):
    """New content of files by path, and what of other settings is said to change by it."""

    files: Mapping[str, bytes]
    implied: tuple[str, ...] = ()


Writer = Callable[[Tree, Call], Written]


def by_sshkeep(tree: Tree, call: Call) -> Written:
    """Raises SshkeepError where it refuses."""
    plan = plan_drop_in(tree, [call.request]) if call.drop_in else plan_set(tree, [call.request])
    return Written({change.path: change.after or b"" for change in plan.changes}, plan.implied)


def prepended(tree: Tree, call: Call) -> Written:
    """Line and old file."""
    return Written({tree.name: _line(tree, call) + tree.files.read(tree.name)})


def appended(tree: Tree, call: Call) -> Written:
    """Old file and line."""
    return Written({tree.name: tree.files.read(tree.name) + b"\n" + _line(tree, call)})


def idle(tree: Tree, call: Call) -> Written:
    """Nothing at all, and every second run is in order."""
    return Written({})


def _line(tree: Tree, call: Call) -> bytes:
    """Such a script writes global settings and nothing else."""
    if call.shape != "set everyone":
        raise SshkeepError("only settings for everyone")
    config = tree.load()
    row = config.known[call.request.keyword.lower()]
    return b"".join(spelt(row, line, config) + b"\n" for line in call.lines)
