"""What happens around the work of every command."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from sshkeep.cli.exits import Exit
from sshkeep.cli.run import tell
from sshkeep.errors import SshkeepError


def outcome(work: Callable[[], Exit]) -> Exit:
    """The exit code of ``work``, whatever happens to it."""
    try:
        code = work()
        sys.stdout.flush()
    except SshkeepError as error:
        tell(str(error))
        return Exit.FAILED
    except BrokenPipeError:
        drop_output()
        return Exit.READER_GONE
    return code


def drop_output() -> None:
    """What is still buffered goes nowhere, so that nothing complains about it at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
