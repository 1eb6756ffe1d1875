"""What a change brings along by OpenSSH's own rules, though no line of it was touched."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sshkeep.config.blocks.clients import Connection, HostQuery
from sshkeep.config.blocks.criteria import BadCriteria, parse_criteria
from sshkeep.config.blocks.matching import wants_final_pass
from sshkeep.config.effective.evaluate import Evaluated, evaluate_ssh, evaluate_sshd
from sshkeep.config.tree.config import Config
from sshkeep.edit.edits import Edit, apply_edits
from sshkeep.edit.set_in_block import blocks_with_criteria_of
from sshkeep.edit.trial_line import parse_header
from sshkeep.openssh.tables.defaults import printed_name
from sshkeep.trees.tree import Tree

FEEDS = {
    "hostname": ("host",),
    "user": ("user",),
    "tag": ("tagged",),
    "sessiontype": ("sessiontype",),
}
"""readconf.c match_cfg_line: what ssh has read so far of these options is what later Match lines compare."""

_ANYONE = "nobody.invalid"
"""A host that hardly any pattern but * fits."""


def implied(old: Config, new: Config, meant: Collection[str]) -> list[str]:
    """A sentence for everything else that is another one for whom no block tells apart.

    ``meant`` are the options (lower case) that were to change. Also for Match lines that compare them.
    """
    before, after = for_anyone(old).lines, for_anyone(new).lines
    own = {printed_name(name, new.kind, new.target) for name in meant} | set(meant)
    sentences = [
        f"{_name(name, new)} becomes {_told(after.get(name))}, from {_told(before.get(name))}"
        for name in sorted({*before, *after} - own)
        if before.get(name) != after.get(name)
    ]
    return [*sentences, *_fed(new, meant)]


def read_twice(old: Config, new: Config) -> Iterator[str]:
    """A sentence where a new Match final changes how ssh reads everything else."""
    if new.kind == "ssh_config" and wants_final_pass(new) and not wants_final_pass(old):
        yield "ssh reads its files a second time, by the name in lower case, for the new Match final"


def for_anyone(config: Config) -> Evaluated:
    """What is in effect for those whom no block tells apart."""
    if config.kind == "sshd_config":
        return evaluate_sshd(config, Connection())
    return evaluate_ssh(config, HostQuery(_ANYONE, None, ""))


def as_for(header: str, config: Config, tree: Tree) -> Config:
    """The config as those see it whom the block of ``header`` fits, and no other."""
    blocks = blocks_with_criteria_of(parse_header(header, config), config)
    edits = [Edit(block.header.file.source.path, *block.header.whole, b"Match all") for block in blocks]
    return tree.load(
        {
            path: apply_edits(file.source.data, dict.fromkeys(edit for edit in edits if edit.path == path))
            for path, file in config.files.items()
        }
    )


def _name(name: str, config: Config) -> str:
    return config.known[name].name if name in config.known else name


def _told(values: tuple[str, ...] | None) -> str:
    return " ".join(values) if values else "unset"


def _fed(config: Config, meant: Collection[str]) -> Iterator[str]:
    names = {name for option in meant for name in FEEDS.get(option, ())}
    if config.kind == "sshd_config" or not names:
        return
    for block in config.blocks:
        try:
            compared = names & {criterion.name for criterion in parse_criteria(block)}
        except BadCriteria:
            continue
        if compared:
            yield f"{block.header.where} compares the {', '.join(sorted(compared))} that ssh has by then"
