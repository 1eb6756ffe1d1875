"""The timer of a trial that restores files as sshkeep does, and whose sshd only notes what it is told."""

import sys

from sshkeep.reload.timer import run_timer
from sshkeep.reload.trial import restore_files
from tests.reload.trial_timer import END

if __name__ == "__main__":
    run_timer(sys.argv[1:], END._replace(restore_files=restore_files))
