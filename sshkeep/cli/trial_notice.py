"""What every command reports of a change on trial."""

from __future__ import annotations

import os

from sshkeep.cli.messages import print_notes
from sshkeep.errors import SshkeepError


def report_trial() -> None:
    """Report a trial that runs, one that ended with a problem, and damage to what is stored of it.

    One whose timer is gone, as after a power cut, is taken back.
    """
    from sshkeep.state.path import TRIAL_MARKS, state_path

    try:
        folder = state_path()
        if not any(os.path.lexists(os.path.join(folder, name)) for name in TRIAL_MARKS):
            return
        from sshkeep.reload.trial import THIS_MACHINE, settle_trial

        print_notes(settle_trial(THIS_MACHINE))
    except SshkeepError as error:
        print_notes([str(error)])
