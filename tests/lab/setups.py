"""The set-ups of the lab, as data: what is configured, what happens, and how long it is watched.

They come in pairs: a set-up, and its twin, which differs in one setting and ends the other way. Seconds are
few, but far enough from each other that a busy machine makes no difference. sshd 9.2 to 9.4 probes
at twice the interval, so a set-up with the installed sshd has to end the same way for both.
"""

from typing import Any, Literal, NamedTuple

from tests.oracle.releases import INSTALLED

FOREVER = 100_000
"""A path timeout that is longer than anything here, the kernel's two hours among it."""


Expiry = Literal["silent", "rst", "rst-inside", "recreate"]
"""What the NAT does once it has forgotten: drops what comes, answers with a reset, answers the client so, or
makes a new connection for a packet of the client."""


class Kernel(NamedTuple):
    """net.ipv4.tcp_keepalive_* of both hosts, as Linux has them: seconds, seconds, a number."""

    time: int = 7200
    intvl: int = 75
    probes: int = 9


class SetUp(NamedTuple):
    """Two configs and the network between them.

    The session is left alone after its login for ``watch`` seconds, then the client types a line.
    ``cut`` and ``mended`` are when the link is cut and mended again, in seconds after the login.
    """

    client: str = ""
    server: str = ""
    path_timeout: int = 5
    expiry: Expiry = "silent"
    kernel: Kernel = Kernel()
    cut: float | None = None
    mended: float | None = None
    watch: float = 13
    server_release: str = INSTALLED
    client_release: str = INSTALLED


class Pair(NamedTuple):
    """``twin_name`` says in what ``twin`` differs."""

    name: str
    setup: SetUp
    twin_name: str
    twin: SetUp

    def named(self) -> tuple[tuple[str, SetUp], tuple[str, SetUp]]:
        """Both with a name of their own."""
        return (self.name, self.setup), (f"{self.name} / {self.twin_name}", self.twin)


def _pair(name: str, setup: SetUp, twin_name: str, **setting: Any) -> Pair:
    return Pair(name, setup, twin_name, setup._replace(**setting))


def _cut(client: str = "", server: str = "", after: float = 0.5, **more: Any) -> SetUp:
    """On a path that forgets nothing, the link is cut."""
    return SetUp(client, server, FOREVER, cut=after, **more)


_QUICK = Kernel(2, 1, 3)
_LATE = SetUp("ServerAliveInterval 8\n")
_BOTH_COUNT = "ClientAliveInterval 2\nClientAliveCountMax 1\n"
_ZERO = "ServerAliveInterval 8\nServerAliveCountMax 0\n"
_JUMP = """\
Host lab
    ProxyJump jump
Host jump
    HostName 10.77.2.2
    HostKeyAlias lab
    User root
    IdentityFile /run/lab/key
    UserKnownHostsFile /run/lab/known_hosts
    ServerAliveInterval {seconds}
"""
"""The server is its own jump host; so the path is before both."""
_DOUBLED = "ClientAliveInterval 4\nClientAliveCountMax 1\n"

PAIRS = (
    _pair("nothing", SetUp(), "a path that does not forget", path_timeout=FOREVER),
    _pair("client only", SetUp("ServerAliveInterval 2\n"), "0", client="ServerAliveInterval 0\n"),
    _pair("server only", SetUp("", "ClientAliveInterval 1\n"), "0", server="ClientAliveInterval 0\n"),
    _pair(
        "both, the server's is short enough",
        SetUp("ServerAliveInterval 8\n", "ClientAliveInterval 1\n"),
        "it is too long as well",
        server="ClientAliveInterval 8\n",
    ),
    _pair(
        "client's interval above the timeout",
        SetUp("ServerAliveInterval 6\nServerAliveCountMax 1\n", path_timeout=4, watch=17),
        "below",
        client="ServerAliveInterval 2\nServerAliveCountMax 1\n",
    ),
    _pair(
        "server's interval above the timeout",
        SetUp("", "ClientAliveInterval 6\n", 4),
        "below",
        server="ClientAliveInterval 1\n",
    ),
    _pair(
        "sshd 9.2 doubles the interval",
        SetUp("", _DOUBLED, 6, watch=24, server_release="9.2"),
        "sshd 10.0",
        server_release="10.0",
    ),
    _pair(
        "sshd 8.4 does not double it, ssh 10.6 asking",
        SetUp("", _DOUBLED, 6, watch=24, server_release="8.4", client_release="10.6"),
        "sshd 9.2",
        server_release="9.2",
    ),
    _pair(
        "client's count 0 hangs up",
        SetUp("ServerAliveInterval 4\nServerAliveCountMax 0\n", "", FOREVER),
        "1",
        client="ServerAliveInterval 4\nServerAliveCountMax 1\n",
    ),
    _pair(
        "client's count 0, and a server that speaks",
        SetUp(_ZERO, "ClientAliveInterval 2\n", FOREVER),
        "one that does not",
        server="ClientAliveInterval 0\n",
    ),
    _pair(
        "server's count 0 never ends a session",
        _cut(server="ClientAliveInterval 2\nClientAliveCountMax 0\n"),
        "1",
        server=_BOTH_COUNT,
    ),
    _pair(
        "kernel keepalive of the server alone",
        SetUp("TCPKeepAlive no\n", kernel=_QUICK),
        "TCPKeepAlive no there, too",
        server="TCPKeepAlive no\n",
    ),
    _pair(
        "kernel keepalive",
        SetUp("TCPKeepAlive yes\n", kernel=_QUICK),
        "after two hours",
        kernel=_QUICK._replace(time=7200),
    ),
    _pair(
        "kernel keepalive notices a cut",
        _cut(server="TCPKeepAlive no\n", kernel=Kernel(3, 1, 3)),
        "TCPKeepAlive no",
        client="TCPKeepAlive no\n",
    ),
    _pair(
        "Debian's ProtocolKeepAlives",
        SetUp("ProtocolKeepAlives 2\n", client_release="9.2"),
        "above the timeout",
        client="ProtocolKeepAlives 8\n",
    ),
    _pair(
        "SetupTimeOut is the interval for Debian's 9.2",
        SetUp("SetupTimeOut 2\n", client_release="9.2"),
        "and something else for its 10.0",
        client_release="10.0",
    ),
    _pair(
        "a cut between probes, and only the client notices",
        _cut("ServerAliveInterval 2\nServerAliveCountMax 2\n", after=5, watch=16),
        "nobody does",
        client="ServerAliveInterval 0\nServerAliveCountMax 2\n",
    ),
    _pair(
        "ssh 8.4 notices that sshd 10.6 is gone",
        _cut("ServerAliveInterval 2\nServerAliveCountMax 2\n", client_release="8.4", server_release="10.6"),
        "more patience",
        client="ServerAliveInterval 2\nServerAliveCountMax 9\n",
    ),
    _pair(
        "a cut that both notice",
        _cut("ServerAliveInterval 2\nServerAliveCountMax 1\n", _BOTH_COUNT, after=3.5, watch=17),
        "only the client does",
        server="ClientAliveInterval 2\nClientAliveCountMax 0\n",
    ),
    _pair(
        "a link that comes back in time",
        _cut("ServerAliveInterval 3\nServerAliveCountMax 6\n", mended=9, watch=20),
        "a count that does not wait for it",
        client="ServerAliveInterval 3\nServerAliveCountMax 1\n",
    ),
    _pair(
        "a Host block for this host",
        SetUp("Host lab\n  ServerAliveInterval 2\n"),
        "for another one",
        client="Host lad\n  ServerAliveInterval 2\n",
    ),
    _pair(
        "a Match block for this user",
        SetUp("", "Match User root\n  ClientAliveInterval 1\n"),
        "for another one",
        server="Match User git\n  ClientAliveInterval 1\n",
    ),
    _pair(
        "a NAT that makes the connection anew", _LATE._replace(expiry="recreate"), "silent", expiry="silent"
    ),
    _pair(
        "a NAT that answers with a reset",
        SetUp("", "ClientAliveInterval 6\n", 4, "rst", watch=15),
        "but not to the server",
        expiry="rst-inside",
    ),
    _pair(
        "a NAT that answers the client with a reset",
        SetUp("ServerAliveInterval 7\n", expiry="rst-inside"),
        "silent",
        expiry="silent",
    ),
    _pair(
        "the connection to a jump host is kept",
        SetUp(_JUMP.format(seconds=2)),
        "is not",
        client=_JUMP.format(seconds=0),
    ),
    _pair(
        "an earlier line wins",
        SetUp("ServerAliveInterval 0\nServerAliveInterval 3\n"),
        "without that line",
        client="ServerAliveInterval 3\n",
    ),
)

SETUPS = {name: setup for pair in PAIRS for name, setup in pair.named()}
"""All by name."""
