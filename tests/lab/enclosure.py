"""The machine that the lab runs in: private mounts over this one, which go when the lab's process does.

/run is empty and in memory; all that the lab writes is in there. /etc is the lab's own, so that neither users
nor drop-ins of this machine matter.
"""

from pathlib import Path
from typing import NamedTuple

from tests.lab.namespace import run

PLACE = Path("/run/lab")
HOME = PLACE / "home"
KEY = PLACE / "key"
"""Of the server and of the user alike."""
AUTHORIZED = PLACE / "authorized_keys"
KNOWN_HOSTS = PLACE / "known_hosts"

ALIAS = "lab"
USER = "root"
"""Where the client goes, and as whom."""

_USERS = f"{USER}:x:0:0::{HOME}:/bin/sh\nsshd:x:100:65534::/run/sshd:/usr/sbin/nologin\n"
_GROUPS = "root:x:0:\nnogroup:x:65534:\n"


ENVIRONMENT = {"HOME": str(HOME), "PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "SHELL": "/bin/sh"}
"""All that ssh and sshd see of it: no agent, and a shell that every release's folder has."""


class Programs(NamedTuple):
    """ssh and sshd below ``root``, which is ``/`` for the installed ones."""

    root: Path

    def command(self, *words: str | Path) -> list[str]:
        inside = [] if self.root == Path("/") else ["chroot", str(self.root)]
        return [*inside, *map(str, words)]


def furnish(roots: set[Path]) -> None:
    """Mount what the programs below ``roots`` are to see; in a mount namespace of the lab's own only."""
    run(["mount", "-t", "tmpfs", "-o", "mode=755", "lab", "/run"])
    etc = PLACE / "etc"
    for folder in (Path("/run/sshd"), HOME, etc / "ssh"):
        folder.mkdir(parents=True, mode=0o755)
    (etc / "passwd").write_text(_USERS)
    (etc / "group").write_text(_GROUPS)
    (etc / "nsswitch.conf").write_text("passwd: files\ngroup: files\nshadow: files\nhosts: files\n")
    for root in sorted(roots):
        if root != Path("/"):
            for name in ("run", "dev", "proc"):
                run(["mount", "--rbind", f"/{name}", str(root / name)])
        run(["mount", "--bind", str(etc), str(root / "etc")])
    _make_keys()


def _make_keys() -> None:
    run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(KEY)])
    public = KEY.with_suffix(".pub").read_text()
    AUTHORIZED.write_text(public)
    KNOWN_HOSTS.write_text(f"{ALIAS} {public}")
    for file in (KEY, AUTHORIZED):
        file.chmod(0o600)
