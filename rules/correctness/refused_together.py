"""OpenSSH accepts each line, but refuses the settings together when it has read everything.

## Why

For sshd: AuthorizedKeysCommand or AuthorizedPrincipalsCommand without its User option;
AuthenticationMethods without a list whose methods are all on; a ListenAddress that does not fit
AddressFamily; a list of algorithms that is empty or has a `!pattern`. For ssh: ConnectionAttempts 0,
ProxyCommand `-` with ProxyUseFdpass, more than 32 known hosts files, and a RefuseConnection for everyone.
OpenSSH prints no line number for these errors; the finding is at the line that causes the error.

The rule checks the settings at the start of sshd, and those that ssh uses for all hosts. Settings in a
block are refused for the connections of that block; `sshkeep effective` shows that.

## How to fix it

Set the missing option, or correct the one that is marked.

## When to ignore it

Never: OpenSSH does not start.
"""

from collections.abc import Iterator

from sshkeep.config.effective.conflicts import conflicts
from sshkeep.config.refusals import refused_lines
from sshkeep.lint import Config, Example, Finding, Options, Rule
from sshkeep.lint.checks.findings import at_entry
from sshkeep.lint.checks.refusals import effect_of_refusal

REMARKS = {
    "addressfamily": "a ListenAddress belongs to the other address family",
    "authenticationmethods": "each list contains a method that is off",
    "authorizedkeyscommand": "AuthorizedKeysCommandUser must name the user who runs it",
    "authorizedprincipalscommand": "AuthorizedPrincipalsCommandUser must name the user who runs it",
    "connectionattempts": "ssh must try at least once",
}


def check(config: Config, options: Options) -> Iterator[Finding]:
    for refusal in refused_lines(config):
        if refusal.reason == "asked for":
            yield at_entry(refusal.entry, f"{effect_of_refusal(config)}: {refusal.problem}")
    for entry, problem in conflicts(config):
        assert entry.keyword
        label = REMARKS.get(entry.keyword.option, "")
        yield at_entry(entry, f"{effect_of_refusal(config)}: {problem}")._replace(label=label)


RULE = Rule(
    summary="settings that are fine line by line, but refused together",
    applies_to=("sshd_config", "ssh_config"),
    severity="error",
    check=check,
    references=(
        "sshd.c, main",
        "servconf.c, fill_default_server_options",
        "readconf.c, fill_default_options",
        "ssh.c, main",
    ),
    examples=(
        Example("AuthorizedKeysCommand /usr/bin/keys %u\n", hit=True, kind="sshd_config"),
        Example(
            "AuthorizedKeysCommand /usr/bin/keys %u\nAuthorizedKeysCommandUser nobody\n", kind="sshd_config"
        ),
        Example(
            "AuthenticationMethods publickey,password\nPasswordAuthentication no\n",
            hit=True,
            kind="sshd_config",
        ),
        Example("AuthenticationMethods publickey,password\nPasswordAuthentication yes\n", kind="sshd_config"),
        Example("AddressFamily inet\nListenAddress ::1\n", hit=True, kind="sshd_config"),
        Example("AddressFamily inet\nListenAddress 127.0.0.1\n", kind="sshd_config"),
        Example("Host *\n  ConnectionAttempts 0\n", hit=True, kind="ssh_config"),
        Example("Host *\n  ConnectionAttempts 1\n", kind="ssh_config"),
        Example("UserKnownHostsFile" + " /x" * 33 + "\n", hit=True, kind="ssh_config"),
        Example("RefuseConnection closed\nHost web\n  Port 2222\n", hit=True, kind="ssh_config"),
        Example("Host old\n  RefuseConnection closed\n", kind="ssh_config"),
    ),
)
