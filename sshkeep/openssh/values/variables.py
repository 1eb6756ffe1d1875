"""``${NAME}`` and the older ``$NAME`` in arguments (misc.c dollar_expand): only their form is judged."""

from __future__ import annotations

from sshkeep.errors import in_quotes
from sshkeep.openssh.releases import AGENT_VARIABLES_CHECKED
from sshkeep.openssh.values.arguments import Arguments, BadValue


def has_unclosed_variable(text: str) -> bool:
    """Whether a ``${`` is not closed. Whether the variable is set is the environment's."""
    at = text.find("${")
    while at >= 0:
        close = text.find("}", at)
        if close < 0 or close == at + 2:
            return True
        at = text.find("${", close)
    return False


def agent_path(arguments: Arguments) -> str:
    """IdentityAgent, ForwardAgent: a path, or a variable that holds one."""
    text = arguments.words[0]
    if arguments.target.release >= AGENT_VARIABLES_CHECKED and has_unclosed_variable(text):
        raise BadValue(f"{in_quotes(text)} holds a variable that is not closed")
    braces = arguments.target.release >= AGENT_VARIABLES_CHECKED and text.startswith("${")
    if text.startswith("$") and not braces and not _variable(text[1:]):
        raise BadValue(f"{in_quotes(text)} is not the name of a variable")
    return text


def _variable(name: str) -> bool:
    return bool(name) and name.isascii() and name.replace("_", "a").isalnum()
