"""``sshkeep confirm``."""

from sshkeep.cli.exit_codes import Exit
from sshkeep.cli.messages import print_message
from sshkeep.cli.output import OutputWriter
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
        with OutputWriter(None) as writer:
            writer.lines([safe(f"kept: the change on trial until {format_time(kept.until)} stays")])
        return Exit.FINE
    print_message("nothing is on trial" + (f": {describe_outcome(last)}" if last else ""))
    return Exit.FOUND
