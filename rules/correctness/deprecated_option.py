"""An option that OpenSSH still knows by name, and skips: the line does nothing.

sshd says "Deprecated option" in its log each time it starts; ssh says nothing at all, and neither says
anything of Protocol. Most of them belonged to protocol 1 and rhosts, which are gone for long. A line
that is believed to protect (UsePrivilegeSeparation, ServerKeyBits) is better taken away; nothing else
changes with it.
"""

from collections.abc import Iterator

from sshkeep.lint import Config, Example, Finding, Options, Rule
from sshkeep.lint.checks.findings import at_entry
from sshkeep.lint.checks.refusals import ignored_lines
from sshkeep.openssh.tables.keywords import notice

INSTEAD = {
    "authorizedkeysfile2": "AuthorizedKeysFile takes several files",
    "cipher": "Ciphers lists them",
    "globalknownhostsfile2": "GlobalKnownHostsFile takes several files",
    "keyregenerationinterval": "protocol 1 is gone",
    "pamauthenticationviakbdint": "KbdInteractiveAuthentication and UsePAM do it",
    "protocol": "protocol 2 is the only one",
    "reversemappingcheck": "UseDNS is its successor",
    "rhostsauthentication": "HostbasedAuthentication is its successor",
    "rhostsrsaauthentication": "HostbasedAuthentication is its successor",
    "rsaauthentication": "protocol 1 is gone; PubkeyAuthentication rules all keys",
    "serverkeybits": "protocol 1 is gone",
    "skeyauthentication": "KbdInteractiveAuthentication is its successor",
    "useprivilegeseparation": "sshd always separates privileges",
    "userknownhostsfile2": "UserKnownHostsFile takes several files",
    "verifyreversemapping": "UseDNS is its successor",
}
"""What took an option's place, where something did."""


def check(config: Config, options: Options) -> Iterator[Finding]:
    for entry, row in ignored_lines(("deprecated", "ignored"), config):
        line = entry.directive.line
        log_message = notice(row, config.kind, line.name)
        yield at_entry(entry, f"{row.name} does nothing any more")._replace(
            label=INSTEAD.get(row.name.lower(), ""),
            notes=(f'sshd logs "{log_message}" at every start',) if log_message else (),
            severity="warning" if log_message else "info",
            dated=True,
        )


RULE = Rule(
    summary="an option that OpenSSH still knows, but skips",
    applies_to=("sshd_config", "ssh_config"),
    severity="warning",
    check=check,
    reads="lines",
    references=("servconf.c and readconf.c, keywords[]",),
    examples=(
        Example("Port 22\nUsePrivilegeSeparation sandbox\n", hit=True, kind="sshd_config"),
        Example("Port 22\n", kind="sshd_config"),
        Example("Protocol 2\n", hit=True, kind="sshd_config"),
        Example("Host *\n  UserKnownHostsFile2 ~/.ssh/more\n", hit=True, kind="ssh_config"),
        Example("Host *\n  UserKnownHostsFile ~/.ssh/more\n", kind="ssh_config"),
    ),
)
