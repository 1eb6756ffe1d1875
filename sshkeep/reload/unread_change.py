"""Whether the running sshd has read its files before they were changed, so that other settings are in effect.

sshd writes its pid file whenever it has read its files, at the start and after SIGHUP (sshd.c main, and
sighup_restart, which removes it). Where a socket starts it, the next sshd reads them anyway.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sshkeep.reload.running_sshd import (
    PID_FILES,
    listener_arguments,
    pid_file_numbers,
    reads_default_config,
    sshd_programs,
)
from sshkeep.reload.system_files import SystemFiles
from sshkeep.system.processes import Process, read_process


def unread_change(paths: Iterable[str], files: SystemFiles | None = None) -> str:
    """Which of the files was changed since sshd has read them, as a sentence; empty for none, or unknown."""
    files = files or SystemFiles()
    for pid in pid_file_numbers(files):
        process = read_process(pid, f"{files.root}/proc")
        if process is None or not _is_listener(process):
            continue
        read = max(map(files.changed_at, PID_FILES))
        times = {path: files.changed_at(path) for path in paths}
        newest = max(times, key=lambda path: times[path], default="")
        if newest and times[newest] > read:
            return (
                f"{newest} was changed at {_time(times[newest])}; the running sshd (process {pid}) has read "
                f"its files at {_time(read)}, and this is not in effect before it is reloaded"
            )
        return ""
    return ""


def _is_listener(process: Process) -> bool:
    """Nothing is done to the process, so that users who can't see what it executes may go by its name."""
    known = process.executable.removesuffix(" (deleted)") in sshd_programs()
    named = not process.executable and process.user == 0 and "sshd" in " ".join(process.words[:1])
    arguments = listener_arguments(process.words)
    return (known or named) and arguments is not None and reads_default_config(arguments)


def _time(nanoseconds: int) -> str:
    moment = datetime.fromtimestamp(nanoseconds / 1e9).astimezone()
    today = moment.date() == datetime.now().astimezone().date()
    return moment.strftime("%H:%M:%S" if today else "%Y-%m-%d %H:%M:%S")
