"""Whether lines that sshkeep calls without effect are: each gets another value, and OpenSSH is asked again.

    python -m tests.oracle.mutation --release 9.2 --kind both --seed 1 --count 300 [--corpus]

A line that is flagged and whose mutation changes an answer was flagged wrongly. Lines that are not flagged
and whose mutation changes no answer over the samples are counted, and the first of them shown.
"""

import argparse
import os
import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

from sshkeep.config.blocks.criteria import BadCriteria, parse_criteria
from sshkeep.config.parse_line import parse_entry
from sshkeep.config.precedence.shadowed import without_effect
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.file import Directive
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.tables.option import Keyword
from sshkeep.trees.discover import TreeOptions, tree_for
from tests.oracle.answers import Answer, openssh_answer
from tests.oracle.cases import Case
from tests.oracle.corpus import corpus, danger_of
from tests.oracle.dangers import danger
from tests.oracle.debian import CannotFetch
from tests.oracle.generator.config import make
from tests.oracle.generator.samples import BLANK, pick
from tests.oracle.generator.vocabulary import values_of
from tests.oracle.judging import Judge, judge_of, written
from tests.oracle.programs import USERS, command_for
from tests.oracle.releases import INSTALLED, SUITES, Release, release_of

SAMPLES = 12
"""Connections or hosts that are asked for, besides one for each of the config's own patterns."""
SHOWN = 10
TRIES = 6


class Dead(NamedTuple):
    """A line, its new text, and what became of the answers."""

    where: str
    text: str
    mutated: str
    flagged: bool
    changed: str


class Tally:
    """Figures of a run."""

    def __init__(self) -> None:
        self.configs = self.lines = self.flagged = self.skipped = 0
        self.wrong: list[Dead] = []
        self.missed: list[Dead] = []

    def told(self) -> Iterator[str]:
        for sort, some in (("WRONG", self.wrong), ("missed", self.missed[:SHOWN])):
            for line in some:
                yield f"{sort}: {line.where}: {line.text!r} -> {line.mutated!r} {line.changed}"
        yield (
            f"{self.configs} configs, {self.lines} lines mutated: {self.flagged} flagged, {len(self.wrong)} of them"
            f" wrongly; {len(self.missed)} dead over the samples and not flagged; {self.skipped} could not be mutated"
        )


def samples(config: Config, rng: Random) -> tuple[str, ...]:
    """Connections or hosts: some at random, and one that fits each pattern of the config's blocks."""
    patterns: dict[str, set[str]] = {}
    for block in config.blocks:
        try:
            criteria = parse_criteria(block)
        except BadCriteria:
            continue
        for criterion in criteria:
            patterns.setdefault(criterion.name, set()).update(map(_fitting, criterion.patterns))
    asks = _connections(patterns, rng) if config.kind == "sshd_config" else _hosts(patterns, rng)
    return tuple(dict.fromkeys(asks))


def _fitting(pattern: str) -> str:
    """A text that a pattern fits, as long as that is simple; of a network, its own address."""
    text = pattern.lstrip("!").partition("/")[0].replace("*", "x").replace("?", "a")
    return re.sub(r"[^\w.:-]", "", text) or "x"


def _connections(patterns: dict[str, set[str]], rng: Random) -> Iterator[str]:
    users = sorted(patterns.get("user", set()) | set(USERS))
    hosts = sorted(patterns.get("host", set()) | {"h.example", "web"})
    addresses = sorted(
        {a for a in patterns.get("address", set()) if _address(a)}
        | {"10.0.0.5", "192.168.1.9", "::1", "2001:db8::5"}
    )
    own = sorted({a for a in patterns.get("localaddress", set()) if _address(a)} | {"10.9.9.9", "::1"})
    ports = sorted({str(int(p)) for p in patterns.get("localport", set()) if p.isdigit()} | {"22", "2222"})
    for user in users[:30]:
        yield _connection(user, hosts, addresses, own, ports, rng)
    for _ in range(SAMPLES + 2 * sum(map(len, patterns.values()))):
        yield _connection(rng.choice(users), hosts, addresses, own, ports, rng)


def _address(text: str) -> bool:
    from sshkeep.openssh.addresses import parse_address

    return parse_address(text) is not None


def _connection(
    user: str,
    hosts: Sequence[str],
    addresses: Sequence[str],
    own: Sequence[str],
    ports: Sequence[str],
    rng: Random,
) -> str:
    rdomain = rng.choice(("", ",rdomain=a"))
    return f"user={user},host={rng.choice(hosts)},addr={rng.choice(addresses)},laddr={rng.choice(own)},lport={rng.choice(ports)}{rdomain}"


def _hosts(patterns: dict[str, set[str]], rng: Random) -> Iterator[str]:
    hosts = set().union(*(patterns.get(name, set()) for name in ("host line", "host", "originalhost")))
    users = sorted(patterns.get("user", set()) | {"bob"})
    fixed = {"web", "db", "WEB", "web.example", "a.example", "real.example", "10.0.0.5", "elsewhere"}
    for host in sorted({host for host in hosts | fixed if not host.startswith("-")}):
        yield host
        if rng.random() < 0.3:
            yield f"{rng.choice(users)}@{host}"


def mutations(config: Config, rng: Random) -> Iterator[tuple[Directive, bytes | None, bool]]:
    """Each line that sets something, with another text for it (None where there is none), and whether it is flagged."""
    flagged = {id(line.entry.directive) for line in without_effect(config)}
    done: set[int] = set()
    for entry in config.entries:
        row = entry.keyword
        if row is None or not row.type.sets_option or row.option in ("refuseconnection",):
            continue
        parsed = parse_entry(entry, config)
        if id(entry.directive) in done or parsed.problem or parsed.value is None:
            continue
        done.add(id(entry.directive))
        yield entry.directive, _mutated(entry.directive, row, config, rng), id(entry.directive) in flagged


def _mutated(directive: Directive, row: Keyword, config: Config, rng: Random) -> bytes | None:
    """The line with another value of its keyword that means something else."""
    from sshkeep.config.tree.entry import Entry
    from sshkeep.config.tree.file import File
    from sshkeep.openssh.values.arguments import Value
    from sshkeep.syntax.source import Source

    def value(text: bytes) -> Value | str:
        file = File(Source("x", text), config.kind, config.target)
        parsed = parse_entry(Entry(file.directives[0], None, row, 0), config, active=True)
        return parsed.problem if parsed.problem else parsed.value

    before = value(directive.raw)
    for _ in range(TRIES):
        sample = pick(rng, values_of(row, config.kind).good, config.target.release)
        if sample is None:
            return None
        words = [f'"{word}"' if BLANK in word else word for word in sample.split(" ")]
        text = f"{row.name} {' '.join(words).replace(BLANK, ' ')}\n".encode()
        if row.option == "subsystem":
            name = directive.words("words")[0].text
            text = f"{row.name} {name} /bin/mutated{rng.randrange(99)}\n".encode()
        after = value(text)
        same_parts = _parts(after) == _parts(before)
        if after is not None and after != before and same_parts and not _off(text):
            return text
    return None


def _parts(value: object) -> set[str]:
    """What a line sets, where that is not just one thing."""
    return set(value) if isinstance(value, Mapping) else set()


def _off(text: bytes) -> bool:
    """`none` sets some options without setting them."""
    return text.split()[-1].lower() in (b"none", b'"none"')


class Mutator:
    """Puts mutated configs before one release."""

    def __init__(self, judge: Judge, *, flagged_only: bool) -> None:
        self.judge = judge
        self.flagged_only = flagged_only
        self.tally = Tally()

    def config(self, kind: Kind, case: Case, rng: Random) -> None:
        """All mutations of one config; it is passed over where OpenSSH refuses it as it is."""
        if any(
            danger(kind, text.encode(errors="surrogateescape"))
            for text in (case.config, *case.files.values())
        ):
            return
        self.judge.count += 1
        folder = self.judge.programs.folder / "configs" / str(self.judge.count)
        path = written(kind, case, folder)
        try:
            self.file(kind, path, case.name, rng, folder)
        finally:
            shutil.rmtree(folder)

    def file(self, kind: Kind, path: Path, name: str, rng: Random, folder: Path) -> None:
        config = tree_for(str(path), TreeOptions(kind, self.judge.release.target, "/")).load()
        asks = samples(config, rng)
        wanted = [m for m in mutations(config, rng) if m[2] or not self.flagged_only]
        if not wanted:
            return
        before = self.answers(kind, path, asks)
        if not any(answer.accepted for answer in before):
            return
        self.tally.configs += 1
        for directive, text, flagged in wanted:
            place = Path(directive.file.source.path)
            if text is None or not place.is_relative_to(folder):
                self.tally.skipped += 1
                continue
            self.line(kind, path, asks, before, directive, text, flagged, name)

    def line(
        self,
        kind: Kind,
        path: Path,
        asks: Sequence[str],
        before: Sequence[Answer],
        directive: Directive,
        text: bytes,
        flagged: bool,
        name: str,
    ) -> None:
        place = Path(directive.file.source.path)
        original = place.read_bytes()
        lines = list(directive.file.source.lines)
        lines[directive.number] = text
        place.write_bytes(b"".join(lines))
        try:
            after = self.answers(kind, path, asks)
        finally:
            place.write_bytes(original)
        changed = next(
            (
                f"{ask}: {_difference(was, now)}"
                for ask, was, now in zip(asks, before, after, strict=True)
                if was.accepted and (was.accepted, was.settings) != (now.accepted, now.settings)
            ),
            "",
        )
        found = Dead(
            f"{name} {place.name}:{directive.number + 1}",
            directive.raw.decode(errors="replace"),
            text.decode(),
            flagged,
            changed,
        )
        self.tally.lines += 1
        self.tally.flagged += flagged
        if flagged and changed:
            self.tally.wrong.append(found)
        if not flagged and not changed:
            self.tally.missed.append(found)

    def answers(self, kind: Kind, path: Path, asks: Iterable[str]) -> list[Answer]:
        self.judge.programs.send([command_for(kind, path, ask) for ask in asks])
        target = self.judge.release.target
        return [openssh_answer(ended, path, kind, target) for ended in self.judge.programs.receive()]


def _difference(was: Answer, now: Answer) -> str:
    if was.accepted != now.accepted:
        return f"refused: {now.said[:120]}"
    names = sorted(
        name for name in {*was.settings, *now.settings} if was.settings.get(name) != now.settings.get(name)
    )
    return ", ".join(f"{name} {was.settings.get(name)} -> {now.settings.get(name)}" for name in names)


def mutate_generated(
    release: Release, kind: Kind, seed: int, numbers: Iterable[int], *, flagged_only: bool
) -> Tally:
    """Generated configs, by their numbers; every third has a fault and is mostly refused."""
    with judge_of(release) as judge:
        mutator = Mutator(judge, flagged_only=flagged_only)
        for number in numbers:
            case = make(kind, release.target, seed, number).case
            mutator.config(kind, case, Random(f"{seed}/{number}"))
        return mutator.tally


def mutate_corpus(release: Release, kind: Kind, *, flagged_only: bool) -> Tally:
    """The files below $SSHKEEP_CORPUS that the real program may be given."""
    with judge_of(release) as judge:
        mutator = Mutator(judge, flagged_only=flagged_only)
        for real in corpus():
            if real.kind == kind and not danger_of(real, release):
                text = real.path.read_bytes().decode(errors="surrogateescape")
                mutator.config(kind, Case(real.name, text), Random(real.name))
        return mutator.tally


def main() -> int:
    """0: no line was flagged wrongly; 1: some were; 2: the release is not there."""
    parser = argparse.ArgumentParser(prog="python -m tests.oracle.mutation")
    parser.add_argument("--release", default=INSTALLED, help=f"{INSTALLED}, {', '.join(SUITES)}")
    parser.add_argument("--kind", choices=("sshd_config", "ssh_config", "both"), default="both")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--flagged", action="store_true", help="only lines that are flagged")
    parser.add_argument("--corpus", action="store_true", help="the files below $SSHKEEP_CORPUS instead")
    options = parser.parse_args()
    if os.geteuid():
        parser.error("other programs are run in private mounts, which needs root")
    try:
        release = release_of(options.release)
    except CannotFetch as error:
        print(error, file=sys.stderr)
        return 2
    kinds: tuple[Kind, ...] = ("sshd_config", "ssh_config")
    wrong = False
    for kind in kinds if options.kind == "both" else (options.kind,):
        if options.corpus:
            tally = mutate_corpus(release, kind, flagged_only=options.flagged)
        else:
            tally = mutate_generated(
                release, kind, options.seed, range(options.count), flagged_only=options.flagged
            )
        print(f"{release.name} {kind}:", *tally.told(), sep="\n", flush=True)
        wrong = wrong or bool(tally.wrong)
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main())
