"""A keepalive of the other side: ServerAlive* belongs in ssh_config, ClientAlive* into sshd_config.

The server sends ClientAlive probes to its clients, the client sends ServerAlive probes to its server.
In the wrong file the keyword is unknown: sshd does not start, and every ssh call fails. The fix writes
this side's keyword; where that is set already, it takes the wrong line away.
"""

from collections.abc import Iterator

from sshkeep.edit.intents import DeleteLine, RenameKeyword
from sshkeep.lint import Config, Example, Finding, Fix, Options, Rule
from sshkeep.lint.checks.findings import at_entry, value_concerns
from sshkeep.lint.checks.keepalive import probing_safety
from sshkeep.lint.checks.lines import entries_spelled, is_set_beside
from sshkeep.lint.checks.missing_keepalive import MISSING_INTERVAL_RULES
from sshkeep.lint.checks.refusals import effect_of_refusal

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
                fix = Fix(f"take the line away, as {right} is set", "safe", (DeleteLine(entry),))
            else:
                fix = Fix(f"write {right}", probing_safety(right, config), (RenameKeyword(entry, right),))
            finding = at_entry(
                entry, f"{effect_of_refusal(config)}: {wrong} belongs in {OTHER_FILE[config.kind]}"
            )
            yield finding._replace(
                label=f"here it is {right}",
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
