"""ProtocolKeepAlives is a name that only Debian's ssh knows; everywhere else ssh refuses to run.

Debian and Ubuntu carry a patch that makes it another name of ServerAliveInterval. Old advice still
advises to write it. Copied to any other system, the file makes every ssh call fail with "Bad
configuration option". The fix writes ServerAliveInterval, which means the same everywhere.
"""

from sshkeep.lint import Config, Entry, Example, Rule
from sshkeep.lint.checks.missing_keepalive import MISSING_INTERVAL_RULES
from sshkeep.lint.checks.values import FindingText, renamed_keyword


def finding_text(config: Config, entry: Entry) -> FindingText:
    if entry.keyword is None:
        return FindingText(
            "every ssh call fails: only Debian's ssh knows ProtocolKeepAlives",
            "a Debian name of ServerAliveInterval",
        )
    return FindingText(
        "only Debian's ssh knows ProtocolKeepAlives",
        "a Debian name of ServerAliveInterval",
        ("every call of any other ssh that reads this file fails",),
    )


RULE = Rule(
    summary="ProtocolKeepAlives is Debian's own name of ServerAliveInterval, and fatal elsewhere",
    applies_to=("ssh_config",),
    severity="warning",
    check=renamed_keyword("ProtocolKeepAlives", lambda config: "ServerAliveInterval", finding_text),
    explains=(*MISSING_INTERVAL_RULES, "unknown-keyword"),
    reads="lines",
    references=("Debian's ssh_config(5), ProtocolKeepAlives", "Debian's patch to readconf.c"),
    examples=(
        Example(
            "Host *\n  ProtocolKeepAlives=60\n", "Host *\n  ServerAliveInterval=60\n", target="debian-12"
        ),
        Example("Host *\n  ServerAliveInterval=60\n", target="debian-12"),
        Example("Host *\n  ProtocolKeepAlives 60\n", "Host *\n  ServerAliveInterval 60\n"),
    ),
)
