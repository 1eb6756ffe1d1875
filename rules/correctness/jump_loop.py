"""A jump host uses itself as its jump host: ssh starts itself again and again.

## Why

ssh also reads its config for each jump host. `Host *` or `Host *.corp` with `ProxyJump gate.corp` also
applies to gate.corp, so ssh connects to gate.corp through itself. Newer releases refuse this if the jump
host has the same name, user and port as the host. No release notices it if HostName gives the host another
name; then the processes fill the machine. Only the first of several jump hosts looks into the config for
its own jump host.

A ProxyCommand such as `ssh -W %h:%p gate.corp` is such a jump, too, and no release notices its loop.

## How to fix it

The fix sets `ProxyJump none` or `ProxyCommand none` for that host. It is unsafe, since it changes the way
to a host. If several hosts jump over each other, sshkeep can't know which one comes first, and there is no
fix.

## When to ignore it

For a ProxyCommand, if the file is only read with `ssh -F`: the ssh in the command reads the usual files.
Otherwise never: ssh can't reach the host.
"""

import re
import shlex
from collections.abc import Callable, Iterator

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
TAKE_ARGUMENTS = "BDEIRLbceilmopwW"
"""Options of ssh with an argument, which is the rest of the word or the next one."""
OTHER_WAYS = "FGJOPQSV"
"""Options with which ssh reads another config, takes another way, or does not connect to the host."""
SETS_THE_WAY = ("proxy", "user", "hostname", "tag", "canonical", "control")
"""What the option after ``-o`` begins with, if it may change the way or the blocks that apply."""
NOT_IN_A_WORD = frozenset(";|&<>()`")
"""Characters with which the shell ends a command, or sets it up."""


class Jump(NamedTuple):
    """The first jump host of a host, and the line that sets it; ``refused`` is whether ssh sees the loop."""

    over: str
    entry: Entry
    refused: bool


def check(config: Config, options: Options) -> Iterator[Finding]:
    jumps: dict[str, Jump | None] = {}
    values = [
        (way, str(parsed.value)) for name, way in WAYS.items() for _, parsed in accepted_lines(name, config)
    ]
    for text in dict.fromkeys(filter(None, (way(value) for way, value in values))):
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


def _destination(command: str) -> str:
    """``[user@]host`` to which a ProxyCommand that is a plain call of ssh connects; empty where unsure.

    ssh.c main: options may also stand between the destination and the command.
    """
    try:
        program, *words = shlex.split(command)
    except ValueError:
        return ""
    if program.rpartition("/")[2] != "ssh":
        return ""
    found = ""
    while words:
        word = words.pop(0)
        if not word.startswith("-") and found:
            break
        if not word.startswith("-"):
            found = word
        elif not _skip_option(word, words):
            return ""
    user, _, host = found.rpartition("@")
    if not re.fullmatch(r"[\w.-]+", host):
        return ""
    return f"{user}@{host}" if re.fullmatch(r"[\w.-]+", user) else host


def _skip_option(word: str, words: list[str]) -> bool:
    """Drop the argument of the options in ``word`` from ``words``; whether all leave the way as it is."""
    for at, letter in enumerate(word[1:], 2):
        if letter in OTHER_WAYS or not letter.isalnum():
            return False
        if letter in TAKE_ARGUMENTS:
            argument = word[at:] or (words.pop(0) if words else "")
            changes = letter == "o" and argument.lstrip().lower().startswith(SETS_THE_WAY)
            return not changes and NOT_IN_A_WORD.isdisjoint(argument)
    return len(word) > 1


WAYS: dict[str, Callable[[str], str]] = {"proxyjump": _first, "proxycommand": _destination}
"""Options that lead over another host, and how it is named in their values."""


def _jump_of(text: str, config: Config) -> Jump | None:
    """The jump host that ssh surely takes on the way to the host of ``text``."""
    from sshkeep.config.effective.evaluate import evaluate_ssh
    from sshkeep.openssh.values.hostports import parse_jump_host

    user, host, _ = parse_jump_host(text) or ("", "", 0)
    if not host or config.unread:
        return None
    found = evaluate_ssh(config, HostQuery(host, user or None, ""))
    for option, way in WAYS.items():
        setting = found.settings.get(option)
        if setting and setting.maybe:
            return None
        over = way(found.lines.get(option, ("none",))[0])
        if setting and setting.won and over not in ("", "none"):
            return Jump(over, setting.won[0].entry, option == "proxyjump" and bool(found.problems))
    return None


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
    assert jump.entry.keyword
    keyword = jump.entry.keyword.name
    wanted = f"{keyword} none for {in_short(host)}"
    finding = at_entry(jump.entry, f"{name} is its own jump host: {effect}")
    finding = finding._replace(label=f"this line also applies to {name}")
    if not _can_be_set(host, jump.entry, config):
        return finding._replace(notes=(f"write {wanted}, in a Host block above this line",))
    return finding._replace(fix=Fix(wanted, "unsafe", (SetInBlock(keyword, ("none",), f"Host {host}"),)))


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
    only_with=("proxyjump", "proxycommand"),
    references=("ssh_config(5), ProxyJump and ProxyCommand", "ssh.c, main: jumphost loop"),
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
        Example(
            "Host gate\n  User ann\nHost *\n  ProxyCommand ssh -W %h:%p gate\n",
            "Host gate\n  User ann\n  ProxyCommand none\nHost *\n  ProxyCommand ssh -W %h:%p gate\n",
            unsafe=True,
        ),
        Example("Host * !gate\n  ProxyCommand ssh -W %h:%p gate\n"),
        Example("Host *\n  ProxyCommand ssh -F none -W %h:%p gate\n"),
        Example("Match exec true\n  ProxyJump gate\nMatch all\n  ProxyJump gate\n"),
    ),
)
