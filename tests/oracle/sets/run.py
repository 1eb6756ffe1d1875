"""Many generated calls, counted, judged, and what went wrong shrunk."""

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from sshkeep.openssh.kind import Kind
from tests.oracle.answers import Difference
from tests.oracle.cases import Case
from tests.oracle.generator import blocks
from tests.oracle.generator.config import make
from tests.oracle.judging import judge_of, written
from tests.oracle.parallel import in_processes
from tests.oracle.releases import Release
from tests.oracle.run import visible
from tests.oracle.sets.calls import Call, call_for
from tests.oracle.sets.judge import CallJudge, Outcome
from tests.oracle.sets.writers import Writer, by_sshkeep
from tests.oracle.shrink import shrunk

SHOWN = 25
DROP_INS = 0.15
"""The part of the configs that have a folder of drop-ins on top."""


class Job(NamedTuple):
    """Calls number ``start`` to ``stop`` - 1, every ``step``."""

    release: Release
    kind: Kind
    seed: int
    start: int
    stop: int
    step: int = 1
    writer: Writer = by_sshkeep


class Wrong(NamedTuple):
    """A call that did not do what it should, and what of it was wrong."""

    case: Case
    call: Call
    ask: str
    difference: Difference


class Result:
    """The figures of a job."""

    def __init__(self) -> None:
        self.calls: Counter[str] = Counter()
        """By shape, those that could be judged or were refused."""
        self.refused: Counter[tuple[str, str]] = Counter()
        """By shape and reason."""
        self.skipped: Counter[str] = Counter()
        self.categories: Counter[tuple[str, str]] = Counter()
        self.unchanged = self.announced = self.questions = self.mismatches = 0
        self.wrong: dict[tuple[str, str], Wrong] = {}
        self.refusals: dict[tuple[str, str], str] = {}
        """An example of each."""

    def count(self, case: Case, call: Call, outcome: Outcome) -> None:
        """One call."""
        for ask, difference in outcome.differences:
            self.wrong.setdefault(difference.category, Wrong(case, call, ask, difference))
        self.categories.update({difference.category for _, difference in outcome.differences})
        self.mismatches += bool(outcome.differences)
        if outcome.skipped:
            self.skipped[outcome.skipped] += 1
            return
        self.calls[call.shape] += 1
        if outcome.refused:
            reason = (call.shape, _reason(outcome.refused, call))
            self.refused[reason] += 1
            self.refusals.setdefault(reason, f"{outcome.refused}\n{call}\n{_shown(case)}")
            return
        self.questions += len(case.asks)
        self.unchanged += not outcome.changed
        self.announced += bool(outcome.implied)

    def add(self, other: "Result") -> None:
        """The figures of another part."""
        for name in ("calls", "refused", "skipped", "categories"):
            getattr(self, name).update(getattr(other, name))
        for name in ("unchanged", "announced", "questions", "mismatches"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.wrong = {**other.wrong, **self.wrong}
        self.refusals = {**other.refusals, **self.refusals}

    def kinds(self) -> set[str]:
        """What sorts of things went wrong."""
        return {kind for kind, _ in self.categories}

    def done(self, shape: str) -> float:
        """The part of the calls of ``shape`` that were carried out."""
        refused = sum(count for (name, _), count in self.refused.items() if name == shape)
        return 1 - refused / max(1, self.calls[shape])


def _reason(sentence: str, call: Call) -> str:
    for text in sorted(
        (call.request.keyword, call.request.header, *call.request.values), key=len, reverse=True
    ):
        sentence = sentence.replace(text, "_") if text else sentence
    sentence = re.sub(r"/tmp/\S+?(?=[: ]|$)", "FILE", sentence)
    return re.sub(r"\d+(\.\d+)*|'[^']*'|\"[^\"]*\"", "_", sentence)[:140]


def run(job: Job, jobs: int = 1) -> Result:
    """All calls of ``job``, in ``jobs`` processes."""
    result = Result()
    for part in in_processes(_run, [job._replace(start=job.start + at, step=jobs) for at in range(jobs)]):
        result.add(part)
    return result


def _run(job: Job) -> Result:
    result = Result()
    with judge_of(job.release) as judge:
        calls = CallJudge(judge, job.writer)
        for number in range(job.start, job.stop, job.step):
            case, call = generated(job, number, calls)
            result.count(case, call, calls.judged(job.kind, case, call))
    return result


def generated(job: Job, number: int, calls: CallJudge) -> tuple[Case, Call]:
    """The config and the call of this number; every third config of the generator has a fault, and is left out."""
    rng = Random(f"call/{job.seed}/{job.kind}/{job.release.target.name}/{number}")
    made = make(job.kind, job.release.target, job.seed, number // 2 * 3 + number % 2)
    case = made.case
    drop_ins = rng.random() < DROP_INS
    if drop_ins:
        case = _with_drop_in(case, job, number)
    case = case._replace(asks=_asks(rng, job.kind, case))
    folder = calls.fresh()
    try:
        config = calls.tree(job.kind, written(job.kind, case, folder)).load()
        return case, call_for(rng, config, made, drop_ins=drop_ins)
    finally:
        shutil.rmtree(folder)


def _with_drop_in(case: Case, job: Job, number: int) -> Case:
    """The case's file behind an Include, as distributions ship it, of a folder that holds another one."""
    folder = f"{job.kind}.d"
    other = make(job.kind, job.release.target, job.seed + 1, number * 3).case
    files = {**other.files, **case.files, f"{folder}/50-cloud-init.conf": other.config}
    return case._replace(config=f"Include {{dir}}/{folder}/*.conf\n{case.config}", files=files)


def _asks(rng: Random, kind: Kind, case: Case) -> tuple[str, ...]:
    """Two or three questions that leave nothing open which a real connection would have."""
    text = "".join((case.config, *case.files.values())).lower()
    pool = [ask for ask in blocks.SSHD_ASKS if "user=" in ask and "host=" in ask]
    if kind == "sshd_config" and "localport" in text:
        pool = [ask if "lport=" in ask else f"{ask},lport=22" for ask in pool]
    return tuple(rng.sample(pool if kind == "sshd_config" else blocks.SSH_ASKS, rng.choice((2, 3, 3))))


def report(result: Result, job: Job) -> Iterator[str]:
    """What went wrong, shrunk; then the figures."""
    with judge_of(job.release) as judge:
        calls = CallJudge(judge, job.writer)
        for category, count in result.categories.most_common(SHOWN):
            yield from _told(smallest(result.wrong[category], job.kind, calls), count)
    for (shape, reason), count in sorted(result.refused.items(), key=lambda each: -each[1]):
        yield f"refused: {count} x {shape}: {reason}"
    yield from (f"not judged: {count}, since {reason}" for reason, count in result.skipped.items())
    shapes = ", ".join(
        f"{count} {shape} ({result.done(shape):.0%} done)" for shape, count in sorted(result.calls.items())
    )
    yield (
        f"{job.release.name} {job.kind}: {result.calls.total()} calls ({shapes}), {result.questions} questions,"
        f" {result.unchanged} changed nothing, {result.announced} announced other settings, {result.mismatches} wrong"
    )


def smallest(wrong: Wrong, kind: Kind, calls: CallJudge) -> Wrong:
    """The same in a smaller config."""

    def same(case: Case) -> tuple[str, Difference] | None:
        found = calls.judged(kind, case, wrong.call).differences
        return next((pair for pair in found if pair[1].category == wrong.difference.category), None)

    case = shrunk(wrong.case, lambda case: same(case) is not None)
    ask, difference = same(case) or (wrong.ask, wrong.difference)
    return Wrong(case, wrong.call, ask, difference)


def _told(wrong: Wrong, count: int) -> Iterator[str]:
    difference = wrong.difference
    yield f"=== {count} x {difference.kind}: {difference.about} ({wrong.case.name}, asked {wrong.ask!r})"
    yield f"{wrong.call}\n{_shown(wrong.case)}"
    yield f"--- is\n{difference.openssh}\n--- {difference.sshkeep}\n"


def _shown(case: Case) -> str:
    lines = []
    for name, text in {"config": case.config, **case.files}.items():
        lines += [f"--- {name}", *(visible(line) for line in text.split("\n"))]
    return "\n".join(lines)
