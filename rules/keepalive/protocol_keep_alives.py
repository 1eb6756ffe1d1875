"""Only Debian's ssh has the keyword ProtocolKeepAlives. Any other ssh exits with "Bad configuration option".

## Why

Debian and Ubuntu have a patch that makes it another name of ServerAliveInterval. Old advice still
recommends it. On any other system, every ssh call that reads the file fails.

## How to fix it

The fix writes ServerAliveInterval, which means the same everywhere.

## When to ignore it

When the file is only for Debian and Ubuntu.
"""

from sshkeep.lint import Config, Entry, Example, Rule
from sshkeep.lint.checks.missing_keepalive import MISSING_INTERVAL_RULES
from sshkeep.lint.checks.refusals import unknown_keyword
from sshkeep.lint.checks.values import FindingText, renamed_keyword
from sshkeep.lint.rule import AN_UNKNOWN_KEYWORD
from sshkeep.phrase import Phrase


def finding_text(config: Config, entry: Entry) -> FindingText:
    if entry.keyword is None:
        return FindingText(
            unknown_keyword("ProtocolKeepAlives", "ssh_config"),
            Phrase("a Debian name of ServerAliveInterval"),
        )
    return FindingText(
        Phrase("only Debian's ssh has the keyword ProtocolKeepAlives"),
        Phrase("a Debian name of ServerAliveInterval"),
        (Phrase("any other ssh exits when it reads this file"),),
    )


RULE = Rule(
    summary="ProtocolKeepAlives is Debian's own name of ServerAliveInterval, and fatal elsewhere",
    applies_to=("ssh_config",),
    severity="warning",
    check=renamed_keyword("ProtocolKeepAlives", lambda config: "ServerAliveInterval", finding_text),
    explains=(*MISSING_INTERVAL_RULES, "unknown-keyword"),
    reads="lines",
    only_with=("serveraliveinterval", AN_UNKNOWN_KEYWORD),
    references=("Debian's ssh_config(5), ProtocolKeepAlives", "Debian's patch to readconf.c"),
    examples=(
        Example(
            "Host *\n  ProtocolKeepAlives=60\n", "Host *\n  ServerAliveInterval=60\n", target="debian-12"
        ),
        Example("Host *\n  ServerAliveInterval=60\n", target="debian-12"),
        Example("Host *\n  ProtocolKeepAlives 60\n", "Host *\n  ServerAliveInterval 60\n"),
    ),
)
