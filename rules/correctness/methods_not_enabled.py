"""AuthenticationMethods in a Match block can't be met, so nobody to whom the block applies can log in.

## Why

A user must pass every method of one list. sshd leaves out a list that contains a method that is off. If no
list remains, sshd closes the connection. For settings outside of blocks, sshd checks this when it starts,
and does not start; `refused-together` reports that.

The rule also looks at other blocks that may apply to the same user. `Match User svc` and `Match User other`
exclude each other.

## How to fix it

Switch the method on in the block, or remove it from the list.

## When to ignore it

When nobody should log in here. `DenyUsers` says that more clearly.
"""

from collections.abc import Iterator

from sshkeep.config.blocks.unsatisfiable import exclude_each_other
from sshkeep.config.parse_line import ParsedLine, accepted_lines
from sshkeep.config.precedence.candidates import candidates_beside
from sshkeep.lint import Config, Entry, Example, Finding, Options, Rule
from sshkeep.lint.checks.findings import at_entry, related_entry

MOST_BLOCKS = 100
"""Blocks that are compared with the block of one line: a file may be hostile."""


def check(config: Config, options: Options) -> Iterator[Finding]:
    if config.fragment or config.unread or not config.lines("authenticationmethods"):
        return
    for entry, parsed in accepted_lines("authenticationmethods", config):
        if entry.block is not None and isinstance(parsed.value, tuple):
            yield from _findings(entry, parsed, config)


def _findings(entry: Entry, parsed: ParsedLine, config: Config) -> Iterator[Finding]:
    assert isinstance(parsed.value, tuple)
    chains = [chain.split(",") for chain in parsed.value]
    off = {method: _switched_off(method, entry, config) for chain in chains for method in chain}
    if all(any(off[method] for method in chain) for chain in chains):
        methods = sorted({method for method, lines in off.items() if lines})
        yield at_entry(entry, f"nobody can log in here: {methods[0]} is switched off")._replace(
            label="each list contains a method that is off",
            related=tuple(
                related_entry(line, "switched off here") for name in methods for line in off[name][:1]
            ),
        )


def _switched_off(method: str, entry: Entry, config: Config) -> tuple[Entry, ...]:
    """The lines that switch a method off for all whom the line is for; none where it may be on."""
    from sshkeep.config.effective.sshd_startup import METHOD_NEEDS

    flag = METHOD_NEEDS.get(method.partition(":")[0], "")
    # Up to 8.6 another option could switch keyboard-interactive on.
    if not flag or (flag.startswith("kbd") and config.lines("challengeresponseauthentication")):
        return ()
    found = candidates_beside(flag, entry, config)
    if found.unset:
        return ()
    on = [line.entry for line in found.lines if line.value != "no"]
    if len(on) > MOST_BLOCKS or not all(_is_for_others(line, entry, config) for line in on):
        return ()
    return tuple(line.entry for line in found.lines if line.value == "no")


def _is_for_others(line: Entry, entry: Entry, config: Config) -> bool:
    return bool(line.block and entry.block and exclude_each_other(line.block, entry.block, config))


RULE = Rule(
    summary="AuthenticationMethods of a block that can't be met",
    applies_to=("sshd_config",),
    severity="warning",
    check=check,
    only_with=("authenticationmethods",),
    references=("auth2.c, auth2_setup_methods_lists", "sshd_config(5), AuthenticationMethods"),
    examples=(
        Example(
            "PasswordAuthentication no\nMatch User svc\n  AuthenticationMethods password\n"
            "Match User other\n  PasswordAuthentication yes\n",
            hit=True,
        ),
        Example(
            "PasswordAuthentication no\nMatch User svc\n  AuthenticationMethods password\n"
            "Match Group other\n  PasswordAuthentication yes\n",
        ),
        Example(
            "PasswordAuthentication no\nMatch User ann\n  AuthenticationMethods publickey,password\n",
            hit=True,
        ),
        Example(
            "PasswordAuthentication yes\nMatch User ann\n  AuthenticationMethods publickey,password\n",
        ),
        Example(
            "PasswordAuthentication no\nMatch User a\n  AuthenticationMethods publickey,password publickey\n",
        ),
    ),
)
