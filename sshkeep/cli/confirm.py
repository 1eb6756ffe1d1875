"""``sshkeep confirm``."""

from __future__ import annotations

from sshkeep.cli.exits import Exit
from sshkeep.cli.run import tell
from sshkeep.cli.sink import Sink
from sshkeep.output.terminal import safe


def confirm() -> Exit:
    """Keep the change that is on trial since `--confirm`."""
    # Imported here, since they need what is slow to import, and --help does not.
    from sshkeep.reload.trial import confirm_trial, describe_outcome
    from sshkeep.state.directory import existing_state_directory
    from sshkeep.state.trial_marker import format_time, last_trial

    with existing_state_directory() as directory:  # locked: an undo that has begun goes first
        kept = confirm_trial()
        last = last_trial(directory) if directory else None
    if kept:
        with Sink(None) as sink:
            sink.lines([safe(f"kept: the change on trial until {format_time(kept.until)} stays")])
        return Exit.FINE
    tell("nothing is on trial" + (f": {describe_outcome(last)}" if last else ""))
    return Exit.FOUND
