"""ClientAliveCountMax 0: which builds of sshd end a silent session by it, in idle and in lint."""

import pytest

from sshkeep import lint
from sshkeep.testing.configs import endpoint_with

TEXT = "ClientAliveInterval 900\nClientAliveCountMax 0\n"


@pytest.mark.parametrize(
    ("target", "ends"),
    [
        ("openssh-8.0", True),
        ("openssh-8.1", True),
        ("fedora-30", True),
        ("openssh-8.2", False),
        ("debian-11", False),
        # openssh-8.0p1-client_alive_count_max.patch, from 8.0p1-13 on.
        ("rhel-8.6", False),
        ("rhel-8.10", False),
        ("rocky-8", False),
        ("rhel-9", False),
    ],
)
def test_whether_a_silent_session_is_ended(target: str, ends: bool) -> None:
    assert endpoint_with("server", TEXT, target).endpoint.disconnects_when_idle is ends
    (found,) = lint(files={"sshd_config": TEXT}, target=target, select=["client-alive-count-max"]).findings
    assert ("ends healthy sessions" in found.message) is ends
