"""The kinds of machines: what process 1 is, and who starts sshd."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

LOG = "/var/log/sshd.log"

_UNITS = "etc/systemd/system"


class Kind(NamedTuple):
    """The commands are for a shell. ``prepare`` changes the file system, whose root it gets, before the first boot."""

    name: str
    payload: str
    """As `tests.trial.container.Container` has it."""
    start: str
    restart: str
    log: str
    """Prints what sshd, and what started it, have logged."""
    prepare: Callable[[Path], None]
    started_by_boot: bool = False
    shut_down: str = ""
    """Empty: the machine knows no other way than to lose its power."""


def _by_hand(root: Path) -> None:
    (root / "etc/init.d/ssh").unlink()


def _by_script(root: Path) -> None:
    (root / "etc/default/ssh").write_text(f"SSHD_OPTS='-E {LOG}'\n")


def _by_socket(root: Path) -> None:
    """As ``systemctl disable ssh.service; systemctl enable ssh.socket``."""
    (root / _UNITS / "multi-user.target.wants/ssh.service").unlink()
    (root / _UNITS / "sshd.service").unlink()
    (root / _UNITS / "sockets.target.wants").mkdir(exist_ok=True)
    (root / _UNITS / "sockets.target.wants/ssh.socket").symlink_to("/lib/systemd/system/ssh.socket")


def _nothing(root: Path) -> None:
    return


_HAND = f"mkdir -p /run/sshd && /usr/sbin/sshd -E {LOG}"

NO_INIT = Kind(
    "no-init",
    payload="sleep infinity",
    start=_HAND,
    restart=f"kill $(cat /run/sshd.pid); sleep 0.5; {_HAND}",
    log=f"cat {LOG}",
    prepare=_by_hand,
)
"""As in a container: sshd was started by hand, and process 1 reaps nobody."""

INIT_SCRIPT = Kind(
    "init-script",
    payload="--as-pid2 sh -c 'trap : TERM; while :; do sleep 60; done'",
    start="service ssh start",
    restart="service ssh restart",
    log=f"cat {LOG}",
    prepare=_by_script,
    shut_down="kill -TERM -1; sleep 4",
)

SYSTEMD = Kind(
    "systemd",
    payload="--boot",
    start="systemctl start ssh",
    restart="systemctl restart ssh",
    log="journalctl --no-pager --quiet --output=short-monotonic --unit=ssh",
    prepare=_nothing,
    started_by_boot=True,
    shut_down="systemctl poweroff",
)

SOCKET = SYSTEMD._replace(name="socket", prepare=_by_socket, start="systemctl start ssh.socket")
"""systemd listens (ssh.socket, Accept=no), and starts sshd for the first connection."""

SERVICES = (NO_INIT, INIT_SCRIPT, SYSTEMD)
"""Those where sshd itself listens."""

ALL = (*SERVICES, SOCKET)
