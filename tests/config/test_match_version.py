"""What ``Match version`` compares with; debian-13 and debian-sid as their programs answer."""

import pytest

from sshkeep.config.blocks.clients import Connection, HostQuery
from sshkeep.config.effective.evaluate import evaluate_ssh, evaluate_sshd
from sshkeep.testing.configs import config_of

ROWS = (
    ("debian-13", "OpenSSH_10.0p2 Debian-7+deb13u4", True),
    ("debian-13", "OpenSSH_10.0p2", False),
    ("debian-13", "*Debian*", True),
    ("debian-13", "OpenSSH_*p1", False),
    ("debian-sid", "OpenSSH_10.6p1 Debian-1", True),
    ("debian-sid", "OpenSSH_*p1", False),
    ("openssh-10.0", "OpenSSH_10.0p2", True),
    ("openssh-10.6", "OpenSSH_10.6p1", True),
    ("openssh-10.6", "*Debian*", False),
    ("ubuntu-25.10", "*Ubuntu*", True),
)


@pytest.mark.parametrize(("target", "pattern", "fits"), ROWS)
def test_whether_the_block_applies(target: str, pattern: str, fits: bool) -> None:
    server = config_of({"sshd_config": f'Match version "{pattern}"\nMaxAuthTries 3\n'}, target=target)
    assert (evaluate_sshd(server, Connection()).lines["maxauthtries"] == ("3",)) is fits
    client = config_of({"ssh_config": f'Match version "{pattern}"\nPort 3\n'}, target=target)
    assert (evaluate_ssh(client, HostQuery("h", None, "me")).lines["port"] == ("3",)) is fits
