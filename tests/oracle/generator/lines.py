"""Lines in order: settings, comments, and blocks that open well."""

from collections.abc import Iterator, Sequence
from random import Random
from typing import NamedTuple

from sshkeep.openssh.kind import Kind
from sshkeep.openssh.tables.option import Keyword
from sshkeep.openssh.targets import Target
from tests.oracle.generator import blocks
from tests.oracle.generator.families import FAMILIES
from tests.oracle.generator.samples import pick
from tests.oracle.generator.spelling import Speller
from tests.oracle.generator.vocabulary import values_of, vocabulary

_BLANK_OR_COMMENT = ("", "# a comment", "  # Port 22", "#", " \t", "\r", "#\f", "\t#x 'y")


class Line(NamedTuple):
    """A line without its newline, and the keyword (lower case) that it sets well or, if ``bad``, badly."""

    text: str
    keyword: str = ""
    in_block: bool = False
    bad: bool = False


class Writer:
    """Writes the lines of one config; they take their keywords from a few, so that equal ones meet."""

    def __init__(self, kind: Kind, target: Target, rng: Random) -> None:
        self.kind, self.target, self.rng = kind, target, rng
        self.vocabulary = vocabulary(kind, target)
        self.speller = Speller(rng, kind, target.release)
        self.command = rng.choice(blocks.EXEC)
        self.few = self._few()

    def _few(self) -> frozenset[str]:
        """A family, a handful, or (empty) all."""
        chance = self.rng.random()
        if chance < 0.4:
            return frozenset(self.rng.choice(FAMILIES[self.kind]).split())
        if chance < 0.65:
            some = self.rng.sample(self.vocabulary.good, self.rng.choice((1, 2, 4)))
            return frozenset(row.name.lower() for row in some)
        return frozenset()

    def palette(self, in_block: bool) -> Sequence[Keyword]:
        """What `settings` are made of."""
        rows = self.vocabulary.in_block if in_block else self.vocabulary.good
        return [row for row in rows if row.name.lower() in self.few] or rows

    def settings(self, count: int, in_block: bool) -> list[Line]:
        """That many settings, some twice, and comments."""
        found: list[Line] = []
        for _ in range(count):
            row = self.rng.choice(self.palette(in_block))
            for _ in range(self.rng.choice((1, 1, 1, 1, 2))):
                found += self.good(row, in_block)
            if self.rng.random() < 0.15:
                found.append(Line(self.rng.choice(_BLANK_OR_COMMENT)))
        return found

    def good(self, row: Keyword, in_block: bool) -> Iterator[Line]:
        """A setting that the target takes, with what it needs besides."""
        values = values_of(row, self.kind)
        value = pick(self.rng, values.good, self.target.release) or ""
        if values.besides and not in_block:
            yield Line(values.besides)
        text = self.speller.line(row.name, value, rest=row.type.takes_rest_of_line)
        yield Line(text, row.name.lower(), in_block)

    def header(self) -> Line:
        """A block's first line."""
        keyword, criteria = blocks.header(self.rng, self.kind, self.target.release, self.command)
        return Line(self.speller.line(keyword, criteria, odd=True, header=True))
