"""A Host or Match block never applies, so none of its lines has an effect.

## Why

A pattern with `!` only excludes names that other patterns of the same list match. So `Host !web` and `Match
User !root` match nothing. All conditions of a Match line must hold: two lists of names without a common
name exclude each other, and so do two networks.

On a Host line, blanks separate patterns. `Host web,db` matches only a host with the name `web,db`; newer
releases of ssh (9.6, Debian's 9.2) refuse to connect to such a name. On a Match line, commas separate
patterns. A Host line in a file that is included within a Host block applies only where both match.

`Match host` compares the name after HostName, and `Host` compares the name on the command line.

## How to fix it

Write `Host * !web` or `Match User *,!root`. If an earlier HostName replaces the name, write `Match
originalhost`.

## When to ignore it

When you switched the block off on purpose. A comment says that more clearly.
"""

from collections.abc import Iterator, Sequence

from sshkeep.config.blocks.clients import HostQuery
from sshkeep.config.blocks.criteria import BadCriteria, parse_criteria
from sshkeep.config.blocks.unsatisfiable import why_unsatisfiable
from sshkeep.config.parse_line import accepted_lines
from sshkeep.lint import Block, Config, Entry, Example, Finding, Options, Rule
from sshkeep.lint.checks.findings import at_header, in_short, include_concern, related_entry
from sshkeep.lint.rule import A_BLOCK
from sshkeep.openssh.patterns import match_pattern

MOST_NAMES = 50
"""Names of Match lines that are looked at: for each, the lines above are evaluated."""


def check(config: Config, options: Options) -> Iterator[Finding]:
    for block in config.blocks:
        why = why_unsatisfiable(block, config)
        if why:
            yield _finding(block, why)
    yield from _replaced_names(config)


def _replaced_names(config: Config) -> Iterator[Finding]:
    """readconf.c match_cfg_line: ``host`` is compared with HostName, once that is set."""
    if config.kind == "sshd_config" or config.unread or config.lines("canonicalizehostname"):
        return
    named = [(block, names) for block in config.blocks if (names := _names_of_match(block))]
    values = {str(parsed.value).lower() for _, parsed in accepted_lines("hostname", config)} if named else ()
    looked_at = 0
    for block, names in named if values else ():
        if looked_at > MOST_NAMES:
            return
        looked_at += len(names)
        if any(_may_become(value, names) for value in values):
            continue
        replaced = [_hostname_before(block, name, config) for name in names]
        if all(replaced):
            finding = _finding(block, f"by then, HostName has replaced {in_short(names[0])}")
            related = [related_entry(entry, "this replaces the name") for entry in replaced[:1] if entry]
            written = f"write Match originalhost {in_short(','.join(names))}"
            yield finding._replace(notes=(written,), related=tuple(related))


def _may_become(value: str, names: Sequence[str]) -> bool:
    """Whether a HostName may turn the name of some host into one of ``names``; ``%h`` is that name."""
    pattern = value.replace("%h", "*")
    return "%" in pattern or any(match_pattern(name, pattern) for name in names)


def _names_of_match(block: Block) -> tuple[str, ...]:
    """The names of a ``Match host`` line, in lower case; none where it has wildcards or negations."""
    try:
        criteria = [criterion for criterion in parse_criteria(block) if criterion.name == "host"]
    except BadCriteria:
        return ()
    if len(criteria) != 1 or criteria[0].negated or any(set(p) & set("*?!") for p in criteria[0].patterns):
        return ()
    return tuple(pattern.lower() for pattern in criteria[0].patterns)


def _hostname_before(block: Block, name: str, config: Config) -> Entry | None:
    """The line above the block that surely sets HostName for the host ``name``."""
    from sshkeep.config.effective.ssh import effective_ssh

    entries = config.entries[: block.first_entry]
    setting = effective_ssh(config, HostQuery(name, None, ""), entries).settings.get("hostname")
    return setting.won[0].entry if setting and setting.won and not setting.maybe else None


def _finding(block: Block, why: str) -> Finding:
    name = block.header.line.name.capitalize()
    finding = at_header(block, f"this {name} block never applies: {why}")
    outer = block.outer
    return finding._replace(concerns=(include_concern(outer),) if outer else ())


RULE = Rule(
    summary="a Host or Match block that never applies",
    applies_to=("sshd_config", "ssh_config"),
    severity="warning",
    check=check,
    only_with=(A_BLOCK,),
    references=("ssh_config(5), PATTERNS", "match.c, match_pattern_list", "readconf.c, oHost"),
    examples=(
        Example("Match User !root\n  X11Forwarding no\n", hit=True, kind="sshd_config"),
        Example("Match User *,!root\n  X11Forwarding no\n", kind="sshd_config"),
        Example("Match User ann User bob\n  X11Forwarding no\n", hit=True, kind="sshd_config"),
        Example("Match Address 10.0.0.0/8 Address 192.0.2.1\n  Banner none\n", hit=True, kind="sshd_config"),
        Example("Match Address 10.0.0.0/8 Address 10.1.0.0/16\n  Banner none\n", kind="sshd_config"),
        Example("Match User ann Group staff\n  X11Forwarding no\n", kind="sshd_config"),
        Example(
            "Host web\n  HostName 192.0.2.5\nMatch host web\n  User deploy\n", hit=True, kind="ssh_config"
        ),
        Example("Host web\n  HostName 192.0.2.5\nMatch originalhost web\n  User a\n", kind="ssh_config"),
        Example("Host web\n  HostName 192.0.2.5\nMatch host 192.0.2.5\n  User a\n", kind="ssh_config"),
        Example("Match host web\n  User a\nHost web\n  HostName 192.0.2.5\n", kind="ssh_config"),
        Example("Host w\n  HostName web\nMatch host web\n  User a\n", kind="ssh_config"),
        Example("Host *\n  HostName %h.lan\nMatch host web\n  User a\n", hit=True, kind="ssh_config"),
        Example("Host *\n  HostName %h.lan\nMatch host web.lan\n  User a\n", kind="ssh_config"),
        Example("Host web,db\n  User ann\n", hit=True, kind="ssh_config"),
        Example("Host web db\n  User ann\n", kind="ssh_config"),
        Example("Host !web\n  User ann\n", hit=True, kind="ssh_config"),
        Example("Host * !web\n  User ann\n", kind="ssh_config"),
    ),
)
