"""What a scenario does with a machine, and what it can see of sshd and sshkeep there.

sshkeep runs in there as a process. A trial's value is ``VersionAddendum trial`` where nothing else is asked for: the
running sshd sends it to everybody who connects, so what it has read can be seen from outside.
"""

import socket
import subprocess
from pathlib import Path

from tests.lab.namespace import inside_network
from tests.program import Done
from tests.trial.guest import TURNS, Guest
from tests.trial.intruders import KILLER, STRANGER, THIEF
from tests.trial.kinds import Kind
from tests.trial.processes import Process, listening, processes

CONFIG = "/etc/ssh/sshd_config"
STATE = "/var/lib/sshkeep"

VALUE = ("VersionAddendum", "trial")
"""A setting to put on trial, harmless and seen from outside."""

ON_TRIAL = " trial"
"""What the banner ends with while it is in effect."""

NOISE = ("kex_exchange_identification", "Connection closed by 127.0.0.1", "pam_unix", "pam_env")
"""Lines of the log that the looking itself leaves."""


class Machine(Guest):
    """A machine of its own for one scenario."""

    def __init__(self, kind: Kind, layer: Path, log: Path) -> None:
        super().__init__(kind, layer, log)
        self.original = self.config()

    # sshkeep.

    def sshkeep(self, *arguments: str) -> Done:
        """Run sshkeep as a person does who is logged in as root."""
        return self.run("sshkeep", *arguments)

    def put_on_trial(self, seconds: int, *setting: str) -> Done:
        """``sshkeep set --write --confirm SECONDS SETTING... /etc/ssh/sshd_config``; `VALUE` where there is none."""
        with TURNS:
            return self.sshkeep("set", "--write", "--confirm", str(seconds), *(setting or VALUE), CONFIG)

    def config(self) -> str:
        """The text of sshd_config."""
        return self.path(CONFIG).read_text()

    def timer(self) -> Process | None:
        """The process that takes a trial back: what is left of sshkeep when none of its commands runs."""
        for process in processes(self.path("/proc")):
            try:
                command = self.path(f"/proc/{process.pid}/cmdline").read_bytes()
            except OSError:
                continue
            if "python" in process.executable and b"sshkeep" in command:
                return process
        return None

    # What gets in the way.

    def kill_when_written(self, *words: str) -> None:
        """Run a command, and kill it the moment that sshd_config is another file."""
        self.run("python3", "-c", KILLER, CONFIG, *words)

    def occupy(self, port: int, address: str = "::") -> None:
        """Let another program listen there; ``::`` is for IPv4, too."""
        self.start("python3", "-c", STRANGER, address, str(port))
        self.prepared(f"a stranger listens on port {port}", lambda: self._strangers(port))

    def steal(self, port: int) -> None:
        """Let another program take the port as soon as sshd_config is written to, before sshd can."""
        self.start("python3", "-c", THIEF, CONFIG, str(port))
        self.prepared("a thief is there", self.path("/tmp/thief").exists)

    def _strangers(self, port: int) -> list[str]:
        found = listening(self.path("/proc"))
        return [
            address for address, names in found.items() if address.endswith(f":{port}") and "python3" in names
        ]

    # sshd.

    def sshd(self) -> Process | None:
        """The one that is no other sshd's child; None where no sshd lives."""
        found = [process for process in processes(self.path("/proc")) if process.is_sshd]
        pids = {process.pid for process in found}
        return next((process for process in found if process.parent not in pids), None)

    def listening(self) -> set[str]:
        """Where sshd listens: ``0.0.0.0:22``, ``[::]:22``."""
        return {address for address, names in listening(self.path("/proc")).items() if "sshd" in names}

    def banner(self, port: int = 22, address: str = "127.0.0.1") -> str:
        """The line that sshd sends to whoever connects; empty where nobody answers."""
        try:
            with inside_network(f"/proc/{self.container.leader}/ns/net"):
                connection = socket.create_connection((address, port), 2)
            with connection, connection.makefile("rb") as stream:
                return stream.readline().decode(errors="replace").strip()
        except OSError:
            return ""

    def on_trial(self) -> bool:
        """Whether the running sshd has read the trial's value."""
        return self.banner().endswith(ON_TRIAL)

    def runs_as_before(self) -> bool:
        """Whether an sshd answers that has read the old files, and the files are the old ones."""
        banner = self.banner()
        return bool(banner) and not banner.endswith(ON_TRIAL) and self.config() == self.original

    def log(self) -> str:
        """What sshd logged, and systemd about it."""
        lines = self.quietly("sh", "-c", self.kind.log).out.splitlines()
        return "".join(f"{line}\n" for line in lines if not any(noise in line for noise in NOISE))

    # Logins.

    def log_in_and(self, command: str) -> "subprocess.Popen[bytes]":
        """A login over ssh, with a terminal, that runs ``command`` in it."""
        return self.start(*_ssh("22"), "-tt", "root@127.0.0.1", command)

    def login(self, port: int = 22) -> bool:
        """Whether root gets in with a key, and can run something."""
        done = self.quietly(*_ssh(str(port)), "root@127.0.0.1", "echo", "inside")
        self.note(f"$ ssh -p {port} root@127.0.0.1  [exit {done.code}] {done.err.strip()}".rstrip())
        return done.out == "inside\n"

    def state(self) -> str:
        """All that can be seen of sshd, its files and sshkeep's, for a person."""
        if not self.container.leader:
            return "the machine is down"
        changed = "as it was" if self.config() == self.original else "changed"
        state = self.path(STATE)
        files = sorted(path.name for path in state.iterdir()) if state.is_dir() else []
        log = "".join(f"    {line}\n" for line in self.log().splitlines()[-20:])
        return (
            f"sshd: {self.sshd()}\nlistens: {sorted(self.listening())}\nbanner: {self.banner() or 'nobody answers'}\n"
            f"timer: {self.timer()}\n{CONFIG}: {changed}\n{STATE}: {' '.join(files)}\nlog:\n{log}"
        )


def _ssh(port: str) -> tuple[str, ...]:
    return (
        "ssh", "-F", "none", "-i", "/root/.ssh/id_ed25519", "-p", port, "-o", "BatchMode=yes", "-o", "LogLevel=ERROR",
        "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-o", "ConnectTimeout=5",
    )  # fmt: skip
