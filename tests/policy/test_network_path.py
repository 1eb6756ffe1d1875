"""A policy names the path that its sessions go through: what lint tells, and what fix writes."""

from pathlib import Path

import pytest

from sshkeep.fix.plan import plan_selected
from sshkeep.idle.model.network_path import NetworkPath as OnPath
from sshkeep.lint.registry import all_rules
from sshkeep.lint.selection import Selection, select_rules
from sshkeep.openssh.kind import Kind
from sshkeep.policy.load import load_policy
from sshkeep.policy.resolved_policy import ResolvedPolicy
from sshkeep.testing import tree_of

OFFICE = "paths: [{name: office, timeout: 1m, on_expiry: silent, counts_kernel: no, source: the admin}]\n"


def ruling(text: str, folder: Path) -> ResolvedPolicy:
    path = folder / "sshkeep.yaml"
    path.write_text(text)
    return load_policy(str(path))


def fixed(policy: str, config: str, folder: Path, target: str = "openssh-9.8", name: str = "x") -> str:
    ruled = ruling(policy, folder)
    kind: Kind = "ssh_config" if "Host" in config else "sshd_config"
    tree = tree_of({kind: config}, target=target)
    plan = plan_selected(tree, chosen(ruled, str(folder / name)), unsafe=True)
    assert plan.left == ()
    return plan.after.get(tree.name, config.encode()).decode()


def chosen(ruled: ResolvedPolicy, path: str) -> Selection:
    selection = select_rules(all_rules(), ruled.layers(path))
    rules = tuple(rule for rule in selection.rules if rule.group == "keepalive")
    return Selection(rules, selection.accepted, selection.rule_configs, selection.known)


WRITTEN = [
    # the policy, the config, its target, what fix makes of it
    ("", "Port 22\n", "openssh-9.8", "Port 22\nClientAliveInterval 60\n"),
    ("", "ClientAliveInterval 300\n", "openssh-9.8", "ClientAliveInterval 300\n"),
    ("path: azure-load-balancer\n", "Port 22\n", "openssh-9.8", "Port 22\nClientAliveInterval 60\n"),
    ("path: azure-load-balancer\n", "ClientAliveInterval 300\n", "openssh-9.8", "ClientAliveInterval 60\n"),
    ("path: azure-load-balancer\n", "ClientAliveInterval 120\n", "openssh-9.8", "ClientAliveInterval 120\n"),
    ("path: azure-load-balancer\n", "ClientAliveInterval 121\n", "openssh-9.8", "ClientAliveInterval 60\n"),
    ("path: aws-nlb\n", "ClientAliveInterval 300\n", "debian-12", "ClientAliveInterval 30\n"),
    ("path: aws-classic-elb\n", "Port 22\n", "openssh-9.8", "Port 22\nClientAliveInterval 30\n"),
    ("path: aws-classic-elb\n", "Port 22\n", "debian-12", "Port 22\nClientAliveInterval 15\n"),
    ("path: aws-classic-elb\n", "ClientAliveInterval 25\n", "debian-12", "ClientAliveInterval 15\n"),
    ("path: aws-classic-elb\n", "ClientAliveCountMax 2\n", "openssh-9.8", "ClientAliveCountMax 2\nClientAliveInterval 30\n"),
    ("path: aws-classic-elb\n", "TCPKeepAlive no\n", "openssh-9.8", "TCPKeepAlive no\nClientAliveInterval 30\n"),
    ("path: aws-classic-elb\n", "ClientAliveInterval 5x\n", "openssh-9.8", "ClientAliveInterval 30\n"),
    ("path: aws-classic-elb\n", "ClientAliveInterval 0.5\n", "openssh-10.3", "ClientAliveInterval 30\n"),
    (OFFICE + "path: office\n", "Host a\n  User b\n", "openssh-9.8", "Host a\n  User b\n\nHost *\n  ServerAliveInterval 30\n"),
    (OFFICE + "path: office\n", "Host *\n  BatchMode yes\n", "debian-12", "Host *\n  BatchMode yes\n  ServerAliveInterval 30\n"),
    # What the policy spells out stands, and suits the path where it can.
    (
        "path: azure-load-balancer\nrules: {client-alive-interval: {seconds: 20}}\n",
        "Port 22\n",
        "openssh-9.8",
        "Port 22\nClientAliveInterval 20\n",
    ),
    (
        "path: azure-load-balancer\nrules: {interval-beyond-path: {seconds: 20}}\n",
        "ClientAliveInterval 300\n",
        "openssh-9.8",
        "ClientAliveInterval 20\n",
    ),
    (
        "path: azure-load-balancer\nrules: {interval-beyond-path: {seconds: 600}}\n",
        "ClientAliveInterval 300\n",
        "openssh-9.8",
        "ClientAliveInterval 60\n",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("policy", "config", "target", "after"), WRITTEN)
def test_what_fix_writes_suits_the_path(
    policy: str, config: str, target: str, after: str, tmp_path: Path
) -> None:
    assert fixed(policy, config, tmp_path, target) == after


def test_an_override_has_a_path_of_its_own(tmp_path: Path) -> None:
    policy = 'path: aws-nlb\noverrides:\n  - files: "bastion/**"\n    path: aws-classic-elb\n'
    config = "ClientAliveInterval 100\n"
    assert fixed(policy, config, tmp_path) == config
    assert fixed(policy, config, tmp_path, name="bastion/x") == "ClientAliveInterval 30\n"


EXTENDING = [
    ("extend: base.yaml\n", "office", 60),
    ("extend: base.yaml\npath: aws-nlb\n", "aws-nlb", 350),
    ("extend: base.yaml\npath: office\n", "office", 60),
    ("extend: base.yaml\npaths: [{name: office, timeout: 9}]\npath: office\n", "office", 9),
    ("extend: base.yaml\npaths: [{name: aws-nlb, timeout: 15m}]\npath: aws-nlb\n", "aws-nlb", 900),
]


@pytest.mark.parametrize(("policy", "name", "timeout"), EXTENDING)
def test_the_policys_path_beats_that_of_one_it_extends(
    policy: str, name: str, timeout: int, tmp_path: Path
) -> None:
    (tmp_path / "base.yaml").write_text(OFFICE + "path: office\n")
    path = ruling(policy, tmp_path).path_for("x")
    assert path is not None
    assert (path.name, path.timeout) == (name, timeout)


def test_what_an_extended_policy_spells_out_beats_what_the_path_sets(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text("rules: {server-alive-interval: {seconds: 20}}\n")
    policy = "extend: base.yaml\npath: aws-classic-elb\n"
    assert fixed(policy, "Host a\n  User b\n", tmp_path).endswith("  ServerAliveInterval 20\n")


def test_a_policy_without_one_names_none(tmp_path: Path) -> None:
    assert ruling(OFFICE, tmp_path).path_for("x") is None


def test_a_path_of_ones_own_is_for_idle_too(tmp_path: Path) -> None:
    office = OnPath("office", 60, "silent", False, "office", "the admin")
    assert ruling(OFFICE, tmp_path).paths == {"office": office}


def test_a_rule_of_ones_own_in_python_gets_the_path(tmp_path: Path) -> None:
    from sshkeep.lint.registry import rules_in

    (tmp_path / "own_probes.py").write_text(
        '"""Own."""\n'
        "from sshkeep.lint import Rule\n"
        "from sshkeep.lint.checks.keepalive import SPACING\n"
        "from sshkeep.lint.rule import PATH_TIMEOUT\n"
        "RULE = Rule('own', ('sshd_config',), 'info', lambda config, options: (), (), (),"
        " {PATH_TIMEOUT: 0, 'seconds': SPACING, 'count': 3})\n"
    )
    path = tmp_path / "sshkeep.yaml"
    path.write_text(OFFICE + "path: office\n")
    first = next(load_policy(str(path), rules_in(str(tmp_path))).layers("x"))
    assert first.rule_configs["own-probes"].options == {"path_timeout": 60, "seconds": 30}
