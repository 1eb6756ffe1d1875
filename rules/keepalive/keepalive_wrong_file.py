"""A keepalive of the other side: ServerAlive* belongs into ssh_config, ClientAlive* into sshd_config.

The server sends ClientAlive probes to its clients, the client sends ServerAlive probes to its server.
In the wrong file the keyword is unknown: sshd does not start, and every ssh call fails. The fix writes
this side's keyword; where that is set already, it takes the wrong line away.
"""

from collections.abc import Iterator

from sshkeep.lint import (
    MISSING_INTERVAL,
    Config,
    DeleteLine,
    Example,
    Finding,
    Fix,
    Options,
    RenameKeyword,
    Rule,
    at_entry,
    concerns,
    fails,
    safety_of_probing,
    set_beside,
    spelt,
)

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
        for entry in spelt(wrong, config):
            taken = set_beside(entry, right, config)
            if taken:
                fix = Fix(f"take the line away, as {right} is set", "safe", (DeleteLine(entry),))
            else:
                fix = Fix(f"write {right}", safety_of_probing(right, config), (RenameKeyword(entry, right),))
            finding = at_entry(entry, f"{fails(config)}: {wrong} belongs into {OTHER_FILE[config.kind]}")
            yield finding._replace(
                label=f"here it is {right}",
                fix=fix,
                concerns=() if taken else concerns(entry, right, config),
            )


RULE = Rule(
    summary="ServerAlive* in sshd_config, or ClientAlive* in ssh_config: refused there",
    applies_to=("sshd_config", "ssh_config"),
    severity="error",
    check=check,
    explains=(*MISSING_INTERVAL, "unknown-keyword"),
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
