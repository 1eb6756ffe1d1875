"""client - NAT - server: three network namespaces, and a NAT that forgets idle connections."""

from tests.lab.namespace import Namespace, run
from tests.lab.setups import Expiry, Kernel

SERVER = "10.77.2.2"
"""The server's address, as the client knows it; the client itself is seen as the NAT's 10.77.2.1."""

_RULES = """\
table ip lab {{
  chain input {{ type filter hook input priority 0; ip protocol tcp {from_server}; }}
  chain forward {{ type filter hook forward priority 0; ct state invalid {from_client}; }}
  chain leaving {{ type nat hook postrouting priority 100; oifname outside masquerade; }}
}}
"""
"""A packet of no connection that is known is, from the client, an invalid one; from the server, one to the
NAT itself."""

_RESET = "reject with tcp reset"
_FATES: dict[Expiry, tuple[str, str, int]] = {
    "silent": ("drop", "drop", 0),
    "rst": (_RESET, _RESET, 0),
    "rst-inside": (_RESET, "drop", 0),
    "recreate": ("drop", "drop", 1),
}
"""What becomes of one from the client and one from the server, and nf_conntrack_tcp_loose: with 1, Linux'
default, the client's is never invalid."""


class Network:
    """The namespaces of one set-up; ``number`` tells them from those of the others.

    ``kernel`` is that of both hosts; ``expiry`` is what the NAT does once it has forgotten a connection.
    """

    def __init__(self, number: int, kernel: Kernel, expiry: Expiry) -> None:
        names = [f"{role}-{number}" for role in ("client", "nat", "server")]
        self.client, self.nat, self.server = map(Namespace, names)
        run(["ip", "-batch", "-"], "".join(f"netns add {name}\n" for name in names))
        self._connect(self.client, "inside", "10.77.1")
        self._connect(self.server, "outside", "10.77.2")
        for host in (self.client, self.server):
            host.sysctl("ipv4", {f"tcp_keepalive_{name}": value for name, value in kernel._asdict().items()})
        self.client.ip("route add default via 10.77.1.1")
        self.server.ip("link set dev lo up")
        from_client, from_server, loose = _FATES[expiry]
        self.nat.nft(_RULES.format(from_client=from_client, from_server=from_server))
        self.nat.sysctl("netfilter", {"nf_conntrack_tcp_loose": loose})
        self.nat.sysctl("ipv4", {"ip_forward": 1})

    def _connect(self, host: Namespace, interface: str, subnet: str) -> None:
        run(["ip", "link", "add", "name", "eth0", "netns", host.name, "type", "veth",
             "peer", "name", interface, "netns", self.nat.name])  # fmt: skip
        for namespace, end, number in ((host, "eth0", 2), (self.nat, interface, 1)):
            namespace.ip(f"address add {subnet}.{number}/24 dev {end}", f"link set dev {end} up")

    def forget_after(self, seconds: int) -> None:
        """From each connection's next packet on, it is forgotten when it is idle for so long."""
        self.nat.sysctl("netfilter", {"nf_conntrack_tcp_timeout_established": seconds})

    def cut(self) -> None:
        """Nothing gets through any more, in neither direction, and nobody is told."""
        self.nat.nft("add chain ip lab cut { type filter hook forward priority -1; policy drop; }\n")

    def mend(self) -> None:
        """Everything gets through again."""
        self.nat.nft("delete chain ip lab cut\n")
