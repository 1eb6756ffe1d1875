"""What a rule module exports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Literal, NamedTuple

from sshkeep.config.model import Config
from sshkeep.lint.finding import Finding, Severity
from sshkeep.openssh.keyword import Kind

Options = Mapping[str, int]
Check = Callable[[Config, Options], Iterable[Finding]]


class Wish(NamedTuple):
    """What the user wants of a rule: its severity (empty: its own) and options."""

    severity: Severity | Literal[""] = ""
    options: Mapping[str, int] = {}


class Example(NamedTuple):
    """A config, and what ``sshkeep fix`` makes of it.

    ``after`` None: nothing to fix; with ``hit`` the rule speaks all the same. ``files`` are further
    files of the tree, by path under /etc/ssh. ``unsafe``: the fix needs ``--unsafe``. ``facts`` are mode,
    owner and group of the files there are on a machine whose user has the number 1000 and the home
    /home/someone; None where the files are not the machine's own.
    """

    before: str
    after: str | None = None
    hit: bool = False
    target: str = ""
    kind: Kind | None = None
    files: Mapping[str, str] = {}
    unsafe: bool = False
    facts: Mapping[str, tuple[int, int, int]] | None = None


class Rule(NamedTuple):
    """One rule; its id is its file's name, its documentation the module's docstring.

    ``explains`` are ids of rules whose findings about the same span or concern this one makes
    needless: they are shown as its ``related``.
    """

    summary: str
    applies_to: tuple[Kind, ...]
    severity: Severity
    check: Check
    references: tuple[str, ...]
    examples: tuple[Example, ...]
    options: Mapping[str, int] = {}
    explains: tuple[str, ...] = ()


class LoadedRule(NamedTuple):
    """A rule with what its place on disk says of it."""

    id: str
    group: str
    doc: str
    rule: Rule
