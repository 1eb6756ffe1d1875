"""Writes or undoes on demand, each time in a new process, which the one that asks may trace and kill.

    {"action": "write" | "undo", "folder": ..., "state": ...}   one line of standard input for each
    PID                                                         one line of standard output for each

All modules are imported before, and the new process waits for its pipe to be closed, so that a trace
that begins in between holds what writing does and nothing else.
"""

import ctypes
import json
import os
import sys

from sshkeep.fix.change import Change
from sshkeep.state.record import About
from sshkeep.state.record_store import last_record
from sshkeep.write.transaction import write_changes
from sshkeep.write.undo import undo

FILES = {
    "sshd_config": (b"ClientAliveInterval 0\n", b"ClientAliveInterval 60\n"),
    "sshd_config.d/10-site.conf": (b"ClientAliveInterval 5\n", None),
    "sshd_config.d/50-new.conf": (None, b"ClientAliveCountMax 3\n"),
    "sshd_config.d/60-more.conf": (b"TCPKeepAlive no\n", b"TCPKeepAlive yes\n"),
}
"""Before and after: two that change, one that goes, one that comes."""
ANYBODY = -1
PR_SET_PTRACER = 0x59616D61


def work(action: str, folder: str) -> None:
    """What is killed."""
    if action == "write":
        changes = [Change(f"{folder}/{name}", old, new) for name, (old, new) in FILES.items()]
        write_changes(changes, About("fix", (), "openssh-9.2"))
    else:
        record = last_record()
        assert record
        undo(record)


def main() -> None:
    """Ends with standard input."""
    ctypes.CDLL(None).prctl(PR_SET_PTRACER, ANYBODY, 0, 0, 0)  # for those whom Yama lets trace children only
    for line in sys.stdin:
        asked = json.loads(line)
        waits, lets_go = os.pipe()
        pid = os.fork()
        if pid == 0:
            ctypes.CDLL(None).prctl(PR_SET_PTRACER, ANYBODY, 0, 0, 0)
            os.close(lets_go)
            os.environ["XDG_STATE_HOME"] = asked["state"]
            os.read(waits, 1)
            work(asked["action"], asked["folder"])
            os._exit(0)
        os.close(waits)
        print(pid, flush=True)
        sys.stdin.readline()  # traced now
        os.close(lets_go)
        _, status = os.waitpid(pid, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main()
