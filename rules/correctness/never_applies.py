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

import re
from collections.abc import Iterator, Sequence

from sshkeep.config.blocks.clients import HostQuery
from sshkeep.config.blocks.criteria import HOST_LINE, BadCriteria, Criterion, parse_criteria
from sshkeep.config.blocks.matching import second_pass_only, universal
from sshkeep.config.blocks.unsatisfiable import why_unsatisfiable
from sshkeep.config.parse_line import accepted_lines
from sshkeep.lint import Block, Config, Entry, Example, Finding, Options, Rule
from sshkeep.lint.checks.findings import at_header, in_short, include_concern, related_entry
from sshkeep.lint.rule import A_BLOCK
from sshkeep.openssh.patterns import includes, match_pattern

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
    return "%" in pattern or any(_may_meet(name, pattern) for name in names)


def _may_meet(name: str, pattern: str) -> bool:
    """Whether a text may fit both: of two patterns with wildcards, only both ends are compared."""
    if not _is_wild(name) or not _is_wild(pattern):
        return match_pattern(name, pattern) or match_pattern(pattern, name)
    one, other = re.split(r"[*?]", name), re.split(r"[*?]", pattern)
    heads = one[0].startswith(other[0]) or other[0].startswith(one[0])
    return heads and (one[-1].endswith(other[-1]) or other[-1].endswith(one[-1]))


def _is_wild(name: str) -> bool:
    return "*" in name or "?" in name


def _names_of_match(block: Block) -> tuple[str, ...]:
    """The names and patterns of a ``Match host`` line, in lower case; none where it has negations."""
    try:
        criteria = [criterion for criterion in parse_criteria(block) if criterion.name == "host"]
    except BadCriteria:
        return ()
    if len(criteria) != 1 or criteria[0].negated or any("!" in p for p in criteria[0].patterns):
        return ()
    return tuple(pattern.lower() for pattern in criteria[0].patterns)


def _hostname_before(block: Block, name: str, config: Config) -> Entry | None:
    """The line above the block that surely sets HostName for the host, or for all hosts, ``name``."""
    from sshkeep.config.effective.ssh import effective_ssh

    if _is_wild(name):
        lines = [entry for entry, _ in accepted_lines("hostname", config)]
        return next(
            (e for e in lines if e.index < block.first_entry and _is_for(e.block, name, config)), None
        )
    entries = config.entries[: block.first_entry]
    setting = effective_ssh(config, HostQuery(name, None, ""), entries).settings.get("hostname")
    return setting.won[0].entry if setting and setting.won and not setting.maybe else None


def _is_for(block: Block | None, name: str, config: Config) -> bool:
    """Whether the block surely applies, in the first pass, to every host that fits the pattern ``name``."""
    if second_pass_only(block):
        return False
    return universal(block, config.target.release) or all(
        _fits_all(criterion, name)
        for link in (block.chain() if block else ())
        for criterion in _criteria(link)
    )


def _criteria(block: Block) -> tuple[Criterion, ...]:
    """The criteria of a block; where they are bad, one that no name fits."""
    try:
        return parse_criteria(block)
    except BadCriteria:
        return (Criterion(HOST_LINE, False),)


def _fits_all(criterion: Criterion, name: str) -> bool:
    plain = not criterion.negated and not any("!" in pattern for pattern in criterion.patterns)
    if criterion.name not in (HOST_LINE, "originalhost"):
        return plain and criterion.name == "all"
    return plain and any(includes(pattern.lower(), name) for pattern in criterion.patterns)


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
        Example(
            "Host *.lan\n  HostName %h.example.com\nMatch host *.lan\n  User a\n", hit=True, kind="ssh_config"
        ),
        Example("Host *.lan\n  HostName %h.lan\nMatch host *.lan\n  User a\n", kind="ssh_config"),
        Example("Host a*.lan\n  HostName %h.net\nMatch host *.lan\n  User a\n", kind="ssh_config"),
        Example("Host web,db\n  User ann\n", hit=True, kind="ssh_config"),
        Example("Host web db\n  User ann\n", kind="ssh_config"),
        Example("Host !web\n  User ann\n", hit=True, kind="ssh_config"),
        Example("Host * !web\n  User ann\n", kind="ssh_config"),
    ),
)
