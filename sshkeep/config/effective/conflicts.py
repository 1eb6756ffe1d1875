"""Settings that the target accepts one by one and refuses together.

Imports that few files need are within functions: every lint runs this module.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sshkeep.config.effective.ssh_final_checks import FINAL_CHECKS
from sshkeep.config.precedence.global_value import global_value
from sshkeep.config.refusals import refused_lines
from sshkeep.config.tree.cached_answers import cached_answer
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry

SUSPECTS = {
    "sshd_config": (
        "addressfamily",
        "authenticationmethods",
        "authorizedkeyscommand",
        "authorizedprincipalscommand",
    ),
    "ssh_config": (
        *(check.option for check in FINAL_CHECKS if not check.only_without_command),
        "canonicaldomains",
        "canonicalizepermittedcnames",
    ),
}
"""Options that may be refused when everything is read, besides lists of algorithms."""


Conflict = tuple[Entry, str]
"""The line for which the program exits when it has read everything, and the reason."""


def is_refused(config: Config) -> bool:
    """Whether the target refuses the tree whoever asks, so that no line of it is in effect."""
    return bool(refused_lines(config) or conflicts(config))


@cached_answer
def conflicts(config: Config) -> list[Conflict]:
    """Accepted lines for which the target exits, in the order of its checks.

    For sshd, of the settings at start; for ssh, of the global settings. Conflicts of the settings of a block
    are found by `sshkeep.config.effective.evaluate`.
    """
    lists = [name for name in sorted(config.names()) if _is_list(name, config)]
    suspect = lists or any(map(config.lines, SUSPECTS[config.kind]))
    found = _conflicts_at_start if config.kind == "sshd_config" else _global_conflicts
    return list(found(config, lists)) if suspect else []


def _is_list(name: str, config: Config) -> bool:
    row = config.lines(name)[0].keyword  # its spelling may be another one
    return row is not None and row.type.is_algorithm_list


def _conflicts_at_start(config: Config, lists: list[str]) -> Iterator[Conflict]:
    from sshkeep.config.effective.sshd import settings_at_start
    from sshkeep.config.effective.sshd_startup import address_family_problem, startup_problems

    settings = settings_at_start(config)
    if wrong := address_family_problem(settings):
        yield settings["addressfamily"].won[0].entry, wrong
    for name in lists:
        if name in settings and (problem := _list_problem(name, str(settings[name].value), config)):
            yield settings[name].won[0].entry, problem
    for keyword, problem in startup_problems(config):
        yield settings[keyword].won[0].entry, problem


def _list_problem(name: str, text: str, config: Config) -> str:
    from sshkeep.openssh.algorithms.lists import BadAlgorithms, assemble_all

    try:
        assemble_all({name: text}, config.kind, config.target)
    except BadAlgorithms as error:
        return error.problem
    return ""


def _global_conflicts(config: Config, lists: list[str]) -> Iterator[Conflict]:
    for name in lists:
        effect = global_value(name, config)
        if effect.entry and (problem := _list_problem(name, str(effect.value), config)):
            yield effect.entry, problem
    yield from _too_many_words(config)
    for check in FINAL_CHECKS:
        if config.target.release < check.since:
            continue
        blamed = global_value(check.option, config).entry
        if blamed and not check.only_without_command and check.refuses(_global_text(config)):
            yield blamed, check.problem


def _too_many_words(config: Config) -> Iterator[Conflict]:
    """ssh counts the words of a list where the line takes effect only."""
    from sshkeep.openssh.values.lists import AT_MOST, MOST_WORDS

    for name, until in AT_MOST.items():
        effect = global_value(name, config) if config.lines(name) and config.target.release < until else None
        if effect and effect.entry and isinstance(effect.value, tuple) and len(effect.value) > MOST_WORDS:
            yield effect.entry, f"more than {MOST_WORDS} words"


def _global_text(config: Config) -> Callable[[str], str]:
    def text(option: str) -> str:
        value = global_value(option, config).value
        return "" if value is None else " ".join(value) if isinstance(value, tuple) else str(value)

    return text
