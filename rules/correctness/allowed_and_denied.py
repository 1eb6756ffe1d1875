"""A user or group that one list allows and another list denies can't log in.

## Why

sshd checks DenyUsers first, then AllowUsers, DenyGroups and AllowGroups. Each list can keep a user out.
sshd denies a name that is in both an Allow and a Deny list.

## How to fix it

Delete the name from one of the two lists. sshkeep can't know which line is right.

## When to ignore it

When the denied name is only an additional lock: nobody should log in with this name.
"""

from collections.abc import Iterator, Sequence

from sshkeep.config.parse_line import accepted_lines
from sshkeep.config.precedence.in_block import value_in_block
from sshkeep.lint import Config, Example, Finding, Options, Rule
from sshkeep.lint.checks.findings import at_entry, in_short, related_entry
from sshkeep.openssh.patterns import match_pattern

MOST_NAMES = 100
"""Names of one list that are compared with the other: a file may be hostile."""

LISTS = (("AllowUsers", "DenyUsers"), ("AllowGroups", "DenyGroups"))


def check(config: Config, options: Options) -> Iterator[Finding]:
    for allow, deny in LISTS:
        for entry, parsed in accepted_lines(allow.lower(), config) if config.lines(deny.lower()) else ():
            denied = value_in_block(deny.lower(), entry.block, config)
            allowed = parsed.value if isinstance(parsed.value, tuple) else ()
            denies = [str(p) for p in denied.value[:MOST_NAMES]] if isinstance(denied.value, tuple) else []
            found = [name for name in map(str, allowed[:MOST_NAMES]) if _denied(name, denies)]
            if found and denied.entry is not None:
                has = "also has the name" if len(found) == 1 else "also has these names"
                finding = at_entry(entry, f"{in_short(', '.join(found))} can't log in: {deny} {has}")
                yield finding._replace(related=(related_entry(denied.entry, f"{deny} comes before {allow}"),))


def _denied(allowed: str, denies: Sequence[str]) -> bool:
    """Whether an entry of a Deny list surely has all that this entry of the Allow list has."""
    if allowed in denies:
        return True
    name = allowed.partition("@")[0]
    if not name or set(name) & set("*?!"):
        return False
    return any(match_pattern(name, pattern) for pattern in denies if "@" not in pattern)


RULE = Rule(
    summary="a name that is allowed and denied",
    applies_to=("sshd_config",),
    severity="warning",
    check=check,
    only_with=("denyusers", "denygroups"),
    references=("auth.c, allowed_user", "sshd_config(5), AllowUsers and DenyUsers"),
    examples=(
        Example("AllowUsers bob\nDenyUsers bob\n", hit=True),
        Example("AllowGroups staff\nDenyGroups st*\n", hit=True),
        Example("AllowUsers bob@192.0.2.*\nDenyUsers bob\n", hit=True),
        Example("AllowUsers ann bob@10.0.0.* joe\nDenyUsers ann\nDenyUsers bob\n", hit=True),
        Example("AllowUsers dev-*\nDenyUsers root dev-*\n", hit=True),
        Example("AllowUsers bob\nDenyUsers ann\n"),
        Example("AllowUsers bob\nDenyUsers bob@192.0.2.1\n"),
        Example("AllowUsers *\nDenyUsers bob\n"),
        Example("AllowUsers bob\nMatch Address 192.0.2.0/24\n  DenyUsers bob\n"),
    ),
)
