"""A value as ``sshd -T`` and ``ssh -G`` print it: the right-hand sides of its lines."""

from __future__ import annotations

from sshkeep.openssh.kind import Kind
from sshkeep.openssh.tables.defaults import default_lines
from sshkeep.openssh.tables.keywords import option_row
from sshkeep.openssh.tables.option import Keyword
from sshkeep.openssh.targets import Target
from sshkeep.openssh.values.arguments import Value
from sshkeep.openssh.values.value_type import Printing, Texts


def printed_lines(value: Value, keyword: Keyword, kind: Kind, target: Target) -> Texts:
    """The right-hand sides for a value of the keyword, or for one line's where lines add up."""
    row = option_row(keyword.option, kind)
    if row and row.none_clears and isinstance(value, str) and value.lower() == "none":
        return ("none",) if kind == "sshd_config" else ()

    def default() -> Texts:
        return default_lines(keyword.option, kind, target)

    return keyword.type.printed(value, Printing(kind, target, keyword.adds, default))
