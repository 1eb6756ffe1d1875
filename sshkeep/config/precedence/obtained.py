"""What the lines of one option come to together: the lines in effect, and why the others are not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sshkeep.config.parse_line import ParsedLine
from sshkeep.config.precedence.order import (
    STRONG,
    WEAK,
    Candidate,
    adds_up,
    in_order_of_reading,
    strongest_first,
    taken_at_start,
)
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.errors import SshkeepError
from sshkeep.named import NamedTuple
from sshkeep.openssh.patterns import match_pattern
from sshkeep.openssh.releases import JUMP_COMMENTS, JUMP_NONE_IN_DEBIAN, JUMP_NONE_IS_QUIET
from sshkeep.openssh.tables.keywords import precedence
from sshkeep.openssh.values.arguments import Value

NOT_MATCHED = "its block does not apply"
SETS_NOTHING = "it leaves the default as it is"
COMES_LATER = "an earlier line wins"
OVERWRITTEN = "a later line wins"
OVERRIDDEN = "a Match block overrides it"
REPEATED = "an earlier line says the same"
SWITCHED_OFF = "{} comes first and switches it off"


MAX_COMPARISONS = 5_000_000
"""How many names are compared with patterns that take names away, before the config is refused."""


class Lost(NamedTuple):
    """A line that is not in effect, and why."""

    entry: Entry
    parsed: ParsedLine
    why: str


class Member(NamedTuple):
    """A member of a list that lines add to, and the line that adds it."""

    text: str
    line: Candidate


class Setting(NamedTuple):
    """One option: ``won`` are the lines in effect, in the order of reading, several where lines add up.

    ``maybe`` are lines under a condition that can't be known; each would count if its block applied.
    ``parts`` are values that are obtained one by one (a RekeyLimit's size and time), ``members`` those of
    a list that lines add to.
    """

    option: str
    won: tuple[Candidate, ...] = ()
    maybe: tuple[Candidate, ...] = ()
    lost: tuple[Lost, ...] = ()
    parts: Mapping[str, int | str] = {}
    members: tuple[Member, ...] = ()
    adds: bool = False
    in_match: bool = False
    """Whether sshd took it from Match blocks, over what it started with."""

    @property
    def value(self) -> Value:
        """The value of the lines in effect; None where nothing sets the option."""
        if self.parts:
            return self.parts
        if self.adds:
            return tuple(member.text for member in self.members) or None
        return self.won[0].value if self.won else None


SettingsByOption = Mapping[str, Setting]
"""Lower-case name of the option to its setting."""


def obtain(option: str, lines: Mapping[str, Sequence[Candidate]], config: Config) -> Setting:
    """The setting that comes of the lines that apply, which are given by their option.

    Only those of ``option`` and of the one that switches it off are looked at.
    """
    own, off = _not_switched_off(option, lines, config)
    other = precedence(option, config.kind).switched_off_in(config.target.release)
    if own and adds_up(own[0].entry, own[0].parsed):
        setting = _members(option, own, config)
    else:
        ordered = strongest_first(own, option, config, reverse=bool(other and other.overwrites))
        has_parts = any(isinstance(line.value, Mapping) for line in ordered)
        setting = (_parts if has_parts else _first)(option, ordered, config)
    in_match = config.kind == "sshd_config" and any(line.stage == STRONG for line in setting.won)
    return setting._replace(lost=(*setting.lost, *off), in_match=in_match)


def _first(option: str, ordered: Iterable[Candidate], config: Config) -> Setting:
    """The strongest line wins alone."""
    won: list[Candidate] = []
    maybe: list[Candidate] = []
    behind: list[Candidate] = []
    for line in _once_each(ordered):
        (behind if won else won if line.sure else maybe).append(line)
    lost = _lost(won[0], behind, config) if behind else ()
    return Setting(option, tuple(won), tuple(maybe), tuple(lost))


def _once_each(ordered: Iterable[Candidate]) -> Iterator[Candidate]:
    """ssh reads lines that overwrite in both passes, and only the last time counts."""
    seen: set[int] = set()
    for line in ordered:
        if line.entry.index not in seen:
            seen.add(line.entry.index)
            yield line


def _lost(winner: Candidate, behind: Iterable[Candidate], config: Config) -> Iterable[Lost]:
    """Why each of the lines is not in effect, the strongest first."""
    for line in behind:
        if config.kind == "sshd_config" and line.stage > winner.stage and line.sure:
            yield Lost(line.entry, line.parsed, OVERRIDDEN)
            winner = line
        else:
            later = line.entry.index > winner.entry.index
            yield Lost(line.entry, line.parsed, COMES_LATER if later else OVERWRITTEN)


def _parts(option: str, ordered: Sequence[Candidate], config: Config) -> Setting:
    """Each part is obtained from the strongest line that has it."""
    replaces = precedence(option, config.kind).block_replaces_parts
    alone = replaces and any(line.sure and line.stage == STRONG for line in ordered)
    parts: dict[str, int | str] = {}
    won: list[Candidate] = []
    maybe: list[Candidate] = []
    lost: list[Lost] = []
    for line in _once_each(ordered):
        assert isinstance(line.value, Mapping)
        fresh = {name: value for name, value in line.value.items() if name not in parts}
        if not fresh or (alone and line.stage > STRONG):
            overridden = config.kind == "sshd_config" and line.stage > won[0].stage
            later = line.entry.index > won[-1].entry.index
            why = OVERRIDDEN if overridden else COMES_LATER if later else OVERWRITTEN
            lost.append(Lost(line.entry, line.parsed, why))
        elif line.sure:
            parts.update(fresh)
            won.append(line)
        else:
            maybe.append(line)
    return Setting(option, tuple(in_order_of_reading(won)), tuple(maybe), tuple(lost), parts)


def _members(option: str, lines: Sequence[Candidate], config: Config) -> Setting:
    """Lines that add up, in the order of reading; in sshd those of Match blocks replace all others."""
    rule = precedence(option, config.kind)
    overridden = config.kind == "sshd_config" and any(line.sure and line.stage == STRONG for line in lines)
    members = _Members(config)
    present: set[tuple[str, bool]] = set()
    won: list[Candidate] = []
    maybe: list[Candidate] = []
    lost: list[Lost] = []
    for line in in_order_of_reading(lines):
        words = line.value if isinstance(line.value, tuple) else (str(line.value),)
        second = rule.once_per_top and config.in_second_top(line.entry)
        fresh = [word for word in words if not rule.once or (word, second) not in present]
        if overridden and line.stage > STRONG:
            lost.append(Lost(line.entry, line.parsed, OVERRIDDEN))
        elif not line.sure:
            maybe.append(line)
        elif not fresh:
            lost.append(Lost(line.entry, line.parsed, REPEATED))
        else:
            present.update((word, second) for word in fresh)
            for word in dict.fromkeys(fresh) if rule.once else fresh:
                if rule.minus_removes and word.startswith("-"):
                    members.remove(word[1:])
                else:
                    members.add(Member(word, line))
            won.append(line)
    won = list({line.entry: line for line in reversed(won)}.values())[::-1]
    return Setting(option, tuple(won), tuple(maybe), tuple(lost), {}, members.left(), adds=True)


class _Members:
    """Members of a list in the order in which lines add them, until others take them away by a pattern."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.places: dict[int, Member] = {}
        self.by_text: dict[str, list[int]] = {}
        self.count = 0
        self.compared = 0

    def left(self) -> tuple[Member, ...]:
        return tuple(self.places.values())

    def add(self, member: Member) -> None:
        self.places[self.count] = member
        self.by_text.setdefault(member.text, []).append(self.count)
        self.count += 1

    def remove(self, pattern: str) -> None:
        """readconf.c oSendEnv (rm_env): ``-PATTERN`` takes away what was added so far.

        Raises SshkeepError where a hostile file asks for too many comparisons.
        """
        for text in self.matched(pattern):
            for place in self.by_text.pop(text):
                del self.places[place]

    def matched(self, pattern: str) -> list[str]:
        if "*" not in pattern and "?" not in pattern:
            return [pattern] if pattern in self.by_text else []
        self.compared += len(self.by_text)
        if self.compared > MAX_COMPARISONS:
            raise SshkeepError(
                f"{self.config.top}: taking names away needs more than {MAX_COMPARISONS:,} comparisons",
                "sshkeep makes no more for one option",
            )
        return [text for text in self.by_text if match_pattern(text, pattern)]


def _not_switched_off(
    option: str, lines: Mapping[str, Sequence[Candidate]], config: Config
) -> tuple[Sequence[Candidate], list[Lost]]:
    """The option's lines less those that another option switches off by coming first, and these."""
    own, release = lines.get(option, ()), config.target.release
    other = precedence(option, config.kind).switched_off_in(release)
    if other is None or not lines.get(other.option):
        return own, []
    kept: list[Candidate] = []
    off: list[Lost] = []
    won: dict[tuple[str, int], Candidate] = {}
    # The first line of a block that sshd takes when it starts, too.
    in_blocks = (line for line in lines[other.option] if line.stage == STRONG and line.sure)
    sshd = config.kind == "sshd_config"
    at_start = next((line for line in in_blocks if sshd and taken_at_start(line.entry, config)), None)
    for line in in_order_of_reading([*own, *lines[other.option]]):
        # sshd reads its blocks for a connection as if nothing had been set before.
        stage = line.stage if config.kind == "sshd_config" else STRONG
        rival = precedence(line.option, config.kind).switched_off_in(release)
        before = won.get((rival.option, stage)) if rival else None
        if before is None and at_start and stage == WEAK and at_start.entry.index < line.entry.index:
            before = at_start
        if before and line.sure and not _stands_beside(line, before, config):
            if line.option == option:
                assert before.entry.keyword
                off.append(Lost(line.entry, line.parsed, SWITCHED_OFF.format(before.entry.keyword.name)))
            continue
        if line.option == option:
            kept.append(line)
        if line.sure:
            won.setdefault((line.option, stage), line)
    return kept, off


def _stands_beside(line: Candidate, before: Candidate, config: Config) -> bool:
    """readconf.c parse_jump and oProxyCommand: whether ``line`` counts although the other option came first.

    ``ProxyJump none`` is no jump: behind a ProxyCommand it is taken from 8.7 on, and since 10.3 (in Debian
    since 9.2) it no longer keeps a later ProxyCommand out.
    """
    release = config.target.release
    if line.option == "proxyjump":
        return line.value == "" and release >= JUMP_COMMENTS
    if line.option == "proxycommand":
        debian = config.target.vendor == "debian"
        return before.value == "" and release >= (JUMP_NONE_IN_DEBIAN if debian else JUMP_NONE_IS_QUIET)
    return False
