"""A jump host uses itself as its jump host: ssh starts itself again and again.

## Why

ssh also reads its config for each jump host. `Host *` or `Host *.corp` with `ProxyJump gate.corp` also
applies to gate.corp, so ssh connects to gate.corp through itself. Newer releases refuse this if the jump
host has the same name, user and port as the host. No release notices it if HostName gives the host another
name; then the processes fill the machine. Only the first of several jump hosts looks into the config for
its own jump host.

## How to fix it

The fix sets `ProxyJump none` for that host. It is unsafe, since it changes the way to a host. If several
hosts jump over each other, sshkeep can't know which one comes first, and there is no fix.

## When to ignore it

Never: ssh can't reach the host.
"""

import re
from collections.abc import Iterator

from sshkeep.config.blocks.clients import HostQuery
from sshkeep.config.blocks.matching import universal
from sshkeep.config.parse_line import accepted_lines
from sshkeep.config.tree.block import block_name
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.edit.intents import SetInBlock
from sshkeep.lint import Example, Finding, Fix, Options, Rule
from sshkeep.lint.checks.findings import at_entry, in_short
from sshkeep.named import NamedTuple

MOST_HOSTS = 50
"""Jump hosts that are looked at: for each, the whole config is evaluated."""


class Jump(NamedTuple):
    """The first jump host of a host, and the line that sets it; ``refused`` is whether ssh sees the loop."""

    over: str
    entry: Entry
    refused: bool


def check(config: Config, options: Options) -> Iterator[Finding]:
    jumps: dict[str, Jump | None] = {}
    texts = (parsed.value for _, parsed in accepted_lines("proxyjump", config))
    for text in dict.fromkeys(_first(text) for text in texts if isinstance(text, str) and text):
        host = text
        on_the_way: list[str] = []
        while host and host not in jumps and len(jumps) < MOST_HOSTS:
            on_the_way.append(host)
            jump = jumps[host] = _jump_of(host, config)
            host = jump.over if jump else ""
        if host in on_the_way:
            yield _finding(on_the_way[on_the_way.index(host) :], jumps, config)


def _first(hops: str) -> str:
    return hops.partition(",")[0]


def _jump_of(text: str, config: Config) -> Jump | None:
    """The jump host that ssh surely takes on the way to the host of ``text``."""
    from sshkeep.config.effective.evaluate import evaluate_ssh
    from sshkeep.openssh.values.hostports import parse_jump_host

    user, host, _ = parse_jump_host(text) or ("", "", 0)
    if not host or config.unread:
        return None
    found = evaluate_ssh(config, HostQuery(host, user or None, ""))
    setting = found.settings.get("proxyjump")
    hops = found.lines.get("proxyjump", ("",))[0]
    if setting is None or setting.maybe or not setting.won or not hops:
        return None
    return Jump(_first(hops), setting.won[0].entry, bool(found.problems))


def _finding(hosts: list[str], jumps: dict[str, Jump | None], config: Config) -> Finding:
    jump = jumps[hosts[-1]]
    assert jump
    name = in_short(hosts[0])
    if len(hosts) > 1:
        both = f"{name} and {in_short(hosts[1])}"
        message = f"{both} are jump hosts of each other: ssh starts itself in an endless loop"
        return at_entry(jump.entry, message)
    effect = "ssh refuses to connect" if jump.refused else "ssh starts itself in an endless loop"
    host = hosts[0].rpartition("@")[2].partition(":")[0]
    wanted = f"ProxyJump none for {in_short(host)}"
    finding = at_entry(jump.entry, f"{name} is its own jump host: {effect}")
    finding = finding._replace(label=f"this line also applies to {name}")
    if not _can_be_set(host, jump.entry, config):
        return finding._replace(notes=(f"write {wanted}, in a Host block above this line",))
    return finding._replace(fix=Fix(wanted, "unsafe", (SetInBlock("ProxyJump", ("none",), f"Host {host}"),)))


def _can_be_set(host: str, entry: Entry, config: Config) -> bool:
    """Whether `SetInBlock` reaches the host before the line: in a block that is there, or in a new one."""
    if not re.fullmatch(r"[\w.-]+", host):
        return False
    there = any(
        block_name(block) == f"Host {host}" and block.outer is None and block.first_entry <= entry.index
        for block in config.blocks
    )
    return there or universal(entry.block, config.target.release)


RULE = Rule(
    summary="a jump host that jumps over itself",
    applies_to=("ssh_config",),
    severity="warning",
    check=check,
    only_with=("proxyjump",),
    references=("ssh_config(5), ProxyJump", "ssh.c, main: jumphost loop"),
    examples=(
        Example(
            "Host gate\n  HostName 192.0.2.99\nHost *\n  ProxyJump gate\n",
            "Host gate\n  HostName 192.0.2.99\n  ProxyJump none\nHost *\n  ProxyJump gate\n",
            unsafe=True,
        ),
        Example(
            "Host *.corp\n  ProxyJump gate.corp\n",
            hit=True,
        ),
        Example("Host a\n  ProxyJump b\nHost b\n  ProxyJump a\n", hit=True),
        Example("Host a\n  ProxyJump b\nHost b\n  User ann\n"),
        Example("Host gate\n  ProxyJump none\nHost *\n  ProxyJump gate\n"),
        Example("Host * !gate\n  ProxyJump gate\n"),
        Example("Match exec true\n  ProxyJump gate\nMatch all\n  ProxyJump gate\n"),
    ),
)
