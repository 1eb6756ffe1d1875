"""OpenSSH still knows this option, but ignores the line.

## Why

sshd logs "Deprecated option" each time it starts. ssh prints nothing, and neither of them reports Protocol.
Most of these options were for protocol 1 and rhosts, which OpenSSH removed long ago. A line that looks like
a protection (UsePrivilegeSeparation, ServerKeyBits) protects nothing.

## How to fix it

The fix deletes the line. It is safe: OpenSSH uses the same settings as before. Where one option replaced it
and has this value already (`VerifyReverseMapping no`, now `UseDNS no`), the fix writes its name instead. With
another value that option is only named: the line had no effect for years, and would get one. The fix is
unsafe where another release or vendor still uses the keyword. For old names that OpenSSH still reads, see
old-keyword.

## When to ignore it

When the same file is also for an old system that uses the option.
"""

from collections.abc import Iterator

from sshkeep.config.blocks.matching import universal
from sshkeep.config.parse_line import parse_entry
from sshkeep.config.precedence.global_value import global_value
from sshkeep.edit.intents import DeleteLine, RenameKeyword
from sshkeep.lint import Config, Entry, Example, Finding, Fix, Options, Rule
from sshkeep.lint.checks.findings import at_entry
from sshkeep.lint.checks.refusals import ignored_lines, without_use
from sshkeep.lint.finding import Safety
from sshkeep.lint.rule import A_SKIPPED_LINE
from sshkeep.openssh.tables.keywords import notice

INSTEAD = {
    "authorizedkeysfile2": "AuthorizedKeysFile takes several files",
    "cipher": "Ciphers lists them",
    "globalknownhostsfile2": "GlobalKnownHostsFile takes several files",
    "keyregenerationinterval": "OpenSSH removed protocol 1",
    "pamauthenticationviakbdint": "KbdInteractiveAuthentication and UsePAM do it",
    "protocol": "protocol 2 is the only one",
    "reversemappingcheck": "use UseDNS instead",
    "rhostsauthentication": "use HostbasedAuthentication instead",
    "rhostsrsaauthentication": "use HostbasedAuthentication instead",
    "rsaauthentication": "OpenSSH removed protocol 1; PubkeyAuthentication controls all keys",
    "serverkeybits": "OpenSSH removed protocol 1",
    "skeyauthentication": "use KbdInteractiveAuthentication instead",
    "useprivilegeseparation": "sshd always separates privileges",
    "userknownhostsfile2": "UserKnownHostsFile takes several files",
    "verifyreversemapping": "use UseDNS instead",
}
"""What took an option's place, where something did."""

NEW_NAMES = {"reversemappingcheck": "UseDNS", "verifyreversemapping": "UseDNS"}
"""Options that one other option replaced, with the same values."""


def check(config: Config, options: Options) -> Iterator[Finding]:
    for entry, row in ignored_lines(("deprecated", "ignored"), config):
        line = entry.directive.line
        log_message = notice(row, config.kind, line.name)
        safety: Safety = "safe" if without_use(row, config.kind) else "unsafe"
        yield at_entry(entry, f"{row.name} no longer does anything")._replace(
            label=INSTEAD.get(row.name.lower(), ""),
            fix=_fix(entry, safety, config),
            notes=(f'sshd logs "{log_message}" at every start',) if log_message else (),
            severity="warning" if log_message else "info",
            dated=True,
        )


def _fix(entry: Entry, safety: Safety, config: Config) -> Fix:
    """The new name where its value stays what it is by default; otherwise no line."""
    line = entry.directive.line
    new = NEW_NAMES.get(line.name.lower(), "")
    if new and universal(entry.block, config.target.release):
        effect = global_value(new.lower(), config)
        words = [word.text.lower() for word in parse_entry(entry, config).words]
        if effect.entry is None and effect.certain and words == [effect.value]:
            return Fix(f"write {new}", safety, (RenameKeyword(entry, new),))
    return Fix("delete the line", safety, (DeleteLine(entry),))


RULE = Rule(
    summary="an option that OpenSSH still knows, but skips",
    applies_to=("sshd_config", "ssh_config"),
    severity="warning",
    check=check,
    reads="lines",
    only_with=(A_SKIPPED_LINE,),
    references=("servconf.c and readconf.c, keywords[]",),
    examples=(
        Example("Port 22\nUsePrivilegeSeparation sandbox\n", "Port 22\n", kind="sshd_config"),
        Example("Port 22\n", kind="sshd_config"),
        Example("Protocol 2\n", "", kind="sshd_config"),
        Example("VerifyReverseMapping no\n", "UseDNS no\n", kind="sshd_config"),
        Example("VerifyReverseMapping yes\nPort 22\n", "Port 22\n", kind="sshd_config"),
        Example(
            "Host *\n  UserKnownHostsFile2 ~/.ssh/more\n  Port 22\n",
            "Host *\n  Port 22\n",
            kind="ssh_config",
        ),
        Example("Host *\n  UserKnownHostsFile ~/.ssh/more\n", kind="ssh_config"),
    ),
)
