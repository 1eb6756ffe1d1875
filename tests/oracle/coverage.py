"""How often each keyword was accepted, refused for its value, and accepted in a block; and the least of it."""

from collections import Counter
from collections.abc import Iterator

from sshkeep.openssh.kind import Kind
from sshkeep.openssh.targets import Target
from tests.oracle.answers import Answer
from tests.oracle.generator.config import Made
from tests.oracle.generator.vocabulary import vocabulary

FLOOR = 10_000
"""A run of so many configs for one release and language must have all there is to cover.

Of 4,000, each keyword has eleven with a bad value, of which OpenSSH reports one to ten: the others have
something else that it reports first. So a smaller part of a run may lack one by chance.
"""


class Coverage:
    """Counts for one release and language; keywords in lower case."""

    def __init__(self) -> None:
        self.accepted: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.in_block: Counter[str] = Counter()

    def count(self, made: Made, answers: list[Answer]) -> None:
        """One config with OpenSSH's answers to it."""
        for answer in answers[:1]:
            if answer.accepted:
                self.accepted.update({keyword for keyword, _ in made.used})
                self.in_block.update({keyword for keyword, in_block in made.used if in_block})
            elif made.bad and any(
                (path.endswith(f"/{made.bad_at[0]}"), line) == (True, made.bad_at[1])
                for path, line in answer.complaints
            ):
                self.refused[made.bad] += 1

    def add(self, other: "Coverage") -> None:
        """The counts of another part of the same run."""
        self.accepted += other.accepted
        self.refused += other.refused
        self.in_block += other.in_block

    def missing(self, kind: Kind, target: Target) -> Iterator[str]:
        """What was to be covered and is not."""
        words = vocabulary(kind, target)
        for rows, counts, what in (
            (words.good, self.accepted, "never accepted"),
            (words.bad, self.refused, "never refused for a bad value"),
            (words.in_block, self.in_block, "never accepted in a block"),
        ):
            yield from (f"{row.name}: {what}" for row in rows if not counts[row.name.lower()])

    def table(self, kind: Kind, target: Target) -> Iterator[str]:
        """Keywords with how often accepted/refused/in a block, three on a line."""
        names = [(row.name, row.name.lower()) for row in vocabulary(kind, target).all]
        told = [
            f"{name} {self.accepted[low]}/{self.refused[low]}/{self.in_block[low]}" for name, low in names
        ]
        for at in range(0, len(told), 3):
            yield "".join(f"{one:46}" for one in told[at : at + 3]).rstrip()

    def summary(self, kind: Kind, target: Target) -> str:
        """How many keywords there were to cover, and the least that one was."""
        words = vocabulary(kind, target)
        counted = (
            (words.good, self.accepted, "accepted"),
            (words.bad, self.refused, "refused"),
            (words.in_block, self.in_block, "in a block"),
        )
        told = (
            f"{len(rows)} {what} {min(counts[row.name.lower()] for row in rows)}+ times"
            for rows, counts, what in counted
        )
        return f"keywords: {', '.join(told)}"
