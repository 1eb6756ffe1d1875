"""What ``sshkeep set`` says of its effect, and what the real program says."""

from pathlib import Path

import pytest

from sshkeep.errors import SshkeepError
from tests.edit.test_where_set_writes import lay, planned
from tests.oracle.installed import openssh
from tests.requirements import need

PORTS = [
    ("", "2222"),
    ("ListenAddress 192.0.2.9\n", "2222"),
    ("ListenAddress ::1\n", "2222"),
    ("ListenAddress 192.0.2.9:22\nListenAddress 192.0.2.10\n", "2222"),
    ("Port 23\nListenAddress [::1]:24\nListenAddress 192.0.2.9\n", "2222"),
    ("ListenAddress 0.0.0.0:22\n", ""),
    ("Port 22\nListenAddress 192.0.2.9:22\nListenAddress [::1]:22\n", ""),
]
"""ListenAddress lines, and the port on which sshd listens somewhere after ``set Port 2222``; empty for none."""


@pytest.mark.parametrize(("before", "port"), PORTS)
def test_a_port_moves_the_addresses_that_have_none(before: str, port: str, tmp_path: Path) -> None:
    """A10: of each address either its new place or its own port is reported, as sshd has it."""
    need("openssh")
    lay("sshd_config", tmp_path, before, {})
    path = tmp_path / "sshd_config"
    then = openssh("sshd_config", path, "").settings["listenaddress"]
    path.write_text(
        before + "Port 2222\n" if "Port" not in before else before.replace("Port 2", "Port 2222 #")
    )
    now = openssh("sshd_config", path, "").settings["listenaddress"]
    path.write_text(before)
    assert any(address.endswith(":2222") for address in now) == bool(port)
    if not port:
        with pytest.raises(SshkeepError, match="has its own port, and sshd listens on no other address"):
            planned("sshd_config", tmp_path, "Port 2222", "openssh-9.9")
        return
    implied = planned("sshd_config", tmp_path, "Port 2222", "openssh-9.9").implied
    kept = [sentence.split()[1] for sentence in implied if "has its own port" in sentence]
    assert sorted(kept) == sorted({*then} & {*now})
