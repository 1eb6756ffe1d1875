"""Long lists go through a pager where a person reads them: standard output is a terminal."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from itertools import chain, islice

TRUSTED_FOLDERS = "/usr/bin:/bin"
"""Where the pager is looked for when another user's rights are in use."""
LESS = {"LESS": "FRX", "LV": "-c"}
"""As git sets them where the user does not: colours, and no pager for what fits on the screen."""


def pager_command(environment: Mapping[str, str], *, as_other_user: bool) -> list[str]:
    """The pager to run, empty for none.

    It is $PAGER, else less. A pager can start a shell. So where the user has become another one (sudo), it is
    the system's less in its secure mode, whatever the environment says, as systemd does it.
    """
    if environment.get("TERM", "dumb") == "dumb":
        return []
    wanted = environment.get("PAGER")
    if as_other_user:
        return [found] if wanted != "" and (found := shutil.which("less", path=TRUSTED_FOLDERS)) else []
    try:
        words = shlex.split("less" if wanted is None else wanted)
    except ValueError:  # a quote is not closed
        return []
    found = shutil.which(words[0]) if words and words != ["cat"] else None
    return [found, *words[1:]] if found else []


def became_another_user(environment: Mapping[str, str]) -> bool:
    """Whether the process has other rights than the user who asked for it."""
    switched = "SUDO_UID" in environment or "DOAS_USER" in environment or "PKEXEC_UID" in environment
    return switched or (hasattr(os, "geteuid") and os.geteuid() != os.getuid())


def write_paged(lines: Iterable[str]) -> None:
    """Write ended lines to standard output, a terminal, with the pager if they are more than it shows."""
    remaining = iter(lines)
    first = list(islice(remaining, max(os.get_terminal_size(sys.stdout.fileno()).lines - 1, 1)))
    further = list(islice(remaining, 1))
    other_user = became_another_user(os.environ)
    command = pager_command(os.environ, as_other_user=other_user) if further else []
    text = chain(first, further, remaining)
    if not command:
        sys.stdout.writelines(text)
        return
    environment = {**LESS, **os.environ, **({"LESSSECURE": "1"} if other_user else {})}
    _write_to(command, text, environment)


def _write_to(command: list[str], text: Iterable[str], environment: dict[str, str]) -> None:
    """Feed the pager until it ends. Ctrl-C is the pager's while it runs."""
    sys.stdout.flush()
    encoding = sys.stdout.encoding
    handler = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            env=environment,
            text=True,
            encoding=encoding,
            errors="backslashreplace",
        ) as pager:
            assert pager.stdin
            with suppress(BrokenPipeError):  # the reader has seen enough
                pager.stdin.writelines(text)
            with suppress(BrokenPipeError):
                pager.stdin.close()
    finally:
        signal.signal(signal.SIGINT, handler)
