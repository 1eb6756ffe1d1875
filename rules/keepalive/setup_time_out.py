"""Only Debian's ssh has the keyword SetupTimeOut, and its meaning has changed. Any other ssh exits with "Bad
configuration option".

## Why

In Debian and Ubuntu packages up to 9.8 it is another name of ServerAliveInterval. From 1:9.9p1-1 on it is
another name of ConnectTimeout. So an upgrade switches the keepalive off without a message.

## How to fix it

The fix writes the name that the target gives it. For a target without Debian's patch the meaning is
unknown, and there is no fix.

## When to ignore it

When the file is only for one Debian release.
"""

from sshkeep.lint import Config, Entry, Example, Rule
from sshkeep.lint.checks.missing_keepalive import MISSING_INTERVAL_RULES
from sshkeep.lint.checks.refusals import unknown_keyword
from sshkeep.lint.checks.values import FindingText, renamed_keyword
from sshkeep.lint.rule import AN_UNKNOWN_KEYWORD
from sshkeep.openssh.releases import DEBIAN_SETUP_TIME_OUT_IS_CONNECT_TIMEOUT as CHANGED
from sshkeep.phrase import Phrase


def option(config: Config) -> str:
    if config.target.vendor != "debian":
        return ""
    return "ConnectTimeout" if config.target.release >= CHANGED else "ServerAliveInterval"


def finding_text(config: Config, entry: Entry) -> FindingText:
    history = Phrase("ServerAliveInterval in Debian before {release}, ConnectTimeout since", release=CHANGED)
    if entry.keyword is None:
        return FindingText(unknown_keyword("SetupTimeOut", "ssh_config"), history)
    if option(config) == "ConnectTimeout":
        message = Phrase(
            "SetupTimeOut is not a keepalive here: since Debian's {release} it sets ConnectTimeout",
            release=CHANGED,
        )
    else:
        message = Phrase(
            "this keepalive ends with Debian's {release}: from there it sets ConnectTimeout", release=CHANGED
        )
    return FindingText(message, history, (Phrase("any other ssh exits when it reads this file"),))


RULE = Rule(
    summary="SetupTimeOut is Debian's own name, first of ServerAliveInterval, then of ConnectTimeout",
    applies_to=("ssh_config",),
    severity="warning",
    check=renamed_keyword("SetupTimeOut", option, finding_text),
    explains=(*MISSING_INTERVAL_RULES, "unknown-keyword"),
    reads="lines",
    only_with=("serveraliveinterval", "connecttimeout", AN_UNKNOWN_KEYWORD),
    references=(
        "Debian's patch to readconf.c before and from 1:9.9p1-1",
        "Debian's changelog of openssh 1:9.9p1-1",
    ),
    examples=(
        Example("Host *\n  SetupTimeOut 60\n", "Host *\n  ServerAliveInterval 60\n", target="debian-12"),
        Example("Host *\n  ServerAliveInterval 60\n", target="debian-12"),
        Example(
            "Host *\n  ServerAliveInterval 60\n  SetupTimeOut 9\n",
            "Host *\n  ServerAliveInterval 60\n  ConnectTimeout 9\n",
            target="debian-13",
        ),
        Example("Host *\n  ServerAliveInterval 60\n  SetupTimeOut 9\n", hit=True),
    ),
)
