"""The whole fleet, booted and connected."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.ansible.lab.controller import Controller
from tests.ansible.lab.hosts import ALL, PLANS, Plan
from tests.ansible.lab.layers import make_layer
from tests.lab.namespace import inside_network
from tests.trial.guest import Guest
from tests.trial.kinds import Kind

FOLDERS = ("/etc/ssh", "/srv", "/usr/etc")
"""Where the files of sshd are; `Fleet.restore` puts back what was there after boot."""


class Fleet:
    """``hosts`` are the machines by name, ``controller`` runs Ansible."""

    def __init__(self, controller: Controller, hosts: dict[str, Guest]) -> None:
        self.controller, self.hosts = controller, hosts
        self.play = controller.play

    def effective(self, host: str, user: str = "root") -> dict[str, str]:
        """What that host's own `sshd -T` prints for a user, by keyword in lower case; empty where it refuses the files."""
        done = self.hosts[host].quietly("/usr/sbin/sshd", "-T", "-C", f"user={user},host=h,addr=192.0.2.1")
        lines = done.out.splitlines() if not done.code else []
        return {name.lower(): value for name, _, value in (line.partition(" ") for line in lines)}

    def files(self, host: str) -> dict[str, bytes]:
        """All files of sshd on that host, by path."""
        root = self.hosts[host].path("")
        paths = (path for folder in FOLDERS for path in Path(f"{root}{folder}").rglob("*"))
        return {str(path.relative_to(root)): path.read_bytes() for path in paths if path.is_file()}

    def banner(self, host: str) -> str:
        """The line that its sshd sends to whoever connects; empty where nobody answers."""
        try:
            with inside_network(f"/proc/{self.hosts[host].container.leader}/ns/net"):
                connection = socket.create_connection(("127.0.0.1", 22), 2)
            with connection, connection.makefile("rb") as stream:
                return stream.readline().decode(errors="replace").strip()
        except OSError:
            return ""

    def logs_in(self, host: str) -> bool:
        """Whether the controller gets in, by a new connection."""
        return self.play("- name: in\n  ansible.builtin.raw: 'true'", hosts=host).code == 0

    def restore(self, hosts: Iterable[str] = PLANS) -> None:
        """The files as they were after boot, read by sshd."""
        for host in hosts:
            if host != "readonly":
                self.hosts[host].quietly("sh", "-c", RESTORE)


SAVE = f"mkdir -p /usr/etc; tar -cf /var/saved.tar {' '.join(FOLDERS)} 2>/dev/null"
RESTORE = f"""
rm -rf /var/lib/sshkeep; rm -rf {" ".join(FOLDERS)}; tar -xpf /var/saved.tar -C /
/usr/sbin/sshd -t 2>/dev/null && kill -HUP $(cat /run/sshd.pid)
"""


@contextmanager
def fleet(names: Iterable[str] = PLANS) -> Iterator[Fleet]:
    """Boot these machines; all of it is gone afterwards."""
    plans = {name: ALL[name] for name in names}
    # ssh's control sockets want a short path.
    with TemporaryDirectory(prefix="fleet-") as place, ThreadPoolExecutor(8) as pool:
        folder = Path(place)
        controller = Controller(folder)
        booted: dict[str, Future[Guest]] = {}
        try:
            for suite in {plan.suite for plan in plans.values()}:
                make_layer(folder / suite, suite, controller.public_key)
            booted = {name: pool.submit(_boot, name, plan, folder) for name, plan in plans.items()}
            hosts = {name: future.result() for name, future in booted.items()}
            for name, guest in hosts.items():
                controller.connect(name, guest.container.leader)
            yield Fleet(controller, hosts)
        finally:
            controller.close()
            wait(booted.values())
            for future in booted.values():
                if not future.exception():
                    future.result().close()


def _boot(name: str, plan: Plan, folder: Path) -> Guest:
    guest = Guest(_kind(plan), folder / plan.suite, folder / f"{name}.log")
    guest.shell(SAVE)
    plan.spoil(guest)
    if name == "broken":
        guest.shell(SAVE)
    return guest


def _kind(plan: Plan) -> Kind:
    def prepare(root: Path) -> None:
        plan.kind.prepare(root)
        shutil.rmtree(root / "etc/ssh/sshd_config.d", ignore_errors=True)
        (root / "etc/ssh/sshd_config.d").mkdir()
        plan.layout(root)

    return plan.kind._replace(prepare=prepare)
