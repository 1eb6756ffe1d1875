"""What happens around the work of every command."""

from __future__ import annotations

from collections.abc import Callable

from sshkeep.cli.exits import Exit
from sshkeep.cli.run import tell
from sshkeep.cli.sink import drop_output, flush_result
from sshkeep.errors import SshkeepError


def outcome(work: Callable[[], Exit]) -> Exit:
    """The exit code of ``work``, whatever happens to it."""
    try:
        code = work()
        flush_result()
    except SshkeepError as error:
        tell(str(error))
        return Exit.FAILED
    except BrokenPipeError:
        drop_output()
        return Exit.READER_GONE
    return code
