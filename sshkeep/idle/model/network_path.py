"""A device between client and server that drops idle connections."""

from __future__ import annotations

from typing import Literal

from sshkeep.idle.model.endpoint import Role
from sshkeep.named import NamedTuple
from sshkeep.phrase import Phrase

ExpiryAction = Literal["silent", "rst", "rst-inside", "close", "recreate", "unknown"]
"""What the device does after the timeout. ``silent``: drop later packets. ``rst``: answer them with a TCP
reset. ``rst-inside``: answer the client (which is inside) with a reset, and drop what the server sends.
``close``: it has closed both connections. ``recreate``: a packet from the client creates the connection
again."""


class NetworkPath(NamedTuple):
    """A device with an idle timeout in seconds.

    ``counts_kernel``: whether TCP keepalives of the kernel, which carry no data, count as traffic; None: not
    known. ``label`` is what people call the device, ``source`` where the figures come from. ``configurable``:
    the least and the most that its owner can set; None if that is not known or not possible.
    """

    name: str
    timeout: float
    on_expiry: ExpiryAction = "unknown"
    counts_kernel: bool | None = None
    label: str = ""
    source: str = ""
    configurable: tuple[int, int] | None = None

    @property
    def display_name(self) -> str:
        """What to call the device in a sentence."""
        return self.label or self.name or Phrase("the router")

    def resets(self, role: Role) -> bool:
        """Whether this endpoint gets a TCP reset for a packet that it sends after the timeout."""
        return self.on_expiry == "rst" or (self.on_expiry == "rst-inside" and role == "client")
