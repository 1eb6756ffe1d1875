"""The files that Includes with tokens and variables name, for one host."""

from __future__ import annotations

from sshkeep.config.blocks.clients import HostQuery
from sshkeep.config.effective.evaluate import printed_lines_of
from sshkeep.config.effective.expansion import TokenValues, last_jump_host
from sshkeep.config.effective.ssh import effective_ssh
from sshkeep.config.local_machine import LocalMachine
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.load import IncludeNames, UnknownName
from sshkeep.openssh.tokens import BadToken, UnsetVariable, expand_both

MAX_EXPANDED = 100
"""Includes of one config whose names are expanded: each needs a look at all lines before it."""

_OF_MACHINE = "dLliC"
"""Tokens that stand for something of the machine that runs ssh."""


def include_names(query: HostQuery) -> IncludeNames:
    """A function that expands the argument of an Include, with what ssh has read before it.

    readconf.c expand_match_exec_or_include_path. It returns None for a name that ssh skips, as a variable is
    not set, or that it refuses. It raises UnknownName where the name depends on a machine that is not known.
    """
    left = MAX_EXPANDED

    def expand(argument: str, config: Config) -> str | None:
        nonlocal left
        left -= 1
        if left < 0:
            raise UnknownName(f"more than {MAX_EXPANDED} Includes have names that depend on the host")
        tokens = _tokens(config, query)
        try:
            return expand_both(argument, tokens, query.machine.environment if query.machine else {})
        except UnsetVariable:
            if query.machine is None:
                raise UnknownName("its name depends on the environment (--home DIR expands it)") from None
            return None
        except BadToken:
            if query.machine is None and any(f"%{name}" in argument for name in _OF_MACHINE):
                raise UnknownName("its name depends on the machine (--home DIR expands it)") from None
            return None

    return expand


def _tokens(config: Config, query: HostQuery) -> dict[str, str]:
    """The tokens' values by the lines that are read so far."""
    read = effective_ssh(config, query, final_pass=False)
    lines = printed_lines_of(read.settings, config)
    # More lines follow, for which these answers are not true.
    config.forget_answers()
    values = TokenValues(
        read.state.host,
        query.host,
        lines["port"][0],
        read.state.user or query.local_user,
        query.local_user,
        lines.get("hostkeyalias", (read.state.host,))[0],
        last_jump_host(lines)[1],
        query.machine or LocalMachine("", 0, "", {}),
    )
    tokens = values.tokens(config.target.release)
    return tokens if query.machine else {t: text for t, text in tokens.items() if t not in _OF_MACHINE}
