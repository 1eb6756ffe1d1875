"""sshkeep: a linter and fixer for OpenSSH's configs."""

from sshkeep.version import VERSION as __version__

__all__ = ["__version__"]
