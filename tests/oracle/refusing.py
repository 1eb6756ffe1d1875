"""Whether sshkeep lint tells an error exactly where OpenSSH refuses a config, over generated configs."""

import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from sshkeep.errors import SshkeepError
from sshkeep.lint.registry import chosen_rules
from sshkeep.lint.rule import LoadedRule
from sshkeep.lint.runner import run_rules
from sshkeep.openssh.kind import Kind
from sshkeep.trees.discover import TreeOptions, tree_for
from tests.oracle.answers import Answer, openssh_answer
from tests.oracle.dangers import danger
from tests.oracle.generator.config import make
from tests.oracle.judging import Judge, judge_of, written
from tests.oracle.programs import command_for
from tests.oracle.releases import Release

ASK: dict[Kind, tuple[str, ...]] = {
    "sshd_config": ("lport=1",),
    "ssh_config": ("nobody-asks-for-this", "bob@web"),
}
"""sshd as it starts, with a port, which it wants to be told, that no block is for. Of ssh, hosts: some lines are refused for one of them only."""


OTHERS = "; for other hosts, "
"""In the message of an error that those who are asked for need not meet: they may be in the block, as root
is in ``Match localuser r*``."""


class Refusals:
    """Configs on which the two sides differ, each with what was said, and how many were refused and accepted."""

    def __init__(self) -> None:
        self.refused = self.accepted = self.outside = self.for_one_host = self.asked_for = 0
        self.accepted_with_errors: list[str] = []
        self.refused_without_errors: list[str] = []

    def told(self) -> Iterator[str]:
        yield from (f"accepted, but lint has an error: {each}" for each in self.accepted_with_errors)
        yield from (f"refused, and lint has no error: {each}" for each in self.refused_without_errors)
        yield (
            f"{self.accepted} accepted, {self.refused} refused, {self.for_one_host} refused for one host only,"
            f" {self.asked_for} as RefuseConnection asks for, {self.outside} for the machine's sake"
        )

    def count(self, name: str, answers: Sequence[Answer], errors: Sequence[str]) -> None:
        if any(answer.outside for answer in answers):
            self.outside += 1
        elif not errors and any("RefuseConnection: " in answer.said for answer in answers):
            self.asked_for += 1
        elif all(not answer.accepted for answer in answers):
            self.refused += 1
            if not errors:
                self.refused_without_errors.append(f"{name}: {answers[0].said[:200]}")
        elif all(answer.accepted for answer in answers):
            self.accepted += 1
            here = [error for error in errors if OTHERS not in error]
            if here:
                self.accepted_with_errors.append(f"{name}: {here[0]}")
        else:
            self.for_one_host += 1
            if errors:
                self.accepted_with_errors.append(f"{name}: {errors[0]}")


def compare_refusals(
    release: Release, kind: Kind, seed: int, numbers: Iterable[int], rules: Sequence[LoadedRule] | None = None
) -> Refusals:
    """The generated configs of these numbers, every third of which has a fault."""
    found = Refusals()
    chosen = rules if rules is not None else chosen_rules([], [], [])
    with judge_of(release) as judge:
        for number in numbers:
            case = make(kind, release.target, seed, number).case
            if any(
                danger(kind, text.encode(errors="surrogateescape"))
                for text in (case.config, *case.files.values())
            ):
                continue
            judge.count += 1
            folder = judge.programs.folder / "configs" / str(judge.count)
            path = written(kind, case, folder)
            try:
                found.count(case.name, *_both(judge, kind, path, chosen))
            finally:
                shutil.rmtree(folder)
    return found


def _both(
    judge: Judge, kind: Kind, path: Path, rules: Sequence[LoadedRule]
) -> tuple[list[Answer], list[str]]:
    target = judge.release.target
    judge.programs.send([command_for(kind, path, ask) for ask in ASK[kind]])
    try:
        config = tree_for(str(path), TreeOptions(kind, target, "/")).load()
        found = [f for f in run_rules(config, rules) if f.severity == "error"]
        errors = [f"{f.rule} {f.message} ({f.source.position(f.span.start)[0]})" for f in found]
    except SshkeepError as error:
        errors = [f"not read: {error}"]
    return [openssh_answer(ended, path, kind, target) for ended in judge.programs.receive()], errors
