"""Rules: what a rule module exports, and how a rule is configured."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal, get_args

from sshkeep.config.tree.config import Config
from sshkeep.edit.intents import Intent
from sshkeep.lint.finding import Finding, Severity
from sshkeep.named import NamedTuple
from sshkeep.openssh.kind import Kind

if TYPE_CHECKING:  # `sshkeep idle` alone puts two ends together
    from sshkeep.idle.session import Session

OptionValue = int | str | tuple[str, ...]
"""A number from 1 on, a word, or several words; a policy's value must have the type of the rule's default."""


class Spacing(int):
    """An option: seconds between two probes. A policy that names a path sets it."""


PATH_TIMEOUT = "path_timeout"
"""The option for the idle timeout of the path that a policy names, in seconds; 0: it names none."""
Options = Mapping[str, Any]
"""By name; each value has the type of the rule's default."""
Check = Callable[[Config, Options], Iterable[Finding]]
SessionCheck = Callable[["Session"], Iterable[Finding]]
"""Looks at both ends of a session."""


Reads = Literal["config", "lines", "text"]
"""What the findings of a rule follow from. ``text``: the characters of a file, in whatever encoding.
``lines``: one line and the block that it stands in, whatever else there is. ``config``: all of it.
Of a template not all lines are known, so that only rules that read ``lines`` or ``text`` look at it.
"""
EVERYTHING: tuple[Reads, ...] = get_args(Reads)
AN_UNKNOWN_KEYWORD = "an unknown keyword"
A_BLOCK = "a block"
A_REFUSED_LINE = "a refused line"
A_SHADOWED_LINE = "a shadowed line"
A_SKIPPED_LINE = "a skipped line"
A_STRANGE_BYTE = "a strange byte"
A_SUPPRESSION_COMMENT = "a suppression comment"
MACHINE_FACTS = "facts about its machine"
"""What a config may have, as `Rule.only_with` names it; everything else there is an option."""
EXPLAINS_ALL = "*"
"""In `Rule.explains`: all rules but the rule itself."""


class RuleConfig(NamedTuple):
    """What the user sets for a rule: a severity (empty: the rule's own) and options."""

    severity: Severity | Literal[""] = ""
    options: Mapping[str, OptionValue] = {}


class Example(NamedTuple):
    """A config, and what ``sshkeep fix`` makes of it.

    ``after`` None: nothing to fix; with ``hit`` the rule still reports a finding. ``files`` are further
    files of the tree, by path under /etc/ssh. ``unsafe``: the fix needs ``--unsafe``. ``facts`` are mode,
    owner and group of the files that exist on a machine whose user has the number 1000 and the home
    /home/someone; None where the files are not this machine's. ``options`` are those that differ from the
    rule's defaults. ``client`` is the ssh_config at the other end of a session with this sshd_config.
    """

    before: str
    after: str | None = None
    hit: bool = False
    target: str = ""
    kind: Kind | None = None
    files: Mapping[str, str] = {}
    unsafe: bool = False
    facts: Mapping[str, tuple[int, int, int]] | None = None
    options: Mapping[str, OptionValue] = {}
    client: str | None = None


class Rule(NamedTuple):
    """One rule; its id is its file's name, its documentation the module's docstring.

    ``explains`` are ids of rules whose findings about the same span or concern become ``related`` places
    of this rule's finding. ``allows`` returns whether this rule accepts what a fix of another rule sets,
    None where that is about something else; a fix that it does not accept is dropped. ``check`` looks at
    one config, ``check_session`` at both ends of a session, for `sshkeep idle`; a rule has one of them or
    both. ``reads`` is what the findings follow from: a file in UTF-16 is no config to OpenSSH, so that
    only rules that read ``text`` look at it.
    ``only_with``: the rule finds nothing in an sshd_config or ssh_config that has none of these, options
    in lower case or words such as A_BLOCK, so that its module is not even run; empty: it looks at all.
    """

    summary: str
    applies_to: tuple[Kind, ...]
    severity: Severity
    check: Check | None
    references: tuple[str, ...]
    examples: tuple[Example, ...]
    options: Mapping[str, OptionValue] = {}
    explains: tuple[str, ...] = ()
    allows: Callable[[Intent, Config], bool | None] | None = None
    check_session: SessionCheck | None = None
    reads: Reads = "config"
    only_with: tuple[str, ...] = ()


class LoadedRule:
    """A rule with the id and group that its path gives it.

    These are known before the module is run, and so are ``kinds``, the languages of the configs that it
    checks, and ``only_with``.
    """

    def __init__(self, id: str, group: str, doc: str, rule: Rule) -> None:
        self.id = id
        self.group = group
        self.kinds: tuple[Kind, ...] = checked_kinds(rule)
        self.only_with: tuple[str, ...] = rule.only_with
        self._made = (doc, rule)

    @property
    def doc(self) -> str:
        """The rule's page."""
        return self._made[0]

    @property
    def rule(self) -> Rule:
        """The rule itself."""
        return self._made[1]


def checked_kinds(rule: Rule) -> tuple[Kind, ...]:
    """The languages of the configs that the rule checks one by one."""
    return rule.applies_to if rule.check else ()
