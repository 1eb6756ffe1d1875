"""A local connection to a host whose /etc/ssh and /var/lib are below its variable ``root``; Ansible loads it by its path."""

from __future__ import annotations

from shlex import quote
from typing import Any

from ansible.plugins.connection.local import Connection as LocalConnection

DOCUMENTATION = """
name: tree
short_description: Runs commands on this machine, with another /etc/ssh and /var/lib
description: [For measurements.]
options:
  root:
    description: The folder of both.
    vars: [{name: root}]
  become_success_timeout:
    description: As of a local connection.
    type: int
    default: 10
  become_strip_preamble:
    description: As of a local connection.
    type: bool
    default: true
"""


class Connection(LocalConnection):  # type: ignore[misc]
    """Each command has mounts of its own."""

    transport = "tree"

    def exec_command(self, cmd: str, in_data: bytes | None = None, sudoable: bool = True) -> Any:
        """The command's exit code and output."""
        root = quote(self.get_option("root"))
        binds = " && ".join(f"mount --bind {root}{place} {place}" for place in ("/etc/ssh", "/var/lib"))
        inside = f"{binds} && exec sh -c {quote(cmd)}"
        return super().exec_command(f"unshare -m sh -c {quote(inside)}", in_data, sudoable)
