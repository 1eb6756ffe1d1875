"""Where the program starts."""

from __future__ import annotations

import _thread
import gc
import os
import signal
import sys
import time
from collections.abc import Sequence
from types import FrameType
from typing import NoReturn

from sshkeep.cli.exit_codes import Exit
from sshkeep.version import VERSION

TRIAL_COMMANDS = ("confirm", "undo")
"""Those that end a trial themselves."""

POLICY_LIBRARIES = ("pydantic", "ruamel", "tomli")
"""They are not in sshkeep.pyz."""


class _Interrupted(BaseException):
    """Ctrl-C; not KeyboardInterrupt, which the command line library would answer itself."""


def main() -> None:
    """Run the command line, and end the process."""
    try:
        try:
            run()
        except SystemExit as ended:
            if not isinstance(ended.code, int):
                raise
            sys.stdout.flush()
            # All is written, and nothing left to do but to free every object: a tenth of a cold lint.
            os._exit(ended.code)
    except _Interrupted:  # at the very end
        os._exit(Exit.INTERRUPTED)


def run() -> NoReturn:
    """Run the command line. Raises SystemExit."""
    _prepare_process()
    try:
        _work(sys.argv[1:])
    except _Interrupted:
        os._exit(Exit.INTERRUPTED)
    except Exception as error:
        sys.exit(_report_failure(error))


def _prepare_process() -> None:
    # A big config is a million small objects that all stay; looking for garbage among them again and
    # again is a third of the time. Rarely is enough to keep a run over many files small. Said before
    # what a command imports, it saves a twentieth of a cold lint, too.
    gc.set_threshold(100_000, 50, 100)
    signal.signal(signal.SIGINT, _interrupt)
    sys.unraisablehook = _unraisable
    if sys.stdout is None or sys.stderr is None:  # closed by the caller
        os._exit(Exit.FAILED)
    for stream in (sys.stdout, sys.stderr):
        # A path or value that the locale can't show must not end the program.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]


def _report_failure(error: Exception) -> Exit:
    """Print what ended the command, and return how the process ends."""
    from sshkeep.cli.messages import print_message
    from sshkeep.cli.output import drop_output

    if isinstance(error, OSError):
        drop_output()
        if isinstance(error, BrokenPipeError):
            return Exit.READER_GONE
        where = f"{error.filename}: " if error.filename else ""
        print_message(f"the system refused something: {where}{error.strerror or error}")
        return Exit.FAILED
    if isinstance(error, MemoryError):
        print_message("there is not enough memory for a config of this size")
        return Exit.FAILED
    if isinstance(error, ModuleNotFoundError) and str(error.name).startswith(POLICY_LIBRARIES):
        print_message(
            "a policy needs pydantic and ruamel.yaml, and tomli before Python 3.11, which this Python has "
            "not (install sshkeep with pip, or use --policy none)"
        )
        return Exit.FAILED
    if os.environ.get("SSHKEEP_DEBUG") == "1":
        sys.excepthook(type(error), error, error.__traceback__)
    print_message(_bug(error))
    return Exit.BUG


def _bug(error: Exception) -> str:
    """The message about an unexpected error, and what to report; it has nothing of the files."""
    from traceback import extract_tb

    last = extract_tb(error.__traceback__)[-1]
    place = f"{last.name} ({os.path.basename(last.filename)}:{last.lineno})"
    return (
        f"{type(error).__name__} in {place}: this is a bug of sshkeep {VERSION}; please report it with the "
        "command and the files (SSHKEEP_DEBUG=1 shows the traceback)"
    )


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise _Interrupted


def _unraisable(what: sys.UnraisableHookArgs) -> None:
    """Ctrl-C where Python drops exceptions, as at the end of an import, comes again a moment later."""
    if isinstance(what.exc_value, _Interrupted):
        _thread.start_new_thread(_interrupt_soon, (_thread.get_ident(),))
    else:
        sys.__unraisablehook__(what)


def _interrupt_soon(thread: int) -> None:
    time.sleep(0.01)
    if sys.platform == "win32":
        _thread.interrupt_main()
    else:
        signal.pthread_kill(thread, signal.SIGINT)  # ends its waiting, too


def _work(argv: Sequence[str]) -> NoReturn:
    if argv[:1] == ["--complete"] and len(argv) > 2:
        from sshkeep.cli.complete import print_completions

        print_completions(argv[1], argv[2:])
        sys.exit(Exit.FINE)
    if argv and not argv[0].startswith("-") and argv[0] not in TRIAL_COMMANDS:
        from sshkeep.cli.trial_notice import report_trial

        report_trial()
    from sshkeep.cli.plain_arguments import plain_call

    # On Windows the command line library expands wildcards.
    call = plain_call(argv) if sys.platform != "win32" else None
    if call:
        from sshkeep.cli.messages import run_work

        sys.exit(run_work(call))
    try:
        from sshkeep.cli.typer_app import run_command
    except ModuleNotFoundError:  # in sshkeep.pyz
        from sshkeep.cli.argparse_app import run_command
    run_command(argv)
