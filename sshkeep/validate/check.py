"""Whether the installed OpenSSH accepts what is about to be written."""

from __future__ import annotations

import os
from collections.abc import Sequence

from sshkeep.config.tree.config import Config
from sshkeep.fix.change import Change
from sshkeep.named import NamedTuple
from sshkeep.openssh.kind import Kind
from sshkeep.phrase import Phrase
from sshkeep.trees.this_machine import installed_target
from sshkeep.trees.tree import Tree
from sshkeep.validate.commands import program_for, shown_command
from sshkeep.validate.result import CannotValidate, ValidationResult
from sshkeep.validate.run_program import PROGRAM_TIME_LIMIT, ProgramResult
from sshkeep.validate.safe_to_run import why_unsafe_to_run
from sshkeep.validate.strategies import check_files_as_they_are, strategies

AFTER_THE_CONFIG = (
    ("sshd: no hostkeys available -- exiting.", "it found no host key that it can read"),
    ("Missing privilege separation directory: ", "its privilege separation directory is missing"),
    ("Privilege separation user ", "its privilege separation user is missing"),
)
"""How the last line begins where sshd exits for another reason than its config, and that reason.

sshd.c main, 8.0 to 10.5: the config is read, and its settings checked together, before any of this. Up
to 9.7 the user is looked for before the host keys and the directory after them, from 9.8 on both after.
"""
DENIED = ": Permission denied"
CHECKED_WITH: dict[Kind, str] = {"sshd_config": "sshd -t", "ssh_config": "ssh -G"}
NOT_THIS_MACHINES: dict[Kind, str] = {
    "sshd_config": Phrase("the file is not in this machine's /etc/ssh"),
    "ssh_config": Phrase("the file is not one of this machine's"),
}
OWNER = " must be owned by root and not group or world-writable."


def validate_changes(tree: Tree, config: Config, changes: Sequence[Change]) -> ValidationResult:
    """Ask the installed sshd or ssh about ``config``, which is ``tree`` after ``changes``.

    Nothing is written to a place that another program reads. Without changes the question is about the files
    as they are: the answer shows whether a refusal is new.
    """
    try:
        _check_may_ask(tree, config)
        return _ask(tree, config, changes)
    except CannotValidate as reason:
        command = CHECKED_WITH[tree.kind]
        summary = Phrase("not checked with {command}: {reason}", command=command, reason=reason.args[0])
        return ValidationResult("not asked", summary)


def _check_may_ask(tree: Tree, config: Config) -> None:
    if os.name != "posix":
        raise CannotValidate("that needs Linux, BSD or macOS")
    if tree.in_memory or not tree.tops[0].place.live:
        raise CannotValidate(NOT_THIS_MACHINES[tree.kind])
    if not (tree.installed or tree.target == installed_target()):
        raise CannotValidate(f"{tree.target.name} is not what is installed here")
    if tree.fragment:
        raise CannotValidate("this is a drop-in that no main file includes")
    reason = why_unsafe_to_run(config)
    if reason:
        raise CannotValidate(reason)


def _ask(tree: Tree, config: Config, changes: Sequence[Change]) -> ValidationResult:
    program = program_for(tree.kind)
    if program is None:
        raise CannotValidate(f"{'sshd' if tree.kind == 'sshd_config' else 'ssh'} is not installed")
    command = shown_command(tree.kind, program)
    last = CannotValidate("there is no way to")
    for strategy in strategies(tree, changes):
        try:
            result, description = strategy(program, tree, config, changes)
            if result.code and may_not_read_files(result.stderr):
                raise CannotValidate(f"{program} may not read the files")
        except CannotValidate as reason:
            last = reason
            continue
        return _result(tree, Asked(command, description), result)
    raise last


class Asked(NamedTuple):
    """What was called, and how."""

    command: str
    how: str

    def answered(self, answer: Phrase) -> Phrase:
        """The sentence on what the program did."""
        return Phrase("{command} {answer}, {how}", command=self.command, answer=answer, how=self.how)


def _result(tree: Tree, asked: Asked, result: ProgramResult) -> ValidationResult:
    if result.code is None:
        silent = asked.answered(Phrase("gave no answer"))
        return ValidationResult("refused", f"{silent} ({PROGRAM_TIME_LIMIT} s)", result.stderr)
    accepts, refuses = (asked.answered(each) for each in (Phrase("accepts it"), Phrase("refuses it")))
    if result.code == 0:
        return ValidationResult("accepted", accepts, result.stderr)
    missing = missing_besides_config(tree.kind, result.stderr)
    if not missing:
        return ValidationResult("refused", refuses, result.stderr)
    if _starts_now(tree):
        return ValidationResult("refused", f"{refuses}; {missing}, as it does not today", result.stderr)
    return ValidationResult("accepted", f"{accepts}; {missing}, as today", result.stderr)


def _starts_now(tree: Tree) -> bool:
    """Whether sshd would start with the files as they are: then the change causes what is missing."""
    program = program_for(tree.kind)
    if program is None or why_unsafe_to_run(tree.load()):
        return False
    return check_files_as_they_are(program, tree).result.code == 0


def missing_besides_config(kind: Kind, stderr: str) -> str:
    """What sshd lacked, where it exited with an error although it had accepted the config; else empty."""
    if kind != "sshd_config":
        return ""
    last = _last_line(stderr)
    # The path in this line is sshd's own; errors in a config have "line" behind the path.
    if last.endswith(OWNER) and " " not in last.removesuffix(OWNER):
        return "its privilege separation directory is not safe"
    return next((why for begins, why in AFTER_THE_CONFIG if last.startswith(begins)), "")


def may_not_read_files(stderr: str) -> bool:
    """Whether the program exited since it may not read a file, as SELinux can forbid it."""
    last = _last_line(stderr)
    return last.startswith("/") and last.endswith(DENIED) and " " not in last.removesuffix(DENIED)


def _last_line(stderr: str) -> str:
    return stderr.rstrip("\r\n").rpartition("\n")[2]
