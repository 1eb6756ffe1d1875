"""Asks the sshd and ssh of one release, in a machine of which everything they can see is known."""

import pickle
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sshkeep.openssh.kind import Kind
from tests.oracle.chamber import Ended
from tests.oracle.releases import Release

CHECKOUT = Path(__file__).parent.parent.parent

USERS = {"root": (0, "root"), "bob": (1000, "users"), "ann": (1001, "wheel"), "nobody": (65534, "nogroup"), "sshd": (100, "nogroup")}  # fmt: skip
"""Name to number and first group of the users there are."""

GROUPS = {"root": 0, "wheel": 10, "users": 100, "staff": 50, "nogroup": 65534}
MEMBERS = {"wheel": ("bob",), "staff": ("bob", "ann")}
"""Who is in a group besides those whose first group it is."""

HOST_KEYS = (
    "ssh_host_ed25519_key",
    "ssh_host_rsa_key",
    "ssh_host_ecdsa_key",
    "ssh_host_dsa_key",
    "key-2",
    "key 3",
)
"""In /etc/ssh: one and the same key, since without any sshd -T does not answer."""

HOSTS = ("localhost", "web", "db", "web.example", "a.example", "h.example", "real.example", "real")
"""ssh resolves its host when CanonicalizePermittedCNAMEs is set; nothing is asked but this machine's own list."""

SERVICES = "ssh 22/tcp\nhttp 80/tcp\nhttps 443/tcp\n"


def groups_of(user: str) -> tuple[str, ...]:
    """The groups of a user, none for one that does not exist."""
    if user not in USERS:
        return ()
    first = USERS[user][1]
    return (first, *(group for group, members in MEMBERS.items() if user in members and group != first))


class Programs:
    """A running chamber; `send` and `receive` in turn, so that other work can be done in between."""

    def __init__(self, process: "subprocess.Popen[bytes]", folder: Path) -> None:
        self.process = process
        self.folder = folder
        """Where configs can be put so that both sides see them under one path."""

    def send(self, commands: Sequence[Sequence[str]]) -> None:
        assert self.process.stdin
        pickle.dump([list(command) for command in commands], self.process.stdin)
        self.process.stdin.flush()

    def receive(self) -> list[Ended]:
        assert self.process.stdout
        answers: list[Ended] = pickle.load(self.process.stdout)
        return answers


@contextmanager
def programs_of(release: Release) -> Iterator[Programs]:
    """The programs of ``release``, ready to be asked; needs root and private mounts."""
    with TemporaryDirectory(prefix="sshkeep-oracle-") as name:
        folder = Path(name)
        _furnish(folder)
        command = [sys.executable, "-m", "tests.oracle.chamber", str(release.root), name]
        with subprocess.Popen(
            command, cwd=CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as process:
            programs = Programs(process, folder)
            _make_host_keys(programs)
            yield programs
            assert process.stdin
            process.stdin.close()


def _furnish(folder: Path) -> None:
    """The files that OpenSSH reads besides its config. Drop-ins are this machine's, as sshkeep sees them."""
    folder.chmod(0o755)
    for name in ("etc/ssh", "run/sshd", "configs", "root/.ssh"):
        (folder / name).mkdir(parents=True)
        (folder / name).chmod(0o755)
    numbers = [f"{name}:x:{uid}:{GROUPS[group]}::{'/root' if name == 'root' else f'/home/{name}'}:/bin/sh" for name, (uid, group) in USERS.items()]  # fmt: skip
    groups = [f"{name}:x:{gid}:{','.join(MEMBERS.get(name, ()))}" for name, gid in GROUPS.items()]
    (folder / "etc/passwd").write_text("\n".join(numbers) + "\n")
    (folder / "etc/group").write_text("\n".join(groups) + "\n")
    (folder / "etc/services").write_text(SERVICES)
    (folder / "etc/nsswitch.conf").write_text("passwd: files\ngroup: files\nservices: files\nhosts: files\n")
    for drop_ins in Path("/etc/ssh").glob("*.d"):
        shutil.copytree(drop_ins, folder / "etc/ssh" / drop_ins.name)
    (folder / "etc/hosts").write_text("".join(f"127.0.0.1 {name}\n" for name in HOSTS))


def _make_host_keys(programs: Programs) -> None:
    folder, (first, *others) = programs.folder / "etc/ssh", HOST_KEYS
    programs.send([["/usr/bin/ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", f"/etc/ssh/{first}"]])
    made = programs.receive()[0]
    assert made.code == 0, made.errors.decode(errors="replace")
    for name in others:
        shutil.copy(folder / first, folder / name)


SSHD, SSH = "/usr/sbin/sshd", "/usr/bin/ssh"


USER_CONFIG, SYSTEM_CONFIG = Path("/root/.ssh/config"), Path("/etc/ssh/ssh_config")


def command_for(kind: Kind, path: Path, ask: str) -> list[str]:
    """What to run; ``ask`` is a -C string, or a host with perhaps ``user@`` before it."""
    if kind == "sshd_config":
        return [SSHD, "-T", "-f", str(path), *(["-C", ask] if ask else [])]
    user, at, host = (ask or "somewhere").rpartition("@")
    named = [] if path == USER_CONFIG else ["-F", str(path)]
    return [SSH, "-G", *named, *(["-l", user] if at else []), host]
