"""Times Ansible with the collection against lineinfile, on hosts that are folders of this machine.

    python -m tests.bench.fleet [HOSTS [FORKS...]]
    python -m tests.bench.fleet pairs [HOSTS [FORKS [ROUNDS]]]
    python -m tests.bench.fleet become [HOSTS [FORKS [ROUNDS]]]

Pairs are runs of both in turn, which a machine that is busy with other work slows alike: their ratio counts;
with become, root asks sudo to become root.
Each host has a connection without ssh, and a stock sshd_config of its own. One task sets one option; it is run twice, so that the
second run changes nothing. Needs root, sshd, and ansible-core in this environment.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from tests.ansible.collection import environment
from tests.ansible.lab.layouts import STOCK
from tests.bench.measure import Run, run_once

HOSTS, FORKS = 1_000, (20, 100)

PAIRS = (200, 20, 5)

TASKS = {
    "ping": "ansible.builtin.ping: {}",
    "lineinfile + validate": (
        "ansible.builtin.lineinfile: {path: /etc/ssh/sshd_config, regexp: '^#?ClientAliveInterval',"
        " line: ClientAliveInterval 45, validate: /usr/sbin/sshd -t -f %s}"
    ),
    "sshkeep.openssh.setting": ("sshkeep.openssh.setting: {keyword: ClientAliveInterval, value: 45}"),
}
TREES = {"equal files": "", "no two equal": "# host {number}\n"}
"""What each host's file begins with."""

SETTINGS = {
    "ANSIBLE_CONNECTION_PLUGINS": str(Path(__file__).parent / "connections"),
    "ANSIBLE_PYTHON_INTERPRETER": "/usr/bin/python3",
}

BECOME = {"ANSIBLE_BECOME": "true", "ANSIBLE_BECOME_ALLOW_SAME_USER": "true"}


def lay(folder: Path, hosts: int, first_line: str) -> Path:
    """The files, and the inventory of them."""
    lines = []
    for number in range(hosts):
        root = folder / f"h{number}"
        etc = root / "etc/ssh"
        for place in (etc, root / "var/lib"):
            place.mkdir(parents=True, exist_ok=True)
        text = STOCK.replace("Include /etc/ssh/sshd_config.d/*.conf\n", "")
        for key in Path("/etc/ssh").glob("ssh_host_ed25519_key*"):
            shutil.copy(key, etc)
        (etc / "sshd_config").write_text(first_line.format(number=number) + text)
        lines.append(f"h{number} root={root}\n")
    inventory = folder / "inventory"
    inventory.write_text("".join(["[all:vars]\nansible_connection=tree\n[all]\n", *lines]))
    return inventory


def play(folder: Path, inventory: Path, task: str, forks: int) -> Run:
    playbook = folder / "playbook.yml"
    playbook.write_text(f"- hosts: all\n  gather_facts: false\n  tasks:\n    - {task}\n")
    program = str(Path(sys.executable).parent / "ansible-playbook")
    return run_once([program, "-i", str(inventory), "-f", str(forks), str(playbook)], codes=(0,))


@contextmanager
def fleet_folder() -> Iterator[Path]:
    """With Ansible set up for it."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        os.environ.update(environment(folder), **SETTINGS)
        os.chdir(folder)
        yield folder


def main(hosts: int, all_forks: list[int]) -> None:
    load = os.getloadavg()[0]
    print(f"{hosts} hosts, {os.cpu_count()} CPUs, load {load:.1f}", flush=True)
    print(f"{'':<58}{'CPU s':<8}{'wall s':<9}peak MB", flush=True)
    with fleet_folder() as folder:
        for forks in all_forks:
            for (trees, line), (name, task) in [
                (tree, each) for tree in TREES.items() for each in TASKS.items()
            ]:
                if trees != "equal files" and not name.startswith("sshkeep"):
                    continue  # Ansible's own modules do not look at other hosts
                inventory = lay(folder / "hosts", hosts, line)
                for again in ("", ", again") if name != "ping" else ("",):
                    run = play(folder, inventory, task, forks)
                    title = f"-f {forks}: {name}{again}, {trees}"
                    print(f"{title:<58}{run.cpu / hosts:<8.3f}{run.wall:<9.1f}{run.peak:.0f}", flush=True)


def pairs(hosts: int, forks: int, rounds: int) -> None:
    """CPU seconds a host of lineinfile and of the collection, and their ratio in each round."""
    names = ("lineinfile + validate", "sshkeep.openssh.setting")
    ratios = []
    with fleet_folder() as folder:
        for turn in range(rounds + 1):
            cpu = {}
            for name in names if turn % 2 else names[::-1]:
                inventory = lay(folder / "hosts", hosts, "")
                cpu[name] = play(folder, inventory, TASKS[name], forks).cpu / hosts
            if turn:  # the first round fills the disk's cache
                theirs, ours = (cpu[name] for name in names)
                ratios.append(ours / theirs)
                print(f"{theirs:.3f} {ours:.3f} {ratios[-1]:.3f}", flush=True)
    print(f"median of {rounds} ratios, {hosts} hosts, -f {forks}: {median(ratios):.3f}", flush=True)


if __name__ == "__main__":
    mode = sys.argv[1] if sys.argv[1:] and sys.argv[1].isalpha() else ""
    words = [int(word) for word in sys.argv[1 + bool(mode) :]]
    if mode == "become":
        SETTINGS.update(BECOME)
    if mode:
        pairs(*words, *PAIRS[len(words) :])
    else:
        main(words[0] if words else HOSTS, words[1:] or list(FORKS))
