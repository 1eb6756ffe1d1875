"""Whether the installed OpenSSH accepts what is about to be written."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from sshkeep.config.model import Config
from sshkeep.fix.change import Change
from sshkeep.judge.answer import accepted_but, may_not_read
from sshkeep.judge.judgement import CannotAsk, Judgement
from sshkeep.judge.programs import asked, check_command, program_for
from sshkeep.judge.reach import would_reach_out
from sshkeep.judge.run import SECONDS, Answer, ask
from sshkeep.trees.live import installed_target
from sshkeep.trees.tree import Tree

PLACE = "/tmp"  # noqa: S108 - its sticky bit keeps a folder ours; TMPDIR may be anybody's
LAID_OVER = "with the new files laid over the old ones where only it sees them"
AS_COPY = "on a private copy of the new files"
AS_IT_IS = "on the files as they are"


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
    for way in _ways(tree, changes):
        try:
            answer, how = way(program, tree, config, changes)
            if answer.code and may_not_read(answer.said):
                raise CannotAsk(f"{program} may not read the files")
        except CannotAsk as reason:
            last = reason
            continue
        return _judgement(tree, f"{question} {{}}, {how}", answer)
    raise last


Way = Callable[[str, Tree, Config, Sequence[Change]], tuple[Answer, str]]


def _ways(tree: Tree, changes: Sequence[Change]) -> list[Way]:
    """The best first. A client's files are always copied: ssh has no option to say which is the system's."""
    if tree.kind == "ssh_config":
        return [_on_a_copy]
    if not changes:
        return [_as_it_is]
    from sshkeep.judge.laid_over import may_mount

    return [_laid_over, _on_a_copy] if may_mount() else [_on_a_copy]


def _as_it_is(program: str, tree: Tree, config: Config, changes: Sequence[Change]) -> tuple[Answer, str]:
    return ask(check_command(tree.kind, program, os.path.abspath(tree.name))), AS_IT_IS


def _laid_over(program: str, tree: Tree, config: Config, changes: Sequence[Change]) -> tuple[Answer, str]:
    from sshkeep.judge.laid_over import binds, entering

    with _private_folder() as folder:
        enter = entering(binds(changes, folder))
        return ask(check_command(tree.kind, program, os.path.abspath(tree.name)), enter), LAID_OVER


def _on_a_copy(program: str, tree: Tree, config: Config, changes: Sequence[Change]) -> tuple[Answer, str]:
    from sshkeep.judge.copied import copy_tree

    if config.unread:
        raise CannotAsk(f"{config.unread[0].path}: {config.unread[0].why}")
    with _private_folder() as folder:
        code, said = ask(check_command(tree.kind, program, copy_tree(tree.tops, config, folder)))
        return Answer(code, said.replace(folder, "")), AS_COPY


@contextmanager
def _private_folder() -> Iterator[str]:
    """A directory of our own that goes afterwards. Raises CannotAsk where there is no room for one."""
    from shutil import rmtree
    from tempfile import mkdtemp

    try:
        folder = mkdtemp(prefix="sshkeep-judge-", dir=PLACE)
    except OSError as error:
        raise CannotAsk(f"can't make a copy in {PLACE}: {error.strerror}") from None
    try:
        yield folder
    except OSError as error:
        raise CannotAsk(f"can't make a copy in {PLACE}: {error.strerror}") from None
    finally:
        rmtree(folder, ignore_errors=True)


def _judgement(tree: Tree, how: str, answer: Answer) -> Judgement:
    if answer.code is None:
        return Judgement("refused", f"{how.format('gave no answer')} ({SECONDS} s)", answer.said)
    if answer.code == 0:
        return Judgement("accepted", how.format("accepts it"), answer.said)
    but = accepted_but(tree.kind, answer.said)
    if but:
        return Judgement("accepted", f"{how.format('accepts it')}; {but}", answer.said)
    return Judgement("refused", how.format("refuses it"), answer.said)
