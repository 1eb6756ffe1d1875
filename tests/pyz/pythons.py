"""The Pythons that run sshkeep.pyz: those on the PATH, and those of Debian 11 and 13.

python -m tests.pyz.pythons fetch    download what is not in the cache of `tests.oracle.releases` yet
python -m tests.pyz.pythons          what there is
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.oracle.debian import CannotFetch, fetched_packages
from tests.oracle.releases import cache

VERSIONS = ("3.9", "3.10", "3.11", "3.12", "3.13")
SUITES = {"3.9": "bullseye", "3.13": "trixie"}
"""By version, the Debian that has it."""

WRAPPER = """\
#!/bin/sh
libraries=$(echo {root}/usr/lib/*-linux-gnu*)
exec "$libraries"/ld-linux*.so.* --library-path "$libraries" {root}/usr/bin/python{version} "$@"
"""
"""Runs a program of another Debian with its own libraries, on this machine's files."""


def python(version: str) -> str | None:
    """The program of this Python; None where there is none."""
    for program in (f"python{version}", "python3", str(_wrapper(version))):
        asked = [program, "-c", "import sys; print('%s.%s' % sys.version_info[:2])"]
        try:
            found = subprocess.run(asked, capture_output=True, text=True)
        except OSError:
            continue
        if found.stdout.strip() == version:
            return shutil.which(program)
    return None


def fetch(version: str) -> None:
    """Make the program in the cache. Raises CannotFetch."""
    packages = (f"python{version}-minimal", f"libpython{version}-stdlib")
    needed = re.compile(r"^Inst ((?:python3|lib|zlib1g|media-types)\S*) ", re.MULTILINE)
    with fetched_packages(SUITES[version], packages, needed, cache()) as root:
        root_of = root.rename(_wrapper(version).parent / "root")
    _wrapper(version).write_text(WRAPPER.format(root=root_of, version=version))
    _wrapper(version).chmod(0o755)


def _wrapper(version: str) -> Path:
    return cache() / f"python{version}" / "python"


def main() -> int:
    """The exit code: 1 when a Python that Debian has is not there."""
    for version in SUITES if sys.argv[1:] == ["fetch"] else ():
        if python(version) is None:
            _wrapper(version).parent.mkdir(parents=True, exist_ok=True)
            try:
                fetch(version)
            except CannotFetch as error:
                print(f"Python {version}: {error}", file=sys.stderr)
    for version in VERSIONS:
        print(f"Python {version}: {python(version)}")
    return int(any(python(version) is None for version in SUITES))


if __name__ == "__main__":
    sys.exit(main())
