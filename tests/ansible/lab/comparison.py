"""What ends right when a fleet gets one setting, by the usual tasks of Ansible and by the collection's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from tests.ansible.lab.controller import Played
from tests.ansible.lab.fleet import Fleet

WANTED = "45"
"""Seconds of ClientAliveInterval, for every user."""

USERS = ("root", "backup")
"""One of them is in the Match block of a host."""

WAYS = {
    "`lineinfile`": """
- name: set
  ansible.builtin.lineinfile:
    path: /etc/ssh/sshd_config
    regexp: '^#?ClientAliveInterval'
    line: ClientAliveInterval 45
    validate: /usr/sbin/sshd -t -f %s
""",
    "`blockinfile`": """
- name: set
  ansible.builtin.blockinfile:
    path: /etc/ssh/sshd_config
    block: ClientAliveInterval 45
    validate: /usr/sbin/sshd -t -f %s
""",
    "`copy` of a drop-in": """
- name: set
  ansible.builtin.copy:
    dest: /etc/ssh/sshd_config.d/99-keepalive.conf
    content: "ClientAliveInterval 45\\n"
    mode: "0600"
    validate: /usr/sbin/sshd -t -f %s
""",
    "`sshkeep.openssh.setting`": """
- name: set
  sshkeep.openssh.setting:
    keyword: ClientAliveInterval
    value: 45
""",
}
"""The tasks; those of Ansible itself with the validation that their documentation names."""

End = Literal["right", "wrong", "failed", "broken"]
"""``wrong``: the task succeeded, and a user has another value; ``broken``: it succeeded, and sshd refuses the files."""


def compare(machines: Fleet, tasks: str) -> dict[str, End]:
    """How each host ends, judged by its own sshd; the files are put back."""
    played = machines.play(tasks)
    ends = {host: _end(machines, host, played) for host in machines.hosts}
    machines.restore()
    return ends


def _end(machines: Fleet, host: str, played: Played) -> End:
    result = played.of("set")[host]
    if result.status != "ok":
        return "failed"
    values = {machines.effective(host, user).get("clientaliveinterval") for user in USERS}
    return "broken" if None in values else "right" if values == {WANTED} else "wrong"


def table(measured: Mapping[str, Mapping[str, End]]) -> Iterator[str]:
    """Lines of Markdown: a row for each host, a column for each way."""
    hosts = next(iter(measured.values()))
    yield f"| Host | {' | '.join(measured)} |"
    yield "| --- |" + " --- |" * len(measured)
    for host in hosts:
        yield f"| {host} | {' | '.join(measured[way][host] for way in measured)} |"
