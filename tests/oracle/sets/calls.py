"""Generated calls: any keyword, good values, for everyone, for one block, for lists' members, for drop-ins."""

from random import Random
from typing import NamedTuple

from sshkeep.config.blocks.criteria import BadCriteria, parse_criteria
from sshkeep.config.blocks.matching import second_pass_only, universal
from sshkeep.config.precedence.order import header_text
from sshkeep.config.tree.config import Config
from sshkeep.edit.request import SetRequest
from sshkeep.edit.trial_line import parse_header
from sshkeep.openssh.tables.option import Keyword
from sshkeep.openssh.values.types import PENALTIES, SUBSYSTEM
from sshkeep.syntax.source import decode
from tests.oracle.generator import blocks
from tests.oracle.generator.config import Made
from tests.oracle.generator.samples import BLANK, any_case, pick
from tests.oracle.generator.vocabulary import values_of, vocabulary
from tests.oracle.sets.reference import members_for_everyone


class Call(NamedTuple):
    """What is asked of ``set``; ``lines`` are its values as the samples have them, a line each."""

    request: SetRequest
    lines: tuple[str, ...]
    drop_in: bool = False

    def __str__(self) -> str:
        options = [
            *(["--drop-in"] if self.drop_in else []),
            *([f"--in {self.request.header!r}"] if self.request.header else []),
        ]
        mode = [] if self.request.mode == "set" else [f"--{self.request.mode}"]
        return " ".join(["set", *mode, *options, self.request.keyword, *map(repr, self.request.values)])

    def for_everyone(self, config: Config) -> bool:
        """Whether it is meant for all; what is in force under ``Host *`` is, too."""
        header = parse_header(self.request.header, config) if self.request.header else None
        return header is None or (universal(header, config.target.release) and not second_pass_only(header))

    @property
    def shape(self) -> str:
        """What sort of call it is, for the figures."""
        where = "drop-in" if self.drop_in else "block" if self.request.header else "everyone"
        return f"{self.request.mode} {where}"


SHAPES = (
    *(("set", "everyone"),) * 9,
    *(("set", "block"),) * 4,
    *(("set", "new block"),) * 3,
    ("unset", "everyone"),
    ("unset", "everyone"),
    ("unset", "block"),
    ("add", "everyone"),
    ("add", "everyone"),
    ("add", "block"),
    ("remove", "everyone"),
)
"""Mode and place, by weight."""


_NOT_SET = ("refuseconnection",)
"""ssh -G answers nothing when this is set, which is what it is for."""


def call_for(rng: Random, config: Config, made: Made, *, drop_ins: bool = False) -> Call:
    """One call; half of them are for keywords that the config has."""
    mode, where = ("set", "drop-in") if drop_ins and rng.random() < 0.5 else rng.choice(SHAPES)
    headers = _headers(config)
    if where == "block" and not headers:
        where = "everyone"
    header = rng.choice(headers) if where == "block" else ""
    if where == "new block":
        command = (
            '"false"'
            if any("false" in text for text in (made.case.config, *made.case.files.values()))
            else "true"
        )
        header = " ".join(blocks.header(rng, config.kind, config.target.release, command))
    row = _row(rng, config, made, mode in ("add", "remove"), bool(header))
    if mode == "unset":
        return Call(SetRequest(_spelling(rng, row), (), "unset", header), ())
    if mode == "remove" and (members := members_for_everyone(row, config)):
        return Call(SetRequest(_spelling(rng, row), (rng.choice(members),), "remove"), ())
    lines = _lines(rng, row, config)
    request = SetRequest(_spelling(rng, row), _values(lines, row), mode, header)  # type: ignore[arg-type]
    return Call(request, tuple(lines), where == "drop-in")


def _headers(config: Config) -> list[str]:
    found = []
    for block in config.blocks:
        try:
            parse_criteria(block)
        except BadCriteria:
            continue
        if block.outer is None:
            found.append(decode(header_text(block)))
    return list(dict.fromkeys(found))


def _row(rng: Random, config: Config, made: Made, adds: bool, in_block: bool) -> Keyword:
    words = vocabulary(config.kind, config.target)
    rows = [
        row
        for row in (words.in_block if in_block else words.good)
        if not row.state and row.option not in _NOT_SET
    ]
    lists = [row for row in rows if row.adds and row.type not in (SUBSYSTEM, PENALTIES)]
    rows = lists if adds and lists else rows
    used = {keyword for keyword, _ in made.used}
    there = [row for row in rows if row.name.lower() in used]
    return rng.choice(there if there and rng.random() < 0.6 else rows)


def _spelling(rng: Random, row: Keyword) -> str:
    return row.name if rng.random() < 0.8 else any_case(rng, row.name)


def _lines(rng: Random, row: Keyword, config: Config) -> list[str]:
    """Values of as many lines as the option may have."""
    samples = values_of(row, config.kind).good
    count = (
        rng.choice((1, 1, 2, 3)) if row.adds and not row.type.parts_are_named and not row.type.is_list else 1
    )
    lines = [pick(rng, samples, config.target.release) or "" for _ in range(count)]
    # An empty list of algorithms is the default at start and an empty one in a block: servconf.c kex_assemble_names.
    return _lines(rng, row, config) if "-*,x" in lines else lines


def _values(lines: list[str], row: Keyword) -> tuple[str, ...]:
    """The words of the command line."""
    if row.type.takes_rest_of_line:
        return tuple(lines[0].replace(BLANK, " ").split(" "))
    if row.adds and not row.type.is_list and row.type.most > 1 and len(lines) > 1:
        return tuple(lines)
    words = [word for line in lines for word in line.split(" ")]
    return tuple(word.replace(BLANK, " ") for word in words)
