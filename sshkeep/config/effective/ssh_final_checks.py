"""What ssh refuses when it has read everything; its error names no line."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class FinalCheck(NamedTuple):
    """``option`` (lower case) is to blame.

    ``refuses`` gets a function from an option to its text, which is empty for an option that is not set.
    ``only_without_command``: ssh accepts the settings where its command line has a command.
    """

    option: str
    problem: str
    refuses: Callable[[Callable[[str], str]], bool]
    only_without_command: bool = False


FINAL_CHECKS = (
    FinalCheck(
        "connectionattempts",
        "ConnectionAttempts 0 is refused",
        lambda text: text("connectionattempts") == "0",
    ),
    FinalCheck(
        "proxycommand",
        "ProxyCommand - does not go with ProxyUseFdpass",
        lambda text: text("proxycommand") == "-" and text("proxyusefdpass") == "yes",
    ),
    FinalCheck(
        "forkafterauthentication",
        "ForkAfterAuthentication needs a command or SessionType none",
        lambda text: (
            text("forkafterauthentication") == "yes"
            and not text("remotecommand")
            and text("sessiontype") != "none"
        ),
        only_without_command=True,
    ),
)
"""ssh.c main, in its order."""
