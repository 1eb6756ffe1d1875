"""A setting's value as ``sshd -T`` and ``ssh -G`` print it: the right-hand sides of its lines."""

from __future__ import annotations

from sshkeep.config.precedence.obtained import Setting
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.tables.option import Keyword
from sshkeep.openssh.tables.printing import printed_lines
from sshkeep.openssh.targets import Target

Texts = tuple[str, ...]


def texts(setting: Setting, row: Keyword, kind: Kind, target: Target) -> Texts:
    """The right-hand sides for an option that is set."""
    value = setting.value
    # servconf.c copy_set_server_options comes after ``none`` is cleared.
    if setting.in_match and isinstance(value, tuple) and row.type.on_one_line:
        return (" ".join(value),)
    if setting.in_match and row.option == "authorizedprincipalsfile":
        return (str(value),)
    return printed_lines(value, row, kind, target)
