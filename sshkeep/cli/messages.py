"""Messages on standard error, and what happens around the work of every command."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from sshkeep.cli.exit_codes import Exit
from sshkeep.cli.output import drop_output, flush_result
from sshkeep.errors import SshkeepError
from sshkeep.output.terminal import safe
from sshkeep.phrase import Phrase

if TYPE_CHECKING:
    from sshkeep.trees.search import Search


def print_message(sentence: str) -> None:
    """Print a sentence on standard error, after what standard output has so far."""
    sys.stdout.flush()
    sys.stderr.write(f"sshkeep: {safe(sentence)}\n")


def print_notes(notes: Iterable[str], say: Callable[[str], str] = str) -> None:
    """Print each note once; ``say``: as in `sshkeep.output.terminal.Terminal`."""
    for note in dict.fromkeys(notes):
        print_message(say(Phrase("note: {note}", note=note)))


def print_errors(errors: Iterable[str]) -> None:
    """Print each error once: a config is read once for each target."""
    for error in dict.fromkeys(errors):
        print_message(error)


def missing_include_notes(paths: Iterable[str]) -> list[str]:
    """The note about Includes of files that are not this machine's, for which nothing was found."""
    missing = ", ".join(dict.fromkeys(paths))
    note = Phrase("nothing found for Include {paths} (--root DIR sets where to look)", paths=missing)
    return [note] if missing else []


def print_search(search: Search, *, quiet: bool, verbose: bool) -> None:
    """What a search left out: with ``verbose`` all of it, else other file systems only."""
    if verbose:
        for path, why in search.left_out:
            print_message(f"left out {path}: {why}")
    elif search.mounts and not quiet:
        print_message(
            f"note: other file systems are not searched unless they are named: {', '.join(search.mounts)}"
        )


def run_work(work: Callable[[], Exit]) -> Exit:
    """The exit code of ``work``, whatever happens to it."""
    try:
        code = work()
        flush_result()
    except SshkeepError as error:
        print_message(str(error))
        return Exit.FAILED
    except BrokenPipeError:
        drop_output()
        return Exit.READER_GONE
    return code
