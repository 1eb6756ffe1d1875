"""Sides and paths for the tests, and any of them for hypothesis."""

from hypothesis import strategies as st

from sshkeep.idle.model.endpoint import Endpoint, Role
from sshkeep.idle.model.kernel import Kernel
from sshkeep.idle.model.network_path import NetworkPath
from sshkeep.openssh.releases import Release

AWS = NetworkPath("aws-nat-gateway", 350, "rst", True, "AWS NAT gateway")
AZURE = NetworkPath("azure-load-balancer", 240, "silent", True, "Azure load balancer")
ASA = NetworkPath("cisco-asa", 3600, "silent", True, "1 h firewall")
HOME = NetworkPath("openwrt", 600, "recreate", True, "home router")
ELB = NetworkPath("aws-classic-elb", 60, "close", False, "classic ELB")
ROUTER = NetworkPath("", 7440)
BOOKWORM, LINUX = Release(9, 2), Kernel()


def server(
    interval: int = 0,
    count_max: int = 3,
    tcp_keepalive: bool = True,
    release: Release = BOOKWORM,
    kernel: Kernel = LINUX,
) -> Endpoint:
    """sshd, as shipped by Debian 12 unless told otherwise."""
    return Endpoint("server", release, interval, count_max, tcp_keepalive, kernel)


def client(
    interval: int = 0,
    count_max: int = 3,
    tcp_keepalive: bool = True,
    release: Release = BOOKWORM,
    kernel: Kernel = LINUX,
) -> Endpoint:
    """ssh, the same."""
    return Endpoint("client", release, interval, count_max, tcp_keepalive, kernel)


RELEASES = st.one_of(
    st.none(), st.sampled_from([Release(8, 1), Release(9, 1), Release(9, 3), Release(10, 5)])
)
SECONDS = st.one_of(st.integers(0, 20), st.integers(0, 10**4), st.integers(0, 2**31))
KERNELS = st.builds(
    Kernel, st.integers(1, 32767), st.integers(1, 32767), st.integers(1, 127), st.integers(1, 255)
)


def endpoints(role: Role) -> st.SearchStrategy[Endpoint]:
    """Any side that a config and a machine can make."""
    return st.builds(
        lambda release, interval, count, tcp, kernel: Endpoint(
            role, release, interval, None if release is None else count, tcp, kernel
        ),
        RELEASES,
        SECONDS,
        st.one_of(st.integers(0, 4), SECONDS),
        st.booleans(),
        st.one_of(st.just(Kernel()), KERNELS),
    )


paths = st.builds(
    NetworkPath,
    st.text(max_size=30),
    st.one_of(st.floats(0.5, 20), st.integers(1, 10**6).map(float)),
    st.sampled_from(["silent", "rst", "rst-inside", "close", "recreate", "unknown"]),
    st.sampled_from([True, False, None]),
    st.text(max_size=60),
)
