"""A line never takes effect, because an earlier line always wins.

## Why

ssh and sshd keep the first value that they read. In sshd, a value in a Match block replaces the global
value, and the first of several blocks that apply wins. So a line under `Match all` wins over global lines
above it. The line that wins may be in an included file: most distributions include a folder at the top of
sshd_config, so files from cloud-init or a hardening script win over the main file. In ssh_config, `Host *`
wins over all lines below it.

OpenSSH 8.7 to 9.3 ignore AuthorizedPrincipalsCommand below an AuthorizedKeysCommand, by a bug.

The rule skips options whose lines add up (AllowUsers, IdentityFile), and options of which a later line
wins. It reports only what is certain: blocks whose conditions depend on earlier lines (ssh's `Match user`)
count as covered only by global lines.

## How to fix it

The fix deletes the line if the line that wins has the same value and is in the same file. If the value
differs, move the line above the line that wins, or change that line.

## When to ignore it

When a program writes the line that wins, and it may disappear.
"""

from collections.abc import Iterator

from sshkeep.config.blocks.matching import universal
from sshkeep.config.precedence.shadowed import Shadowed, without_effect
from sshkeep.config.tree.block import block_name
from sshkeep.edit.intents import DeleteLine
from sshkeep.lint import Config, Entry, Example, Finding, Fix, Options, Rule
from sshkeep.lint.checks.findings import as_written, at_entry, in_short, line_concern, line_of, related_entry
from sshkeep.lint.checks.lines import overruled_on_purpose
from sshkeep.lint.rule import A_SHADOWED_LINE
from sshkeep.openssh.tables.keywords import precedence
from sshkeep.phrase import Phrase

BEFORE_LOGIN = (
    "ipqos",
    "loglevel",
    "logverbose",
    "pubkeyacceptedalgorithms",
    "rekeylimit",
)
"""sshd uses what stands outside of blocks for these until it knows who logs in (sshd.c, main)."""
LONGEST = 30


def check(config: Config, options: Options) -> Iterator[Finding]:
    for line in without_effect(config):
        if not overruled_on_purpose(line, config) and not _until_login(line, config):
            yield _finding(line, config)


def _until_login(line: Shadowed, config: Config) -> bool:
    return line.entry.block is None and _name(line.entry) in BEFORE_LOGIN and _overridden(line, config)


def _overridden(line: Shadowed, config: Config) -> bool:
    return line.winners[0].entry.index > line.entry.index


def _finding(line: Shadowed, config: Config) -> Finding:
    entry, winners = line.entry, line.winners
    same = all(w.value == line.parsed.value and w.option == _name(entry) for w in winners)
    twin = same and all(winner.entry.directive.file is entry.directive.file for winner in winners)
    message, label = _says(line, config, same)
    return at_entry(entry, message)._replace(
        label=label,
        notes=() if same else _notes(line, config),
        related=tuple(related_entry(winner.entry, "this one is in effect") for winner in winners),
        fix=Fix("delete the line", "safe", (DeleteLine(entry),)) if twin else None,
        concerns=(line_concern(entry),),
        severity="info" if same else "warning",
    )


def _says(line: Shadowed, config: Config, same: bool) -> tuple[str, str]:
    assert line.entry.keyword
    keyword = line.entry.keyword.name
    winner, parsed = line.winners[0].entry, line.winners[0].parsed
    order = (
        Phrase("{place} overrides it")
        if _overridden(line, config)
        else Phrase("{place} comes first and wins")
    )
    label = order.filled(place=line_of(winner, line.entry))
    if same:
        return f"this {keyword} does nothing: the value is already set", label
    if _name(winner) != _name(line.entry):
        assert winner.keyword
        return f"this {keyword} does nothing: {winner.keyword.name} switches it off", label
    if len(line.winners) > 1:
        return f"this {keyword} never takes effect: earlier lines win for all of {_block(line)}", label
    value = in_short(as_written(winner, parsed.words))
    return f"this {keyword} never takes effect: the value stays {value}", label


def _block(line: Shadowed) -> str:
    name = block_name(line.entry.block)
    return name if 0 < len(name) <= LONGEST else "its block"


def _notes(line: Shadowed, config: Config) -> tuple[str, ...]:
    winner, entry = line.winners[0].entry, line.entry
    other = precedence(entry.option, config.kind).switched_off_by
    if other and other.overwrites and other.option == winner.option:
        assert winner.keyword
        return (
            f"a bug of OpenSSH {other.since} to {other.until}; above {winner.keyword.name} it has an effect",
        )
    apart = winner.block is not None and entry.block is not winner.block
    if config.kind == "ssh_config" and apart and universal(winner.block, config.target.release):
        block = in_short(block_name(winner.block))
        return (f"ssh uses the first value that it reads, so {block} belongs at the end",)
    included = winner.directive.file.source.path not in config.tops
    if included and entry.directive.file is not winner.directive.file:
        return ("an included file is read where its Include stands, which is before this line",)
    return ()


def _name(entry: Entry) -> str:
    return entry.option


RULE = Rule(
    summary="a line that can never take effect, as an earlier one always wins",
    applies_to=("sshd_config", "ssh_config"),
    severity="warning",
    check=check,
    only_with=(A_SHADOWED_LINE,),
    references=("sshd_config(5), first paragraph and Match", "ssh_config(5), second paragraph"),
    examples=(
        Example("PermitRootLogin no\nPermitRootLogin yes\n", hit=True, kind="sshd_config"),
        Example("PermitRootLogin no\n", kind="sshd_config"),
        Example("PermitRootLogin no\nMatch Address 10.0.0.0/8\n  PermitRootLogin yes\n", kind="sshd_config"),
        Example(
            "UsePAM yes\nX11Forwarding no\nUsePAM YES\n", "UsePAM yes\nX11Forwarding no\n", kind="sshd_config"
        ),
        Example(
            "Include /etc/ssh/sshd_config.d/*.conf\nPasswordAuthentication no\n",
            hit=True,
            kind="sshd_config",
            files={"sshd_config.d/50-cloud-init.conf": "PasswordAuthentication yes\n"},
        ),
        Example(
            "Match User bob,ann\n  X11Forwarding no\nMatch User ann\n  X11Forwarding yes\n",
            hit=True,
            kind="sshd_config",
        ),
        Example(
            "Match User bob,ann\n  X11Forwarding no\nMatch User joe\n  X11Forwarding yes\n",
            kind="sshd_config",
        ),
        Example(
            "AuthorizedKeysCommandUser root\nAuthorizedKeysCommand /k\n"
            "AuthorizedPrincipalsCommandUser root\nAuthorizedPrincipalsCommand /p\n",
            hit=True,
            kind="sshd_config",
            target="debian-12",
        ),
        Example(
            "AuthorizedPrincipalsCommandUser root\nAuthorizedPrincipalsCommand /p\n"
            "AuthorizedKeysCommandUser root\nAuthorizedKeysCommand /k\n",
            kind="sshd_config",
            target="debian-12",
        ),
        Example("Host *\n  User root\nHost web\n  User ann\n", hit=True, kind="ssh_config"),
        Example("Host db\n  User root\nHost web\n  User ann\n", kind="ssh_config"),
        Example("Host web\n  ProxyJump a\n  ProxyCommand nc %h %p\n", hit=True, kind="ssh_config"),
        Example("Host web\n  IdentityFile ~/.ssh/a\n  IdentityFile ~/.ssh/b\n", kind="ssh_config"),
    ),
)
