"""Which package a file belongs to, by the package manager that is installed."""

from __future__ import annotations

import os
from collections.abc import Sequence

DPKG, DPKG_QUERY, RPM = "/usr/bin/dpkg", "/usr/bin/dpkg-query", "/usr/bin/rpm"
"""Never searched along PATH, which the caller controls."""
SECONDS = 10
_WILDCARDS = frozenset("*?[]\\\n")
"""dpkg -S takes its argument as a pattern."""


def package_of(path: str) -> str:
    """The package that owns the file and replaces it on updates; empty for none.

    A conffile (deb-conffiles(5)) or ``%config`` file of rpm stays as the admin left it, and is not owned.
    """
    if not path.startswith("/") or _WILDCARDS & {*path}:
        return ""
    return _dpkg(path) or _rpm(path)


def _dpkg(path: str) -> str:
    """dpkg-query(1): ``PACKAGE[:ARCH][, PACKAGE...]: PATH``, and lines on diversions."""
    owners = [line.rpartition(": ") for line in _ask(DPKG, "-S", path)]
    found = [names for names, _, owned in owners if owned == path and not names.startswith("diversion ")]
    if not found:
        return ""
    package = found[0].split(", ")[0]
    kept = [line.split() for line in _ask(DPKG_QUERY, "-W", "-f", "${Conffiles}\\n", package)]
    return "" if any(words[:1] == [path] for words in kept) else package.partition(":")[0]


def _rpm(path: str) -> str:
    """rpm(8): -c lists the files that are marked as configuration."""
    names = _ask(RPM, "-qf", "--qf", "%{NAME}\\n", path)
    return "" if not names or path in _ask(RPM, "-qcf", path) else names[0]


def _ask(program: str, *arguments: str) -> Sequence[str]:
    """The lines that the program prints; none where it is not installed, fails, or takes too long."""
    if not os.access(program, os.X_OK):
        return ()
    from subprocess import DEVNULL, PIPE, SubprocessError, run

    command = [program, *arguments]
    try:
        done = run(
            command,
            stdin=DEVNULL,
            stdout=PIPE,
            stderr=DEVNULL,
            timeout=SECONDS,
            env={"LC_ALL": "C"},
            check=False,
        )
    except (OSError, SubprocessError):
        return ()
    return done.stdout.decode("utf-8", "replace").splitlines() if done.returncode == 0 else ()
