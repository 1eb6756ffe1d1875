"""sshkeep: a linter and fixer for OpenSSH's configs.

As a library: ``lint`` finds problems, ``audit`` reports on the controls of a guide, ``fix`` and ``set``
plan changes that their result writes, ``idle`` forecasts an idle session, and ``hosts`` one to every host
that a config names. ``load`` reads a config, and its ``effective`` is what OpenSSH would use, as
``SshdSettings`` or ``SshSettings``. None of them prints or
exits; what sshkeep can't do is an SshkeepError.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING

from sshkeep.errors import SshkeepError
from sshkeep.version import VERSION as __version__

if TYPE_CHECKING:
    from sshkeep.api.audit import AuditResult, audit
    from sshkeep.api.changes import Applied
    from sshkeep.api.fix import FixResult, fix
    from sshkeep.api.hosts import HostsResult, hosts
    from sshkeep.api.idle import IdleResult, idle
    from sshkeep.api.lint import LintResult, lint
    from sshkeep.api.query import Query
    from sshkeep.api.set import SetResult, set
    from sshkeep.settings.loaded_config import LoadedSsh, LoadedSshd, load
    from sshkeep.settings.ssh import SshSettings
    from sshkeep.settings.sshd import SshdSettings
    from sshkeep.trees.other_machine import OtherMachine

_HOMES = {
    "Applied": "api.changes",
    "AuditResult": "api.audit",
    "FixResult": "api.fix",
    "HostsResult": "api.hosts",
    "IdleResult": "api.idle",
    "LintResult": "api.lint",
    "LoadedSsh": "settings.loaded_config",
    "LoadedSshd": "settings.loaded_config",
    "OtherMachine": "trees.other_machine",
    "Query": "api.query",
    "SetResult": "api.set",
    "SshSettings": "settings.ssh",
    "SshdSettings": "settings.sshd",
    "audit": "api.audit",
    "fix": "api.fix",
    "hosts": "api.hosts",
    "idle": "api.idle",
    "lint": "api.lint",
    "load": "settings.loaded_config",
    "set": "api.set",
}
"""The module of each name that is imported when it is first used."""

__all__ = [
    "Applied",
    "AuditResult",
    "FixResult",
    "HostsResult",
    "IdleResult",
    "LintResult",
    "LoadedSsh",
    "LoadedSshd",
    "OtherMachine",
    "Query",
    "SetResult",
    "SshSettings",
    "SshdSettings",
    "SshkeepError",
    "__version__",
    "audit",
    "fix",
    "hosts",
    "idle",
    "lint",
    "load",
    "set",
]


def __getattr__(name: str) -> object:
    """The commands do without these, and pydantic takes longer to import than a file to lint."""
    if name not in _HOMES:
        raise AttributeError(f"module 'sshkeep' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"sshkeep.{_HOMES[name]}"), name)


class _Package(ModuleType):
    """Keeps ``sshkeep.lint`` and the like the functions: a package of the same name does not hide them."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOMES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
