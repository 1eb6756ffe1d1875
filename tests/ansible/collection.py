"""Run tasks with the collection of this checkout, on this machine or on hosts of an inventory."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.program import ROOT

Task = Mapping[str, Any]
LOCAL = {
    "all": {
        "hosts": {"here": {"ansible_connection": "local", "ansible_python_interpreter": "/usr/bin/python3"}}
    }
}


def environment(folder: Path) -> dict[str, str]:
    """For Ansible's programs: the collection is linked below ``folder``, and nothing of the user counts."""
    place = folder / "collections" / "ansible_collections" / "sshkeep"
    place.mkdir(parents=True, exist_ok=True)
    if not (place / "openssh").is_symlink():
        (place / "openssh").symlink_to(ROOT / "ansible")
    own = {
        "ANSIBLE_COLLECTIONS_PATH": str(folder / "collections"),
        "ANSIBLE_HOME": str(folder / "home"),
        "ANSIBLE_REMOTE_TMP": str(folder / "remote"),
        "ANSIBLE_LOCALHOST_WARNING": "false",
        "ANSIBLE_HOST_KEY_CHECKING": "false",
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
    }
    return {**{name: value for name, value in os.environ.items() if not name.startswith("ANSIBLE_")}, **own}


def plugin_util(name: str, folder: Path) -> ModuleType:
    """A module of plugin_utils, as Ansible names it; ``folder`` is for a link to the collection."""
    collections = environment(folder)["ANSIBLE_COLLECTIONS_PATH"]
    if collections not in sys.path:
        sys.path.append(collections)
    return import_module(f"ansible_collections.sshkeep.openssh.plugins.plugin_utils.{name}")


def run_tasks(
    folder: Path,
    tasks: Sequence[Task],
    *options: str,
    inventory: Mapping[str, Any] = LOCAL,
    inside: Sequence[str] = (),
    **play: Any,
) -> list[dict[str, Any]]:
    """The result of each task on the one host of the inventory; tasks that fail do not end the play.

    ``inside`` is a command that runs Ansible on another host."""
    return next(
        iter(run_on_hosts(folder, tasks, *options, inventory=inventory, inside=inside, **play).values())
    )


def run_on_hosts(
    folder: Path,
    tasks: Sequence[Task],
    *options: str,
    inventory: Mapping[str, Any] = LOCAL,
    inside: Sequence[str] = (),
    **play: Any,
) -> dict[str, list[dict[str, Any]]]:
    """The results of each host that could be reached until the end."""
    results = folder / "results"
    results.mkdir(exist_ok=True)
    for old in results.iterdir():
        old.unlink()
    registered = [
        {"ignore_errors": True, **task, "register": f"result_{number}"} for number, task in enumerate(tasks)
    ]
    names = ", ".join(f"result_{number}" for number in range(len(tasks)))
    write = {
        "delegate_to": "localhost",
        "become": False,
        "check_mode": False,
        "diff": False,
        "vars": {"ansible_python_interpreter": "/usr/bin/python3"},
        "ansible.builtin.copy": {
            "content": f"{{{{ [{names}] | to_json }}}}",
            "dest": f"{results}/{{{{ inventory_hostname }}}}",
            "mode": "0600",
        },
    }
    command = playbook_command(folder, [*registered, write], *options, inventory=inventory, **play)
    done = subprocess.run(
        [*inside, *command], env=environment(folder), capture_output=True, text=True, cwd=folder
    )
    found = {path.name: json.loads(path.read_text()) for path in results.iterdir()}
    assert found, done.stdout + done.stderr
    return found


def playbook_command(
    folder: Path, tasks: Sequence[Task], *options: str, inventory: Mapping[str, Any] = LOCAL, **play: Any
) -> list[str]:
    """The command that runs the tasks on all hosts; it needs `environment`."""
    playbook, hosts = folder / "playbook.json", folder / "inventory.json"
    text = [{"hosts": "all", "gather_facts": False, **play, "tasks": list(tasks)}]
    playbook.write_text(json.dumps(text))
    hosts.write_text(json.dumps(inventory))
    return ["ansible-playbook", "-i", str(hosts), *options, str(playbook)]
