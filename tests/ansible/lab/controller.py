"""The machine that runs Ansible: a network of its own, with a cable to each host."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

from tests.lab.namespace import run
from tests.program import ROOT

HERE = Path(__file__).parent
SECONDS = 300
"""For one playbook."""


class TaskResult(NamedTuple):
    """What a task returned for a host; ``status`` is ok, failed, unreachable or skipped."""

    host: str
    task: str
    status: str
    result: dict[str, Any]

    @property
    def changed(self) -> bool:
        return bool(self.result.get("changed"))


class Played(NamedTuple):
    """How a run of ansible-playbook ended."""

    code: int
    out: str
    results: list[TaskResult]

    def of(self, task: str) -> dict[str, TaskResult]:
        """The results of one task, by host."""
        return {each.host: each for each in self.results if each.task == task}


def ansible_program(name: str) -> str | None:
    """The program beside this Python, else on the PATH."""
    return shutil.which(name, path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")


class Controller:
    """``folder`` holds its key, inventory and what Ansible writes; `close` ends it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.key = folder / "key"
        run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(self.key)])
        collections = folder / "collections" / "ansible_collections" / "sshkeep"
        collections.mkdir(parents=True)
        (collections / "openssh").symlink_to(ROOT / "ansible")
        self.addresses: dict[str, str] = {}
        self._record = folder / "record"
        # It ends with its input, and that with this process.
        self._holder = subprocess.Popen(
            ["unshare", "--net", "sh", "-c", "ip link set lo up && echo && exec cat"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert self._holder.stdout
        self._holder.stdout.readline()

    @property
    def public_key(self) -> str:
        return self.key.with_suffix(".pub").read_text()

    def connect(self, name: str, leader: int) -> None:
        """A cable to the host whose first process is ``leader``."""
        number = len(self.addresses) + 1
        pid, subnet = self._holder.pid, f"10.78.{number}"
        run(["ip", "link", "add", "name", f"to{number}", "netns", str(pid), "type", "veth", "peer", "name", "eth0", "netns", str(leader)])  # fmt: skip
        for process, device, address in (
            (pid, f"to{number}", f"{subnet}.1"),
            (leader, "eth0", f"{subnet}.2"),
        ):
            words = ["nsenter", f"--net=/proc/{process}/ns/net", "ip"]
            run([*words, "address", "add", f"{address}/24", "dev", device])
            run([*words, "link", "set", "dev", device, "up"])
        self.addresses[name] = f"{subnet}.2"

    def cable(self, name: str, state: str) -> None:
        """``down`` takes a host off the network, and ``up`` brings it back."""
        number = [*self.addresses].index(name) + 1
        run([*self._inside(), "ip", "link", "set", "dev", f"to{number}", state])

    def play(self, playbook: Path | str, *options: str, hosts: str = "all") -> Played:
        """Run a playbook: a path, the name of one in a collection, or the text of tasks."""
        self._record.unlink(missing_ok=True)
        with self.start(playbook, *options, hosts=hosts) as process:
            try:
                out, _ = process.communicate(timeout=SECONDS)
            finally:
                process.kill()
        lines = self._record.read_text().splitlines() if self._record.exists() else []
        return Played(process.returncode, out, [TaskResult(**json.loads(line)) for line in lines])

    def start(self, playbook: Path | str, *options: str, hosts: str = "all") -> subprocess.Popen[str]:
        """As `play`, without waiting. SIGKILL ends all of its processes."""
        if str(playbook).lstrip().startswith("- "):
            lines = str(playbook).strip().splitlines()
            playbook = self.folder / "tasks.yml"
            indented = "".join(f"    {line}\n" for line in lines)
            playbook.write_text(f"- hosts: all\n  gather_facts: false\n  tasks:\n{indented}")
        program = ansible_program("ansible-playbook")
        assert program
        return subprocess.Popen(
            [*self._inside(), program, "-l", hosts, str(playbook), *options],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            env=self._environment(), cwd=self.folder,
        )  # fmt: skip

    def run(self, *words: str, folder: Path) -> int:
        """Run a command beside the hosts in ``folder``, with this terminal and Ansible set up; its exit code."""
        environment = {**self._environment(), "TERM": os.environ.get("TERM", "dumb")}
        return subprocess.run([*self._inside(), *words], env=environment, cwd=folder).returncode

    def close(self) -> None:
        """End it; what hangs on its network is gone with it."""
        assert self._holder.stdin and self._holder.stdout
        self._holder.stdin.close()
        self._holder.wait()
        self._holder.stdout.close()

    def _inside(self) -> list[str]:
        """A process namespace of its own, too, so that the connections that ssh keeps open end with the command."""
        network = f"--net=/proc/{self._holder.pid}/ns/net"
        return ["nsenter", network, "unshare", "--pid", "--fork", "--kill-child", "--mount-proc"]

    def _environment(self) -> dict[str, str]:
        inventory = self.folder / "inventory"
        inventory.write_text("".join(f"{name} ansible_host={at}\n" for name, at in self.addresses.items()))
        ssh = f"-F none -i {self.key} -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR -o ConnectTimeout=5"
        return {
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(self.folder),
            "LC_ALL": "C.UTF-8",
            "SSHKEEP_RECORD": str(self._record),
            "ANSIBLE_HOME": str(self.folder / "ansible"),
            "ANSIBLE_CALLBACK_PLUGINS": str(HERE / "callbacks"),
            "ANSIBLE_CALLBACKS_ENABLED": "record",
            "ANSIBLE_COLLECTIONS_PATH": str(self.folder / "collections"),
            "ANSIBLE_FORKS": "10",
            "ANSIBLE_INVENTORY": str(inventory),
            "ANSIBLE_HOST_KEY_CHECKING": "False",
            "ANSIBLE_PYTHON_INTERPRETER": "/usr/bin/python3",
            "ANSIBLE_REMOTE_USER": "root",
            "ANSIBLE_SSH_COMMON_ARGS": ssh,
            "ANSIBLE_SSH_CONTROL_PATH_DIR": str(self.folder / "cp"),
        }
