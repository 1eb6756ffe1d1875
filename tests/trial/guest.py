"""A machine as any program sees it: booted and switched off, commands, files, processes, waiting. Nothing of sshkeep."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from threading import BoundedSemaphore, Event

from tests.program import Done
from tests.trial.container import ENVIRONMENT, Container, MachineFailed, children
from tests.trial.kinds import Kind
from tests.trial.processes import Process, listening, processes

COMMAND_SECONDS = 90

TURNS = BoundedSemaphore(3)
"""For what takes a core for a second: so many machines boot or start a trial at the same time. What is done in a trial,
with its few seconds, waits for nobody."""

STEPS = (0.05, 0.5)
"""Between two looks, in seconds, at first and later: each may be a connection to sshd."""


class Guest:
    """``transcript`` is what was run on it, and how that ended."""

    def __init__(self, kind: Kind, layer: Path, log: Path) -> None:
        self.kind = kind
        self.transcript: list[str] = []
        self._began = time.monotonic()
        self._background: list[subprocess.Popen[bytes]] = []
        self._closed = Event()
        self.container = Container(layer, kind.payload, log)
        try:
            kind.prepare(self.container.root)
            self.boot()
        except BaseException:
            self.close()
            raise

    def boot(self) -> None:
        """Switch it on, and wait until sshd, or systemd in its place, listens."""
        with TURNS:
            self._boot()

    def _boot(self) -> None:
        self.container.boot()
        if self.kind.started_by_boot:
            self.prepared("systemd has come to rest", self._has_settled)
        else:
            self.quietly("sh", "-c", self.kind.start)
        self.prepared("somebody listens on port 22", lambda: "[::]:22" in listening(self.path("/proc")))

    def _has_settled(self) -> bool:
        done = self.quietly("systemctl", "is-system-running", "--wait")
        return done.out.strip() in ("running", "degraded")

    def shut_down_and_boot(self) -> None:
        """An orderly reboot; AssertionError if something keeps the machine from going down."""
        self.note("is rebooted")
        self.quietly("sh", "-c", self.kind.shut_down)
        if self.kind.started_by_boot:
            self.wait_for("it is down", self.container.is_down, 30)
        else:
            self.container.cut_power()
        self.boot()

    def cut_power_and_boot(self) -> None:
        """What a power cut does, or the end of a container."""
        self.note("loses its power")
        self.container.cut_power()
        self.boot()

    def close(self) -> None:
        """End it and all that runs there; another thread that waits for something to happen there gets MachineFailed."""
        self._closed.set()
        self.container.close()
        for process in self._background:
            process.wait(10)

    # Running things.

    def run(self, *words: str, seconds: float = COMMAND_SECONDS) -> Done:
        """Run a command as root, to its end."""
        done = self.quietly(*words, seconds=seconds)
        output = "".join(f"    {line}\n" for line in (done.out + done.err).splitlines())
        self.note(f"$ {_shown(words)}  [exit {done.code}]\n{output}".rstrip())
        return done

    def shell(self, script: str) -> Done:
        """Run a script that prepares something; raises MachineFailed unless it succeeds."""
        done = self.run("sh", "-c", script)
        if done.code:
            raise MachineFailed(f"{script}: {done.err}")
        return done

    def start(self, *words: str) -> "subprocess.Popen[bytes]":
        """Start a command in the background, with no input and nobody who reads its output."""
        self.note(f"$ {_shown(words)} &")
        process = subprocess.Popen(
            self.container.command(*words), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, env=_environment(), start_new_session=True,
        )  # fmt: skip
        self._background.append(process)
        return process

    def end_at_once(self, started: "subprocess.Popen[bytes]") -> None:
        """SIGKILL for what `start` has started, without another process that takes its time."""
        for child in children(started.pid):
            os.kill(child, signal.SIGKILL)
        self.note("it is killed")

    def quietly(self, *words: str, seconds: float = COMMAND_SECONDS) -> Done:
        """As `run`, and nothing of it is in the transcript."""
        try:
            done = subprocess.run(
                self.container.command(*words), stdin=subprocess.DEVNULL, capture_output=True, text=True,
                env=_environment(), timeout=seconds,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            raise MachineFailed(f"{' '.join(words)} did not end within {seconds} s") from None
        return Done(done.returncode, done.stdout, done.stderr)

    # Its files and processes.

    def path(self, path: str) -> Path:
        """A file of the running machine, as seen from here. Links in it would lead astray."""
        return Path(f"/proc/{self.container.leader}/root{path}")

    def processes(self, name: str) -> list[Process]:
        """Those of this name."""
        return [process for process in processes(self.path("/proc")) if process.name == name]

    def kill(self, process: Process | None, by: signal.Signals = signal.SIGKILL) -> None:
        """Send it a signal."""
        assert process, "there is nothing to kill"
        self.shell(f"kill -{by.name.removeprefix('SIG')} {process.pid}")

    def reuse_pid(self, pid: int, *words: str) -> None:
        """Start a command that gets this number, whose process is gone."""
        last = "/proc/sys/kernel/ns_last_pid"
        target = str(self.container.leader)
        self.prepared(
            f"nobody has number {pid}", lambda: all(p.pid != pid for p in processes(self.path("/proc")))
        )
        # The number stays in use for a moment where a child of the process is left in its session.
        script = (
            f'for n in 1 2 3 4 5 6 7 8 9; do echo {pid - 1} >{last}; nsenter --target {target} --mount --net -- "$@" & '
            f"[ $! = {pid} ] && exit; kill $!; sleep 0.3; done; exit 1"
        )
        subprocess.run(["nsenter", "--target", target, "--pid", "sh", "-c", script, "sh", *words], check=True)

    # Waiting.

    def becomes(self, condition: Callable[[], object], seconds: float) -> bool:
        """Whether it comes true within that time."""
        end = time.monotonic() + seconds
        step, longest = STEPS
        while time.monotonic() < end:
            if condition():
                return True
            self._sleep(step)
            step = min(step * 1.3, longest)
        return bool(condition())

    def wait_for(self, what: str, condition: Callable[[], object], seconds: float = 10) -> None:
        """AssertionError unless it comes true within that time."""
        assert self.becomes(condition, seconds), f"not within {seconds:g} s: {what}"
        self.note(f"{what}: seen")

    def prepared(self, what: str, condition: Callable[[], object]) -> None:
        """As `wait_for` for what the laboratory itself does: raises MachineFailed."""
        if not self.becomes(condition, 20):
            raise MachineFailed(f"not within 20 s: {what}")
        self.note(f"{what}: seen")

    def wait(self, seconds: float) -> None:
        """Let that time pass."""
        self.note(f"{seconds:g} s pass")
        self._sleep(seconds)

    def _sleep(self, seconds: float) -> None:
        if self._closed.wait(seconds):
            raise MachineFailed("the machine was closed")

    def note(self, event: str) -> None:
        """Add to the transcript."""
        self.transcript.append(f"{time.monotonic() - self._began:6.1f} s  {event}")


def _environment() -> dict[str, str]:
    return {**ENVIRONMENT, "HOME": "/root", "TERM": "dumb", "COLUMNS": "100"}


def _shown(words: tuple[str, ...]) -> str:
    """A command for the transcript; of a script only that there is one."""
    return " ".join(word if "\n" not in word else "SCRIPT" for word in words)
