"""Port beside ListenAddress: what sshd listens at, and what the rule and ``set`` say of it."""

from pathlib import Path

import pytest

from sshkeep import testing
from sshkeep.config.blocks.clients import Connection
from sshkeep.config.effective.evaluate import evaluate_sshd
from sshkeep.edit.intents import SetGlobal
from sshkeep.fix.side_effects import overruled_settings
from sshkeep.lint.registry import chosen_rules
from sshkeep.lint.runner import run_rules
from tests.oracle.installed import openssh
from tests.requirements import need


@pytest.mark.parametrize(
    ("address", "listens"), [("192.0.2.9:22", "192.0.2.9:22"), ("192.0.2.9", "192.0.2.9:2222")]
)
def test_a_port_that_sshd_does_not_listen_at_is_found(address: str, listens: str, tmp_path: Path) -> None:
    need("openssh")
    path = tmp_path / "sshd_config"
    text = f"Port 2222\nListenAddress {address}\n"
    path.write_text(text)
    found = run_rules(testing.config_of({"sshd_config": text}), chosen_rules(["port-not-used"], [], []))
    assert openssh("sshd_config", path, "").values["listenaddress"] == [listens]
    assert bool(found) is (not listens.endswith(":2222"))


def test_set_names_only_addresses_with_a_port_of_their_own() -> None:
    config = testing.config_of(
        {"sshd_config": "Port 2222\nListenAddress 192.0.2.9\nListenAddress 192.0.2.8:22\n"}
    )
    sentences = overruled_settings(SetGlobal("Port", ("2222",)), evaluate_sshd(config, Connection()), config)
    assert sentences == ["ListenAddress 192.0.2.8:22 has its own port and is not moved"]
