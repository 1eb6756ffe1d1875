"""A keepalive of the other side: ServerAlive* belongs in ssh_config, ClientAlive* belongs in sshd_config.

## Why

The server sends ClientAlive probes to its clients, and the client sends ServerAlive probes to its server.
In the wrong file OpenSSH does not know the keyword: it exits with "Bad configuration option".

## How to fix it

The fix writes the keyword of this side. If that is already set, it deletes the wrong line.

## When to ignore it

Never: OpenSSH does not start.
"""

from collections.abc import Iterator

from sshkeep.edit.intents import DeleteLine, RenameKeyword
from sshkeep.lint import Config, Example, Finding, Fix, Options, Rule
from sshkeep.lint.checks.findings import at_entry, value_concerns
from sshkeep.lint.checks.keepalive import probing_safety
from sshkeep.lint.checks.lines import entries_spelled, is_set_beside
from sshkeep.lint.checks.missing_keepalive import MISSING_INTERVAL_RULES
from sshkeep.lint.checks.refusals import unknown_keyword
from sshkeep.lint.rule import AN_UNKNOWN_KEYWORD
from sshkeep.phrase import Phrase

RIGHT = {
    "sshd_config": {
        "ServerAliveInterval": "ClientAliveInterval",
        "ServerAliveCountMax": "ClientAliveCountMax",
    },
    "ssh_config": {
        "ClientAliveInterval": "ServerAliveInterval",
        "ClientAliveCountMax": "ServerAliveCountMax",
    },
}
OTHER_FILE = {"sshd_config": "ssh_config", "ssh_config": "sshd_config"}


def check(config: Config, options: Options) -> Iterator[Finding]:
    for wrong, right in RIGHT[config.kind].items():
        for entry in entries_spelled(wrong, config):
            taken = is_set_beside(entry, right, config)
            if taken:
                title = Phrase("delete the line, since {keyword} is set", keyword=right)
                fix = Fix(title, "safe", (DeleteLine(entry),))
            else:
                title = Phrase("write {keyword}", keyword=right)
                fix = Fix(title, probing_safety(right, config), (RenameKeyword(entry, right),))
            finding = at_entry(entry, unknown_keyword(wrong, config.kind))
            yield finding._replace(
                label=Phrase(
                    "{wrong} belongs in {file}; here it is {right}",
                    wrong=wrong,
                    file=OTHER_FILE[config.kind],
                    right=right,
                ),
                fix=fix,
                concerns=() if taken else value_concerns(entry, right, config),
            )


RULE = Rule(
    summary="ServerAlive* in sshd_config, or ClientAlive* in ssh_config: refused there",
    applies_to=("sshd_config", "ssh_config"),
    severity="error",
    check=check,
    explains=(*MISSING_INTERVAL_RULES, "unknown-keyword"),
    reads="lines",
    only_with=(AN_UNKNOWN_KEYWORD,),
    references=("sshd_config(5), ClientAliveInterval", "ssh_config(5), ServerAliveInterval"),
    examples=(
        Example("ServerAliveInterval 60\n", "ClientAliveInterval 60\n", kind="sshd_config"),
        Example("ClientAliveInterval 60\n", kind="sshd_config"),
        Example(
            "ClientAliveInterval 60\nServerAliveInterval 60\n", "ClientAliveInterval 60\n", kind="sshd_config"
        ),
        Example("Host *\n ClientAliveCountMax 3\n", "Host *\n ServerAliveCountMax 3\n", kind="ssh_config"),
    ),
)
