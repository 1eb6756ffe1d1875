"""Whether DisableForwarding switches off what another option allows."""

from __future__ import annotations

from sshkeep.config.precedence.in_block import value_in_block
from sshkeep.config.tree.block import Block
from sshkeep.config.tree.config import Config
from sshkeep.openssh.releases import Release

DISABLES_X11_AND_AGENT = Release(10, 0)
"""session.c: before, DisableForwarding left X11 and agent forwarding on, unless a vendor mended it."""


def ports_disabled(block: Block | None, config: Config) -> bool:
    """Whether no port can be forwarded, whatever AllowTcpForwarding says."""
    return value_in_block("disableforwarding", block, config).value == "yes"


def all_disabled(block: Block | None, config: Config) -> bool:
    """Whether X11 and the agent can't be forwarded either; a vendor is taken to have mended it."""
    mended = config.target.release >= DISABLES_X11_AND_AGENT or config.target.vendor != "openssh"
    return mended and ports_disabled(block, config)
