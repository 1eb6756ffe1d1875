"""Settings that are fine line by line and refused together, when OpenSSH has read everything.

It names no line for these: AuthorizedKeysCommand or AuthorizedPrincipalsCommand without the User that
runs it; AuthenticationMethods of which no list has all its methods enabled; a ListenAddress that is not
of the AddressFamily; a list of algorithms from which nothing is left, or with a `!pattern`. For ssh:
ConnectionAttempts 0, ProxyCommand `-` with ProxyUseFdpass, more than 32 known hosts files, and a
RefuseConnection that is for everyone. The finding stands at the line that causes it.

What counts is what sshd starts with, and what ssh uses for everyone: a block's settings are refused
for those whom the block is for, which `sshkeep effective` shows.
"""

from collections.abc import Iterator

from sshkeep.config.effective.conflicts import conflicts
from sshkeep.config.refusals import refused_lines
from sshkeep.lint import Config, Example, Finding, Options, Rule
from sshkeep.lint.checks.findings import at_entry
from sshkeep.lint.checks.refusals import effect_of_refusal

REMARKS = {
    "addressfamily": "a ListenAddress is of the other family",
    "authenticationmethods": "no list here has all of its methods enabled",
    "authorizedkeyscommand": "AuthorizedKeysCommandUser must name the user who runs it",
    "authorizedprincipalscommand": "AuthorizedPrincipalsCommandUser must name the user who runs it",
    "connectionattempts": "ssh has to try at least once",
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
