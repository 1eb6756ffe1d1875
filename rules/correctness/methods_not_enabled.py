"""AuthenticationMethods can't be met in a Match block, so nobody to whom the block applies can log in.

## Why

A user must pass every method of one list. sshd leaves out a list that contains a method that is off. If no
list remains, sshd closes the connection. For settings outside of blocks, sshd checks this when it starts,
and does not start; `refused-together` reports that.

The block may set AuthenticationMethods itself, or switch off a method that the lists of the global
AuthenticationMethods need.

The rule also looks at other blocks that may apply to the same user. `Match User svc` and `Match User other`
exclude each other.

## How to fix it

Switch the method on in the block, or remove it from the list.

## When to ignore it

When nobody should log in here. `DenyUsers` says that more clearly.
"""

from collections.abc import Iterator
from itertools import islice

from sshkeep.config.blocks.unsatisfiable import exclude_each_other
from sshkeep.config.parse_line import ParsedLine, accepted_lines
from sshkeep.config.precedence.candidates import candidates_beside
from sshkeep.config.precedence.default_value import default_text
from sshkeep.lint import Config, Entry, Example, Finding, Options, Rule
from sshkeep.lint.checks.findings import at_entry, related_entry

MOST_BLOCKS = 100
"""Blocks that are looked at, and that are compared with the block of one line: a file may be hostile."""


def check(config: Config, options: Options) -> Iterator[Finding]:
    if config.fragment or config.unread or not config.lines("authenticationmethods"):
        return
    for entry, parsed in accepted_lines("authenticationmethods", config):
        if entry.block is not None and isinstance(parsed.value, tuple):
            yield from _findings(entry, parsed, config)
    yield from _where_the_last_is_off(config)


def _findings(entry: Entry, parsed: ParsedLine, config: Config) -> Iterator[Finding]:
    if not _can_be_met(parsed, entry, config):
        off = {method: _lines_off(method, entry, config) for method in _methods(parsed)}
        methods = sorted(method for method in off if _is_off(method, entry, config))
        yield at_entry(entry, f"nobody can log in here: {methods[0]} is off")._replace(
            label="each list contains a method that is off",
            related=tuple(
                related_entry(line, "switched off here") for name in methods for line in off[name][:1]
            ),
        )


def _where_the_last_is_off(config: Config) -> Iterator[Finding]:
    """Blocks without AuthenticationMethods that switch off what the lists in effect there need."""
    from sshkeep.config.effective.sshd_startup import METHOD_NEEDS, startup_problems

    own = {entry.block for entry, _ in accepted_lines("authenticationmethods", config)}
    lines = [pair for flag in METHOD_NEEDS.values() for pair in accepted_lines(flag, config)]
    off = [entry for entry, parsed in lines if parsed.value == "no" and entry.block not in {None, *own}]
    last = {entry.block: entry for entry in sorted(off, key=lambda entry: entry.index)}
    if not last or any(option == "authenticationmethods" for option, _ in startup_problems(config)):
        return
    for entry in islice(last.values(), MOST_BLOCKS):
        wanted = candidates_beside("authenticationmethods", entry, config)
        here = [line for line in wanted.lines if not _is_for_others(line.entry, entry, config)]
        if not wanted.unset and not any(_can_be_met(line.parsed, entry, config) for line in here):
            yield at_entry(entry, "nobody can log in here: AuthenticationMethods can't be met")._replace(
                label="each list contains a method that is off here",
                related=tuple(related_entry(line.entry, "these methods are needed") for line in here[-1:]),
            )


def _methods(parsed: ParsedLine) -> list[str]:
    lists = parsed.value if isinstance(parsed.value, tuple) else ()
    return [method for methods in lists for method in str(methods).split(",")]


def _can_be_met(parsed: ParsedLine, entry: Entry, config: Config) -> bool:
    """Whether all methods of a list may be on for someone whom the line ``entry`` is for."""
    off = {method for method in _methods(parsed) if _is_off(method, entry, config)}
    lists = parsed.value if isinstance(parsed.value, tuple) else ()
    return any(off.isdisjoint(str(methods).split(",")) for methods in lists)


def _is_off(method: str, entry: Entry, config: Config) -> bool:
    """Whether a method is off for all whom the line is for: False where it may be on."""
    flag = _flag(method)
    # Up to 8.6 another option could switch keyboard-interactive on.
    if not flag or (flag.startswith("kbd") and config.lines("challengeresponseauthentication")):
        return False
    found = candidates_beside(flag, entry, config)
    if found.unset and default_text(flag, config) == "yes":
        return False
    on = [line.entry for line in found.lines if line.value != "no"]
    return len(on) <= MOST_BLOCKS and all(_is_for_others(line, entry, config) for line in on)


def _lines_off(method: str, entry: Entry, config: Config) -> list[Entry]:
    """The lines that switch a method off for those whom the line is for."""
    lines = candidates_beside(_flag(method), entry, config).lines if _flag(method) else ()
    return [line.entry for line in lines if line.value == "no"]


def _flag(method: str) -> str:
    from sshkeep.config.effective.sshd_startup import METHOD_NEEDS

    return METHOD_NEEDS.get(method.partition(":")[0], "")


def _is_for_others(line: Entry, entry: Entry, config: Config) -> bool:
    return bool(line.block and entry.block and exclude_each_other(line.block, entry.block, config))


RULE = Rule(
    summary="AuthenticationMethods that can't be met in a block",
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
        Example("Match User ann\n  AuthenticationMethods hostbased\n", hit=True),
        Example(
            "AuthenticationMethods publickey hostbased\nMatch Address 192.0.2.0/24\n"
            "  PubkeyAuthentication no\n",
            hit=True,
        ),
        Example(
            "AuthenticationMethods publickey hostbased\nMatch Address 192.0.2.0/24\n"
            "  PubkeyAuthentication no\nMatch User ann\n  AuthenticationMethods any\n",
        ),
        Example(
            "AuthenticationMethods publickey password\nMatch Address 192.0.2.0/24\n"
            "  PubkeyAuthentication no\n",
        ),
    ),
)
