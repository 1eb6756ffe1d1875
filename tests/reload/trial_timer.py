"""The timer of a trial with an undo for tests: it restores ``before`` beside the state directory.

``python -m tests.reload.trial_timer SECONDS`` is `sshkeep.reload.timer` apart from that. With ``start`` before its
arguments it starts a trial first, and then keeps running as a session does.
"""

import sys
import time
from pathlib import Path

from sshkeep.errors import SshkeepError
from sshkeep.reload import start_timer
from sshkeep.reload.reload_command import ReloadCommand
from sshkeep.reload.timer import run_timer
from sshkeep.reload.trial import start_trial
from sshkeep.state.directory import state_path


def undo_record(record: str) -> None:
    """Restore the file ``config`` beside the state directory; the record ``stuck`` can't be undone."""
    if record == "stuck":
        raise SshkeepError("config was changed since")
    place = Path(state_path()).parent
    (place / "config").write_bytes((place / "before").read_bytes())


if __name__ == "__main__":
    if sys.argv[1] == "start":
        start_timer.TIMER_MODULE = "tests.reload.trial_timer"
        _, _, seconds, *command = sys.argv
        start_trial("1", ReloadCommand((tuple(command),)), int(seconds), undo_record)
        print("on trial", flush=True)
        time.sleep(600)
    run_timer(sys.argv[1:], undo_record)
