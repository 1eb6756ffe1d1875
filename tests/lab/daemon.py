"""One sshd, which listens in a namespace of its own and says on a file what it does."""

import subprocess
import time
from pathlib import Path

from tests.lab.enclosure import AUTHORIZED, ENVIRONMENT, KEY, PLACE, Programs
from tests.lab.namespace import Namespace

_OPTIONS = {
    "AuthorizedKeysFile": AUTHORIZED,
    "PidFile": "none",
    "PermitUserRC": "no",
    "Port": 22,
}
"""What the lab needs on top of a set-up's config; none of it has to do with idle sessions."""


START_SECONDS = 20


class CannotListen(Exception):
    """Why sshd does not: its own words."""


class Daemon:
    """Started with ``config`` as its file, and listening; raises CannotListen."""

    def __init__(self, namespace: Namespace, programs: Programs, config: Path) -> None:
        self.log = PLACE / f"{namespace.name}.log"
        options = [f"-o{key}={value}" for key, value in _OPTIONS.items()]
        command = programs.command("/usr/sbin/sshd", "-D", "-e", "-f", config, "-h", KEY, *options)
        with namespace.entered(), self.log.open("wb") as log:
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=log, env=ENVIRONMENT)
        until = time.monotonic() + START_SECONDS
        while not any(line.startswith("Server listening") for line in self.said()):
            if self.process.poll() is not None or time.monotonic() > until:
                raise CannotListen(" ".join(self.said()) or f"silent for {START_SECONDS} s")
            time.sleep(0.02)

    def said(self) -> list[str]:
        """Its log so far."""
        return self.log.read_text(errors="replace").splitlines()

    def stop(self) -> None:
        """The listener goes; the session's process, if there is one, stays until the lab ends."""
        self.process.kill()
        self.process.wait()
