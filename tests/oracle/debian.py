"""A Debian suite's openssh packages with their libraries, got by this system's own apt and unpacked.

apt checks the suite's signature against Debian's keyring, the index against the signed Release file and
each package against the index; it does so here with folders of its own, so the system's state is untouched.
"""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sshkeep.openssh.releases import Release

PACKAGES = ("openssh-server", "openssh-client", "dash")
"""dash is the shell that Match exec is run by."""

_NEEDED = re.compile(r"^Inst ((?:openssh-|lib|zlib1g|dash)\S*) ", re.MULTILINE)
"""Of all that a package depends on, what a program is linked with; no perl, no debconf."""

_KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
"""Where it is missing, apt takes the keys that the system trusts."""

_LEFT_OUT = ("--exclude=./usr/share", "--exclude=./usr/lib/openssh/ssh-keysign")
"""The second is setuid root, which nothing in a cache should be."""

_MERGED = ("bin", "sbin", "lib", "lib64")


class CannotFetch(Exception):
    """Why a release is not there: one sentence."""


def fetch(suite: str, release: Release, cache: Path) -> None:
    """Make ``cache/suite``, a folder that can be chrooted into; raises CannotFetch."""
    with fetched_packages(suite, PACKAGES, _NEEDED, cache) as root:
        _check_version(root, release)
        root.rename(cache / suite)


@contextmanager
def fetched_packages(
    suite: str, packages: Sequence[str], needed: re.Pattern[str], cache: Path
) -> Iterator[Path]:
    """A folder in the cache, gone at the end unless it was renamed, with these packages of the suite unpacked.

    Raises CannotFetch.
    """
    for program in ("apt-get", "dpkg-deb", "tar"):
        if not shutil.which(program):
            raise CannotFetch(f"there is no {program} here; suites are fetched on Debian only")
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f"{suite}-", dir=cache) as scratch:
        apt = _Apt(suite, Path(scratch))
        apt.update()
        root = Path(scratch) / "root"
        _unpack(apt.download(packages, needed), root)
        yield root


class _Apt:
    """apt-get with a state, a cache and a source of its own, all below ``folder``."""

    def __init__(self, suite: str, folder: Path) -> None:
        self.suite, self.folder = suite, folder
        for name in ("lists/partial", "archives/partial", "parts"):
            (folder / name).mkdir(parents=True)
        (folder / "status").touch()
        signed_by = f"[signed-by={_KEYRING}] " if _KEYRING.exists() else ""
        (folder / "sources.list").write_text(f"deb {signed_by}{mirror()} {suite} main\n")
        settings = {
            "Dir::State": folder,
            "Dir::State::status": folder / "status",
            "Dir::State::lists": folder / "lists",
            "Dir::Cache": folder,
            "Dir::Cache::archives": folder / "archives",
            "Dir::Etc::sourcelist": folder / "sources.list",
            "Dir::Etc::sourceparts": folder / "parts",
            "Dir::Etc::preferencesparts": folder / "parts",
            "APT::Sandbox::User": "root",
            "Acquire::Retries": 2,
            "Acquire::Languages": "none",
        }
        self.options = [f"-o{name}={value}" for name, value in settings.items()]

    def update(self) -> None:
        self.run("update", "-o", "APT::Update::Error-Mode=any")

    def download(self, packages: Sequence[str], needed: re.Pattern[str]) -> list[Path]:
        """These packages of the suite, and of what they depend on those that ``needed`` matches, on disk."""
        planned = self.run("install", "--simulate", "--no-install-recommends", *packages)
        self.run("download", *needed.findall(planned))
        return sorted(self.folder.glob("*.deb"))

    def run(self, command: str, *arguments: str) -> str:
        done = subprocess.run(
            ["apt-get", "-q", *self.options, command, *arguments],
            cwd=self.folder, env={**os.environ, "LC_ALL": "C"}, capture_output=True, text=True,
        )  # fmt: skip
        if done.returncode:
            errors = [line for line in done.stderr.splitlines() if line.startswith(("E:", "W:"))]
            told = " ".join(errors) or done.stderr.strip()
            raise CannotFetch(f"apt-get {command} of Debian {self.suite} failed: {told}")
        return done.stdout


def mirror() -> str:
    """Address of the Debian archive that this system's apt uses."""
    told = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(REPO_URI) $(RELEASE) $(COMPONENT)", "Created-By: Packages"],
        capture_output=True, text=True,
    )  # fmt: skip
    for line in told.stdout.splitlines():
        address, suite, component = line.split()
        if component == "main" and "-" not in suite and "debian" in address.rstrip("/").rsplit("/", 1)[-1]:
            return address
    raise CannotFetch("this system's apt has no source of Debian's main archive")


def _unpack(packages: list[Path], root: Path) -> None:
    """All files of the packages below ``root``, in the layout with /bin and /lib merged into /usr."""
    for name in _MERGED:
        (root / "usr" / name).mkdir(parents=True)
        (root / name).symlink_to(f"usr/{name}")
    for package in packages:
        with subprocess.Popen(["dpkg-deb", "--fsys-tarfile", package], stdout=subprocess.PIPE) as tarfile:
            subprocess.run(
                ["tar", "-x", "--keep-directory-symlink", "--no-same-owner", "-C", root, *_LEFT_OUT],
                stdin=tarfile.stdout, check=True,
            )  # fmt: skip
    if not (root / "bin/sh").exists():
        (root / "bin/sh").symlink_to("dash")
    for name in ("dev", "etc", "run", "root", "tmp", "proc"):
        (root / name).mkdir(exist_ok=True)


def _check_version(root: Path, release: Release) -> None:
    """sid moves on: what it holds must be what its target says."""
    text = (root / "usr/sbin/sshd").read_bytes()
    found = re.search(rb"OpenSSH_(\d+)\.(\d+)", text) or re.search(
        rb"OpenSSH_(\d+)\.(\d+)", (root / "usr/bin/ssh").read_bytes()
    )
    if not found or Release(int(found[1]), int(found[2])) != release:
        there = found[0].decode() if found else "no version"
        raise CannotFetch(f"the suite has {there} now, and sshkeep's target is {release}")
