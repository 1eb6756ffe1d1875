"""Devices that forget an idle connection, with the timeout that they ship with.

Each row was seen in the text or source of whom ``source`` names; one that stands only on somebody else's
word has "secondary" there. A proxy without a timeout of its own (HAProxy) and a range without a typical
figure (mobile carriers) have no row: name such a path in sshkeep.yaml, or give --path-timeout.
"""

from __future__ import annotations

from collections.abc import Mapping

from sshkeep.errors import SshkeepError
from sshkeep.idle.model.network_path import NetworkPath

KNOWN_PATHS: tuple[NetworkPath, ...] = (
    NetworkPath(
        "home-router",
        1200,
        shown="home router",
        source="Tomato64's source, ct_tcp_timeout: the shortest of the free router firmwares",
    ),
    NetworkPath(
        "dd-wrt",
        3600,
        shown="DD-WRT router",
        source="DD-WRT's source, ip_conntrack_tcp_timeouts",
    ),
    NetworkPath(
        "openwrt",
        7440,
        "recreate",
        True,
        "OpenWrt router",
        "OpenWrt's source, sysctl-nf-conntrack.conf",
    ),
    NetworkPath(
        "mikrotik",
        86400,
        "recreate",
        None,
        "MikroTik RouterOS",
        "secondary: settings read from devices, tcp-established-timeout=1d, loose-tcp-tracking=yes",
    ),
    NetworkPath(
        "linux-conntrack",
        432000,
        "recreate",
        True,
        "Linux NAT or firewall (nftables, iptables)",
        "nf_conntrack_tcp_timeout_established, read and measured on Linux 6",
    ),
    NetworkPath(
        "kube-proxy",
        86400,
        "recreate",
        True,
        "Kubernetes service, iptables mode",
        "kube-proxy's reference, --conntrack-tcp-timeout-established",
    ),
    NetworkPath(
        "ipvs",
        900,
        "rst",
        True,
        "Linux IPVS: Docker Swarm ports, kube-proxy's ipvs mode",
        "Linux's source, ip_vs_proto_tcp.c; the reset and the keepalives secondary: moby issue 31208",
    ),
    NetworkPath(
        "vpp-nat44",
        7440,
        shown="VPP NAT44",
        source="FD.io's API documentation, tcp_established",
    ),
    NetworkPath(
        "rfc5382",
        7440,
        "unknown",
        True,
        "any NAT that keeps to RFC 5382",
        "RFC 5382 REQ-5: at least 2 hours 4 minutes",
    ),
    NetworkPath(
        "firewall-1h",
        3600,
        "silent",
        True,
        "firewall with a timeout of 1 hour",
        "what Cisco ASA and FTD, PAN-OS and FortiGate ship with",
    ),
    NetworkPath(
        "cisco-asa",
        3600,
        "silent",
        True,
        "Cisco ASA",
        "ASA configuration guide, timeout conn 1:00:00",
    ),
    NetworkPath(
        "cisco-ftd",
        3600,
        "silent",
        None,
        "Cisco Firepower Threat Defense",
        "FTD platform settings, Connection (Conn)",
    ),
    NetworkPath(
        "cisco-ios-nat",
        86400,
        shown="Cisco IOS NAT",
        source="secondary: ip nat translation tcp-timeout, in a handbook and a copy of Cisco's FAQ",
    ),
    NetworkPath(
        "fortigate",
        3600,
        "silent",
        None,
        "FortiGate",
        "Fortinet's technical tip on session-ttl",
        (300, 2764800),
    ),
    NetworkPath(
        "juniper-srx",
        1800,
        "silent",
        None,
        "Juniper SRX",
        "Junos documentation: the default for TCP is 30 minutes",
    ),
    NetworkPath(
        "palo-alto",
        3600,
        "silent",
        True,
        "Palo Alto PAN-OS",
        "PAN-OS documentation, session timeouts",
    ),
    NetworkPath(
        "pf",
        86400,
        shown="pf of OpenBSD and FreeBSD",
        source="pf's source, PFTM_TCP_ESTABLISHED_VAL",
    ),
    NetworkPath(
        "pfsense",
        86400,
        "silent",
        True,
        "pfSense, normal",
        "Netgate's documentation of the firewall's optimization",
    ),
    NetworkPath(
        "pfsense-aggressive",
        18000,
        "silent",
        True,
        "pfSense, aggressive",
        "Netgate's documentation of the firewall's optimization",
    ),
    NetworkPath(
        "aws-classic-elb",
        60,
        "close",
        False,
        "AWS Classic Load Balancer",
        "AWS documentation: probes without payload do not count",
        (1, 3600),
    ),
    NetworkPath(
        "aws-gwlb",
        350,
        shown="AWS Gateway Load Balancer",
        source="AWS documentation and FAQ",
        configurable=(60, 6000),
    ),
    NetworkPath(
        "aws-nat-gateway",
        350,
        "rst-inside",
        True,
        "AWS NAT gateway",
        "AWS networking blog; VPC guide, NAT gateways and NAT instances compared",
    ),
    NetworkPath(
        "aws-network-firewall",
        350,
        "silent",
        True,
        "AWS Network Firewall",
        "AWS API reference, FlowTimeouts",
        (60, 6000),
    ),
    NetworkPath(
        "aws-nitro-v6",
        350,
        "silent",
        None,
        "EC2 instance of Nitro v6, its security groups",
        "EC2 API reference, ConnectionTrackingConfiguration; guide of the Gateway Load Balancer",
        (60, 432000),
    ),
    NetworkPath(
        "aws-nlb",
        350,
        "rst",
        True,
        "AWS Network Load Balancer",
        "AWS documentation, Network Load Balancers and their idle timeout",
        (60, 6000),
    ),
    NetworkPath(
        "aws-security-group",
        432000,
        "silent",
        None,
        "EC2 instance before Nitro v6, its security groups",
        "EC2 API reference, ConnectionTrackingConfiguration",
        (60, 432000),
    ),
    NetworkPath(
        "aws-session-manager",
        1200,
        "close",
        # ssh talks to a proxy command: no TCP connection of its own reaches the other end.
        False,
        "ssh over AWS Session Manager",
        "Systems Manager guide, idle session timeout",
        (60, 3600),
    ),
    NetworkPath(
        "azure-firewall",
        240,
        shown="Azure Firewall",
        source="Azure documentation, long-running sessions",
        configurable=(240, 900),
    ),
    NetworkPath(
        "azure-load-balancer",
        240,
        "silent",
        True,
        "Azure Load Balancer",
        "Azure documentation, TCP reset and idle timeout",
        (240, 6000),
    ),
    NetworkPath(
        "azure-nat-gateway",
        240,
        "rst-inside",
        True,
        "Azure NAT Gateway",
        "Azure documentation, NAT gateway resource",
        (240, 7200),
    ),
    NetworkPath(
        "gcp-cloud-nat",
        1200,
        shown="Google Cloud NAT",
        source="Google's Compute API, tcpEstablishedIdleTimeoutSec",
    ),
    NetworkPath(
        "gcp-iap",
        3600,
        "close",
        # As with Session Manager: a proxy command.
        False,
        "ssh through Google's Identity-Aware Proxy",
        "secondary: Google's sentence on an hour of inactivity, in a tutorial",
    ),
    NetworkPath(
        "gcp-vpc",
        600,
        "silent",
        True,
        "Google Compute Engine's firewall",
        "Compute Engine documentation, troubleshooting: 10 minutes",
    ),
    NetworkPath(
        "oracle-nlb",
        360,
        shown="Oracle Cloud network load balancer",
        source="Oracle documentation, a listener's idle timeout",
    ),
    NetworkPath(
        "nginx-stream",
        600,
        "close",
        # A proxy: the kernel answers the keepalive of each of its two connections.
        False,
        "nginx as a TCP proxy",
        "nginx's source, ngx_stream_proxy_module's proxy_timeout",
    ),
)

COMMON_PATHS = (
    "azure-load-balancer",
    "aws-nat-gateway",
    "aws-nlb",
    "gcp-vpc",
    "home-router",
    "firewall-1h",
    "rfc5382",
)


def common_paths() -> tuple[NetworkPath, ...]:
    """What is told when no path is named: paths that people meet, the most forgetful one first."""
    known = _by_name()
    return tuple(known[name] for name in COMMON_PATHS)


def find_path(name: str, own: Mapping[str, NetworkPath] | None = None) -> NetworkPath:
    """The path of that name; one of the user's ``own`` beats one that is known. Raises SshkeepError."""
    paths = {**_by_name(), **(own or {})}
    if name not in paths:
        raise SshkeepError(f"no path is called {name}", suggest_paths(name, paths))
    return paths[name]


def suggest_paths(name: str, paths: Mapping[str, NetworkPath]) -> str:
    """What may have been meant by ``name``, as a hint."""
    from difflib import get_close_matches

    parts = [path for path in paths if name.lower() in path.split("-")]
    close = parts or get_close_matches(name[:60].lower(), paths, 3, 0.6)
    if close:
        return f"did you mean {' or '.join(close[:3])}?"
    return "`sshkeep idle --list-paths` lists them; sshkeep.yaml may name more under paths"


def _by_name() -> dict[str, NetworkPath]:
    return {path.name: path for path in KNOWN_PATHS}
