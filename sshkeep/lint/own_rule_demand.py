"""What a rule of an organisation demands of a value, and the check of a value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from sshkeep.config.effective.printed import printed_value_of
from sshkeep.config.parse_line import ParsedEntry
from sshkeep.config.tree.config import Config
from sshkeep.edit.trial_line import trial_line
from sshkeep.errors import SshkeepError
from sshkeep.named import NamedTuple
from sshkeep.openssh.patterns import match_pattern
from sshkeep.openssh.tables.option import Keyword
from sshkeep.openssh.values.value_type import Texts

ANY = ("*",)
"""As ``forbid``: no line may set the keyword at all."""


class Demand(NamedTuple):
    """Values as written behind the keyword; an empty field demands nothing."""

    must_be: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()
    between: tuple[str, ...] = ()
    forbid: tuple[str, ...] = ()
    contains: tuple[str, ...] = ()
    required: bool = False

    def describe(self) -> str:
        """The demand as text, such as `must be 15 to 300`."""
        return " and ".join(self._parts())

    def _parts(self) -> Iterator[str]:
        if self.must_be:
            yield f"must be {' '.join(self.must_be)}"
        if self.one_of:
            yield f"must be one of {', '.join(self.one_of)}"
        if self.between:
            yield f"must be {self.between[0]} to {self.between[1]}"
        if self.forbid:
            yield "must not be set" if self.forbid == ANY else f"must not have {', '.join(self.forbid)}"
        if self.contains:
            yield f"must have {', '.join(self.contains)}"
        if self.required:
            yield "must be set by a line"


class DemandCheck:
    """Checks a demand on one keyword for one target. Values that the target refuses are left out."""

    def __init__(self, demand: Demand, row: Keyword, config: Config) -> None:
        self.demand = demand
        self.row = row
        self.config = config
        self.expected = self._read(demand.must_be)
        self.choices = [texts for value in demand.one_of if (texts := self._read((value,)))]
        self.range = [number for value in demand.between if (number := self._number((value,))) is not None]

    def problem(self, texts: Texts, pairs: Sequence[ParsedEntry], *, whole: bool = True) -> str:
        """The first demand that is not met, as text, or empty. ``texts`` are as printed, set by ``pairs``.

        ``whole`` is False for one of several lines that add up: it need not have the full value.
        """
        problems = chain(
            self._of_lines(bool(pairs)), self._of_members(texts, whole), self._of_value(texts, whole)
        )
        return next(problems, "")

    def _of_lines(self, is_set: bool) -> Iterator[str]:
        if self.demand.required and not is_set:
            yield Demand(required=True).describe()
        if self.demand.forbid == ANY and is_set:
            yield Demand(forbid=ANY).describe()

    def _of_members(self, texts: Texts, whole: bool) -> Iterator[str]:
        members = self.members(texts)
        for pattern in self.demand.forbid if self.demand.forbid != ANY else ():
            for member in members:
                if _fits(member, pattern):
                    yield f"must not be {member}" if len(members) == 1 else f"must not have {member}"
        for pattern in self.demand.contains if whole else ():
            if not any(_fits(member, pattern) for member in members):
                yield Demand(contains=(pattern,)).describe()

    def _of_value(self, texts: Texts, whole: bool) -> Iterator[str]:
        if whole and self.expected and texts != self.expected:
            yield Demand(must_be=self.demand.must_be).describe()
        if self.choices and texts not in self.choices:
            yield Demand(one_of=self.demand.one_of).describe()
        if len(self.range) == 2 and not self._within(texts):
            yield Demand(between=self.demand.between).describe()

    def members(self, texts: Texts) -> list[str]:
        """The words of a list; for a single value, the value."""

        if self.row.type.is_algorithm_list:
            return [name for text in texts for name in text.split(",")]
        if self.row.type.is_list:
            return [word for text in texts for word in text.split()]
        return list(texts)

    def _within(self, texts: Texts) -> bool:
        number = self._number(texts)
        return number is not None and self.range[0] <= number <= self.range[1]

    def _number(self, texts: Texts) -> int | None:
        if len(texts) != 1:
            return None
        value = trial_line(self.row.name, texts[0], self.config)[1].value
        return value if isinstance(value, int) else None

    def _read(self, values: tuple[str, ...]) -> Texts:
        """The values as the target prints them; empty if it refuses them."""
        pairs = [trial_line(self.row.name, line, self.config) for line in self._lines(values)]
        if any(parsed.problem or parsed.value is None for _, parsed in pairs):
            return ()
        return printed_value_of(pairs, self.row, self.config) if pairs else ()

    def _lines(self, values: tuple[str, ...]) -> list[str]:
        """One value is the whole argument of a line; several are words of a list, or a line each."""
        from sshkeep.openssh.quoting import quote_arguments

        if len(values) < 2:
            return list(values)
        if self.row.type.is_algorithm_list:
            return [",".join(values)]
        if self.row.adds and not self.row.type.is_list:
            return list(values)
        try:
            return [quote_arguments(values, self.row, self.config.kind, self.config.target)]
        except SshkeepError:
            return [" ".join(values)]


def _fits(member: str, pattern: str) -> bool:
    return match_pattern(member.lower(), pattern.lower())
