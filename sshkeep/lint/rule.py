"""What a rule module exports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from sshkeep.config.tree.config import Config
from sshkeep.edit.intents import Intent
from sshkeep.lint.finding import Finding, Severity
from sshkeep.openssh.kind import Kind

if TYPE_CHECKING:  # `sshkeep idle` alone puts two ends together
    from sshkeep.idle.session import Session

Option = int | str | tuple[str, ...]
"""A number that is 1 or more, a word, or words; a policy's must be of the type of the rule's own."""


class Spacing(int):
    """An option that is how often to probe, in seconds: a policy that names a path sets it."""


PATH_TIMEOUT = "path_timeout"
"""The option that is the timeout of the path that a policy names, in seconds; 0: it names none."""
Options = Mapping[str, Any]
"""By name, each of the type that the rule's own default has."""
Check = Callable[[Config, Options], Iterable[Finding]]
BothCheck = Callable[["Session"], Iterable[Finding]]
"""What neither end's config shows alone."""


class Wish(NamedTuple):
    """What the user wants of a rule: its severity (empty: its own) and options."""

    severity: Severity | Literal[""] = ""
    options: Mapping[str, Option] = {}


class Example(NamedTuple):
    """A config, and what ``sshkeep fix`` makes of it.

    ``after`` None: nothing to fix; with ``hit`` the rule speaks all the same. ``files`` are further
    files of the tree, by path under /etc/ssh. ``unsafe``: the fix needs ``--unsafe``. ``facts`` are mode,
    owner and group of the files there are on a machine whose user has the number 1000 and the home
    /home/someone; None where the files are not the machine's own. ``options`` are the rule's, where they
    are not as by default. ``client`` is the ssh_config at the other end of a session, beside the sshd_config.
    """

    before: str
    after: str | None = None
    hit: bool = False
    target: str = ""
    kind: Kind | None = None
    files: Mapping[str, str] = {}
    unsafe: bool = False
    facts: Mapping[str, tuple[int, int, int]] | None = None
    options: Mapping[str, Option] = {}
    client: str | None = None


class Rule(NamedTuple):
    """One rule; its id is its file's name, its documentation the module's docstring.

    ``explains`` are ids of rules whose findings about the same span or concern this one makes
    needless: they are shown as its ``related``. ``allows`` says whether what a fix of another rule sets
    is what this one asks for; a fix that it does not allow is not offered. ``check`` is about one config,
    ``both`` about both ends of a session, for `sshkeep idle`; a rule has one of them or both.
    """

    summary: str
    applies_to: tuple[Kind, ...]
    severity: Severity
    check: Check | None
    references: tuple[str, ...]
    examples: tuple[Example, ...]
    options: Mapping[str, Option] = {}
    explains: tuple[str, ...] = ()
    allows: Callable[[Intent, Config], bool] | None = None
    both: BothCheck | None = None


class LoadedRule:
    """A rule with what its place on disk says of it. Its group is known before its module is run."""

    def __init__(self, id: str, group: str, doc: str, rule: Rule) -> None:
        self.id = id
        self.group = group
        self._made = (doc, rule)

    @property
    def doc(self) -> str:
        """The rule's page."""
        return self._made[0]

    @property
    def rule(self) -> Rule:
        """The rule itself."""
        return self._made[1]
