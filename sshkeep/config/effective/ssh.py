"""What ssh uses for one host: every setting, with the lines in effect and the others."""

from __future__ import annotations

from collections.abc import Iterable

from sshkeep.config.blocks.clients import HostQuery, SshState, Truth
from sshkeep.config.blocks.criteria import (
    BadCriteria,
    ends_before_empty_pattern,
    has_empty_pattern,
    parse_criteria,
)
from sshkeep.config.blocks.matching import applies_to_host, wants_final_pass
from sshkeep.config.effective.sshd import AppliedLines, settings_of
from sshkeep.config.parse_line import ParsedLine, malformed, parse_entry, stops_at_bad_value
from sshkeep.config.precedence.obtained import SettingsByOption
from sshkeep.config.precedence.order import STRONG, WEAK, Candidate
from sshkeep.config.refusals import refused_lines, refuses
from sshkeep.config.tree.block import Block
from sshkeep.config.tree.cached_answers import cached_answer
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.config.tree.file import Directive
from sshkeep.named import NamedTuple
from sshkeep.openssh.addresses import canonical_host
from sshkeep.openssh.patterns import match_list
from sshkeep.openssh.tables.keywords import precedence
from sshkeep.openssh.tokens import BadToken, expand_tokens
from sshkeep.openssh.values.types import AT_MOST, MOST_WORDS


class HostSettings(NamedTuple):
    """The settings of ssh for one host when all files are read; nothing is derived yet."""

    settings: SettingsByOption
    state: SshState
    unknown: tuple[Entry, ...]
    """Lines with unknown keywords that are refused for this host."""
    refused: tuple[tuple[Entry, str, bool], ...]
    """Lines that are refused for this host and user: the reason, and whether ssh exits there."""
    problem: str
    """Why ssh exits: HostName has an unknown token. Empty where it does not exit."""
    accepted: frozenset[Block]
    """Host lines with an empty pattern that ssh does not come to for this host."""


def effective_ssh(
    config: Config, query: HostQuery, entries: Iterable[Entry] | None = None, *, final_pass: bool = True
) -> HostSettings:
    """The settings of ``ssh -G`` (process_config_files).

    A ``Match final`` makes ssh read everything a second time, on top of the first pass. Lines in blocks that
    do not apply are not parsed: a file may be large. ``entries`` are the lines to read; None for all. Without
    ``final_pass`` they are what ssh has in its first pass.
    """
    walk = _Walk(config, query)
    wanted = config.entries if entries is None else list(entries)
    walk.read(wanted, STRONG)
    if final_pass and wants_final_pass(config):
        walk.state.host = canonical_host(walk.state.host)
        walk.state.final = True
        walk.read(wanted, WEAK)
    settings = settings_of(walk.lines, config)
    for name, until in AT_MOST.items():
        words = settings[name].value if name in settings and config.target.release < until else ()
        if isinstance(words, tuple) and len(words) > MOST_WORDS:
            walk.refused.append(
                (settings[name].won[0].entry, f"more than {MOST_WORDS} words", stops_at_bad_value(config))
            )
    accepted = frozenset(walk.ended_early)
    return HostSettings(
        settings, walk.state, tuple(walk.unknown), tuple(walk.refused), walk.problem, accepted
    )


class _Walk:
    """Both passes over the lines."""

    def __init__(self, config: Config, query: HostQuery) -> None:
        self.config = config
        self.state = SshState(query)
        self.lines: AppliedLines = {}
        self.taken: set[int] = set()
        """Indexes of the lines that the first pass took, in blocks that apply or may apply."""
        self.known: set[str] = set()
        self.ignored: tuple[str, ...] = ()
        """The patterns of the IgnoreUnknown in effect so far."""
        self.unknown: list[Entry] = []
        self.refused: list[tuple[Entry, str, bool]] = []
        self.problem = ""
        self.with_empty_pattern = _with_empty_pattern(config)
        self.ended_early = set(self.with_empty_pattern)
        """Those of them that ssh reads, in each pass, without coming to the empty pattern."""

    def read(self, entries: Iterable[Entry], stage: int) -> None:
        truths: dict[Block, Truth] = {}
        kind, release = self.config.kind, self.config.target.release
        pending = list(reversed(self.with_empty_pattern))
        for entry in entries:
            while pending and pending[-1].first_entry <= entry.index:
                self.truth(pending.pop(), truths)
            row, block = entry.keyword, entry.block
            if row is None:
                # readconf.c parse_token: also in blocks that do not apply.
                if stage == STRONG and self.refuses(entry.directive):
                    self.unknown.append(entry)
                continue
            everywhere = block is None or precedence(row.option, kind).ignores_block(release)
            truth = True if everywhere or not block else self.truth(block, truths)
            if truth is not False and row.type.sets_option:
                self.take(entry, row.option, truth is True, stage)
        for block in reversed(pending):
            self.truth(block, truths)

    def refuses(self, directive: Directive) -> bool:
        """Whether a line with an unknown keyword is refused."""
        ignored = match_list(directive.line.name.lower(), self.ignored)
        return not ignored or malformed(directive) is not None

    def take(self, entry: Entry, option: str, sure: bool, stage: int) -> None:
        """Take a line of a block that applies, or of which it is unknown whether it applies."""
        rule = precedence(option, self.config.kind)
        again = rule.minus_removes or rule.last_wins(self.config.target.release)
        if stage == WEAK and (rule.only_first_pass or (entry.index in self.taken and not again)):
            return
        self.taken.add(entry.index)
        parsed = parse_entry(entry, self.config)
        # Where a line is refused, ssh exits behind its first pass.
        if rule.ends_program and sure and parsed.words and not (stage == WEAK and refused_lines(self.config)):
            self.refused.append((entry, refuses(parsed), True))
        if parsed.value is None or (parsed.problem and option != "ignoreunknown"):
            return
        self.lines.setdefault(option, []).append(Candidate(entry, parsed, stage, sure=sure))
        if sure and option in _AFFECT_LATER_LINES and option not in self.known:
            self.known.add(option)
            self.update_state(option, parsed)

    def update_state(self, option: str, parsed: ParsedLine) -> None:
        """Later Match lines compare HostName, User and Tag (readconf.c match_cfg_line)."""
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
            self.ignored = tuple(text.lower().split(","))

    def truth(self, block: Block, truths: dict[Block, Truth]) -> Truth:
        """Whether a block applies, which is decided once a pass, where its header is read."""
        if block not in truths:
            outer = True if block.outer is None else self.truth(block.outer, truths)
            own = self.own_truth(block, truths)
            truths[block] = (
                False if outer is False or own is False else None if None in (outer, own) else True
            )
        return truths[block]

    def own_truth(self, block: Block, truths: dict[Block, Truth]) -> Truth:
        """readconf.c: after a Match line with bad criteria, lines count as in the block before."""
        try:
            parse_criteria(block)
        except BadCriteria as error:
            if self.ends_early(block, truths):
                return False
            self.ended_early.discard(block)
            if error.taken is None:
                return True if block.before is None else self.truth(block.before, truths)
        return applies_to_host(block, self.state, self.config.target.release)

    def ends_early(self, block: Block, truths: dict[Block, Truth]) -> bool:
        """Whether it is a Host line that ssh ends, for this host, before the pattern that it refuses."""
        host = self.state.host if self.state.final else self.state.query.host
        parsed_only = block.outer is not None and self.truth(block.outer, truths) is False
        return has_empty_pattern(block) and ends_before_empty_pattern(block, host, parsed_only=parsed_only)


@cached_answer
def _with_empty_pattern(config: Config) -> list[Block]:
    return [block for block in config.blocks if has_empty_pattern(block)]


_AFFECT_LATER_LINES = ("hostname", "user", "sessiontype", "tag", "ignoreunknown")
"""Options whose value so far changes how later lines are read."""
