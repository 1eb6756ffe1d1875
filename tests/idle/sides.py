"""Sides and paths for the tests, and any of them for hypothesis."""

from hypothesis import strategies as st

from sshkeep.idle.kernel import Kernel
from sshkeep.idle.path import Path
from sshkeep.idle.side import Role, Side
from sshkeep.openssh.releases import Release

AWS = Path("aws-nat-gateway", 350, "rst", True, "AWS NAT gateway")
AZURE = Path("azure-load-balancer", 240, "silent", True, "Azure load balancer")
ASA = Path("cisco-asa", 3600, "silent", True, "1 h firewall")
HOME = Path("openwrt", 600, "recreate", True, "home router")
ELB = Path("aws-classic-elb", 60, "close", False, "classic ELB")
ROUTER = Path("", 7440)
BOOKWORM, LINUX = Release(9, 2), Kernel()


def server(
    interval: int = 0,
    count_max: int = 3,
    tcp_keepalive: bool = True,
    release: Release = BOOKWORM,
    kernel: Kernel = LINUX,
) -> Side:
    """sshd, as shipped by Debian 12 unless told otherwise."""
    return Side("server", release, interval, count_max, tcp_keepalive, kernel)


def client(
    interval: int = 0,
    count_max: int = 3,
    tcp_keepalive: bool = True,
    release: Release = BOOKWORM,
    kernel: Kernel = LINUX,
) -> Side:
    """ssh, the same."""
    return Side("client", release, interval, count_max, tcp_keepalive, kernel)


RELEASES = st.one_of(
    st.none(), st.sampled_from([Release(8, 1), Release(9, 1), Release(9, 3), Release(10, 5)])
)
SECONDS = st.one_of(st.integers(0, 20), st.integers(0, 10**4), st.integers(0, 2**31))
KERNELS = st.builds(
    Kernel, st.integers(1, 32767), st.integers(1, 32767), st.integers(1, 127), st.integers(1, 255)
)


def sides(role: Role) -> st.SearchStrategy[Side]:
    """Any side that a config and a machine can make."""
    return st.builds(
        lambda release, interval, count, tcp, kernel: Side(
            role, release, interval, None if release is None else count, tcp, kernel
        ),
        RELEASES,
        SECONDS,
        st.one_of(st.integers(0, 4), SECONDS),
        st.booleans(),
        st.one_of(st.just(Kernel()), KERNELS),
    )


paths = st.builds(
    Path,
    st.text(max_size=30),
    st.one_of(st.floats(0.5, 20), st.integers(1, 10**6).map(float)),
    st.sampled_from(["silent", "rst", "rst-inside", "close", "recreate", "unknown"]),
    st.sampled_from([True, False, None]),
    st.text(max_size=60),
)
