"""The timer of a trial whose undo is a test's: ``before`` beside the state directory is put back.

``python -m tests.trial_timer`` is what `sshkeep.reload.timer` is, apart from that; with ``start`` before
its arguments it begins a trial, and then lives on as a session does.
"""

import sys
import time
from pathlib import Path

from sshkeep.errors import SshkeepError
from sshkeep.reload import start_timer
from sshkeep.reload.reload_command import ReloadCommand
from sshkeep.reload.timer import main
from sshkeep.reload.trial import UndoRecord, start_trial


def undo_in(folder: str) -> UndoRecord:
    """Puts back the file ``config`` beside ``folder``; the record ``stuck`` can't be taken back."""

    def take_back(record: str) -> None:
        if record == "stuck":
            raise SshkeepError("config was changed since")
        place = Path(folder).parent
        (place / "config").write_bytes((place / "before").read_bytes())

    return take_back


if __name__ == "__main__":
    if sys.argv[1] == "start":
        start_timer.TIMER_MODULE = "tests.trial_timer"
        _, _, folder, seconds, *command = sys.argv
        start_trial(folder, "1", ReloadCommand((tuple(command),)), int(seconds), undo_in(folder))
        print("on trial", flush=True)
        time.sleep(600)
    main(sys.argv[1:], undo_in(sys.argv[1]))
