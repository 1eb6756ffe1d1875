"""A line looks global, but it belongs to the block above it.

## Why

A Match or Host block ends only at the next one or at the end of the file. Blank lines, comments and
indentation do not end it. Scripts, roles and people append settings to a file that ends with a block, as
the one of Windows does. Then the settings apply only to that block, and everyone else keeps the old values,
often the defaults. A Match at the top of a file swallows the whole file.

The rule looks at the layout: the lines of the block are indented, and the last ones are not, or these stand
to the left of the Match line. If other lines at the margin have indented ones below them, no line at the
margin may have a keyword that blocks often have. A keyword that blocks often have, right below a block of
one line, counts only if the other blocks of the file are indented. The rule skips blocks without
indentation, unless a part that a tool manages begins within the block, or lines after a blank line or
comment end with a keyword that no Match block allows. It skips keywords that are rarely global, such as
ForceCommand or HostName. If everyone else has the same value anyway, the finding is an info.
[keepalive-in-block](keepalive-in-block.md) does the same for keepalives.

## How to fix it

The fix makes all of these lines apply to everyone. It is unsafe, since sshkeep guesses what they are for.

## When to ignore it

When the lines are meant for the block. Indent them then.
"""

from collections.abc import Iterator

from sshkeep.lint import Config, Example, Finding, Options, Rule
from sshkeep.lint.checks.swallowed import KEEPALIVES, swallowed_findings
from sshkeep.lint.rule import A_BLOCK


def check(config: Config, options: Options) -> Iterator[Finding]:
    yield from swallowed_findings(lambda option: option not in KEEPALIVES, config)


SFTP = "Match Group sftp\n    ForceCommand internal-sftp\n"

RULE = Rule(
    summary="a line meant for everyone is swallowed by the block above it",
    applies_to=("sshd_config", "ssh_config"),
    severity="warning",
    check=check,
    reads="lines",
    only_with=(A_BLOCK,),
    references=("sshd_config(5), Match", "ssh_config(5), Host"),
    examples=(
        Example(
            SFTP + "PermitRootLogin no\nClientAliveInterval 300\n",
            SFTP + "Match all\nPermitRootLogin no\nClientAliveInterval 300\n",
            kind="sshd_config",
            unsafe=True,
        ),
        Example(
            "PermitRootLogin yes\n" + SFTP + "\n# hardening\nPermitRootLogin no\n",
            "PermitRootLogin no\n" + SFTP + "\n# hardening\n",
            kind="sshd_config",
            unsafe=True,
        ),
        Example(
            "Match User a\nX11Forwarding no\n\n# BEGIN tool\nMaxAuthTries 3\n# END\n",
            "Match User a\nX11Forwarding no\n\nMatch all\n# BEGIN tool\nMaxAuthTries 3\n# END\n",
            kind="sshd_config",
            unsafe=True,
        ),
        Example(
            "Match User a\nX11Forwarding no\n\nMaxAuthTries 3\nUsePAM yes\n",
            "Match User a\nX11Forwarding no\n\nMatch all\nMaxAuthTries 3\nUsePAM yes\n",
            kind="sshd_config",
            unsafe=True,
        ),
        Example(
            "  Match User a\n  X11Forwarding no\n  PermitTTY no\nMaxAuthTries 3\n",
            "  Match User a\n  X11Forwarding no\n  PermitTTY no\nMatch all\nMaxAuthTries 3\n",
            kind="sshd_config",
            unsafe=True,
        ),
        Example(
            SFTP + "PermitRootLogin no\n    X11Forwarding no\nMaxAuthTries 3\n",
            SFTP + "PermitRootLogin no\n    X11Forwarding no\nMatch all\nMaxAuthTries 3\n",
            kind="sshd_config",
            unsafe=True,
        ),
        Example("PermitRootLogin no\n" + SFTP + "    PermitRootLogin yes\n", kind="sshd_config"),
        Example(SFTP + "    PermitRootLogin no\nClientAliveInterval 300\n", kind="sshd_config"),
        Example("Match User a\nX11Forwarding no\n\n# more\nMaxAuthTries 3\n", kind="sshd_config"),
        Example("Match User a\n    X11Forwarding no\n    MaxAuthTries 3\n", kind="sshd_config"),
        Example("Match User a\n    X11Forwarding no\nAllowTcpForwarding no\n", kind="sshd_config"),
        Example("Match Group sftp\n    X11Forwarding no\nForceCommand internal-sftp\n", kind="sshd_config"),
        Example(SFTP + "Match all\nPermitRootLogin no\n", kind="sshd_config"),
        Example(
            "Host web\n  User a\nCompression yes\nServerAliveInterval 60\n\nHost b\n  User b\n",
            "Host web\n  User a\n\nHost b\n  User b\n\nHost *\n  Compression yes\n  ServerAliveInterval 60\n",
            kind="ssh_config",
            unsafe=True,
        ),
        Example(
            "Host web\n  HostName 192.0.2.1\nUser a\n",
            kind="ssh_config",
        ),
    ),
)
