"""Side effects of a change: options that OpenSSH derives from others, and settings without effect."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sshkeep.config.blocks.clients import Connection, HostQuery
from sshkeep.config.blocks.criteria import BadCriteria, parse_criteria
from sshkeep.config.blocks.matching import wants_final_pass
from sshkeep.config.effective.evaluate import Evaluated, evaluate_ssh, evaluate_sshd
from sshkeep.config.effective.sshd_startup import shown_address
from sshkeep.config.tree.config import Config
from sshkeep.edit.edits import Edit, apply_edits
from sshkeep.edit.intents import SetGlobal, SetInBlock
from sshkeep.edit.set_in_block import blocks_with_criteria_of
from sshkeep.edit.trial_line import parse_header
from sshkeep.errors import SshkeepError
from sshkeep.openssh.releases import ONE_KEYBOARD_INTERACTIVE
from sshkeep.openssh.tables.defaults import printed_name
from sshkeep.trees.tree import Tree

COMPARED_AS = {
    "hostname": ("host",),
    "user": ("user",),
    "tag": ("tagged",),
    "sessiontype": ("sessiontype",),
}
"""readconf.c match_cfg_line: later Match lines compare the values of these options so far."""

_ANYONE = "nobody.invalid"
"""A host that matches hardly any pattern but *."""


def implied_changes(old: Config, new: Config, intended: Collection[str]) -> list[str]:
    """A sentence for each other value that changes for a client to which no block applies.

    ``intended`` are the options (lower case) to change. Match lines that compare them are named, too.
    """
    before, after = evaluate_for_no_block(old).lines, evaluate_for_no_block(new).lines
    own = {printed_name(name, new.kind, new.target) for name in intended} | set(intended)
    sentences = [
        f"{_name(name, new)} becomes {_shown(after.get(name))}, from {_shown(before.get(name))}"
        for name in sorted({*before, *after} - own)
        if before.get(name) != after.get(name)
    ]
    return [*sentences, *_compared_by_match(new, intended)]


def new_second_pass(old: Config, new: Config) -> Iterator[str]:
    """A sentence where a new Match final makes ssh read its files twice."""
    if new.kind == "ssh_config" and wants_final_pass(new) and not wants_final_pass(old):
        yield "ssh reads its files a second time, by the name in lower case, for the new Match final"


def evaluate_for_no_block(config: Config) -> Evaluated:
    """What is in effect for a client to which no block applies."""
    if config.kind == "sshd_config":
        return evaluate_sshd(config, Connection())
    return evaluate_ssh(config, HostQuery(_ANYONE, None, ""))


def as_if_block_applied(header: str, config: Config, tree: Tree) -> Config:
    """The config for a client to which the block of ``header`` applies, and no other."""
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


def _shown(values: tuple[str, ...] | None) -> str:
    return " ".join(values) if values else "unset"


def _compared_by_match(config: Config, intended: Collection[str]) -> Iterator[str]:
    names = {name for option in intended for name in COMPARED_AS.get(option, ())}
    if config.kind == "sshd_config" or not names:
        return
    for block in config.blocks:
        try:
            compared = names & {criterion.name for criterion in parse_criteria(block)}
        except BadCriteria:
            continue
        if compared:
            yield f"{block.header.where} compares the {', '.join(sorted(compared))} that ssh has by then"


_FORWARDS = ("localforward", "remoteforward", "dynamicforward", "tunnel")


def overruled_settings(intent: SetGlobal | SetInBlock, found: Evaluated, config: Config) -> list[str]:
    """A sentence for each part of the setting that another option overrules; ``found`` is in effect after it.

    Raises SshkeepError where the setting has no effect at all.
    """
    option = config.known[intent.keyword.lower()].option
    cleared = option in _FORWARDS and not (option == "tunnel" and "no" in map(str.lower, intent.values))
    if cleared and found.lines.get("clearallforwardings") == ("yes",):
        raise _without_effect(intent, "ClearAllForwardings yes takes all forwardings away")
    # sshd.c main up to 8.6: see `sshkeep.config.effective.sshd_startup.derive_keyboard_interactive`.
    two = config.kind == "sshd_config" and config.target.release < ONE_KEYBOARD_INTERACTIVE
    wants_no = option == "kbdinteractiveauthentication" and "no" in map(str.lower, intent.values)
    if two and wants_no and found.lines.get(option) == ("yes",):
        raise _without_effect(intent, "ChallengeResponseAuthentication yes, the default, switches it on")
    return _with_own_ports(intent, found) if option == "port" else []


def _without_effect(intent: SetGlobal | SetInBlock, why: str, hint: str = "") -> SshkeepError:
    setting = " ".join((intent.keyword, *intent.values))
    return SshkeepError(
        f"{setting} would not take effect: {why}", hint or f"set {why.split(' ')[0]} no first"
    )


def _with_own_ports(intent: SetGlobal | SetInBlock, found: Evaluated) -> list[str]:
    """servconf.c process_queued_listen_addrs: a Port is only for addresses without a port of their own.

    Raises SshkeepError where all addresses have one: then sshd listens on no Port.
    """
    addresses = found.settings.get("listenaddress")
    places = [member.text.partition(" ") for member in addresses.members] if addresses else []
    own = [shown_address(host, port) for host, _, port in places if port]
    if places and len(own) == len(places):
        raise _without_effect(
            intent,
            f"ListenAddress {' and '.join(own)} has its own port, and sshd listens on no other address",
            "set ListenAddress with the new port, or without a port",
        )
    return [f"ListenAddress {place} has its own port and is not moved" for place in own]
