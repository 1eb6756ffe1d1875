"""The fleet is what its table says, and nothing of it is left."""

import os
import subprocess
import sys
from pathlib import Path

from sshkeep.openssh.targets import target_of
from tests.ansible.lab.fleet import Fleet
from tests.ansible.lab.hosts import PLANS
from tests.ansible.lab.layers import PASSWORD, USER
from tests.oracle.releases import SUITES
from tests.program import ROOT
from tests.requirements import need
from tests.trial.container import NAME, cgroups

PING = """
from tests.ansible.lab.fleet import fleet
with fleet(["rhel"]) as machines:
    print(machines.play("- ansible.builtin.ping:").code)
"""

INTERVALS = {
    "stock": "0",
    "cloud": "420",
    "match": "0",
    "rhel": "0",
    "suse": "0",
    "linked": "0",
    "broken": None,
    "readonly": "0",
}
"""ClientAliveInterval, as each host's sshd has it before anything is done."""


def test_each_host_runs_its_release_and_layout(machines: Fleet) -> None:
    assert {host: machines.effective(host).get("clientaliveinterval") for host in PLANS} == INTERVALS
    played = machines.play("- name: release\n  ansible.builtin.raw: ssh -V 2>&1")
    releases = {host: result.result["stdout"] for host, result in played.of("release").items()}
    wanted = {host: f"OpenSSH_{target_of(SUITES[plan.suite]).release}" for host, plan in PLANS.items()}
    assert {host: releases[host][: len(release)] for host, release in wanted.items()} == wanted


def test_a_password_makes_the_other_account_root(machines: Fleet) -> None:
    """The files are fetched, judged and written by root, and Ansible's folder of the account is gone."""
    become = {"ansible_user": USER, "ansible_become": True, "ansible_become_method": "su", "ansible_become_password": PASSWORD}  # fmt: skip
    task = (
        f"- name: set\n  sshkeep.openssh.setting:\n    keyword: MaxSessions\n    value: 7\n  vars: {become!r}"
    )
    for changed in (True, False):
        played = machines.play(task, hosts="match:suse")
        assert {host: each.changed for host, each in played.of("set").items()} == {"match": changed, "suse": changed}, played.out  # fmt: skip
    for host in ("match", "suse"):
        assert machines.effective(host)["maxsessions"] == "7"
        assert list(machines.hosts[host].path(f"/home/{USER}/.ansible/tmp").iterdir()) == []


def test_nothing_is_left() -> None:
    """Also of ssh's connections, which it keeps open for a minute."""
    need("ansible", "releases", "systemd")
    before = _left()
    done = subprocess.run([sys.executable, "-c", PING], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout == "0\n", done.stderr
    assert _left() == before


def _left() -> tuple[set[str], set[str], int]:
    """Cgroups, network devices, processes of ssh's masters."""
    groups = {each.name for each in cgroups().glob(f"{NAME}-*")}
    masters = [each for each in Path("/proc").glob("[0-9]*/cmdline") if b"[mux]" in _bytes(each)]
    return groups, set(os.listdir("/sys/class/net")), len(masters)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
