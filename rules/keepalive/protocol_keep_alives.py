"""ProtocolKeepAlives is a name that only Debian's ssh knows; everywhere else ssh refuses to run.

Debian and Ubuntu carry a patch that makes it another name of ServerAliveInterval. Old advice still
tells people to write it. Copied to any other system, the file makes every ssh call fail with "Bad
configuration option". The fix writes ServerAliveInterval, which means the same everywhere.
"""

from sshkeep.lint import MISSING_INTERVAL, Config, Entry, Example, Rule, Says, renamed


def says(config: Config, entry: Entry) -> Says:
    if entry.keyword is None:
        return Says(
            "every ssh call fails: only Debian's ssh knows ProtocolKeepAlives",
            "a Debian name of ServerAliveInterval",
        )
    return Says(
        "only Debian's ssh knows ProtocolKeepAlives",
        "a Debian name of ServerAliveInterval",
        ("every call of any other ssh that reads this file fails",),
    )


RULE = Rule(
    summary="ProtocolKeepAlives is Debian's own name of ServerAliveInterval, and fatal elsewhere",
    applies_to=("ssh_config",),
    severity="warning",
    check=renamed("ProtocolKeepAlives", lambda config: "ServerAliveInterval", says),
    explains=(*MISSING_INTERVAL, "unknown-keyword"),
    references=("Debian's ssh_config(5), ProtocolKeepAlives", "Debian's patch to readconf.c"),
    examples=(
        Example(
            "Host *\n  ProtocolKeepAlives=60\n", "Host *\n  ServerAliveInterval=60\n", target="debian-12"
        ),
        Example("Host *\n  ServerAliveInterval=60\n", target="debian-12"),
        Example("Host *\n  ProtocolKeepAlives 60\n", "Host *\n  ServerAliveInterval 60\n"),
    ),
)
