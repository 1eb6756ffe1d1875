"""``sshkeep confirm``."""

from sshkeep.cli.exit_codes import Exit
from sshkeep.cli.messages import print_message
from sshkeep.cli.output import OutputWriter
from sshkeep.output.terminal import safe


def confirm() -> Exit:
    """Keep the change that is on trial. If none is, show what became of the last one."""
    # Imported here, since they need what is slow to import, and --help does not.
    from sshkeep.reload.trial import THIS_MACHINE, confirm_trial, describe_outcome, take_back_trial
    from sshkeep.state.directory import existing_state_directory
    from sshkeep.state.trial_marker import acknowledge, format_time, last_trial, unsettled_trial

    kept = confirm_trial(THIS_MACHINE)
    if kept and kept.outcome == "kept":
        with OutputWriter(None) as writer:
            writer.lines([safe(f"kept: the change on trial until {format_time(kept.until)} stays")])
        return Exit.FINE
    with existing_state_directory(lock=False) as directory:
        cut_off = unsettled_trial(directory) if directory else None
        if cut_off and cut_off.outcome == "running":
            take_back_trial(THIS_MACHINE)
        last = last_trial(directory) if directory else None
        if directory and last:
            acknowledge(directory, last)
    print_message("nothing is on trial" + (f": {describe_outcome(last)}" if last else ""))
    for step in last.steps if last else ():
        print_message(step)
    return Exit.FOUND
