"""A line in a block applies to everyone, because of a bug in OpenSSH.

## Why

ssh uses SyslogFacility from blocks that do not apply, in all releases, and StreamLocalBindMask up to 10.5.
sshd 9.9 applies a block of `Match invalid-user` to everyone; 10.0 fixed that.

## How to fix it

Write the line outside of blocks, with a value that is right for everyone.

## When to ignore it

When the value is right for everyone.
"""

from collections.abc import Iterator

from sshkeep.config.blocks.matching import universal
from sshkeep.config.parse_line import accepted_lines
from sshkeep.config.precedence.shadowed import without_effect
from sshkeep.lint import Config, Example, Finding, Options, Rule
from sshkeep.lint.checks.findings import at_entry, at_header
from sshkeep.lint.rule import A_BLOCK
from sshkeep.openssh.releases import MATCH_INVALID_USER
from sshkeep.openssh.tables.keywords import precedence

LEAKING = ("SyslogFacility", "StreamLocalBindMask")


def check(config: Config, options: Options) -> Iterator[Finding]:
    release = config.target.release
    if config.kind == "ssh_config":
        for keyword in LEAKING:
            if config.lines(keyword.lower()) and precedence(keyword.lower(), config.kind).ignores_block(
                release
            ):
                yield from _options(keyword, config)
    elif release == MATCH_INVALID_USER:
        yield from _blocks(config)


def _options(keyword: str, config: Config) -> Iterator[Finding]:
    dead = {line.entry.index for line in without_effect(config)}
    for entry, _ in accepted_lines(keyword.lower(), config):
        if entry.index not in dead and not universal(entry.block, config.target.release):
            finding = at_entry(entry, f"this {keyword} applies to every host: ssh ignores its block")
            yield finding._replace(label="a bug in OpenSSH; set a value that is right for all hosts")


def _blocks(config: Config) -> Iterator[Finding]:
    from sshkeep.config.blocks.matching import applies_at_start

    for block in config.blocks:
        if not universal(block, config.target.release) and applies_at_start(block, config.target.release):
            finding = at_header(block, "sshd 9.9 applies this block to everyone, not to invalid users only")
            yield finding._replace(label="a bug of OpenSSH 9.9, fixed in 10.0")


RULE = Rule(
    summary="a line in a block that OpenSSH applies to everyone, by a bug of its own",
    applies_to=("ssh_config", "sshd_config"),
    severity="warning",
    check=check,
    only_with=(A_BLOCK,),
    references=("readconf.c, oLogFacility and oStreamLocalBindMask", "servconf.c of 9.9, match_cfg_line"),
    examples=(
        Example("Host web\n  SyslogFacility LOCAL0\n", hit=True, kind="ssh_config"),
        Example("Host *\n  SyslogFacility LOCAL0\n", kind="ssh_config"),
        Example("Host web\n  StreamLocalBindMask 0111\n", hit=True, kind="ssh_config", target="openssh-10.5"),
        Example("Host web\n  StreamLocalBindMask 0111\n", kind="ssh_config", target="openssh-10.6"),
        Example("Match invalid-user\n  Banner none\n", hit=True, kind="sshd_config", target="openssh-9.9"),
        Example("Match invalid-user\n  Banner none\n", kind="sshd_config", target="openssh-10.0"),
    ),
)
