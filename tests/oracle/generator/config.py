"""One config from a seed and a number: what it holds, and where its deliberate fault is, if it has one."""

from random import Random
from typing import NamedTuple

from sshkeep.openssh.kind import Kind
from sshkeep.openssh.targets import Target
from tests.oracle.cases import Case
from tests.oracle.generator import blocks
from tests.oracle.generator.lines import Line, Writer
from tests.oracle.generator.oddities import oddity
from tests.oracle.generator.samples import pick
from tests.oracle.generator.vocabulary import values_of

_NAMES = ("a.conf", "B.conf", "b.conf", "c.conf", ".h.conf")
_INCLUDES = (0.12, 0.3, 0.2, 0)
"""How likely an Include is, by depth."""


class Made(NamedTuple):
    """A generated config; ``used`` are the keywords (lower case) with whether they stand in a block."""

    case: Case
    used: frozenset[tuple[str, bool]]
    bad: str = ""
    """The keyword that has a value all releases refuse; empty where there is none."""
    bad_at: tuple[str, int] = ("", 0)
    """That line's file (relative) and number from 1."""


def make(kind: Kind, target: Target, seed: int, number: int) -> Made:
    """The config of this number: every third has a fault, the others have two keywords in focus, in turn."""
    return _Maker(kind, target, Random(f"{seed}/{kind}/{target.name}/{number}"), number).made()


class _Maker:
    def __init__(self, kind: Kind, target: Target, rng: Random, number: int) -> None:
        self.kind, self.rng, self.number = kind, rng, number
        self.writer = Writer(kind, target, rng)
        self.files: dict[str, list[Line]] = {kind: []}

    def made(self) -> Made:
        turn, fault = divmod(self.number, 3)
        self.body(self.kind, self.rng.choice((1, 2, 3, 4, 6)))
        if fault == 2:
            self.plant_fault(turn)
            if self.rng.random() < 0.15:
                self.insert(*oddity(self.writer), top=1)
        else:
            self.focus(self.number - turn)
        lines = [line for some in self.files.values() for line in some]
        used = frozenset((line.keyword, line.in_block) for line in lines if line.keyword)
        for name, some in self.files.items():
            for number, line in enumerate(some, 1):
                if line.bad:
                    return Made(self.case(), used, line.keyword, (name, number))
        return Made(self.case(), used)

    def case(self) -> Case:
        texts = {name: self.text(lines) for name, lines in self.files.items()}
        asks = blocks.asks(self.rng, self.kind, "".join(texts.values()), self.rng.choice((1, 2, 2, 3)))
        return Case(f"{self.kind} {self.number}", texts.pop(self.kind), asks, texts)

    def text(self, lines: list[Line]) -> str:
        """Every tenth config has no newline at the end of its files."""
        return "\n".join(line.text for line in lines) + ("" if self.number % 10 == 7 else "\n" * bool(lines))

    def body(self, name: str, size: int, depth: int = 0, in_block: bool = False) -> None:
        """Lines, then blocks with lines, and Includes among them."""
        lines = self.files.setdefault(name, [])
        lines += self.writer.settings(size, in_block)
        self.maybe_include(lines, depth, in_block)
        for _ in range(self.rng.choice((0, 0, 1, 1, 2, 3))):
            lines.append(self.writer.header())
            lines += self.writer.settings(self.rng.choice((0, 1, 2, 3)), True)
            self.maybe_include(lines, depth, True)

    def maybe_include(self, lines: list[Line], depth: int, in_block: bool) -> None:
        if self.rng.random() >= _INCLUDES[depth]:
            return
        folder = f"{{dir}}/d{len(self.files)}"
        names = [f"d{len(self.files)}/{name}" for name in self.rng.sample(_NAMES, self.rng.choice((1, 1, 2)))]
        for name in names:
            self.body(name, self.rng.choice((0, 1, 2)), depth + 1, in_block)
        named = " ".join(f"{{dir}}/{name}" for name in names)
        argument = self.rng.choice(
            (
                f"{folder}/*.conf",
                named,
                f"{folder}/[a-b]*",
                f"{folder}/?.conf {{dir}}/none",
                f"{named} {named}",
            )
        )
        lines.append(Line(self.writer.speller.line("Include", argument)))

    def focus(self, turn: int) -> None:
        """The keyword whose turn it is above all, and another one's in a block of its own."""
        words, lines = self.writer.vocabulary, self.files[self.kind]
        inner = words.in_block[(turn + len(words.in_block) // 2) % len(words.in_block)]
        lines[:0] = self.writer.good(words.good[turn % len(words.good)], False)
        lines += [self.writer.header(), *self.writer.good(inner, True)]

    def plant_fault(self, turn: int) -> None:
        """At first two of three are bad values, of the keywords in turn, then most are oddities.

        The first value of a keyword stands on top, so that OpenSSH surely comes to it.
        """
        rows = self.writer.vocabulary.bad
        turn, kind = divmod(turn, 3)
        around, at = divmod(turn * 2 + kind, len(rows))
        if kind == 2 or (around and self.rng.random() < 0.7):
            return self.insert(*oddity(self.writer))
        row = rows[at]
        value = pick(self.rng, values_of(row, self.kind).bad, self.writer.target.release) or ""
        text = self.writer.speller.line(row.name, value, rest=row.type.takes_rest_of_line, odd=True)
        line = Line(text, row.name.lower(), False, True)
        if around:
            return self.insert(line)
        return self.files[self.kind].insert(0, line)

    def insert(self, *lines: Line, top: int = 0) -> None:
        """At ``top`` mostly, where nothing before it can be at fault; else anywhere below."""
        place = self.files[self.rng.choice([self.kind] * 3 + list(self.files))]
        at = top if self.rng.random() < 0.6 else self.rng.randint(top, max(top, len(place)))
        place[at:at] = lines
