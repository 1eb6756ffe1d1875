"""sshkeep: a linter and fixer for OpenSSH's configs.

As a library: ``load`` reads a config, and its ``effective`` tells what OpenSSH would use, as
``SshdSettings`` or ``SshSettings``. Whatever sshkeep can't do is an SshkeepError.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sshkeep.errors import SshkeepError
from sshkeep.version import VERSION as __version__

if TYPE_CHECKING:
    from sshkeep.settings.loaded_config import LoadedSsh, LoadedSshd, load
    from sshkeep.settings.ssh import SshSettings
    from sshkeep.settings.sshd import SshdSettings

__all__ = [
    "LoadedSsh",
    "LoadedSshd",
    "SshSettings",
    "SshdSettings",
    "SshkeepError",
    "__version__",
    "load",
]

_HOMES = {
    "LoadedSsh": "loaded_config",
    "LoadedSshd": "loaded_config",
    "SshSettings": "ssh",
    "SshdSettings": "sshd",
    "load": "loaded_config",
}
"""The module of `sshkeep.settings` for each name that is imported when it is first used."""


def __getattr__(name: str) -> object:
    """The commands do without these, and pydantic takes longer to import than a file to lint."""
    if name not in _HOMES:
        raise AttributeError(f"module 'sshkeep' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"sshkeep.settings.{_HOMES[name]}"), name)
