"""For whom blocks apply: a connection to sshd, or a host that ssh is called with."""

from __future__ import annotations

from sshkeep.config.local_machine import LocalMachine
from sshkeep.named import NamedTuple
from sshkeep.openssh.patterns import match_list

Truth = bool | None


class Connection(NamedTuple):
    """The arguments of ``sshd -T -C``. A criterion does not match where its attribute is None (8.1)."""

    user: str | None = None
    host: str | None = None
    addr: str | None = None
    laddr: str | None = None
    lport: int | None = None
    rdomain: str | None = None
    groups: tuple[str, ...] | None = None
    """The user's groups. With None, whether Match Group matches is unknown."""
    ports: tuple[int, ...] = ()
    """The ports that sshd listens on. Without ``lport``, the connection comes in at one of them."""


class HostQuery(NamedTuple):
    """The call ``ssh user@host`` of ``local_user``; ``user`` is None where the call has none.

    ``assume_exec`` is the result of every ``Match exec``, which is never run; None for unknown. Without
    ``machine``, tokens and ``~`` are not expanded.
    """

    host: str
    user: str | None
    local_user: str
    assume_exec: Truth = None
    machine: LocalMachine | None = None


class SshState:
    """What ssh compares Match lines with while it reads: HostName, User, Tag and SessionType change it."""

    __slots__ = ("final", "host", "query", "session", "tag", "user")

    def __init__(self, query: HostQuery) -> None:
        self.query = query
        self.host = query.host
        self.user = query.user
        self.tag = ""
        self.session = "shell"
        self.final = False
        """Whether this is the second pass."""

    def match_host(self, patterns: tuple[str, ...]) -> bool:
        return match_list(self.host.lower(), tuple(pattern.lower() for pattern in patterns))
