"""A copy of the image that runs in namespaces and a cgroup of its own, by systemd-nspawn.

All of it hangs on one pipe. Its reading end is the first process of a pid namespace; when this process closes the other
end, or is gone for whatever reason, that process ends, and the kernel ends all others with it and unmounts what
they had. A shell outside waits for that and removes the cgroup.
"""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from tests.trial.image import image

NAME = "sshkeep-trial"
SECONDS = 30
"""For a machine to come up, or to go down."""

ENVIRONMENT = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8"}

OUTSIDE = """
mkdir "$1" || exit
( echo 0 >"$1/cgroup.procs" && exec unshare --pid --fork --kill-child --mount sh -c "$2" sh "$3" "$4" )
echo 1 >"$1/cgroup.kill"
for try in $(seq 100); do
    find "$1" -depth -type d -exec rmdir {} + 2>/dev/null && exit
    sleep 0.05
done
"""
"""Arguments: the cgroup's folder, the script below, the image, this run's own layer."""

INSIDE = """
set -e
read -r pid rest </proc/self/stat
mount -t proc proc /proc
mount -t tmpfs -o mode=755 run /run
mkdir /run/image /run/layer /run/changes /run/work /run/root /run/systemd
mount --bind "$1" /run/image
mount --bind "$2" /run/layer
mount -t overlay -o lowerdir=/run/layer:/run/image,upperdir=/run/changes,workdir=/run/work overlay /run/root
echo "$pid"
while read -r line; do eval "$line"; done
"""
"""The pid is that of the namespace outside, since /proc still is. Then every line of the pipe is a command."""

NSPAWN = (
    "systemd-nspawn --quiet --register=no --keep-unit --settings=no --private-network --resolv-conf=off --timezone=off"
    " --link-journal=no --console=pipe --machine=machine --directory=/run/root"
)


T = TypeVar("T")


class MachineFailed(Exception):
    """The laboratory failed, and not what is tested in it."""


def cgroups() -> Path:
    """Where cgroups of version 2 are; raises MachineFailed."""
    for line in Path("/proc/self/mounts").read_text().splitlines():
        _, place, kind, *_ = line.split()
        if kind == "cgroup2":
            return Path(place)
    raise MachineFailed("there are no cgroups of version 2 here")


class Container:
    """``payload`` is what becomes process 1; options of systemd-nspawn may stand before it."""

    def __init__(self, layer: Path, payload: str, log: Path) -> None:
        self.payload, self.log = payload, log
        self.leader = 0
        """Process 1, by its number on this machine."""
        cgroup = cgroups() / f"{NAME}-{os.getpid()}-{os.urandom(4).hex()}"
        with log.open("ab") as errors:
            self._outside = subprocess.Popen(
                ["sh", "-c", OUTSIDE, "sh", str(cgroup), INSIDE, str(image()), str(layer)],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, start_new_session=True,
                env={**ENVIRONMENT, "SYSTEMD_NSPAWN_UNIFIED_HIERARCHY": "1"},
            )  # fmt: skip
        assert self._outside.stdin and self._outside.stdout
        self._pipe, answer = self._outside.stdin, self._outside.stdout.readline()
        if not answer.strip().isdigit():
            raise self._failed("no machine could be set up")
        self._first = int(answer)
        self.root = Path(f"/proc/{self._first}/root/run/root")
        """The file system, also while it is down; /run and the like are not in it."""

    def boot(self) -> None:
        """Start process 1; raises MachineFailed."""
        self._pipe.write(f"{NSPAWN} {self.payload} </dev/null >>{self.log} 2>&1 &\n".encode())
        self._pipe.flush()
        self.leader = _until(self._started, 0.002) or 0
        if not self.leader:
            raise self._failed("systemd-nspawn did not start")

    def cut_power(self) -> None:
        """End every process at once; the file system stays as it is, but for /run and /tmp."""
        leader, self.leader = self.leader, 0
        if Path(f"/proc/{leader}").exists():
            os.kill(leader, signal.SIGKILL)
        if not _until(self.is_down, 0.01):
            raise self._failed("the machine did not go down")

    def is_down(self) -> bool:
        """Whether nothing of it runs, so that it can be booted again."""
        if children(self._first):
            return False
        self.leader = 0
        return True

    def close(self) -> None:
        """End it, and leave nothing of it."""
        self._pipe.close()
        self._outside.wait(SECONDS)
        assert self._outside.stdout
        self._outside.stdout.close()

    def command(self, *words: str | Path) -> list[str]:
        """What runs ``words`` in there."""
        return ["nsenter", "--target", str(self.leader), "--all", *map(str, words)]

    def _started(self) -> int:
        """Of the children of systemd-nspawn, the one that is process 1 in the third pid namespace, and has begun."""
        for process in children(self._first):
            for child in children(process):
                fields = _status(child)
                begun = fields.get("Name", "").strip() in (
                    self.payload.split()[0],
                    "systemd",
                    "(sd-stubinit)",
                )
                if begun and fields.get("NSpid", "").split()[2:] == ["1"]:
                    return child
        return 0

    def _failed(self, what: str) -> MachineFailed:
        return MachineFailed(f"{what}: {self.log.read_text(errors='replace').strip()[-2000:]}")


def works() -> bool:
    """Whether a machine can be started here at all."""
    with TemporaryDirectory(prefix="sshkeep-machine-") as folder:
        try:
            container = Container(Path(folder), "sleep infinity", Path(folder, "log"))
        except (MachineFailed, OSError):
            return False
        try:
            container.boot()
        except MachineFailed:
            return False
        finally:
            container.close()
    return True


def _until(condition: Callable[[], T], step: float) -> T | None:
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(step)
    return None


def children(process: int) -> list[int]:
    """The living processes that it has started; the shell inside reaps what has ended at its next line only."""
    try:
        children = [
            int(word) for word in Path(f"/proc/{process}/task/{process}/children").read_text().split()
        ]
    except OSError:
        return []
    return [child for child in children if "Z" not in _status(child).get("State", "Z")]


def _status(process: int) -> dict[str, str]:
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return {}
    return {name: value for name, _, value in (line.partition(":") for line in lines)}
