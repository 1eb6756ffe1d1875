"""reload on a real sshd: confirmed through a new connection, or taken back by the host itself."""

import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.ansible.collection import plugin_util, run_tasks
from tests.requirements import need

START = """
cp key.pub etc/keys
mount --bind etc /etc/ssh
mount -t tmpfs -o mode=755 none /run
mkdir -m 755 /run/sshd
mount -t tmpfs -o mode=755 none /var/lib
/usr/sbin/sshd -D -e "$@" 2>log &
exec sleep infinity
"""


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


class Host:
    """An sshd with files and processes of its own, and the inventory in which it is a host."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.config = folder / "etc" / "sshd_config"
        (folder / "etc").mkdir()
        for key in ("key", "etc/ssh_host_ed25519_key"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], cwd=folder, check=True)
        self.port = port = free_port()
        self.config.write_text(
            f"Port {port}\nListenAddress 127.0.0.1\nClientAliveInterval 0\nAuthorizedKeysFile /etc/ssh/keys\n"
        )
        enclosed = ["unshare", "-mp", "--propagation", "private", "--mount-proc", "--fork", "--kill-child"]
        self.process = subprocess.Popen([*enclosed, "sh", "-ec", START, "sh", *options], cwd=folder)
        self.inventory: dict[str, Any] = {
            "all": {
                "hosts": {
                    "host": {
                        "ansible_host": "127.0.0.1",
                        "ansible_port": port,
                        "ansible_user": "root",
                        "ansible_ssh_private_key_file": str(folder / "key"),
                        "ansible_ssh_args": "-F /dev/null -o UserKnownHostsFile=/dev/null "
                        "-o ControlMaster=auto -o ControlPersist=5s",
                        "ansible_python_interpreter": "/usr/bin/python3",
                    }
                }
            }
        }
        self.log, begun = folder / "log", time.monotonic()
        while "Server listening" not in (self.log.read_text() if self.log.exists() else ""):
            assert time.monotonic() < begun + 30, self.log.read_text()
            time.sleep(0.05)


@pytest.fixture
def host(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Host]:
    """Its parameters are options for sshd."""
    need("ansible", "openssh", "root", "mounts")
    host = Host(tmp_path, *getattr(request, "param", ()))
    yield host
    host.process.kill()  # unshare ignores SIGTERM
    host.process.wait()


def setting(keyword: str, value: str) -> dict[str, Any]:
    return {"sshkeep.openssh.setting": {"keyword": keyword, "value": value}}


def test_trial(host: Host, tmp_path: Path) -> None:
    reload: dict[str, Any] = {"sshkeep.openssh.reload": {"confirm": 8}}
    tasks = [
        setting("MaxSessions", "5"),
        {**reload, "check_mode": True},
        reload,
        reload,
        setting("PermitRootLogin", "no"),
        reload,
        reload,
    ]
    _, would, confirmed, again, _, failed, after = run_tasks(tmp_path, tasks, inventory=host.inventory)
    assert would["changed"] and not would["confirmed"]
    assert confirmed["changed"] and confirmed["confirmed"] and confirmed["files"] == ["/etc/ssh/sshd_config"]
    assert not again["changed"] and not again["trial"]
    assert failed["failed"] and failed["taken_back"], failed
    assert "restored /etc/ssh/sshd_config" in failed["log"]
    assert not after["changed"]
    assert "MaxSessions 5\n" in host.config.read_text() and "PermitRootLogin" not in host.config.read_text()
    assert host.log.read_text().count("Received SIGHUP") == 3


def in_state(*commands: str) -> dict[str, Any]:
    return {"ansible.builtin.shell": " && ".join(("cd /var/lib/sshkeep/ansible", *commands))}


@pytest.mark.parametrize(
    "files",
    [
        "echo 1 >id && echo 1 >until && cat /run/sshd.pid >listener && : >command",
        "touch id until listener command",
    ],
    ids=["the timer is gone", "power was lost before they were on the disk"],
)
def test_trial_that_was_cut_off(host: Host, tmp_path: Path, files: str) -> None:
    """The next reload takes the change back."""
    before = host.config.read_text()
    tasks = [
        setting("MaxSessions", "5"),
        in_state("mv unloaded trial", "cd trial", files, ": >take_back"),
        setting("MaxSessions", "6"),
        {"sshkeep.openssh.reload": {}, "check_mode": True},
        {"sshkeep.openssh.reload": {}},
        {"sshkeep.openssh.reload": {}},
    ]
    *_, refused, would, failed, after = run_tasks(tmp_path, tasks, inventory=host.inventory)
    assert refused["failed"] and "another change is on trial" in refused["msg"]
    assert would["failed"] and "another change is on trial" in would["msg"]
    assert failed["failed"] and "its change was taken back" in failed["msg"]
    assert not after["changed"]
    assert host.config.read_text() == before
    assert host.log.read_text().count("Received SIGHUP") == 1


def test_take_back_that_was_cut_off(host: Host, tmp_path: Path) -> None:
    """The next reload finishes it, unless it still may be at work. A change after that has a trial of its own."""
    before = host.config.read_text()
    at_work = "echo $(($(date +%s) + 60)) >taking_back/until"
    tasks = [
        setting("MaxSessions", "5"),
        in_state("mv unloaded taking_back", at_work),
        {"sshkeep.openssh.reload": {}},
        in_state("echo 1 >taking_back/until"),
        {"sshkeep.openssh.reload": {}},
        setting("PermitRootLogin", "no"),
        {"sshkeep.openssh.reload": {"confirm": 8}},
    ]
    _, _, waits, _, finished, _, failed = run_tasks(tmp_path, tasks, inventory=host.inventory)
    assert waits["failed"] and "is being taken back" in waits["msg"]
    assert finished["failed"] and "is finished now" in finished["msg"], finished
    assert failed["failed"] and failed["taken_back"], failed
    assert host.config.read_text() == before


@pytest.mark.parametrize(
    ("host", "banner"),
    [
        ([], ""),
        (["-o", "VersionAddendum a;b (c) $HOME*", "-4"], "a;b (c) $HOME*"),
        (
            ["-oVersionAddendum=a -b"],
            "",
        ),  # its title does not tell that this is one word: without the options
    ],
    indirect=["host"],
)
def test_sshd_that_ends_is_started_with_the_old_files(host: Host, tmp_path: Path, banner: str) -> None:
    before = host.config.read_text()
    # sshd -t does not try to listen; sshd ends where it can't.
    tasks = [
        setting("ListenAddress", "192.0.2.55"),
        {"sshkeep.openssh.reload": {"confirm": 8}},
        {"ansible.builtin.ping": {}},
    ]
    _, failed, answer = run_tasks(tmp_path, tasks, inventory=host.inventory)
    assert failed["failed"] and failed["taken_back"] and "has ended" in failed["msg"], failed
    assert answer["ping"] == "pong"
    assert host.config.read_text() == before
    with socket.create_connection(("127.0.0.1", host.port)) as connection:
        assert connection.makefile().readline().strip().partition("Debian")[2].partition(" ")[2] == banner


def test_what_does_not_go_through_sshd_confirms_nothing(host: Host, tmp_path: Path) -> None:
    """As ansible-pull: nobody gets in any more, and its own connection does not show it."""
    first = Path(f"/proc/{host.process.pid}/task/{host.process.pid}/children").read_text().strip()
    inside = ["nsenter", f"--target={first}", "--mount", "--pid", f"--wd={tmp_path}"]
    before = host.config.read_text()
    tasks: list[dict[str, Any]] = [
        setting("AllowUsers", "nobody-at-all"),
        {"sshkeep.openssh.reload": {"confirm": 8}, "check_mode": True},
        {"sshkeep.openssh.reload": {"confirm": 8}},
        {"ansible.builtin.copy": {"content": before, "dest": "/etc/ssh/sshd_config", "mode": "0644"}},
        setting("MaxSessions", "5"),
        {"sshkeep.openssh.reload": {"confirm": 0}},
    ]
    _, would, refused, _, _, reloaded = run_tasks(tmp_path, tasks, inside=inside)
    for each in (would, refused):
        assert each["failed"] and "does not go through sshd" in each["msg"] and "confirm: 0" in each["msg"], (
            each
        )
    assert reloaded["changed"] and not reloaded["trial"], reloaded
    assert host.log.read_text().count("Received SIGHUP") == 1


def test_a_connection_that_stays_confirms_nothing(host: Host, tmp_path: Path) -> None:
    before = host.config.read_text()
    deaf = tmp_path / "ssh"
    deaf.write_text('#!/bin/sh\ncase " $* " in *" -O "*) exit 1 ;; esac\nexec ssh "$@"\n')
    deaf.chmod(0o755)
    host.inventory["all"]["hosts"]["host"]["ansible_ssh_executable"] = str(deaf)
    tasks = [setting("MaxSessions", "5"), {"sshkeep.openssh.reload": {"confirm": 5}}]
    _, failed = run_tasks(tmp_path, tasks, inventory=host.inventory)
    assert failed["failed"] and failed["taken_back"] and "was not made anew" in failed["msg"], failed
    assert host.config.read_text() == before


def test_another_sshd_confirms_nothing(host: Host, tmp_path: Path) -> None:
    port, variables = free_port(), host.inventory["all"]["hosts"]["host"]
    other = f"/usr/sbin/sshd -o Port={port} -o PidFile=none"
    run_tasks(tmp_path, [{"ansible.builtin.shell": other}], inventory=host.inventory)
    variables["ansible_port"] = port
    tasks = [setting("MaxSessions", "5"), {"sshkeep.openssh.reload": {"confirm": 5}}]
    _, failed = run_tasks(tmp_path, tasks, inventory=host.inventory)
    assert failed["failed"] and not failed["trial"] and "goes through another sshd" in failed["msg"], failed
    assert "SIGHUP" not in host.log.read_text()


def test_nothing_is_reloaded_that_sshd_refuses(host: Host, tmp_path: Path) -> None:
    host.config.write_text(host.config.read_text() + "PermitRootLogin perhaps\n")
    (failed,) = run_tasks(tmp_path, [{"sshkeep.openssh.reload": {}}], inventory=host.inventory)
    assert failed["failed"] and "sshd refuses its files as they are" in failed["msg"]
    assert "SIGHUP" not in host.log.read_text()


@pytest.mark.parametrize("seconds", [-5, 1, 3])
def test_a_trial_that_nobody_could_confirm(tmp_path: Path, seconds: int) -> None:
    (failed,) = run_tasks(tmp_path, [{"sshkeep.openssh.reload": {"confirm": seconds}}])
    assert failed["failed"] and failed["msg"].startswith(f"confirm: {seconds} leaves no time"), failed


def test_the_shortest_trial(host: Host, tmp_path: Path) -> None:
    tasks = [setting("MaxSessions", "5"), {"sshkeep.openssh.reload": {"confirm": 4}}]
    _, confirmed = run_tasks(tmp_path, tasks, inventory=host.inventory)
    assert confirmed["confirmed"], confirmed


def test_it_waits_for_what_is_written_and_checks_without_a_change(host: Host, tmp_path: Path) -> None:
    writer = 'setsid flock . sh -c "sleep 3; rm -r unloaded" >/dev/null 2>&1 </dev/null &'
    tasks = [
        setting("MaxSessions", "5"),
        in_state("touch -d 2020-01-01 unloaded"),
        {"sshkeep.openssh.reload": {}, "check_mode": True},
        in_state("ls unloaded", "touch unloaded"),
        in_state(f"{{ {writer} }}", "sleep 0.5"),
        {"sshkeep.openssh.reload": {"confirm": 5}},
    ]
    _, _, would, kept, _, reloaded = run_tasks(tmp_path, tasks, inventory=host.inventory)
    assert not would["files"] and "1.path" in kept["stdout"], would
    assert reloaded["changed"] and not reloaded["trial"], reloaded


def test_what_is_not_taken_back_is_said(host: Host, tmp_path: Path) -> None:
    host.config.write_text(f"Include /var/lib/deploy/conf\n{host.config.read_text()}")
    before = host.config.read_text()
    deploy = "mkdir /var/lib/deploy && echo VersionAddendum old >/var/lib/deploy/conf"
    tasks: list[dict[str, Any]] = [
        {"ansible.builtin.shell": f"{deploy} && kill -HUP $(cat /run/sshd.pid)"},
        {"sshkeep.openssh.setting": {"settings": {"VersionAddendum": "bad", "PermitRootLogin": "no"}}},
        {"ansible.builtin.shell": "chown 1000 /var/lib/deploy"},
        {"sshkeep.openssh.reload": {"confirm": 5}},
    ]
    *_, failed = run_tasks(tmp_path, tasks, inventory=host.inventory)
    left = "/var/lib/deploy/conf was left as it is: others may write to its folder"
    assert failed["failed"] and not failed["taken_back"], failed
    assert failed["state"] == f"it took 1 of 2 files back; {left}" and failed["msg"].endswith(left), failed
    assert host.config.read_text() == before


def test_it_needs_root(host: Host, tmp_path: Path) -> None:
    (tmp_path / "sudo").write_text(
        "#!/bin/sh\nfor command do :; done\n"
        'exec setpriv --reuid daemon --regid daemon --clear-groups sh -c "$command"\n'
    )
    (tmp_path / "sudo").chmod(0o755)
    become = {"become": True, "become_user": "daemon", "vars": {"ansible_become_exe": str(tmp_path / "sudo")}}
    task = {"sshkeep.openssh.reload": {"force": True}, **become}
    (failed,) = run_tasks(tmp_path, [task], inventory=host.inventory)
    assert failed["failed"] and failed["msg"].endswith("; it needs root, with become: true"), failed


def test_a_host_without_proc(tmp_path: Path) -> None:
    """As a BSD: ps says what a process is, and the process of the pid file is reloaded."""
    trial = plugin_util("trial", tmp_path)
    common = trial.COMMON.replace("STATE", str(tmp_path)).replace("/proc", "/nowhere")
    programs = (
        'ps() { case $2 in comm=) echo sshd ;; *) /bin/ps "$@" ;; esac; }; kill() { echo "kill $*"; }\n'
    )
    calls = "command= listener=4711; systemd_unit() { return 1; }; reload_sshd; find_session; echo $above"
    done = subprocess.run(["sh", "-c", common + programs + calls], capture_output=True, text=True)
    assert done.stdout == "kill -HUP 4711\n1\n", done
