"""Ends of sessions, from texts."""

from __future__ import annotations

from sshkeep.config.blocks.clients import Connection, HostQuery
from sshkeep.config.effective.evaluate import evaluate_ssh, evaluate_sshd
from sshkeep.idle.endpoint_config import EndpointConfig, configured_endpoint
from sshkeep.idle.model.endpoint import CONFIG_KIND, Role
from sshkeep.idle.model.kernel import Kernel
from sshkeep.trees.discover import tree_for, tree_options

FILES: dict[Role, str] = {"server": "/nowhere/sshd_config", "client": "/nowhere/ssh_config"}


def endpoint_of(role: Role, text: str, target: str, kernel: Kernel | None = None) -> EndpointConfig:
    """One end with this config, for anybody."""
    config = tree_for(FILES[role], tree_options(CONFIG_KIND[role], target, None), text.encode()).load()
    kernel = kernel or Kernel()
    if role == "server":
        return configured_endpoint(config, evaluate_sshd(config, Connection()), role, kernel)
    return configured_endpoint(config, evaluate_ssh(config, HostQuery("host", None, "me")), role, kernel)
