"""The value that holds where no line sets an option, in the form in which a line's value is read."""

from __future__ import annotations

from collections.abc import Callable

from sshkeep.config.model import Config, cached_answer
from sshkeep.openssh.precedence import raised_default
from sshkeep.openssh.tables.defaults import OLD_NAMES, defaults, prints
from sshkeep.openssh.tables.keywords import keyword_for
from sshkeep.openssh.values.arguments import Arguments, BadValue, Value

DEPENDS_ON_BUILD = {
    ("freebsd", "verifyhostkeydns"),
    ("freebsd", "x11forwarding"),
    ("suse", "permitrootlogin"),
}
"""Vendor and option of which the default depends on more than the release (see vendor_defaults.py)."""


def default_value(option: str, config: Config, value_of: Callable[[str], Value]) -> Value:
    """The default of ``option`` (lower case); None where there is none, or none that is known.

    ``value_of`` gives the value of the other option that the default may depend on.
    """
    raised = raised_default(option, config.kind, config.target)
    if raised and value_of(raised.option) == raised.value:
        return _read(option, raised.default, config)
    return _plain(option, config)


@cached_answer
def _plain(option: str, config: Config) -> Value:
    text = default_text(option, config)
    return None if (config.target.vendor, option) in DEPENDS_ON_BUILD else _read(option, text, config)


def _read(option: str, text: str, config: Config) -> Value:
    from sshkeep.openssh.values.types import read_value

    row = keyword_for(option, config.kind, config.target)
    if row is None or row.state or not text:
        return None
    words = tuple(text.split())
    try:
        return read_value(Arguments(words, row, config.kind, config.target, (False,) * len(words)))
    except BadValue:
        return None


def default_text(option: str, config: Config) -> str:
    """The default as the target prints it; empty where it has none, or one that names a home or user."""
    texts = defaults(config.kind, config.target).get(printed_name(option, config))
    return texts[0] if texts and "{" not in texts[0] else ""


def printed_name(option: str, config: Config) -> str:
    """The lower-case name under which the program prints an option: its own, or an older one's."""
    shown = prints(config.kind, config.target)
    if option in shown:
        return option
    return next((old for old, new in OLD_NAMES.items() if new == option and old in shown), option)
