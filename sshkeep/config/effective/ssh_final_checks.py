"""What ssh refuses when it has read everything. Its error names no line."""

from __future__ import annotations

from collections.abc import Callable

from sshkeep.named import NamedTuple
from sshkeep.openssh.releases import KNOWN_HOSTS_NONE, OLDEST, Release


class FinalCheck(NamedTuple):
    """A check of ``option`` (lower case).

    ``refuses`` gets a function that returns the text of an option, empty for one that is not set. With
    ``only_without_command``, ssh accepts the settings if its command line has a command. No release before
    ``since`` has the check.
    """

    option: str
    problem: str
    refuses: Callable[[Callable[[str], str]], bool]
    only_without_command: bool = False
    since: Release = OLDEST


def _none_and_others(option: str) -> FinalCheck:
    return FinalCheck(
        option,
        "the known hosts file none does not go with others",
        lambda text: text(option).lower().startswith("none "),
        since=KNOWN_HOSTS_NONE,
    )


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
    _none_and_others("globalknownhostsfile"),
    _none_and_others("userknownhostsfile"),
)
"""ssh.c main, in its order."""
