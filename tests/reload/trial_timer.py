"""The timer of a trial that ends by tests' own means, in files beside the state directory.

``config`` is what is on trial, and ``before`` what it was; ``reads`` gets what sshd would have read each time. ``python
-m tests.reload.trial_timer SECONDS`` is `sshkeep.reload.timer` apart from that.
"""

import sys
from pathlib import Path

from sshkeep.errors import SshkeepError
from sshkeep.reload.reload_sshd import Seen
from sshkeep.reload.timer import run_timer
from sshkeep.reload.trial import TrialEnd
from sshkeep.state.path import state_path
from sshkeep.state.record import Record
from sshkeep.state.trial_marker import Trial

STUCK, DEAF, DEAD = "2", "3", "4"
"""Records: whose files can't be restored; whose sshd is not seen to reload; whose sshd is dead."""


def place() -> Path:
    """Where the files are."""
    return Path(state_path()).parent


def restore_files(trial: Trial, record: Record | None) -> None:
    if trial.record == STUCK:
        raise SshkeepError("config was changed since")
    (place() / "config").write_bytes((place() / "before").read_bytes())


def bring_back(trial: Trial) -> Seen:
    config = place() / "config"
    if config.exists():
        with (place() / "reads").open("a") as reads:
            reads.write(config.read_text() + "\n")
    return Seen(("sshd was told",), "sshd did not listen" if trial.record == DEAF else "")


END = TrialEnd(
    restore_files, bring_back, lambda trial: Seen(("sshd was started",)), lambda trial: trial.record == DEAD
)

if __name__ == "__main__":
    run_timer(sys.argv[1:], END)
