"""Ends of sessions, from texts."""

from __future__ import annotations

from sshkeep.config.blocks.clients import Connection, HostQuery
from sshkeep.config.effective.evaluate import evaluate_ssh, evaluate_sshd
from sshkeep.idle.in_effect import KIND, Known, known
from sshkeep.idle.kernel import Kernel
from sshkeep.idle.side import Role
from sshkeep.trees.discover import tree_for, tree_options

FILES: dict[Role, str] = {"server": "/nowhere/sshd_config", "client": "/nowhere/ssh_config"}


def end_of(role: Role, text: str, target: str, kernel: Kernel | None = None) -> Known:
    """One end with this config, for anybody."""
    config = tree_for(FILES[role], tree_options(KIND[role], target, None), text.encode()).load()
    kernel = kernel or Kernel()
    if role == "server":
        return known(config, evaluate_sshd(config, Connection()), role, kernel)
    return known(config, evaluate_ssh(config, HostQuery("host", None, "me")), role, kernel)
