"""The value in effect for everyone, except where a block sets its own, and the lines that it comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sshkeep.config.parse_line import ParsedLine
from sshkeep.config.precedence.default_value import default_or_raised
from sshkeep.config.precedence.obtained import Setting, obtain
from sshkeep.config.precedence.order import Candidate, order_for_everyone
from sshkeep.config.tree.cached_answers import cached_answer
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.named import NamedTuple
from sshkeep.openssh.tables.keywords import precedence
from sshkeep.openssh.values.arguments import Value


class InEffect(NamedTuple):
    """``entry`` and ``parsed`` are None where no line sets the option and the default holds."""

    value: Value
    entry: Entry | None = None
    parsed: ParsedLine | None = None
    certain: bool = True
    """False where a file that was not read may decide otherwise."""


@cached_answer
def global_setting(option: str, config: Config) -> Setting:
    """The setting of ``option`` (lower case) from the lines that are for everyone."""
    return obtain(option, by_option(order_for_everyone(option, config)), config)


def by_option(lines: Iterable[Candidate]) -> dict[str, list[Candidate]]:
    """Lines of an option, and of the one that switches it off, by their option."""
    found: dict[str, list[Candidate]] = {}
    for line in lines:
        found.setdefault(line.option, []).append(line)
    return found


@cached_answer
def global_value(option: str, config: Config) -> InEffect:
    """The value of ``option`` (lower case) for everyone: a line's, or the target's default."""
    return in_effect(global_setting(option, config), config, lambda other: global_value(other, config).value)


def in_effect(setting: Setting, config: Config, value_of: Callable[[str], Value]) -> InEffect:
    """The value of a setting, with the default where no line sets it.

    ``value_of`` gives the value of the other option that the default may depend on.
    """
    if setting.value is None:
        default = default_or_raised(setting.option, config, value_of)
        return InEffect(default, certain=not config.unread and not config.fragment)
    strongest = setting.won[0]
    return InEffect(setting.value, strongest.entry, strongest.parsed, _certain(setting, config))


def _certain(setting: Setting, config: Config) -> bool:
    """A file that was not read may hold an earlier line, a ``Match all`` for sshd, or what adds up."""
    if not config.unread:
        return True
    if config.kind == "sshd_config" or setting.adds or setting.maybe:
        return False
    if precedence(setting.option, config.kind).last_wins(config.target.release):
        return False
    return all(line.entry.index < config.unread[0].position for line in setting.won)
