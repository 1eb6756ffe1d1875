"""What the files of a host look like; each function gets the root folder of a host that is not booted yet."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

STOCK = """\
Include /etc/ssh/sshd_config.d/*.conf

#Port 22
#PermitRootLogin prohibit-password
KbdInteractiveAuthentication no
UsePAM yes
PrintMotd no
#TCPKeepAlive yes
#ClientAliveInterval 0
#ClientAliveCountMax 3
AcceptEnv LANG LC_*
Subsystem sftp internal-sftp
"""
"""As Debian ships it, less its comments."""

MATCH = """
Match User backup
    AllowTcpForwarding no
    X11Forwarding no
"""

VENDOR_MAIN = """\
Include /etc/ssh/sshd_config.d/*.conf
Include /usr/etc/ssh/sshd_config.d/*.conf
UsePAM yes
Subsystem sftp internal-sftp
"""


def stock(root: Path) -> None:
    _write(root, "etc/ssh/sshd_config", STOCK)


def cloud_image(root: Path) -> None:
    """cloud-init's drop-in is read first, so that it wins."""
    stock(root)
    _write(
        root,
        "etc/ssh/sshd_config.d/50-cloud-init.conf",
        "PasswordAuthentication no\nClientAliveInterval 420\n",
    )


def trailing_match(root: Path) -> None:
    """No line of the option, so that what is appended lands in the block."""
    text = STOCK.replace("#ClientAliveInterval 0\n#ClientAliveCountMax 3\n", "")
    _write(root, "etc/ssh/sshd_config", text + MATCH)


def crypto_policy(root: Path) -> None:
    """As RHEL 9: a drop-in of the vendor that includes a link to the policy."""
    _write(
        root, "etc/ssh/sshd_config", "Include /etc/ssh/sshd_config.d/*.conf\nSubsystem sftp internal-sftp\n"
    )
    drop_in = (
        "Include /etc/crypto-policies/back-ends/opensshserver.config\nUsePAM yes\nClientAliveInterval 0\n"
    )
    _write(root, "etc/ssh/sshd_config.d/50-redhat.conf", drop_in)
    policy = "Ciphers aes256-gcm@openssh.com,chacha20-poly1305@openssh.com,aes256-ctr\n"
    _write(root, "usr/share/crypto-policies/DEFAULT/opensshserver.txt", policy)
    link = root / "etc/crypto-policies/back-ends/opensshserver.config"
    link.parent.mkdir(parents=True)
    link.symlink_to("/usr/share/crypto-policies/DEFAULT/opensshserver.txt")


def vendor_folder(root: Path) -> None:
    """As SUSE: the vendor's drop-ins are in /usr/etc, and those of /etc come first."""
    _write(root, "etc/ssh/sshd_config", VENDOR_MAIN)
    _write(root, "usr/etc/ssh/sshd_config.d/40-suse.conf", "ClientAliveInterval 0\n")


def linked(root: Path) -> None:
    """sshd_config is a link into a folder of another program."""
    _write(root, "srv/config/sshd_config", STOCK)
    link = root / "etc/ssh/sshd_config"
    link.unlink()
    link.symlink_to("/srv/config/sshd_config")


KEPT = ("su", "sulogin", "login", "passwd", "dpkg", "dpkg-deb")
"""Programs that busybox has, too, and that know PAM or Debian's files."""


def busybox(root: Path) -> None:
    """Each program that busybox has is busybox, with the shell of all users; there is no bash."""
    stock(root)
    program = shutil.which("busybox")
    assert program
    shutil.copy(program, root / "usr/bin/busybox")
    paths = subprocess.run([program, "--list-full"], capture_output=True, text=True, check=True).stdout
    for name in {*map(os.path.basename, paths.split())} - {*KEPT, "busybox"}:
        for folder in ("usr/bin", "usr/sbin"):
            (root / folder / name).unlink(missing_ok=True)
        (root / "usr/bin" / name).symlink_to("busybox")
    (root / "usr/bin/bash").unlink()
    passwd = root / "etc/passwd"
    passwd.write_text(passwd.read_text().replace("/bin/bash", "/bin/sh"))


def _write(root: Path, path: str, text: str) -> None:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
