"""One ssh session: the client, the server's process for it, and which of the two exits when."""

import os
import select
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import Literal

from tests.lab.enclosure import ALIAS, ENVIRONMENT, KEY, KNOWN_HOSTS, PLACE, USER, Programs
from tests.lab.namespace import Namespace
from tests.lab.network import SERVER

_OPTIONS = {
    "HostName": SERVER,
    "HostKeyAlias": ALIAS,
    "Port": 22,
    "User": USER,
    "IdentityFile": KEY,
    "IdentitiesOnly": "yes",
    "UserKnownHostsFile": KNOWN_HOSTS,
    "PasswordAuthentication": "no",
    "KbdInteractiveAuthentication": "no",
}
"""What the lab needs on top of a set-up's config. No BatchMode: that gives Debian's ssh a keepalive."""

_ANSWERING = 'echo $PPID; while read -r line; do echo "$line"; done'
"""What runs on the server: tells the process that serves the session, then answers each line with itself."""

LOGIN_SECONDS = 20
ANSWER_SECONDS = 4


Side = Literal["client", "server"]
SIDES: tuple[Side, ...] = ("client", "server")


class CannotLogIn(Exception):
    """Why there is no session."""


class Session:
    """A session that has logged in; raises CannotLogIn."""

    def __init__(self, namespace: Namespace, programs: Programs, config: Path) -> None:
        self.log = PLACE / f"{namespace.name}.log"
        options = [f"-o{key}={value}" for key, value in _OPTIONS.items()]
        command = programs.command("/usr/bin/ssh", "-T", "-F", config, *options, ALIAS, _ANSWERING)
        with namespace.entered(), self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                bufsize=0,
                env=ENVIRONMENT,
            )
        told = self._line(LOGIN_SECONDS)
        if not told:
            self.stop()
            raise CannotLogIn(" ".join(self.said()) or f"no answer within {LOGIN_SECONDS} s")
        self.running: dict[Side, int] = {
            "client": os.pidfd_open(self.process.pid),
            "server": os.pidfd_open(int(told)),
        }
        self.exits: dict[Side, float] = {}
        """Which side's process has ended, and when, in seconds since the epoch."""

    def answers(self) -> bool:
        """Type a line on the client, and see whether the server answers it in time."""
        assert self.process.stdin
        if self.process.poll() is not None:
            return False
        with suppress(BrokenPipeError):
            self.process.stdin.write(b"idle?\n")
        return self._line(ANSWER_SECONDS) == b"idle?\n"

    def wait(self, until: float) -> None:
        """Note who exits before ``until``, seconds since the epoch."""
        poll = select.poll()
        sides = {descriptor: side for side, descriptor in self.running.items() if side not in self.exits}
        for descriptor in sides:
            poll.register(descriptor, select.POLLIN)
        while (left := until - time.time()) > 0:
            for descriptor, _ in poll.poll(left * 1000):
                self.exits[sides[descriptor]] = time.time()
                poll.unregister(descriptor)

    def _line(self, seconds: float) -> bytes:
        """The next line from the server; empty when none comes in time."""
        assert self.process.stdout
        line, until = b"", time.time() + seconds
        poll = select.poll()
        poll.register(self.process.stdout, select.POLLIN)
        while not line.endswith(b"\n"):
            ready = poll.poll(max(0.0, until - time.time()) * 1000)
            byte = self.process.stdout.read(1) if ready else b""
            if not byte:
                return b""
            line += byte
        return line

    def said(self) -> list[str]:
        """The client's words so far."""
        return self.log.read_text(errors="replace").splitlines()

    def stop(self) -> None:
        self.process.kill()
        self.process.communicate()
