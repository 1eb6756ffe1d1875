"""What some tests need of the machine, and what becomes of them where it is missing.

On a user's machine such a test is skipped with the reason. In CI the variable SSHKEEP_REQUIRE names
what must be there (openssh,root,...), and a skip for it is a failure.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable

import pytest

from tests.oracle.releases import SUITES, fetched


def _have_openssh() -> bool:
    return bool(shutil.which("ssh") and os.path.exists("/usr/sbin/sshd") and shutil.which("ssh-keygen"))


def _am_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _may_mount() -> bool:
    unshare = shutil.which("unshare")
    return _am_root() and bool(unshare) and subprocess.run(["unshare", "-m", "true"]).returncode == 0


def _have_git() -> bool:
    return shutil.which("git") is not None


def _keeps_acls() -> bool:
    commands = (["setfacl", "-m", "u:0:r"], ["setfattr", "-n", "user.x", "-v", "x"])
    with tempfile.NamedTemporaryFile() as file:
        return all(
            shutil.which(command[0])
            and subprocess.run([*command, file.name], capture_output=True).returncode == 0
            for command in commands
        )


def _may_trace() -> bool:
    strace = shutil.which("strace")
    return bool(strace) and subprocess.run(["strace", "-o", os.devnull, "true"]).returncode == 0


def _have_releases() -> bool:
    return all(map(fetched, SUITES))


def _may_use_pypi() -> bool:
    return not os.environ.get("SSHKEEP_OFFLINE")


CHECKS: dict[str, tuple[Callable[[], bool], str]] = {
    "openssh": (_have_openssh, "needs ssh and sshd"),
    "root": (_am_root, "needs root"),
    "mounts": (_may_mount, "needs a private mount namespace"),
    "strace": (_may_trace, "needs strace"),
    "acl": (_keeps_acls, "needs setfacl, setfattr, and a file system that keeps both"),
    "git": (_have_git, "needs git"),
    "releases": (_have_releases, "needs other OpenSSH releases: python -m tests.oracle.releases fetch"),
    "pypi": (_may_use_pypi, "SSHKEEP_OFFLINE is set"),
}


def need(*names: str) -> None:
    """Skip the test that calls this, or fail it where SSHKEEP_REQUIRE names what is missing."""
    required = os.environ.get("SSHKEEP_REQUIRE", "").split(",")
    for name in names:
        there, reason = CHECKS[name]
        if not there():
            if name in required:
                pytest.fail(f"SSHKEEP_REQUIRE names {name}, but this machine has it not: {reason}")
            pytest.skip(reason)
