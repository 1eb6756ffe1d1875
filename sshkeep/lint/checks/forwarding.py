"""Whether DisableForwarding switches off what another option allows."""

from __future__ import annotations

from sshkeep.config.precedence.in_block import value_in_block
from sshkeep.config.tree.block import Block
from sshkeep.config.tree.config import Config
from sshkeep.openssh.releases import Release

DISABLES_X11_AND_AGENT = Release(10, 0)
"""session.c: before, DisableForwarding leaves X11 and agent forwarding on, unless a vendor fixed it."""


def ports_disabled(block: Block | None, config: Config) -> bool:
    """Whether no port can be forwarded, whatever the value of AllowTcpForwarding."""
    return value_in_block("disableforwarding", block, config).value == "yes"


def all_disabled(block: Block | None, config: Config) -> bool:
    """Whether X11 and the agent can't be forwarded either; vendors are assumed to have fixed it."""
    fixed = config.target.release >= DISABLES_X11_AND_AGENT or config.target.vendor != "openssh"
    return fixed and ports_disabled(block, config)
