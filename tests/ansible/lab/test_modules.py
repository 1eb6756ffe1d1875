"""Each module on each host: previewed, run, run again; judged by the host's own sshd."""

from __future__ import annotations

import pytest

from tests.ansible.lab.controller import Played
from tests.ansible.lab.fleet import Fleet
from tests.ansible.lab.hosts import PLANS

CHANGES = """
- name: fix
  sshkeep.openssh.fix:
    select: [keepalive]
    edit_managed: true
- name: keepalive
  sshkeep.openssh.keepalive:
    interval: 50
    count: 4
- name: setting
  sshkeep.openssh.setting:
    settings: {MaxAuthTries: 4, X11Forwarding: false, LoginGraceTime: 90}
"""
TASKS = ("fix", "keepalive", "setting")

READS = """
- name: lint
  sshkeep.openssh.lint:
- name: root
  sshkeep.openssh.effective:
    connection: {user: root, host: h, addr: 192.0.2.1}
- name: backup
  sshkeep.openssh.effective:
    connection: {user: backup, host: h, addr: 192.0.2.1}
- name: idle
  sshkeep.openssh.idle:
    network_path: aws-nat-gateway
"""

HEALTHY = sorted({*PLANS} - {"broken", "readonly"})
DOUBLING = ("stock", "cloud")
"""Hosts with OpenSSH 9.2, where half of an interval is written."""


def tolerant(tasks: str) -> str:
    """The tasks; one that fails does not end the play."""
    return tasks.replace("\n- name", "\n- ignore_errors: true\n  name")


def changed(played: Played, task: str) -> list[str]:
    """The hosts on which the task reports a change, and no failure."""
    return sorted(host for host, each in played.of(task).items() if each.changed and each.status == "ok")


def test_check_run_and_second_run(machines: Fleet) -> None:
    before = {host: machines.files(host) for host in PLANS}
    checked = machines.play(tolerant(CHANGES), "--check", "--diff")
    assert {host: machines.files(host) for host in PLANS} == before
    assert all(set(changed(checked, task)) >= set(HEALTHY) for task in TASKS), checked.out
    assert all(each.result["diff"] for task in TASKS for each in checked.of(task).values() if each.changed)

    run = machines.play(tolerant(CHANGES))
    assert [changed(run, task) for task in TASKS] == [HEALTHY] * len(TASKS), run.out
    assert {host for task in TASKS for host, each in run.of(task).items() if each.status == "failed"} == {
        "broken",
        "readonly",
    }
    assert machines.files("readonly") == before["readonly"]
    link = machines.hosts["linked"].quietly("readlink", "/etc/ssh/sshd_config")
    assert link.out == "/srv/config/sshd_config\n"
    for host in HEALTHY:
        values = machines.effective(host)
        assert values["clientaliveinterval"] == ("25" if host in DOUBLING else "50")
        wanted = {
            "clientalivecountmax": "4",
            "maxauthtries": "4",
            "x11forwarding": "no",
            "logingracetime": "90",
        }
        assert wanted.items() <= values.items()

    again = machines.play(CHANGES, hosts=":".join(HEALTHY))
    assert [changed(again, task) for task in TASKS] == [[]] * len(TASKS), again.out
    assert again.code == 0


@pytest.mark.parametrize("user", ["root", "backup"])
def test_effective_is_what_sshd_prints(machines: Fleet, reads: Played, user: str) -> None:
    for host in sorted({*PLANS} - {"broken"}):
        values = reads.of(user)[host].result["values"]
        printed = machines.effective(host, user)
        assert len(values) > 50
        differs = {
            name: (value, printed.get(name))
            for name, value in values.items()
            if len(value) == 1 and name in printed and value[0].lower() != printed[name].lower()
        }
        assert differs == {}, host


def test_findings_and_verdict(reads: Played) -> None:
    found = {
        host: {each["rule"] for each in result.result["findings"]}
        for host, result in reads.of("lint").items()
    }
    assert found["cloud"] == {"interval-doubled"} and "unknown-keyword" in found["broken"]
    assert all("client-alive-interval" in rules for host, rules in found.items() if host != "cloud")
    lost = {host for host, each in reads.of("idle").items() if each.result.get("lost")}
    assert lost == {*PLANS} - {"broken"}, reads.out


@pytest.fixture(scope="module")
def reads(booted: Fleet) -> Played:
    return booted.play(tolerant(READS))


def test_fifty_hosts_at_once(machines: Fleet) -> None:
    """By as many names, each with a tree of its own; sshd admits ten logins at the same time (MaxStartups)."""
    names = {f"{host}-{number}": host for number in range(9) for host in HEALTHY}
    lines = []
    for name, host in names.items():
        machines.hosts[host].quietly(
            "sh", "-c", f"mkdir -p /srv/{name} && echo UsePAM yes >/srv/{name}/sshd_config"
        )
        lines.append(f"{name} ansible_host={machines.controller.addresses[host]}\n")
    inventory = machines.controller.folder / "names"
    inventory.write_text("".join(lines))
    task = """
- name: setting
  sshkeep.openssh.setting:
    path: /srv/{{ inventory_hostname }}/sshd_config
    keyword: ClientAliveInterval
    value: 45
"""
    played = machines.play(task, "-i", str(inventory), "-f", "54")
    assert changed(played, "setting") == sorted(names) and played.code == 0, played.out
    for name, host in names.items():
        text = machines.hosts[host].path(f"/srv/{name}/sshd_config").read_text()
        assert text == "UsePAM yes\nClientAliveInterval 45\n"
