"""KeepAlive is the old name of TCPKeepAlive. It is easily confused with the SSH keepalive.

## Why

OpenSSH renamed the option in 2003 and still accepts the old name. It switches the kernel's keepalive, which
sends its first packet after two hours. It is neither ClientAliveInterval nor ServerAliveInterval.

## How to fix it

The fix writes the new name and changes nothing else.

## When to ignore it

When the file is also for a system without the new name, which no release since 2003 is.
"""

from sshkeep.lint import Config, Entry, Example, Rule
from sshkeep.lint.checks.values import FindingText, renamed_keyword
from sshkeep.lint.rule import AN_UNKNOWN_KEYWORD
from sshkeep.phrase import Phrase


def finding_text(config: Config, entry: Entry) -> FindingText:
    return FindingText(
        Phrase("KeepAlive is TCP's keepalive, not SSH's"),
        Phrase("KeepAlive is the old name of TCPKeepAlive"),
    )


RULE = Rule(
    summary="KeepAlive is the old name of TCPKeepAlive",
    applies_to=("sshd_config", "ssh_config"),
    severity="info",
    check=renamed_keyword("KeepAlive", lambda config: "TCPKeepAlive", finding_text),
    only_with=("tcpkeepalive", AN_UNKNOWN_KEYWORD),
    references=("servconf.c and readconf.c, keywords[]",),
    examples=(
        Example(
            "KeepAlive yes\nClientAliveInterval 60\n",
            "TCPKeepAlive yes\nClientAliveInterval 60\n",
            kind="sshd_config",
        ),
        Example("TCPKeepAlive yes\nClientAliveInterval 60\n", kind="sshd_config"),
    ),
)
