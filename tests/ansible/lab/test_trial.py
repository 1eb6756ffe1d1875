"""Rollouts that go wrong: the host takes the change back by itself, answers again, and the next host is not touched."""

from __future__ import annotations

import json
from pathlib import Path

from tests.ansible.lab.fleet import Fleet
from tests.ansible.lab.test_modules import changed
from tests.trial.machine import STATE

ROLLOUT = """
- hosts: all
  gather_facts: false
  serial: 1
  max_fail_percentage: 0
  tasks:
    - name: setting
      sshkeep.openssh.setting:
        settings: {settings}
    - name: reload
      sshkeep.openssh.reload:
        confirm: 12
"""

ORDER = ("match", "suse", "stock")
"""Hosts of other releases and inits, in the order of the inventory."""


def roll_out(machines: Fleet, settings: str, hosts: str) -> tuple[dict[str, str], str]:
    """The status of the reload on each host that was reached, and what Ansible printed."""
    playbook = Path(machines.controller.folder, "rollout.yml")
    playbook.write_text(ROLLOUT.format(settings=settings))
    played = machines.play(playbook, hosts=hosts)
    return {host: each.status for host, each in played.of("reload").items()}, played.out


def test_a_good_change_reaches_all_hosts(machines: Fleet) -> None:
    reloads, out = roll_out(machines, "{VersionAddendum: rolled-out}", ",".join(ORDER))
    assert reloads == dict.fromkeys(ORDER, "ok"), out
    for host in ORDER:
        assert machines.banner(host).endswith("rolled-out")
        assert machines.effective(host)["versionaddendum"] == "rolled-out"


def test_a_drop_in_that_is_named_alone_is_on_trial_too(machines: Fleet) -> None:
    path = "/etc/ssh/sshd_config.d/50-cloud-init.conf"
    played = machines.play(
        f"- name: setting\n  sshkeep.openssh.setting: {{path: {path}, keyword: MaxSessions, value: 8, edit_managed: true}}\n"
        "- name: reload\n  sshkeep.openssh.reload: {confirm: 12}\n",
        hosts="cloud",
    )
    result = played.of("reload")["cloud"].result
    assert result["files"] == [path] and result["trial"] and result["confirmed"], played.out
    assert machines.effective("cloud")["maxsessions"] == "8"


def test_a_bad_change_stops_at_the_first_host(machines: Fleet) -> None:
    """sshd accepts the setting, and nobody gets in any more."""
    before = machines.files("stock")
    reloads, out = roll_out(machines, "{AllowUsers: nobody-at-all, VersionAddendum: bad}", "stock,match")
    assert reloads == {"stock": "failed"}, out
    assert machines.files("stock") == before, out
    machines.hosts["stock"].wait_for("it answers again", lambda: machines.logs_in("stock"), 20)
    assert not machines.banner("stock").endswith("bad")


def test_the_network_is_lost_in_the_middle(machines: Fleet) -> None:
    """The change itself is good, and is taken back all the same: nobody could confirm it."""
    guest, before = machines.hosts["suse"], machines.files("suse")
    guest.quietly("sh", "-c", CUT_WHEN_ON_TRIAL)
    reloads, out = roll_out(machines, "{VersionAddendum: cut}", "suse,linked")
    assert reloads == {"suse": "failed"}, out
    assert machines.files("suse") == before, out
    guest.wait_for("it answers again", lambda: machines.logs_in("suse"), 20)
    assert not machines.banner("suse").endswith("cut")


def test_the_network_is_lost_while_a_file_is_written(machines: Fleet) -> None:
    """With the probes that the README names, Ansible notices; the file is the old or the new one, and a second run goes on."""
    guest, before = machines.hosts["suse"], machines.files("suse")
    guest.quietly("sh", "-c", CUT_WHEN_WRITING)
    tasks = f"{SETTING}- name: reload\n  sshkeep.openssh.reload: {{confirm: 12}}\n".replace("killed", "lost")
    first = machines.play(tasks, "-e", json.dumps({"ansible_ssh_extra_args": PROBES}), hosts="suse")
    assert first.of("setting")["suse"].status == "unreachable", first.out
    guest.wait_for("it answers again", lambda: machines.logs_in("suse"), 30)
    now = machines.files("suse")
    assert now == before or any(data.endswith(b"VersionAddendum lost\n") for data in now.values()), now
    again = machines.play(tasks, hosts="suse")
    assert again.of("reload")["suse"].result["confirmed"], again.out
    assert machines.banner("suse").endswith("lost")


def test_ansible_is_killed_on_trial(machines: Fleet) -> None:
    """With its connections. Both kinds of timers take the change back, and nothing of a host is left on the controller."""
    before = {host: machines.files(host) for host in KILLED}
    # Sleeps, so that no trial is confirmed before all have begun.
    command = "sleep 6; kill -HUP $(cat /run/sshd.pid)"
    tasks = f"{SETTING}- name: reload\n  sshkeep.openssh.reload: {{confirm: 12, command: '{command}'}}\n"
    process = machines.controller.start(tasks, hosts=",".join(KILLED))
    for host in KILLED:
        trial = machines.hosts[host].path(f"{STATE}/ansible/trial")
        machines.hosts[host].wait_for("a trial has begun", trial.exists, 60)
    process.kill()
    process.communicate()
    for host in KILLED:
        guest, old = machines.hosts[host], before[host]
        guest.wait_for("it took the change back", lambda: machines.files(host) == old, 30)  # noqa: B023
        guest.wait_for("it answers", lambda: machines.logs_in(host), 20)  # noqa: B023
        guest.wait_for("it reads the old files", lambda: not machines.banner(host).endswith("killed"), 30)  # noqa: B023
    left = [path for path in Path(machines.controller.folder, "ansible").rglob("*") if path.is_file()]
    assert not [path for path in left if b"VersionAddendum" in path.read_bytes()]


KILLED = ("stock", "match")
SETTING = "- name: setting\n  sshkeep.openssh.setting: {keyword: VersionAddendum, value: killed}\n"

CUT_WHEN_ON_TRIAL = f"""
( while ! [ -d {STATE}/ansible/trial ]; do sleep 0.05; done; ip link set dev eth0 down; sleep 16; ip link set dev eth0 up
) </dev/null >/dev/null 2>&1 &
"""

PROBES = "-o ServerAliveInterval=1 -o ServerAliveCountMax=3"
CUT_WHEN_WRITING = f"""
( while ! [ -d {STATE}/ansible/unloaded ]; do :; done; pkill -STOP -x python3; ip link set dev eth0 down
sleep 10; pkill -CONT -x python3; ip link set dev eth0 up
) </dev/null >/dev/null 2>&1 &
"""


OTHER_MEANS = """
- name: other
  ansible.builtin.raw: {ways}
- name: setting
  sshkeep.openssh.setting: {{keyword: MaxSessions, value: 8}}
  when: inventory_hostname == 'readonly'
  check_mode: "{{{{ item }}}}"
  loop: [true, false]
  ignore_errors: true
- name: would
  sshkeep.openssh.reload:
  check_mode: true
- name: reload
  sshkeep.openssh.reload:
- name: again
  sshkeep.openssh.reload:
"""

WAYS = {
    "linked": "echo MaxSessions 9 >>/srv/config/sshd_config",
    "cloud": "rm /etc/ssh/sshd_config.d/50-cloud-init.conf",
    "stock": "true",
    "readonly": "true",
}


def test_what_was_changed_by_other_means_is_read(machines: Fleet) -> None:
    """Where a link leads, too, and a file that was removed; but not a change that could not be written."""
    ways = json.dumps(f"{{{{ {WAYS}[inventory_hostname] }}}}")
    played = machines.play(OTHER_MEANS.format(ways=ways), hosts=",".join(WAYS))
    seen = {task: changed(played, task) for task in ("would", "reload", "again")}
    assert seen == {"would": ["cloud", "linked"], "reload": ["cloud", "linked"], "again": []}, played.out
    refused = [each["msg"] for each in played.of("setting")["readonly"].result["results"]]
    assert len(refused) == 2 and all("is in a folder that is read-only" in message for message in refused)
