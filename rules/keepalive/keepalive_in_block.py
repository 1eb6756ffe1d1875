"""A keepalive that looks as if it were for everyone, but is swallowed by the block above it.

A Match or Host block goes on until the next one or the end of the file; indentation means nothing. A
keepalive appended at the end of a file that ends in a block is that block's, and everyone else gets
nothing. That is how `echo ... >> sshd_config` and many tools write it.

The rule goes by layout, as [swallowed-by-block](swallowed-by-block.md) does for all other keywords: the
lines of the block are indented, and the last ones are not. The fix lets them all count for everyone, which
is what they seem to be for; since that is a guess, it is unsafe.
"""

from collections.abc import Iterator

from sshkeep.lint import Config, Example, Finding, Options, Rule
from sshkeep.lint.checks.missing_keepalive import MISSING_INTERVAL_RULES
from sshkeep.lint.checks.swallowed import KEEPALIVES, swallowed_findings


def check(config: Config, options: Options) -> Iterator[Finding]:
    if config.is_template and any(file.has_unknown_lines for file in config.files.values()):
        return  # one of them may be for everyone
    for finding in swallowed_findings(lambda option: option in KEEPALIVES, config):
        if not config.is_template or len(config.lines(finding.keyword.lower())) == 1:
            yield finding


RULE = Rule(
    summary="a keepalive meant for everyone is swallowed by the block above it",
    applies_to=("sshd_config", "ssh_config"),
    severity="warning",
    check=check,
    explains=MISSING_INTERVAL_RULES,
    reads="lines",
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
