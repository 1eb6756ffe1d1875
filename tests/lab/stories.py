"""Sessions that die for a reason that `sshkeep lint` names and `sshkeep fix` mends, as data."""

from typing import Literal, NamedTuple

from tests.lab.setups import SetUp

TIMEOUT = 6
POLICY = f"""\
paths: [{{name: lab, timeout: {TIMEOUT}, on_expiry: silent, counts_kernel: yes}}]
path: lab
# Here seconds stand for minutes.
ignore: [keepalive-too-quick]
"""


class Story(NamedTuple):
    """``file``: what is linted and mended, by whose it is. ``rule``: what lint finds, and nothing else."""

    name: str
    setup: SetUp
    file: Literal["client", "server"]
    rule: str


STORIES = (
    Story(
        "an sshd_config as it is shipped",
        SetUp(
            server="#TCPKeepAlive yes\n#ClientAliveInterval 0\n#ClientAliveCountMax 3\nUseDNS no\n",
            path_timeout=TIMEOUT,
        ),
        "server",
        "client-alive-interval",
    ),
    Story(
        "a keepalive that is short enough, but doubled",
        SetUp(server="UseDNS no\nClientAliveInterval 4\n", path_timeout=TIMEOUT, server_release="9.2"),
        "server",
        "interval-beyond-path",
    ),
    Story(
        "a keepalive that is off for this host",
        SetUp(
            "Host lab\n    ServerAliveInterval 0\n\nHost *\n    ServerAliveInterval 2\n", path_timeout=TIMEOUT
        ),
        "client",
        "server-alive-interval",
    ),
)
