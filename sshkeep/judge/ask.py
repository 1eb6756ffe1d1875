"""Whether the installed OpenSSH accepts what is about to be written."""

from __future__ import annotations

import os
from collections.abc import Sequence

from sshkeep.config.model import Config
from sshkeep.fix.change import Change
from sshkeep.judge.answer import accepted_but, may_not_read
from sshkeep.judge.judgement import CannotAsk, Judgement
from sshkeep.judge.programs import asked, program_for
from sshkeep.judge.reach import would_reach_out
from sshkeep.judge.run import SECONDS, Answer
from sshkeep.judge.ways import as_it_is, ways
from sshkeep.trees.live import installed_target
from sshkeep.trees.tree import Tree


def judge(tree: Tree, config: Config, changes: Sequence[Change]) -> Judgement:
    """Ask the installed sshd or ssh about ``config``, which is ``tree`` with ``changes`` made.

    Nothing is written where anything reads it. Without changes the question is about the files
    as they are: that tells whether a refusal is new.
    """
    try:
        _check_may_ask(tree, config)
        return _asked(tree, config, changes)
    except CannotAsk as reason:
        return Judgement("not asked", f"OpenSSH itself was not asked: {reason}")


def _check_may_ask(tree: Tree, config: Config) -> None:
    if os.name != "posix":
        raise CannotAsk("that needs Linux, BSD or macOS")
    if not tree.tops[0].place.live:
        raise CannotAsk("this is not this machine's file")
    if not (tree.installed or tree.target == installed_target()):
        raise CannotAsk(f"{tree.target.name} is not what is installed here")
    if tree.fragment:
        raise CannotAsk("this is a drop-in that no main file includes")
    reason = would_reach_out(config)
    if reason:
        raise CannotAsk(reason)


def _asked(tree: Tree, config: Config, changes: Sequence[Change]) -> Judgement:
    program = program_for(tree.kind)
    if program is None:
        raise CannotAsk(f"{'sshd' if tree.kind == 'sshd_config' else 'ssh'} is not installed")
    question = asked(tree.kind, program)
    last = CannotAsk("there is no way to")
    for way in ways(tree, changes):
        try:
            answer, how = way(program, tree, config, changes)
            if answer.code and may_not_read(answer.said):
                raise CannotAsk(f"{program} may not read the files")
        except CannotAsk as reason:
            last = reason
            continue
        return _judgement(tree, f"{question} {{}}, {how}", answer)
    raise last


def _judgement(tree: Tree, how: str, answer: Answer) -> Judgement:
    if answer.code is None:
        return Judgement("refused", f"{how.format('gave no answer')} ({SECONDS} s)", answer.said)
    if answer.code == 0:
        return Judgement("accepted", how.format("accepts it"), answer.said)
    but = accepted_but(tree.kind, answer.said)
    if not but:
        return Judgement("refused", how.format("refuses it"), answer.said)
    if _is_fine_now(tree):
        return Judgement("refused", f"{how.format('refuses it')}; {but}, as it does not today", answer.said)
    return Judgement("accepted", f"{how.format('accepts it')}; {but}, as today", answer.said)


def _is_fine_now(tree: Tree) -> bool:
    """Whether sshd would start on the files as they are: what is missing now is then the change's doing."""
    program = program_for(tree.kind)
    if program is None or would_reach_out(tree.load()):
        return False
    return as_it_is(program, tree).answer.code == 0
