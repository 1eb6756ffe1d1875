"""Hosts of ssh_config that never get what they seem to get: what ssh and the rules make of them."""

from pathlib import Path

import pytest

from sshkeep.fix.plan import plan_fixes
from sshkeep.lint.registry import chosen_rules
from sshkeep.lint.runner import run_rules
from sshkeep.testing import config_of
from sshkeep.trees.discover import TreeOptions, tree_for
from sshkeep.trees.this_machine import installed_target
from tests.oracle.installed import openssh
from tests.requirements import need

LOOP = "Host gate\n  HostName 192.0.2.99\nHost *\n  ProxyJump gate\n"


def test_ssh_connects_to_the_jump_host_directly_after_the_fix(tmp_path: Path) -> None:
    need("openssh")
    path = tmp_path / "ssh_config"
    path.write_text(LOOP)
    path.chmod(0o600)
    assert openssh("ssh_config", path, "gate").values["proxyjump"] == ["gate"]
    tree = tree_for(str(path), TreeOptions("ssh_config", installed_target(), "/"))
    plan = plan_fixes(tree, chosen_rules(["jump-loop"], [], []), {}, unsafe=True)
    path.write_bytes(plan.after[str(path)])
    assert "proxyjump" not in openssh("ssh_config", path, "gate").values
    assert openssh("ssh_config", path, "web").values["proxyjump"] == ["gate"]


REPLACED = "Host web\n  HostName 192.0.2.5\nMatch {criterion} web\n  User deploy\n"


@pytest.mark.parametrize(("criterion", "applies"), [("host", False), ("originalhost", True)])
def test_match_host_compares_the_name_that_hostname_set(
    criterion: str, applies: bool, tmp_path: Path
) -> None:
    need("openssh")
    path = tmp_path / "ssh_config"
    path.write_text(REPLACED.replace("{criterion}", criterion))
    path.chmod(0o600)
    tree = tree_for(str(path), TreeOptions("ssh_config", installed_target(), "/"))
    found = run_rules(tree.load(), chosen_rules(["never-applies"], [], []))
    assert (openssh("ssh_config", path, "web").values["user"] == ["deploy"]) is applies
    assert (not found) is applies


PATTERNS = [
    # HostName, its block, the names of Match host, and hosts to which the Match block applies, if any
    ("Host *.lan", "%h.example.com", "*.lan", ""),
    ("Host *.lan *.net", "192.0.2.5", "a*.lan,b.net", ""),
    ("Host *", "%h.example.com", "web?.lan", ""),
    ("Host *.lan", "%h.lan", "*.lan", "a.lan"),
    ("Host *.lan", "%h.example.com", "*", "a.lan"),
    ("Host *.lan", "%h.example.com", "*.com", "a.lan"),
    ("Host *.lan", "%h.example.com", "a*", "a.lan"),
    ("Host a*.lan", "192.0.2.5", "*.lan", "b.lan"),
    ("Host *.lan !b.lan", "192.0.2.5", "*.lan", "b.lan"),
    ("Match user nobody host *.lan", "192.0.2.5", "*.lan", "a.lan"),
    ("Match final all", "192.0.2.5", "*.lan", "a.lan"),
]


@pytest.mark.parametrize(("block", "name", "patterns", "host"), PATTERNS)
def test_a_pattern_whose_names_are_all_replaced(
    block: str, name: str, patterns: str, host: str, tmp_path: Path
) -> None:
    need("openssh")
    path = tmp_path / "ssh_config"
    path.write_text(f"{block}\n  HostName {name}\nMatch host {patterns}\n  User deploy\n")
    path.chmod(0o600)
    tree = tree_for(str(path), TreeOptions("ssh_config", installed_target(), "/"))
    found = run_rules(tree.load(), chosen_rules(["never-applies"], [], []))
    assert bool(found) is not bool(host)
    hosts = [host] if host else ["a.lan", "b.net", "web1.lan", "web.example.com"]
    assert {openssh("ssh_config", path, each).values["user"] == ["deploy"] for each in hosts} == {bool(host)}


COMMANDS = [
    # a ProxyCommand for all hosts, and whether it surely leads over gw
    ("ssh -W %h:%p gw", True),
    ("ssh gw nc %h %p", True),
    ("/usr/bin/ssh -qW %h:%p -- gw", False),
    ("/usr/bin/ssh -qW %h:%p gw 2>/dev/null", True),
    ("ssh -o BatchMode=yes -i ${HOME}/.ssh/key -p 2222 -W[%h]:%p ann@gw", True),
    ("ssh -lann gw -W %h:%p", True),
    ("ssh %r@gw -W %h:%p", True),
    ("ssh -F none -W %h:%p gw", False),
    ("ssh gw -F none -W %h:%p", False),
    ("ssh -oProxyCommand=none -W %h:%p gw", False),
    ("ssh -o 'ProxyJump none' -W %h:%p gw", False),
    ("ssh -J hop -W %h:%p gw", False),
    ("ssh -S /run/gw.sock -W %h:%p gw", False),
    ("ssh -W %h:%p $GATE", False),
    ("ssh -W %h:%p 'gw", False),
    ("ssh -W %h:%p", False),
    ("nc -X connect -x gw:8080 %h %p", False),
    ("autossh gw nc %h %p", False),
    ("none", False),
]


@pytest.mark.parametrize(("command", "loops"), COMMANDS)
def test_a_proxy_command_of_ssh_is_a_jump(command: str, loops: bool) -> None:
    """With them ssh starts itself without end, which no test does."""
    config = config_of({"ssh_config": f"Host *\n  ProxyCommand {command}\n"})
    found = run_rules(config, chosen_rules(["jump-loop"], [], []))
    assert [finding.fix is not None for finding in found] == [True] * loops


AROUND = [
    # a config, and the host that is its own jump host, if any
    ("Host db\n  ProxyCommand ssh db nc %h %p\n", "db"),
    ("Host db\n  HostName 192.0.2.5\n  ProxyCommand ssh 192.0.2.5 nc %h %p\n", ""),
    ("Host * !gw\n  ProxyCommand ssh -W %h:%p gw\n", ""),
    ("Host gw\n  ProxyCommand none\nHost *\n  ProxyCommand ssh -W %h:%p gw\n", ""),
    ("Host gw\n  ProxyJump hop\nHost hop\n  ProxyJump none\nHost gw\n  ProxyCommand ssh -W %h:%p gw\n", ""),
    ("Match user bob\n  ProxyCommand ssh bob@gw nc %h %p\n", "bob@gw"),
    ("Match user bob\n  ProxyCommand ssh ann@gw nc %h %p\n", ""),
    ("Match exec true\n  ProxyCommand ssh gw nc %h %p\n", ""),
    ("Host a\n  ProxyCommand ssh b nc %h %p\nHost b\n  ProxyJump a\n", "a and b"),
]


@pytest.mark.parametrize(("text", "host"), AROUND)
def test_who_is_its_own_jump_host(text: str, host: str) -> None:
    found = run_rules(config_of({"ssh_config": text}), chosen_rules(["jump-loop"], [], []))
    effect = "are jump hosts of each other" if " and " in host else "is its own jump host"
    expected = f"{host} {effect}: ssh starts itself in an endless loop"
    assert [finding.message for finding in found] == ([expected] if host else [])
