"""A host like Alpine: the shell and all its commands are busybox's, there is no bash, and no process 1 that reaps."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ansible.lab.fleet import Fleet, fleet
from tests.requirements import need

TASKS = """
- hosts: all
  gather_facts: false
  tasks:
    - name: setting
      sshkeep.openssh.setting:
        settings: {settings}
    - name: busybox's ls compares times by whole seconds, and reloads once more within one
      ansible.builtin.pause: {{seconds: 1}}
    - name: reload
      sshkeep.openssh.reload:
        confirm: {confirm}
    - name: again
      sshkeep.openssh.reload:
"""


@pytest.fixture
def small() -> Iterator[Fleet]:
    need("ansible", "releases", "systemd", "busybox")
    with fleet(["small"]) as machines:
        yield machines


def test_a_trial_is_confirmed_and_taken_back(small: Fleet) -> None:
    """Nothing is left of Ansible, either: it needs no folder for the module."""
    path = Path(small.controller.folder, "trial.yml")
    path.write_text(TASKS.format(settings="{VersionAddendum: good}", confirm=60))
    played = small.play(path)
    reload, again = (played.of(task)["small"] for task in ("reload", "again"))
    assert reload.result["confirmed"] and again.status == "ok" and not again.changed, played.out
    assert small.banner("small").endswith("good")
    before = small.files("small")

    path.write_text(TASKS.format(settings="{AllowUsers: nobody-at-all}", confirm=4))
    played = small.play(path)
    reload = played.of("reload")["small"]
    assert reload.status == "failed" and reload.result["taken_back"], played.out
    assert small.files("small") == before and small.logs_in("small")
    assert not small.hosts["small"].path("/root/.ansible").exists()
