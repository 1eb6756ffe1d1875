"""What all machines of a run have above the image: this checkout's sshkeep, and a key to log in with."""

import shutil
import subprocess
from pathlib import Path

from tests.program import ROOT
from tests.trial.image import image

PLACE = "opt/sshkeep"

SSHKEEP = f"""#!/bin/sh
PYTHONPATH=/{PLACE} exec python3 -m sshkeep "$@"
"""

COMPILE = """
mount --bind "$1" "$2/mnt" && exec chroot "$2" python3 -m compileall -q -s /mnt -p / "/mnt/$3"
"""
"""Arguments: the layer, the image, what to compile. No machine has to do it again."""


def make_layer(folder: Path) -> Path:
    """Fill ``folder``; nothing of it is seen as long as no machine is made of it."""
    for name in ("sshkeep", "rules"):
        shutil.copytree(ROOT / name, folder / PLACE / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder / PLACE)
    command = folder / "usr/local/bin/sshkeep"
    command.parent.mkdir(parents=True)
    command.write_text(SSHKEEP)
    command.chmod(0o755)
    _make_key(folder / "root/.ssh")
    subprocess.run(
        ["unshare", "--mount", "sh", "-c", COMPILE, "sh", str(folder), str(image()), PLACE], check=True
    )
    return folder


def _make_key(folder: Path) -> None:
    folder.mkdir(parents=True, mode=0o700)
    folder.parent.chmod(0o700)
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / "id_ed25519"], check=True)
    (folder / "authorized_keys").write_text((folder / "id_ed25519.pub").read_text())
