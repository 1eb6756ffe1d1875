"""The root file system of the machines: Debian 12 with systemd, sshd, and what sshkeep depends on.

    python -m tests.trial.image fetch    make it, unless it is in the cache of `tests.oracle.releases` already
    python -m tests.trial.image          where it is

Needs root, debootstrap and pip. A machine reads it as the lowest layer of its own file system, and never writes to it.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from tests.oracle.debian import CannotFetch, mirror
from tests.oracle.releases import cache
from tests.program import ROOT

SUITE, PYTHON = "bookworm", "3.11"
PACKAGES = (
    "dbus", "iproute2", "libpam-systemd", "libpython3-stdlib", "openssh-server", "python3-minimal", "strace", "systemd", "systemd-sysv",
)  # fmt: skip
PACKAGES_FOLDER = f"usr/local/lib/python{PYTHON}/dist-packages"
"""Where Debian's Python looks for what was not packaged by Debian."""

QUIET = (
    "apt-daily.timer", "apt-daily-upgrade.timer", "dpkg-db-backup.timer", "e2scrub_all.timer", "e2scrub_reap.service",
    "fstrim.timer", "getty.target", "systemd-pstore.service",
)  # fmt: skip
"""Units that would do something at a time of their own."""

LEFT_OUT = ("usr/share/doc", "usr/share/locale", "usr/share/man", "var/cache/apt", "var/lib/apt/lists")

MACHINE_ID = "0123456789abcdef0123456789abcdef"


def dependencies() -> list[str]:
    """What sshkeep depends on, as pyproject.toml has it; read without tomllib, which Python 3.10 lacks."""
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    listed = re.search(r"^dependencies = \[\n(.*?)^\]", text, re.MULTILINE | re.DOTALL)
    if not listed:
        raise CannotFetch("pyproject.toml lists no dependencies")
    return re.findall(r'^ *"([^"]+)"', listed[1], re.MULTILINE)


def image() -> Path:
    """The folder of the file system; it need not exist."""
    return cache() / f"machine-{SUITE}"


def fetched() -> bool:
    """Whether it is in the cache, made as this module makes it now."""
    made_of = image() / "made-of"
    return made_of.is_file() and made_of.read_text() == _recipe()


def fetch() -> None:
    """Make it; raises CannotFetch."""
    for program in ("debootstrap", "chroot"):
        if not shutil.which(program):
            raise CannotFetch(f"there is no {program} here")
    if os.geteuid():
        raise CannotFetch("debootstrap needs root")
    cache().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="machine-", dir=cache()) as scratch:
        root = Path(scratch) / "root"
        _run("debootstrap", "--variant=minbase", f"--include={','.join(PACKAGES)}", SUITE, root, mirror())
        _install_dependencies(Path(scratch) / "pip", root)
        _make_quiet(root)
        (root / "made-of").write_text(_recipe())
        shutil.rmtree(image(), ignore_errors=True)
        root.chmod(0o755)
        root.rename(image())


def _recipe() -> str:
    return "\n".join((SUITE, *PACKAGES, *dependencies(), *QUIET, *LEFT_OUT, ""))


def _install_dependencies(pip: Path, root: Path) -> None:
    """Built packages for the Python of the image, whichever one runs this."""
    venv.create(pip, with_pip=True)
    _run(
        pip / "bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary=:all:",
        f"--python-version={PYTHON}", f"--target={root / PACKAGES_FOLDER}", *dependencies(),
    )  # fmt: skip
    _run("chroot", root, "python3", "-m", "compileall", "-q", f"/{PACKAGES_FOLDER}")


def _make_quiet(root: Path) -> None:
    for unit in QUIET:
        (root / "etc/systemd/system" / unit).unlink(missing_ok=True)
        (root / "etc/systemd/system" / unit).symlink_to("/dev/null")
    for folder in LEFT_OUT:
        shutil.rmtree(root / folder, ignore_errors=True)
    (root / "etc/machine-id").write_text(f"{MACHINE_ID}\n")
    (root / "etc/resolv.conf").unlink(missing_ok=True)


def _run(*command: str | Path) -> None:
    environment = {**os.environ, "LC_ALL": "C", "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment,
    )
    if done.returncode:
        lines = done.stdout.strip().splitlines()[-3:]
        raise CannotFetch(f"{Path(command[0]).name} failed: {' / '.join(lines)}")


def main() -> int:
    """The exit code: 1 when it was asked for and could not be made."""
    parser = argparse.ArgumentParser(prog="python -m tests.trial.image")
    parser.add_argument("action", nargs="?", choices=("list", "fetch"), default="list")
    if parser.parse_args().action == "fetch" and not fetched():
        try:
            fetch()
        except CannotFetch as error:
            print(error, file=sys.stderr)
            return 1
    print(image() if fetched() else "not fetched")
    return 0


if __name__ == "__main__":
    sys.exit(main())
