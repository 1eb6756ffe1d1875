"""The value where one block applies: a nested block for everyone belongs to the block around it."""

import pytest

from sshkeep.config.precedence.in_block import value_in_block
from sshkeep.config.tree.block import block_name
from sshkeep.openssh.kind import Kind
from sshkeep.testing import config_of


@pytest.mark.parametrize(
    ("kind", "text", "included", "block", "value"),
    [
        ("ssh_config", "Host a\nInclude /etc/ssh/x\n", "Host *\nServerAliveInterval 30\n", "Host a", 30),
        ("ssh_config", "Host a\nInclude /etc/ssh/x\n", "Match all\nServerAliveInterval 30\n", "Host a", 30),
        (
            "ssh_config",
            "Host a\nInclude /etc/ssh/x\nServerAliveInterval 5\n",
            "Host *\nServerAliveInterval 30\n",
            "Host a",
            30,
        ),
        ("ssh_config", "Host a\nInclude /etc/ssh/x\n", "Host b\nServerAliveInterval 30\n", "Host a", 0),
        (
            "sshd_config",
            "Match User a\nInclude x\nMatch User a\nClientAliveInterval 5\n",
            "Match all\nClientAliveInterval 30\n",
            "Match User a",
            30,
        ),
        (
            "sshd_config",
            "ClientAliveInterval 9\nMatch User a\nInclude x\n",
            "Match User b\nClientAliveInterval 30\n",
            "Match User a",
            9,
        ),
    ],
)
def test_a_nested_block_for_everyone(kind: Kind, text: str, included: str, block: str, value: int) -> None:
    config = config_of({kind: text, "x": included}, kind)
    (found, *_) = [each for each in config.blocks if block_name(each) == block]
    option = "serveraliveinterval" if kind == "ssh_config" else "clientaliveinterval"
    assert value_in_block(option, found, config).value == value
