"""The OpenSSH programs that can be asked: the installed ones, and those of other Debian releases.

    python -m tests.oracle.releases fetch [SUITE...]    download what is not in the cache yet
    python -m tests.oracle.releases                     what there is

The cache is the folder that SSHKEEP_ORACLE_CACHE names, else sshkeep-oracle in $XDG_CACHE_HOME or ~/.cache.
"""

import argparse
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from sshkeep.openssh.targets import Target, target_of
from sshkeep.trees.this_machine import installed_target
from tests.oracle.debian import CannotFetch, fetch

SUITES = {"bullseye": "debian-11", "bookworm": "debian-12", "trixie": "debian-13", "sid": "debian-sid"}
"""Debian suite to the target that it is for sshkeep."""

INSTALLED = "installed"


class Release(NamedTuple):
    """Programs to ask: ``root`` is the folder they are unpacked in, ``/`` for the installed ones."""

    name: str
    root: Path
    target: Target


def cache() -> Path:
    """The folder of the unpacked suites; it need not exist."""
    named = os.environ.get("SSHKEEP_ORACLE_CACHE")
    if named:
        return Path(named)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "sshkeep-oracle"


def fetched(suite: str) -> bool:
    """Whether the suite is in the cache."""
    return (cache() / suite).is_dir()


def release_of(name: str) -> Release:
    """By suite (``bookworm``), by OpenSSH's number (``9.2``), or ``installed``.

    Raises CannotFetch for a name that is none of these and a suite that is not in the cache.
    """
    if name == INSTALLED:
        target = installed_target()
        if target is None:
            raise CannotFetch("no OpenSSH is installed here")
        return Release(name, Path("/"), target)
    for suite, target_name in SUITES.items():
        target = target_of(target_name)
        if name in (suite, str(target.release)):
            if not fetched(suite):
                raise CannotFetch(f"{suite} is not fetched: python -m tests.oracle.releases fetch {suite}")
            return Release(suite, cache() / suite, target)
    raise CannotFetch(f"{name} is no release to ask: {INSTALLED}, {', '.join(SUITES)}, or its OpenSSH number")


def fetch_all(suites: list[str]) -> int:
    """How many of the suites could not be had; each of those is told with the reason."""

    def one(suite: str) -> str:
        if suite not in SUITES:
            return f"{suite}: not one of {', '.join(SUITES)}"
        if fetched(suite):
            return ""
        try:
            fetch(suite, target_of(SUITES[suite]).release, cache())
        except CannotFetch as error:
            return f"{suite}: {error}"
        return ""

    with ThreadPoolExecutor(len(SUITES)) as pool:
        failures = [failure for failure in pool.map(one, suites) if failure]
    for failure in failures:
        print(failure, file=sys.stderr)
    return len(failures)


def main() -> int:
    """The exit code: 1 when a suite that was asked for is not there."""
    parser = argparse.ArgumentParser(prog="python -m tests.oracle.releases")
    parser.add_argument("action", nargs="?", choices=("list", "fetch"), default="list")
    parser.add_argument("suites", nargs="*", metavar="SUITE", default=list(SUITES))
    options = parser.parse_args()
    failed = fetch_all(options.suites) if options.action == "fetch" else 0
    for suite, target in SUITES.items():
        print(f"{suite}: {target}, {cache() / suite if fetched(suite) else 'not fetched'}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
