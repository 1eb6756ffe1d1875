"""Which line of an option takes effect, where its row differs from the rule.

The rule: the first line that is met wins, and in sshd what a Match block sets replaces what holds outside
of blocks.
"""

from __future__ import annotations

from sshkeep.named import NamedTuple
from sshkeep.openssh.releases import NEWEST, OLDEST, Release
from sshkeep.openssh.targets import Target

NEVER = Release(NEWEST.major + 1, 0)
"""Stands for the release at which something ends that no release has ended."""


class RaisedDefault(NamedTuple):
    """The default is ``default`` where ``option`` is ``value``, in the programs of ``vendor``."""

    option: str
    value: str
    default: str
    vendor: str


class SwitchedOffBy(NamedTuple):
    """A line is dropped where a line of ``option`` took effect before it, in releases ``since`` to ``until``.

    ``overwrites``: among the lines that are not dropped, the last one wins.
    """

    option: str
    since: Release = OLDEST
    until: Release = NEWEST
    overwrites: bool = False


class Precedence(NamedTuple):
    """How an option differs from the rule. All option names are in lower case."""

    first_wins_from: Release = OLDEST
    """Before this release a later line overwrites an earlier one."""
    checks_block_from: Release = OLDEST
    """Before this release ssh takes the line also from a block that does not apply."""
    block_counts_from: Release = OLDEST
    """Before this release sshd accepts the line in a Match block, where it does nothing."""
    overwriting: str = ""
    """An argument that takes effect although an earlier line was taken."""
    switched_off_by: SwitchedOffBy | None = None
    settled_by_include: bool = False
    """With the faults of INCLUDE_ENDS_START, a line behind the end of an included file does nothing."""
    once: bool = False
    """A member that is in the list already is not added again."""
    once_per_top: bool = False
    """As ``once``, but the user's file and the system's each add it."""
    minus_removes: bool = False
    """``-PATTERN`` takes members out of the list; the lines are read again in ssh's second pass."""
    left_in_block: tuple[str, ...] = ()
    """Words that sshd does not copy from Match blocks; up to ``copied_until`` it copies any other word, from
    the first line only."""
    copied_until: Release = NEWEST
    block_replaces_parts: bool = False
    """A Match block that sets one part drops all parts of what holds outside of blocks."""
    only_first_pass: bool = False
    """ssh fills in the default before its second pass, in which lines therefore do nothing."""
    ends_program: bool = False
    """A line that applies makes the program exit, whatever comes before it."""
    raised_default: RaisedDefault | None = None

    def last_wins(self, release: Release) -> bool:
        """Whether a later line of the option overwrites an earlier one."""
        return release < self.first_wins_from

    def ignores_block(self, release: Release) -> bool:
        """Whether a line of the option takes effect also from a block that does not apply."""
        return release < self.checks_block_from

    def switched_off_in(self, release: Release) -> SwitchedOffBy | None:
        """The option whose earlier line makes lines of this one do nothing, if there is one."""
        other = self.switched_off_by
        return other if other and other.since <= release <= other.until else None

    def raised_for(self, target: Target) -> RaisedDefault | None:
        """The other option that the target's default depends on, if there is one."""
        raised = self.raised_default
        return raised if raised and raised.vendor == target.vendor else None


FIRST_WINS = Precedence()
"""The rule."""

ONCE = Precedence(once=True)
"""readconf.c add_local_forward and add_remote_forward."""

ONCE_PER_TOP = Precedence(once=True, once_per_top=True)
"""readconf.c add_identity_file and add_certificate_file compare those of equal ``userprovided``."""

FIRST_PASS_ONLY = Precedence(only_first_pass=True)
"""ssh.c main and fill_default_options_for_canonicalization set the option before the second pass."""
