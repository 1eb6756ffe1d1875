"""A differential run: many generated configs, counted, compared, and the disagreements shrunk."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from sshkeep.openssh.kind import Kind
from tests.oracle.answers import Difference
from tests.oracle.cases import Case
from tests.oracle.coverage import FLOOR, Coverage
from tests.oracle.generator.config import Made, make
from tests.oracle.judging import Judge, Verdict, judge_of
from tests.oracle.parallel import in_processes
from tests.oracle.releases import Release
from tests.oracle.shrink import shrunk

SHOWN = 25
"""Categories of mismatches that are shrunk and printed."""


class Job(NamedTuple):
    """Which configs: those numbered ``start`` to ``stop`` - 1, every ``step``."""

    release: Release
    kind: Kind
    seed: int
    start: int
    stop: int
    step: int = 1


class Mismatch(NamedTuple):
    """A config that the two sides see differently, and the first difference of its category."""

    case: Case
    ask: str
    difference: Difference


class Result:
    """The figures of a job, and a mismatch of each category with how many configs have it."""

    def __init__(self) -> None:
        self.configs = self.questions = self.accepted = self.refused = self.mismatches = 0
        self.coverage = Coverage()
        self.categories: Counter[tuple[str, str]] = Counter()
        self.examples: dict[tuple[str, str], Mismatch] = {}
        self.outside: Counter[str] = Counter()
        """Answers that were not compared, by reason."""

    def count(self, case: Case, verdict: Verdict) -> None:
        """One config that was judged."""
        self.configs += 1
        self.questions += len(case.asks)
        self.accepted += sum(answer.accepted for answer in verdict.answers)
        self.refused += sum(not answer.accepted for answer in verdict.answers)
        self.outside.update(answer.outside for answer in verdict.answers if answer.outside)
        self.outside.update([verdict.danger] if verdict.danger else [])
        self.mismatches += bool(verdict.differences)
        self.categories.update({difference.category for _, difference in verdict.differences})
        for ask, difference in verdict.differences:
            self.examples.setdefault(difference.category, Mismatch(case, ask, difference))

    def add(self, other: "Result") -> None:
        """The figures of another job of the same run."""
        for name in ("configs", "questions", "accepted", "refused", "mismatches"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.coverage.add(other.coverage)
        self.categories += other.categories
        self.outside += other.outside
        for category, mismatch in other.examples.items():
            self.examples.setdefault(category, mismatch)


def run(job: Job, jobs: int = 1) -> Result:
    """All configs of ``job``, in ``jobs`` processes."""
    result = Result()
    for part in in_processes(_run, [job._replace(start=job.start + at, step=jobs) for at in range(jobs)]):
        result.add(part)
    return result


def _run(job: Job) -> Result:
    result = Result()
    with judge_of(job.release) as judge:
        for number in range(job.start, job.stop, job.step):
            made = _with_system_file(make(job.kind, job.release.target, job.seed, number), job, number)
            verdict = judge.judge(job.kind, made.case)
            result.coverage.count(made, verdict.answers)
            result.count(made.case, verdict)
    return result


def _with_system_file(made: Made, job: Job, number: int) -> Made:
    """Some configs for ssh are the user's, and another one is the system's."""
    if job.kind == "sshd_config" or number % 12:
        return made
    other = make(job.kind, job.release.target, job.seed + 1, number).case
    files = {**other.files, **made.case.files}
    return made._replace(case=made.case._replace(files=files, system=other.config))


def smallest(mismatch: Mismatch, kind: Kind, judge: Judge) -> Mismatch:
    """The same difference in a smaller config."""
    wanted = mismatch.difference.category

    def same(case: Case) -> Difference | None:
        found = judge.judge(kind, case).differences
        return next((difference for _, difference in found if difference.category == wanted), None)

    case = shrunk(mismatch.case._replace(asks=(mismatch.ask,)), lambda case: same(case) is not None)
    return Mismatch(case, mismatch.ask, same(case) or mismatch.difference)


def report(result: Result, kind: Kind, release: Release) -> Iterator[str]:
    """The mismatches, shrunk, then the figures."""
    with judge_of(release) as judge:
        for category, count in result.categories.most_common(SHOWN):
            yield from _shown(smallest(result.examples[category], kind, judge), kind, count)
    for category, count in result.categories.most_common()[SHOWN:]:
        yield f"also {count} x {': '.join(category)}"
    yield from (f"not compared: {count} answers, since {reason}" for reason, count in result.outside.items())
    yield (
        f"{release.name} {kind}: {result.configs} configs, {result.questions} questions, {result.accepted} accepted,"
        f" {result.refused} refused, {result.mismatches} configs with mismatches"
    )


def uncovered(result: Result, job: Job) -> list[str]:
    """What a run of this size should have had and did not; empty for a small run."""
    if result.configs < FLOOR:
        return []
    return list(result.coverage.missing(job.kind, job.release.target))


def _shown(mismatch: Mismatch, kind: Kind, count: int) -> Iterator[str]:
    case, difference = mismatch.case, mismatch.difference
    yield f"=== {count} x {difference.kind}: {difference.about} ({case.name}, asked {mismatch.ask!r})"
    system = {} if case.system is None else {"the system's": case.system}
    for name, text in {kind: case.config, **case.files, **system}.items():
        yield f"--- {name}"
        yield from (visible(line) for line in text.split("\n"))
    yield f"--- OpenSSH\n{difference.openssh}\n--- sshkeep\n{difference.sshkeep}\n"


def visible(line: str) -> str:
    return "".join(
        c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode() for c in line
    )
