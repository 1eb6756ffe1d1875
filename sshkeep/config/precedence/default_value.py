"""The value that holds where no line sets an option, in the form in which a line's value is read."""

from __future__ import annotations

from collections.abc import Callable

from sshkeep.config.tree.config import Config
from sshkeep.openssh.tables import defaults
from sshkeep.openssh.tables.keywords import precedence
from sshkeep.openssh.values.arguments import Value


def default_or_raised(option: str, config: Config, value_of: Callable[[str], Value]) -> Value:
    """The default of ``option`` (lower case); None where there is none, or none that is known.

    ``value_of`` gives the value of the other option that the default may depend on.
    """
    raised = precedence(option, config.kind).raised_for(config.target)
    if raised and value_of(raised.option) == raised.value:
        return defaults.read_default(raised.default, option, config.kind, config.target)
    return defaults.default_value(option, config.kind, config.target)


def default_text(option: str, config: Config) -> str:
    """The default as the target prints it; empty where it has none, or one that names a home or user."""
    texts = defaults.default_lines(option, config.kind, config.target)
    return texts[0] if texts and "{" not in texts[0] else ""
