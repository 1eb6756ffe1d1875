"""Writes on demand, each time in a new process, which the one that asks may trace and kill.

    {"action": "write", "folder": ..., "state": ...}   one line of standard input for each; see ACTIONS
    PID                                                one line of standard output for each

All modules are imported before, and the new process waits for its pipe to be closed, so that a trace
that begins in between holds what writing does and nothing else. Its exit code is 0, or 3 for an error that
it reports.
"""

import ctypes
import fcntl
import json
import os
import select
import sys
from collections.abc import Callable
from contextlib import suppress

from sshkeep.errors import SshkeepError
from sshkeep.fix.change import Change
from sshkeep.state.directory import state_directory
from sshkeep.state.record import About
from sshkeep.state.record_store import last_record
from sshkeep.state.trial_marker import Trial, begin_trial, end_trial, now, record_outcome
from sshkeep.system.files import create_file, replace_file
from sshkeep.system.output import write_output
from sshkeep.write.transaction import write_changes
from sshkeep.write.undo import undo_changes

FILES = {
    "sshd_config": (b"ClientAliveInterval 0\n", b"ClientAliveInterval 60\n"),
    "sshd_config.d/10-site.conf": (b"ClientAliveInterval 5\n", None),
    "sshd_config.d/50-new.conf": (None, b"ClientAliveCountMax 3\n"),
    "sshd_config.d/60-more.conf": (b"TCPKeepAlive no\n", b"TCPKeepAlive yes\n"),
}
"""Before and after: two that change, one that goes, one that comes."""
FAILED = 3
ANYBODY = -1
PR_SET_PTRACER = 0x59616D61


def write(folder: str) -> None:
    """All of FILES together."""
    changes = [Change(f"{folder}/{name}", old, new) for name, (old, new) in FILES.items()]
    write_changes(changes, About("fix", (), "openssh-9.2"))


def undo_last(folder: str) -> None:
    """What `write` did."""
    record = last_record()
    assert record
    undo_changes(record)


def mark_trial(folder: str) -> None:
    """Begin a trial, end it, and store what became of it."""
    with state_directory(lock=False) as directory:
        begin_trial(directory, Trial(record="1", until=now()))
        trial = end_trial(directory)
        assert trial
        record_outcome(directory, trial, "kept")


ONE = "file", b"old\n", b"new\n"
"""The file of the actions that write one: its name, and its content before and after."""

ACTIONS: dict[str, Callable[[str], object]] = {
    "write": write,
    "undo": undo_last,
    "trial": mark_trial,
    "create_file": lambda folder: create_file(f"{folder}/{ONE[0]}", ONE[2]),
    "replace_file": lambda folder: replace_file(f"{folder}/{ONE[0]}", ONE[2], expected=ONE[1]),
    "write_output": lambda folder: write_output(f"{folder}/{ONE[0]}", ONE[2]),
    "write_new_output": lambda folder: write_output(f"{folder}/{ONE[0]}", ONE[2]),
}


def work(action: str, folder: str) -> None:
    """What is killed."""
    ACTIONS[action](folder)


def main() -> None:
    """Ends with standard input."""
    assert fcntl, "it is imported when it is needed, which a trace should not hold"
    ctypes.CDLL(None).prctl(PR_SET_PTRACER, ANYBODY, 0, 0, 0)  # for those whom Yama lets trace children only
    for line in sys.stdin:
        asked = json.loads(line)
        waits, lets_go = os.pipe()
        becomes_ready, ready = os.pipe()
        pid = os.fork()
        if pid == 0:
            ctypes.CDLL(None).prctl(PR_SET_PTRACER, ANYBODY, 0, 0, 0)
            os.close(lets_go)
            os.environ["XDG_STATE_HOME"] = asked["state"]
            os.write(ready, b".")
            select.select([waits], [], [])  # a call that no action makes: whether a trace holds it is open
            try:
                work(asked["action"], asked["folder"])
            except SshkeepError as error:
                with suppress(OSError):
                    os.write(2, f"{error}\n".encode())
                os._exit(FAILED)
            os._exit(0)
        os.read(becomes_ready, 1)
        for descriptor in (waits, becomes_ready, ready):
            os.close(descriptor)
        print(pid, flush=True)
        sys.stdin.readline()  # traced now
        os.close(lets_go)
        _, status = os.waitpid(pid, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main()
