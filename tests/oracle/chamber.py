"""The process that runs another release's programs, started by tests.oracle.programs and spoken to over pipes.

    python -m tests.oracle.chamber ROOT FOLDER

It takes private mounts, puts FOLDER/etc, FOLDER/run and FOLDER/root over those of ROOT and changes its root to
ROOT; FOLDER itself has the same path inside. Then it reads a pickled list of commands, and answers with a list of
`Ended`, until its input ends. There is no network, so that nothing is asked there. One process per command is all that is started: no shell, no chroot(8).
"""

import ctypes
import os
import pickle
import resource
import signal
import sys
from pathlib import Path
from typing import NamedTuple

ENVIRONMENT = {
    "HOME": "/root",
    "ODD": "/%h/${HOME}",
    "PATH": "/usr/bin:/bin:/usr/sbin:/sbin",
    "SHELL": "/bin/sh",
}
"""All that the programs see of the environment."""

SECONDS = 20
"""After which a program is killed."""

_NEW_MOUNTS, _NEW_NETWORK = 0x20000, 0x40000000
_BIND, _RECURSIVE, _PRIVATE = 0x1000, 0x4000, 0x40000


class Ended(NamedTuple):
    """A program's exit code (negative for a signal) and what it wrote."""

    code: int
    output: bytes
    errors: bytes


def enter(root: Path, folder: Path) -> None:
    """Private mounts, ``root`` as the root directory, and a network that leads nowhere."""
    libc = ctypes.CDLL(None, use_errno=True)
    _checked(libc.unshare(_NEW_MOUNTS | _NEW_NETWORK))
    _checked(libc.mount(b"none", b"/", None, _RECURSIVE | _PRIVATE, None))
    inside = root / folder.relative_to("/")
    inside.mkdir(parents=True, exist_ok=True)
    binds = [(folder / name, root / name) for name in ("etc", "run", "root")]
    binds.append((folder, inside))
    if root != Path("/"):
        binds.append((Path("/dev"), root / "dev"))
    for source, place in binds:
        if source != place:
            _checked(libc.mount(bytes(source), bytes(place), None, _BIND, None))
    os.chroot(root)
    os.chdir("/")
    # sshd closes every file it might have inherited, one by one, up to this limit.
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, 256))


def _checked(result: int) -> None:
    if result:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


class Runner:
    """Runs programs one after the other; what they write goes to files in memory."""

    def __init__(self) -> None:
        self.streams = [os.memfd_create(name) for name in ("output", "errors")]
        self.null = os.open("/dev/null", os.O_RDONLY)
        self.running = 0
        signal.signal(signal.SIGALRM, self.kill)

    def kill(self, *_: object) -> None:
        os.kill(self.running, signal.SIGKILL)

    def run(self, command: list[str]) -> Ended:
        for stream in self.streams:
            os.ftruncate(stream, 0)
            os.lseek(stream, 0, os.SEEK_SET)
        actions = [(os.POSIX_SPAWN_DUP2, fd, to) for to, fd in enumerate((self.null, *self.streams))]
        self.running = os.posix_spawn(command[0], command, ENVIRONMENT, file_actions=actions)
        signal.alarm(SECONDS)
        _, status = os.waitpid(self.running, 0)
        signal.alarm(0)
        return Ended(os.waitstatus_to_exitcode(status), *map(self.written, self.streams))

    def written(self, stream: int) -> bytes:
        return os.pread(stream, os.fstat(stream).st_size, 0)


def main(root: str, folder: str) -> None:
    """Serve until the input ends."""
    enter(Path(root), Path(folder))
    runner = Runner()
    while True:
        try:
            commands = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        pickle.dump([runner.run(command) for command in commands], sys.stdout.buffer)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    # Pickled as tests.oracle.chamber.Ended, whatever name this module runs under.
    from tests.oracle import chamber

    chamber.main(*sys.argv[1:])
