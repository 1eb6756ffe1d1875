"""What ssh uses for each of many hosts, without a look at all lines for each of them."""

from __future__ import annotations

from sshkeep.config.blocks.block_index import BlockIndex, host_names
from sshkeep.config.blocks.clients import HostQuery
from sshkeep.config.blocks.criteria import BadCriteria, parse_criteria
from sshkeep.config.blocks.matching import wants_final_pass
from sshkeep.config.effective.evaluate import Evaluated, evaluate_ssh
from sshkeep.config.effective.ssh import HostSettings, effective_ssh
from sshkeep.config.tree.block import Block
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.errors import SshkeepError
from sshkeep.openssh.addresses import canonical_host
from sshkeep.openssh.tables.keywords import precedence

MAX_HOST_COMPARISONS = 5_000_000
"""How many lines and patterns are looked at for all hosts together, before the config is refused."""


class HostLines:
    """The lines of an ssh_config by the block that they stand in."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.by_block: dict[Block | None, list[Entry]] = {None: []}
        self.compared = 0
        unknown: set[str] = set()
        for entry in config.entries:
            name = entry.directive.line.name.lower()
            if entry.keyword is None and name in unknown:
                continue  # IgnoreUnknown is obtained once: what it does to the first line, it does to all
            if entry.keyword is None:
                unknown.add(name)
            self.by_block.setdefault(_block(entry, config), []).append(entry)
        self.index = BlockIndex([block for block in self.by_block if block], config.kind, ("host",))

    def evaluate(self, query: HostQuery) -> Evaluated:
        """As `evaluate_ssh`. Raises SshkeepError where a hostile file asks for too many comparisons."""
        hosts, final = {query.host}, ""
        entries = self._entries(query, hosts, final)
        # Match host, and Host lines in the second pass, compare the name that HostName gives.
        while not (names := _names(read := effective_ssh(self.config, query, entries))) <= hosts:
            hosts |= names
            final = canonical_host(read.state.host) if wants_final_pass(self.config) else ""
            entries = self._entries(query, hosts, final)
        return evaluate_ssh(self.config, query, entries)

    def _entries(self, query: HostQuery, hosts: set[str], final: str) -> list[Entry]:
        """The lines that may decide for the host, in the order of reading; ``hosts`` are its names."""
        names = host_names(query.host, query.local_user, final)
        blocks = self.index.find({**names, "host": {host.lower() for host in hosts}})
        found = [entry for block in (None, *blocks) for entry in self.by_block[block]]
        self.compared += len(found) + sum(map(_patterns, blocks))
        if self.compared > MAX_HOST_COMPARISONS:
            raise SshkeepError(
                f"{self.config.top}: its hosts need more than {MAX_HOST_COMPARISONS:,} comparisons",
                "sshkeep makes no more for one config; ask for one host with --host",
            )
        return sorted(found, key=_place)


def _names(read: HostSettings) -> set[str]:
    """What Match host compares: HostName as it is written, and in the second pass its address as printed."""
    name = read.settings["hostname"].value if "hostname" in read.settings else None
    written = {str(name).replace("%h", read.state.query.host)} if name else set[str]()
    return {read.state.host, *written}


def _block(entry: Entry, config: Config) -> Block | None:
    """The block that must apply for the line to be read; None for a line that is read for every host."""
    row = entry.keyword
    if row is None or precedence(row.option, config.kind).ignores_block(config.target.release):
        return None
    return entry.block


def _patterns(block: Block) -> int:
    try:
        return sum(len(criterion.patterns) for link in block.chain() for criterion in parse_criteria(link))
    except BadCriteria:
        return 0


def _place(entry: Entry) -> int:
    return entry.index
