"""An option that OpenSSH still knows by name, and skips: the line does nothing.

sshd writes "Deprecated option" to its log each time it starts; ssh prints nothing at all, and neither says
anything of Protocol. Most of them belonged to protocol 1 and rhosts, which are gone for long. A line
that is believed to protect (UsePrivilegeSeparation, ServerKeyBits) is better taken away.

The fix does that. It is safe: OpenSSH uses the same settings as before. A successor, where there is one, is
named and not written: a line that did nothing would then do something. The fix is unsafe where another
release or vendor does something with the keyword.
"""

from collections.abc import Iterator

from sshkeep.edit.intents import DeleteLine
from sshkeep.lint import Config, Example, Finding, Fix, Options, Rule
from sshkeep.lint.checks.findings import at_entry
from sshkeep.lint.checks.refusals import ignored_lines
from sshkeep.lint.finding import Safety
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.tables.keywords import all_keywords, notice

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
        safety: Safety = "unsafe" if row.name.lower() in _in_use(config.kind) else "safe"
        yield at_entry(entry, f"{row.name} does nothing any more")._replace(
            label=INSTEAD.get(row.name.lower(), ""),
            fix=Fix("take the line away", safety, (DeleteLine(entry),)),
            notes=(f'sshd logs "{log_message}" at every start',) if log_message else (),
            severity="warning" if log_message else "info",
            dated=True,
        )


def _in_use(kind: Kind) -> frozenset[str]:
    """The keywords (lower case) that some release or vendor does something with."""
    return frozenset(row.name.lower() for row in all_keywords(kind) if not row.state)


RULE = Rule(
    summary="an option that OpenSSH still knows, but skips",
    applies_to=("sshd_config", "ssh_config"),
    severity="warning",
    check=check,
    reads="lines",
    references=("servconf.c and readconf.c, keywords[]",),
    examples=(
        Example("Port 22\nUsePrivilegeSeparation sandbox\n", "Port 22\n", kind="sshd_config"),
        Example("Port 22\n", kind="sshd_config"),
        Example("Protocol 2\n", "", kind="sshd_config"),
        Example(
            "Host *\n  UserKnownHostsFile2 ~/.ssh/more\n  Port 22\n",
            "Host *\n  Port 22\n",
            kind="ssh_config",
        ),
        Example("Host *\n  UserKnownHostsFile ~/.ssh/more\n", kind="ssh_config"),
    ),
)
