"""Files of clients on hosts of each release: the system's, and a user's that is not there yet; judged by the host's own ssh."""

import pytest

from tests.ansible.lab.fleet import Fleet
from tests.ansible.lab.layers import USER
from tests.ansible.lab.test_modules import changed

HOSTS = ["linked", "match", "stock", "suse"]

AS_USER = f"become: true\n  become_user: {USER}\n  become_method: su"

WITHOUT_FILE = f"""
- name: lint
  sshkeep.openssh.lint:
    path: ~/.ssh/config
    select: [keepalive]
  {AS_USER}
- name: effective
  sshkeep.openssh.effective:
    path: ~/.ssh/config
    host: example.com
  {AS_USER}
- name: fix
  sshkeep.openssh.fix:
    path: ~/.ssh/config
    select: [keepalive]
  {AS_USER}
"""

CHANGES = f"""
- name: system
  sshkeep.openssh.setting:
    kind: ssh_config
    settings: {{ServerAliveInterval: 45, ConnectTimeout: 20}}
- name: user
  sshkeep.openssh.keepalive:
    path: ~/.ssh/config
    interval: 30
    count: 4
  {AS_USER}
"""

CONFIG = f"/home/{USER}/.ssh/config"


@pytest.fixture
def machines(machines: Fleet) -> Fleet:
    """Without the files of users, which `restore` does not know."""
    for host in HOSTS:
        machines.hosts[host].quietly("rm", "-f", CONFIG, "/root/.ssh/config")
    return machines


def ssh_prints(machines: Fleet, host: str, user: str) -> dict[str, str]:
    """What `ssh -G` says to a user, by keyword in lower case."""
    done = machines.hosts[host].quietly("su", user, "-c", "ssh -G example.com")
    return dict(line.partition(" ")[::2] for line in done.out.splitlines())


def test_check_run_and_second_run(machines: Fleet) -> None:
    """Only the user may read the new file, and it belongs to that user."""
    hosts = ":".join(HOSTS)
    checked = machines.play(CHANGES, "--check", "--diff", hosts=hosts)
    assert [changed(checked, task) for task in ("system", "user")] == [HOSTS] * 2, checked.out
    for host in HOSTS:
        assert not machines.hosts[host].path(CONFIG).exists()
    run = machines.play(CHANGES, hosts=hosts)
    assert [changed(run, task) for task in ("system", "user")] == [HOSTS] * 2 and run.code == 0, run.out
    for host in HOSTS:
        assert "ssh -G accepts it" in run.of("user")[host].result["asked"]
        file = machines.hosts[host].path(CONFIG)
        assert file.read_text() == "Host *\n    ServerAliveInterval 30\n    ServerAliveCountMax 4\n"
        assert (file.stat().st_mode & 0o777, file.stat().st_uid) == (0o600, 1000)
        values = [ssh_prints(machines, host, user) for user in (USER, "root")]
        assert [each["serveraliveinterval"] for each in values] == ["30", "45"]
        assert [each["connecttimeout"] for each in values] == ["20", "20"]
    again = machines.play(CHANGES, hosts=hosts)
    assert not [each for each in again.results if each.changed] and again.code == 0, again.out


def test_a_user_without_a_file_has_the_settings_of_the_system(machines: Fleet) -> None:
    printed = {host: ssh_prints(machines, host, USER)["serveraliveinterval"] for host in HOSTS}
    played = machines.play(WITHOUT_FILE, hosts=":".join(HOSTS))
    assert played.code == 0 and changed(played, "fix") == HOSTS, played.out
    for host in HOSTS:
        assert played.of("effective")[host].result["values"]["serveraliveinterval"] == [printed[host]]
        assert [each["rule"] for each in played.of("lint")[host].result["findings"]] == [
            "server-alive-interval"
        ]
        assert ssh_prints(machines, host, USER)["serveraliveinterval"] == "60"
