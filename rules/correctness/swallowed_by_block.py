"""A line that looks as if it were for everyone, but is swallowed by the block above it.

A Match or Host block goes on until the next one or the end of the file; blank lines, comments and indentation
mean nothing. Scripts, roles and people append settings at the end of a file that ends in a block, as the one
of Windows does: only those whom the block is for get them, and everyone else keeps what there was, often the
default. A Match at the very top swallows the whole file.

The rule goes by layout: the lines of the block are indented, and the last ones are not. Blocks without any
indentation are left alone, unless a part that a tool manages begins within the block, or lines behind a blank
line or comment end in a keyword that no Match block may have. It is silent about lines with a keyword that
hardly anyone sets for everyone, such as ForceCommand or HostName. What everyone else gets anyway is an info.
[keepalive-in-block](keepalive-in-block.md) does the same for keepalives.

The fix lets all of these lines count for everyone. It is unsafe, since it is a guess that they should.
"""

from collections.abc import Iterator

from sshkeep.lint import Config, Example, Finding, Options, Rule
from sshkeep.lint.checks.swallowed import KEEPALIVES, swallowed_findings


def check(config: Config, options: Options) -> Iterator[Finding]:
    yield from swallowed_findings(lambda option: option not in KEEPALIVES, config)


SFTP = "Match Group sftp\n    ForceCommand internal-sftp\n"

RULE = Rule(
    summary="a line meant for everyone is swallowed by the block above it",
    applies_to=("sshd_config", "ssh_config"),
    severity="warning",
    check=check,
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
