"""Whether the installed OpenSSH accepts what is about to be written."""

from __future__ import annotations

import os
from collections.abc import Sequence

from sshkeep.config.model import Config
from sshkeep.fix.change import Change
from sshkeep.trees.this_machine import installed_target
from sshkeep.trees.tree import Tree
from sshkeep.validate.commands import program_for, shown_command
from sshkeep.validate.result import CannotValidate, ValidationResult
from sshkeep.validate.run_program import TIME_LIMIT, ProgramResult
from sshkeep.validate.safe_to_run import why_unsafe_to_run
from sshkeep.validate.stderr import may_not_read_files, missing_besides_config
from sshkeep.validate.strategies import check_files_as_they_are, strategies


def validate_changes(tree: Tree, config: Config, changes: Sequence[Change]) -> ValidationResult:
    """Ask the installed sshd or ssh about ``config``, which is ``tree`` with ``changes`` made.

    Nothing is written where anything reads it. Without changes the question is about the files
    as they are: that tells whether a refusal is new.
    """
    try:
        _check_may_ask(tree, config)
        return _asked(tree, config, changes)
    except CannotValidate as reason:
        return ValidationResult("not asked", f"OpenSSH itself was not asked: {reason}")


def _check_may_ask(tree: Tree, config: Config) -> None:
    if os.name != "posix":
        raise CannotValidate("that needs Linux, BSD or macOS")
    if not tree.tops[0].place.live:
        raise CannotValidate("this is not this machine's file")
    if not (tree.installed or tree.target == installed_target()):
        raise CannotValidate(f"{tree.target.name} is not what is installed here")
    if tree.fragment:
        raise CannotValidate("this is a drop-in that no main file includes")
    reason = why_unsafe_to_run(config)
    if reason:
        raise CannotValidate(reason)


def _asked(tree: Tree, config: Config, changes: Sequence[Change]) -> ValidationResult:
    program = program_for(tree.kind)
    if program is None:
        raise CannotValidate(f"{'sshd' if tree.kind == 'sshd_config' else 'ssh'} is not installed")
    question = shown_command(tree.kind, program)
    last = CannotValidate("there is no way to")
    for way in strategies(tree, changes):
        try:
            answer, how = way(program, tree, config, changes)
            if answer.code and may_not_read_files(answer.stderr):
                raise CannotValidate(f"{program} may not read the files")
        except CannotValidate as reason:
            last = reason
            continue
        return _judgement(tree, f"{question} {{}}, {how}", answer)
    raise last


def _judgement(tree: Tree, how: str, answer: ProgramResult) -> ValidationResult:
    if answer.code is None:
        return ValidationResult("refused", f"{how.format('gave no answer')} ({TIME_LIMIT} s)", answer.stderr)
    if answer.code == 0:
        return ValidationResult("accepted", how.format("accepts it"), answer.stderr)
    but = missing_besides_config(tree.kind, answer.stderr)
    if not but:
        return ValidationResult("refused", how.format("refuses it"), answer.stderr)
    if _is_fine_now(tree):
        return ValidationResult(
            "refused", f"{how.format('refuses it')}; {but}, as it does not today", answer.stderr
        )
    return ValidationResult("accepted", f"{how.format('accepts it')}; {but}, as today", answer.stderr)


def _is_fine_now(tree: Tree) -> bool:
    """Whether sshd would start on the files as they are: what is missing now is then the change's doing."""
    program = program_for(tree.kind)
    if program is None or why_unsafe_to_run(tree.load()):
        return False
    return check_files_as_they_are(program, tree).answer.code == 0
