"""``sshkeep confirm``."""

from __future__ import annotations

import os.path

from sshkeep.cli.exits import Exit
from sshkeep.cli.run import tell
from sshkeep.cli.sink import Sink
from sshkeep.output.terminal import safe


def confirm() -> Exit:
    """Keep the change that is on trial since `--confirm`."""
    # Imported here, since they need what is slow to import, and --help does not.
    from sshkeep.state.directory import state_directory, state_path

    if not os.path.lexists(state_path()):
        tell("nothing is on trial")
        return Exit.FOUND
    with state_directory() as folder:
        return _confirm(folder.path)


def _confirm(folder: str) -> Exit:
    from sshkeep.reload.trial import confirm_trial, describe_outcome
    from sshkeep.state.trial_marker import format_time, last_trial

    kept = confirm_trial(folder)
    if kept:
        with Sink(None) as sink:
            sink.lines([safe(f"kept: the change on trial until {format_time(kept.until)} stays")])
        return Exit.FINE
    last = last_trial(folder)
    tell("nothing is on trial" + (f": {describe_outcome(last)}" if last else ""))
    return Exit.FOUND
