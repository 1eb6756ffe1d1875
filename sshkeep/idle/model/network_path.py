"""What stands between client and server, and forgets."""

from __future__ import annotations

from typing import Literal, NamedTuple

from sshkeep.idle.model.endpoint import Role

ExpiryAction = Literal["silent", "rst", "rst-inside", "close", "recreate", "unknown"]
"""What a device does with a flow that it has forgotten: drops what comes; answers with a reset; does so to
the client, which is inside, and drops what the server sends; has closed both sides; makes the flow anew for
a packet from the client; or it is not known."""


class NetworkPath(NamedTuple):
    """A device with an idle timeout in seconds.

    ``counts_kernel``: whether the kernel's keepalives, which carry nothing, count as traffic there;
    None where it is not known. ``shown`` is what people call it, ``source`` who says so.
    ``configurable``: the least and the most that its owner can set instead; None where that is not
    known or can't be.
    """

    name: str
    timeout: float
    on_expiry: ExpiryAction = "unknown"
    counts_kernel: bool | None = None
    shown: str = ""
    source: str = ""
    configurable: tuple[int, int] | None = None


def resets(path: NetworkPath, role: Role) -> bool:
    """Whether that end gets a reset for what it sends once the path has forgotten it."""
    return path.on_expiry == "rst" or (path.on_expiry == "rst-inside" and role == "client")
