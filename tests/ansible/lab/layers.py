"""The programs of another release over the image of `tests.trial`, so that a host has them, and Python beside."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from tests.oracle.releases import cache
from tests.trial.image import image

IMAGE_SUITE = "bookworm"
NEWER = ("trixie", "sid")
"""The C library of these runs what the image has; that of an older one does not, so it is left out."""

PROGRAMS = ("usr/bin/ssh", "usr/bin/ssh-keygen", "usr/sbin/sshd", "usr/lib/openssh")
LIBRARIES = "usr/lib/x86_64-linux-gnu"

USER, PASSWORD = "admin", "lab"
"""An account beside root; the password is that of root."""
SHADOW = "$6$lab$8Didkn.UcNG/jLg7V7QIVX8TXEUMaHiIjiDSTr0wAgIU0I3PLx3iJU9IWSsHB2a53VxKmQZAq1Hyy09qF/fXn1"


def make_layer(folder: Path, suite: str, public_key: str) -> Path:
    """Fill ``folder`` with what hosts of this release have above the image."""
    if suite != IMAGE_SUITE:
        _copy_release(cache() / suite, folder, whole=suite in NEWER)
    for home in ("root", f"home/{USER}"):
        keys = folder / home / ".ssh"
        keys.mkdir(parents=True, mode=0o700)
        keys.parent.chmod(0o700)
        (keys / "authorized_keys").write_text(public_key)
    _add_user(folder)
    return folder


def _copy_release(release: Path, folder: Path, *, whole: bool) -> None:
    for program in PROGRAMS:
        source, target = release / program, folder / program
        target.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if source.is_dir() else shutil.copy2)(source, target)
    libraries = folder / LIBRARIES
    libraries.mkdir(parents=True)
    for library in (release / LIBRARIES).glob("*.so*"):
        if whole or not os.path.lexists(image() / LIBRARIES / library.name):
            shutil.copy2(library, libraries, follow_symlinks=False)


def _add_user(folder: Path) -> None:
    etc = folder / "etc"
    etc.mkdir()
    passwd = (image() / "etc/passwd").read_text()
    (etc / "passwd").write_text(f"{passwd}{USER}:x:1000:1000::/home/{USER}:/bin/sh\n")
    (etc / "group").write_text(f"{(image() / 'etc/group').read_text()}{USER}:x:1000:\n")
    lines = (image() / "etc/shadow").read_text().splitlines()
    root = f"root:{SHADOW}:19000:0:99999:7:::"
    shadow = [root if line.startswith("root:") else line for line in lines]
    (etc / "shadow").write_text("\n".join([*shadow, f"{USER}:*:19000:0:99999:7:::", ""]))
    (etc / "shadow").chmod(0o600)
    for path in (folder / "home" / USER).rglob("*"):
        os.chown(path, 1000, 1000)
    os.chown(folder / "home" / USER, 1000, 1000)
