"""A Host or Match block that never applies: its lines do nothing for anybody.

A pattern with `!` in front only takes back what other patterns of its list name, so `Host !web` and `Match
User !root` fit nothing at all: write `Host * !web` and `Match User *,!root`. All conditions of a Match line
must hold, so two lists of names without a name in common exclude each other, and so do two networks.

On a Host line, blanks stand between patterns. `Host web,db` waits for a host that is called `web,db`, which
newer releases of ssh (9.6, Debian's 9.2) refuse to connect to. On a Match line it is commas.

A Host line in a file that is included within a Host block applies where both do.
"""

from collections.abc import Iterator

from sshkeep.lint import (
    Block,
    Config,
    Example,
    Finding,
    Options,
    Rule,
    at_header,
    concern_of_include,
    why_unsatisfiable,
)


def check(config: Config, options: Options) -> Iterator[Finding]:
    for block in config.blocks:
        why = why_unsatisfiable(block, config)
        if why:
            yield _finding(block, why)


def _finding(block: Block, why: str) -> Finding:
    name = block.header.line.name.capitalize()
    finding = at_header(block, f"this {name} block never applies: {why}")
    outer = block.outer
    return finding._replace(concerns=(concern_of_include(outer),) if outer else ())


RULE = Rule(
    summary="a Host or Match block that never applies",
    applies_to=("sshd_config", "ssh_config"),
    severity="warning",
    check=check,
    references=("ssh_config(5), PATTERNS", "match.c, match_pattern_list", "readconf.c, oHost"),
    examples=(
        Example("Match User !root\n  X11Forwarding no\n", hit=True, kind="sshd_config"),
        Example("Match User *,!root\n  X11Forwarding no\n", kind="sshd_config"),
        Example("Match User ann User bob\n  X11Forwarding no\n", hit=True, kind="sshd_config"),
        Example("Match Address 10.0.0.0/8 Address 192.0.2.1\n  Banner none\n", hit=True, kind="sshd_config"),
        Example("Match Address 10.0.0.0/8 Address 10.1.0.0/16\n  Banner none\n", kind="sshd_config"),
        Example("Match User ann Group staff\n  X11Forwarding no\n", kind="sshd_config"),
        Example("Host web,db\n  User ann\n", hit=True, kind="ssh_config"),
        Example("Host web db\n  User ann\n", kind="ssh_config"),
        Example("Host !web\n  User ann\n", hit=True, kind="ssh_config"),
        Example("Host * !web\n  User ann\n", kind="ssh_config"),
    ),
)
