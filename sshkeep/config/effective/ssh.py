"""What ssh would use for one host: every setting with the lines that won and lost."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sshkeep.config.blocks.clients import HostQuery, SshState, Truth
from sshkeep.config.blocks.criteria import BadCriteria, parse_criteria
from sshkeep.config.blocks.matching import applies_to_host, wants_final_pass
from sshkeep.config.effective.expansion import BadToken, expand_tokens
from sshkeep.config.effective.sshd import AppliedLines, settings_of
from sshkeep.config.parse_line import ParsedLine, parse_entry, stops_at_bad_value
from sshkeep.config.precedence.obtained import Settings
from sshkeep.config.precedence.order import STRONG, WEAK, Candidate
from sshkeep.config.tree.block import Block
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.openssh.addresses import canonical_host
from sshkeep.openssh.patterns import match_list
from sshkeep.openssh.releases import LISTS_ON_THE_SIDE
from sshkeep.openssh.tables.keywords import precedence
from sshkeep.openssh.tables.precedence import NEVER
from sshkeep.openssh.values.lists import MOST_WORDS


class HostSettings(NamedTuple):
    """What ssh knows when all files are read for one host."""

    settings: Settings
    state: SshState
    unknown: tuple[Entry, ...]
    """Lines of unknown keywords that no IgnoreUnknown excuses for this host."""
    refused: tuple[tuple[Entry, str, bool], ...]
    """Lines that are refused for this host and user: why, and whether ssh exits there."""
    problem: str
    """Why ssh exits: HostName holds a token that is none. Empty where it does not."""


def effective_ssh(config: Config, query: HostQuery, entries: Iterable[Entry] | None = None) -> HostSettings:
    """The settings of ``ssh -G`` (process_config_files).

    A ``Match final`` that is met makes ssh read everything a second time, on top of the first. Lines in
    blocks that do not apply are not even looked at: a file may be large. ``entries`` are the lines that are
    looked at, where not all are wanted.
    """
    walk = _Walk(config, query)
    wanted = config.entries if entries is None else list(entries)
    walk.read(wanted, STRONG)
    if wants_final_pass(config):
        walk.state.host = canonical_host(walk.state.host)
        walk.state.final = True
        walk.read(wanted, WEAK)
    settings = settings_of(walk.lines, config)
    for name, until in _AT_MOST.items():
        words = settings[name].value if name in settings and config.target.release < until else ()
        if isinstance(words, tuple) and len(words) > MOST_WORDS:
            walk.refused.append(
                (settings[name].won[0].entry, f"more than {MOST_WORDS} words", stops_at_bad_value(config))
            )
    return HostSettings(settings, walk.state, tuple(walk.unknown), tuple(walk.refused), walk.problem)


_AT_MOST = {
    "canonicaldomains": LISTS_ON_THE_SIDE,
    "canonicalizepermittedcnames": LISTS_ON_THE_SIDE,
    "globalknownhostsfile": NEVER,
    "userknownhostsfile": NEVER,
}
"""readconf.c: lists with room for some words only, until which release; counted as they are taken."""


class _Walk:
    """Both passes over the lines."""

    def __init__(self, config: Config, query: HostQuery) -> None:
        self.config = config
        self.state = SshState(query)
        self.lines: AppliedLines = {}
        self.taken: set[int] = set()
        """Places of the lines that the first pass met in blocks that apply, or may apply."""
        self.learned: set[str] = set()
        self.excused: tuple[str, ...] = ()
        """Patterns of the IgnoreUnknown in effect so far."""
        self.unknown: list[Entry] = []
        self.refused: list[tuple[Entry, str, bool]] = []
        self.problem = ""

    def read(self, entries: Iterable[Entry], stage: int) -> None:
        truths: dict[Block, Truth] = {}
        kind, release = self.config.kind, self.config.target.release
        for entry in entries:
            row, block = entry.keyword, entry.block
            if row is None:
                # readconf.c parse_token: in blocks that do not apply, too.
                if stage == STRONG and not match_list(entry.directive.line.name.lower(), self.excused):
                    self.unknown.append(entry)
                continue
            everywhere = block is None or precedence(row.option, kind).ignores_block(release)
            truth = True if everywhere or not block else self.truth(block, truths)
            if truth is not False and row.type.sets_option:
                self.take(entry, row.option, truth is True, stage)

    def take(self, entry: Entry, option: str, sure: bool, stage: int) -> None:
        """A line in a block that applies, or in one of which that is not known."""
        rule = precedence(option, self.config.kind)
        again = rule.minus_removes or rule.last_wins(self.config.target.release)
        if stage == WEAK and (rule.only_first_pass or (entry.index in self.taken and not again)):
            return
        self.taken.add(entry.index)
        parsed = parse_entry(entry, self.config)
        if rule.ends_program and sure and parsed.words:
            self.refused.append((entry, f"it refuses the connection: {parsed.words[0].text}", True))
        if parsed.value is None or (parsed.problem and option != "ignoreunknown"):
            return
        self.lines.setdefault(option, []).append(Candidate(entry, parsed, stage, sure=sure))
        if sure and option in _LEARNED and option not in self.learned:
            self.learned.add(option)
            self.learn(option, parsed)

    def learn(self, option: str, parsed: ParsedLine) -> None:
        """HostName, User and Tag feed the Match lines that follow (readconf.c match_cfg_line)."""
        text, state = str(parsed.value), self.state
        if option == "hostname":
            try:
                state.host = expand_tokens(text, {"h": state.query.host})
            except BadToken as error:
                self.problem = f"HostName {text}: {error}"
        elif option == "user":
            state.user = state.user or text
        elif option == "sessiontype" and text in ("none", "subsystem"):
            state.session = text
        elif option == "tag":
            state.tag = text
        elif option == "ignoreunknown":
            self.excused = tuple(text.lower().split(","))

    def truth(self, block: Block, truths: dict[Block, Truth]) -> Truth:
        """A block's truth is settled where its header is met, so it is asked for once a pass."""
        if block not in truths:
            outer = True if block.outer is None else self.truth(block.outer, truths)
            own = self.own_truth(block, truths)
            truths[block] = (
                False if outer is False or own is False else None if None in (outer, own) else True
            )
        return truths[block]

    def own_truth(self, block: Block, truths: dict[Block, Truth]) -> Truth:
        """readconf.c: a line that ssh refuses leaves it as it was, in or out of the block before."""
        try:
            parse_criteria(block)
        except BadCriteria:
            before = block.before
            return True if before is None else truths.get(before, True)
        return applies_to_host(block, self.state, self.config.target.release)


_LEARNED = ("hostname", "user", "sessiontype", "tag", "ignoreunknown")
"""Options of which the value in effect so far changes how later lines are read."""
