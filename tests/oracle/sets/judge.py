"""Carries a call out on a config and has the real program say what came of it."""

import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from sshkeep.config.precedence.obtained import NOT_MATCHED
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.edit.set_in_block import blocks_with_criteria_of
from sshkeep.edit.trial_line import parse_header
from sshkeep.errors import SshkeepError
from sshkeep.openssh.kind import Kind
from sshkeep.trees.discover import TreeOptions, tree_for
from sshkeep.trees.tree import Tree
from tests.oracle.answers import CHAMBER, Answer, Difference, _evaluated, openssh_answer
from tests.oracle.cases import Case
from tests.oracle.dangers import danger
from tests.oracle.judging import Judge, written
from tests.oracle.programs import command_for
from tests.oracle.sets.calls import Call
from tests.oracle.sets.checks import bytes_kept, others, own_names, settings, unlike
from tests.oracle.sets.expected import Trees, expected
from tests.oracle.sets.reference import Ambiguous, is_for_everyone
from tests.oracle.sets.writers import Writer, Written

_TRUE = re.compile(r"exec[ \t]+\"?true", re.IGNORECASE)


class Outcome(NamedTuple):
    """``refused`` is sshkeep's sentence, ``skipped`` why nothing could be said; differences with their question."""

    differences: Sequence[tuple[str, Difference]] = ()
    refused: str = ""
    skipped: str = ""
    changed: bool = False
    implied: tuple[str, ...] = ()


class CallJudge:
    """One release's programs, and one writer."""

    def __init__(self, judge: Judge, writer: Writer) -> None:
        self.judge = judge
        self.writer = writer

    def judged(self, kind: Kind, case: Case, call: Call) -> Outcome:
        """What comes of the call on the case's config."""
        folder = self.fresh()
        try:
            path = written(kind, case, folder)
            return self._judged(kind, path, case, call)
        finally:
            shutil.rmtree(folder)

    def fresh(self) -> Path:
        """A folder for one config."""
        self.judge.count += 1
        return self.judge.programs.folder / "configs" / str(self.judge.count)

    def tree(self, kind: Kind, path: Path) -> Tree:
        return tree_for(str(path), TreeOptions(kind, self.judge.release.target, "/"))

    def ask(self, kind: Kind, path: Path, asks: Sequence[str]) -> list[Answer]:
        programs = self.judge.programs
        programs.send([command_for(kind, path, ask) for ask in asks])
        return [openssh_answer(ended, path, kind, self.judge.release.target) for ended in programs.receive()]

    def _judged(self, kind: Kind, path: Path, case: Case, call: Call) -> Outcome:
        if any(
            danger(kind, text.encode(errors="surrogateescape"))
            for text in (case.config, *case.files.values())
        ):
            return Outcome(skipped="ssh -G would run or ask something")
        tree = self.tree(kind, path)
        config = tree.load()
        before = self.ask(kind, path, case.asks)
        if not all(answer.accepted for answer in before):
            return Outcome(skipped="the program refuses the config as it is")
        try:
            done = self.writer(tree, call)
        except SshkeepError as error:
            return Outcome(refused=error.sentence)
        try:
            wanted = expected(call, config)
        except Ambiguous:
            return Outcome(skipped="a line is for everyone and for a block")
        return self._compared(kind, path, case, call, config, done, wanted, before)

    def _compared(
        self,
        kind: Kind,
        path: Path,
        case: Case,
        call: Call,
        config: Config,
        done: Written,
        wanted: Trees,
        before: list[Answer],
    ) -> Outcome:
        old = {name: file.source.data for name, file in config.files.items()}
        found = [("", d) for d in bytes_kept(old, done.files, call, config)]
        if any(danger(kind, data) for data in (*done.files.values(), *wanted.wished.values())):
            return Outcome(found, skipped="ssh -G would run or ask something")
        with_wish = self._asked_of(kind, path, wanted.wished, case.asks)
        with_others = self._asked_of(kind, path, wanted.others or old, case.asks)
        alone = self._asked_of(kind, path, {**dict.fromkeys(old, b""), **wanted.alone}, case.asks)
        _write(old)
        _write(done.files)
        after = self.ask(kind, path, case.asks)
        found += [("", d) for d in self._second(kind, path, call)]
        fits = self._fits(kind, path, case, call, wanted)
        for ask, *answers, single, fit in zip(
            case.asks, before, after, with_wish, with_others, alone, fits, strict=True
        ):
            was, now, request, other = answers
            found += [(ask, d) for d in _answers(call, config, done, (was, now, request, other), fit)]
            if fit == (True, False) and call.request.mode == "set" and now.accepted and single.accepted:
                found += [(ask, d) for d in _masked(call, config, done, now, single)]
        return Outcome(found, changed=bool(done.files), implied=done.implied)

    def _asked_of(
        self, kind: Kind, path: Path, files: Mapping[str, bytes], asks: Sequence[str]
    ) -> list[Answer]:
        _write(files)
        return self.ask(kind, path, asks)

    def _second(self, kind: Kind, path: Path, call: Call) -> Iterator[Difference]:
        try:
            again = self.writer(self.tree(kind, path), call)
        except SshkeepError as error:
            yield Difference("second run", "refuses", error.sentence, "")
        else:
            if again.files:
                yield Difference("second run", "changes something", repr(again.files), "")

    def _fits(self, kind: Kind, path: Path, case: Case, call: Call, wanted: Trees) -> list[tuple[bool, bool]]:
        """For each question whether the block of the call applies, and whether another block sets the option.

        The first is seen on a block of that kind at the end of the file, wherever the writer put its own.
        """
        tree = self.tree(kind, path)
        config, probe = tree.load(), tree.load(wanted.probe)
        everyone = call.for_everyone(config)
        blocks = (
            [] if everyone else blocks_with_criteria_of(parse_header(call.request.header, config), config)
        )
        holds = any(_TRUE.search(text) for text in (call.request.header, case.config, *case.files.values()))
        found = []
        for ask in case.asks:
            contexts = [entry.block for entry in _met(probe, call, ask, holds)]
            fits = everyone or (bool(probe.blocks) and probe.blocks[-1] in contexts)
            others = [entry for entry in _met(config, call, ask, holds) if entry.block not in blocks]
            found.append((fits, any(blocks or not is_for_everyone(entry, config) for entry in others)))
        return found


def _met(config: Config, call: Call, ask: str, holds: bool) -> list[Entry]:
    """The option's lines in blocks that apply, in effect or not."""
    setting = _evaluated(config, ask, holds, CHAMBER).settings.get(
        config.known[call.request.keyword.lower()].option
    )
    if setting is None:
        return []
    lost = [each.entry for each in setting.lost if each.why != NOT_MATCHED]
    return [*(line.entry for line in setting.won), *lost]


def _answers(
    call: Call,
    config: Config,
    done: Written,
    answers: tuple[Answer, Answer, Answer, Answer],
    fit: tuple[bool, bool],
) -> Iterator[Difference]:
    """One question: ``answers`` are before, after, with the wish by hand, and without the block."""
    was, now, request, other = answers
    if not now.accepted:
        if not now.outside:
            yield Difference("refused", now.said[:60], now.said, "")
        return
    own = own_names(call, config)
    yield from others(settings(was), settings(now), own, done.implied)
    if not request.accepted or not other.accepted or _takes_away(call):
        return
    bag = config.known[call.request.keyword.lower()].adds
    if call.for_everyone(config) or call.request.mode == "unset":
        yield from unlike(settings(now), settings(request), own, "effect", bag=bag)
    elif not fit[0]:
        yield from unlike(settings(now), settings(was), own, "effect for others", bag=bag)
    else:
        yield from _in_block(call, own, answers, fit[1], bag)


def _in_block(
    call: Call, own: set[str], answers: tuple[Answer, Answer, Answer, Answer], rival: bool, adds: bool
) -> Iterator[Difference]:
    _, now, request, other = map(settings, answers)
    for name in own:
        has, wanted, rest = set(now.get(name, ())), set(request.get(name, ())), set(other.get(name, ()))
        right = wanted <= has if adds else has == wanted or (rival and has == rest)
        if not right:
            yield Difference(
                "effect in the block", name, f"{name}: {sorted(has)}", f"wanted: {sorted(wanted)}"
            )


def _masked(call: Call, config: Config, done: Written, now: Answer, alone: Answer) -> Iterator[Difference]:
    """Where no block has a say, the option is what it is in a config of its own, or that was announced."""
    row = config.known[call.request.keyword.lower()]
    announced = any(row.name in sentence for sentence in done.implied)
    if (
        not row.type.is_algorithm_list
        and not row.type.parts_are_named
        and not announced
        and not _takes_away(call)
    ):
        yield from unlike(settings(now), settings(alone), own_names(call, config), "masked", bag=row.adds)


def _takes_away(call: Call) -> bool:
    """SendEnv -NAME takes names out of what was read before it: no list that could be compared."""
    return call.request.keyword.lower() == "sendenv"


def _write(files: Mapping[str, bytes]) -> None:
    for name, data in files.items():
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        path.chmod(0o600)
