"""A keepalive looks global, but it belongs to the block above it.

## Why

A Match or Host block ends only at the next one or at the end of the file. Indentation has no meaning. A
keepalive that is appended to a file that ends with a block belongs to that block, and everyone else gets no
keepalive. `echo ... >> sshd_config` and many tools do that.

The rule looks at the layout, as [swallowed-by-block](swallowed-by-block.md) does for all other keywords:
the lines of the block are indented, and the last ones are not.

## How to fix it

The fix makes the lines apply to everyone. It is unsafe, since sshkeep guesses what they are for.

## When to ignore it

When the keepalive is meant for the block. Indent it then.
"""

from collections.abc import Iterator

from sshkeep.lint import Config, Example, Finding, Options, Rule
from sshkeep.lint.checks.missing_keepalive import MISSING_INTERVAL_RULES
from sshkeep.lint.checks.swallowed import KEEPALIVES, swallowed_findings
from sshkeep.lint.rule import A_BLOCK


def check(config: Config, options: Options) -> Iterator[Finding]:
    yield from swallowed_findings(lambda option: option in KEEPALIVES, config)


RULE = Rule(
    summary="a keepalive meant for everyone is swallowed by the block above it",
    applies_to=("sshd_config", "ssh_config"),
    severity="warning",
    check=check,
    explains=MISSING_INTERVAL_RULES,
    reads="lines",
    only_with=(A_BLOCK,),
    references=("sshd_config(5), Match", "ssh_config(5), Host"),
    examples=(
        Example(
            "Port 22\nMatch User a\n    X11Forwarding no\nClientAliveInterval 60\n",
            "Port 22\nMatch User a\n    X11Forwarding no\nMatch all\nClientAliveInterval 60\n",
            kind="sshd_config",
            unsafe=True,
        ),
        Example(
            "ClientAliveInterval 30\nMatch User a\n    X11Forwarding no\nClientAliveInterval 60\n",
            "ClientAliveInterval 60\nMatch User a\n    X11Forwarding no\n",
            kind="sshd_config",
            unsafe=True,
        ),
        Example(
            "ClientAliveInterval 30\nMatch User a\n    X11Forwarding no\n    ClientAliveInterval 60\n",
            kind="sshd_config",
        ),
        Example(
            "Match User a\n    X11Forwarding no\n\nMaxAuthTries 3\nClientAliveInterval 300\n",
            "Match User a\n    X11Forwarding no\n\nMatch all\nMaxAuthTries 3\nClientAliveInterval 300\n",
            kind="sshd_config",
            unsafe=True,
        ),
        Example(
            "Host web\n  User a\nServerAliveInterval 60\n",
            "Host web\n  User a\nHost *\nServerAliveInterval 60\n",
            kind="ssh_config",
            unsafe=True,
        ),
        Example(
            "Host web\n  User a\n  Match exec true\n    ForwardAgent no\n  ServerAliveInterval 60\n",
            "Host web\n  User a\n  ServerAliveInterval 60\n  Match exec true\n    ForwardAgent no\n",
            kind="ssh_config",
            unsafe=True,
        ),
    ),
)
