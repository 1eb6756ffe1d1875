"""OpenSSH renamed this option, and still reads the old name.

## Why

The manuals describe only the new name, and call some of the old ones deprecated. Who looks for the new name
in a file (`grep KbdInteractiveAuthentication`), or adds it, does not see the line with the old one. Then the
first of both takes effect.

## How to fix it

The fix writes the new name and changes nothing else. It is safe: for the target both names are one option.

## When to ignore it

When the same file is also for an old release that does not know the new name: PubkeyAcceptedAlgorithms and
HostbasedAcceptedAlgorithms exist since 8.5. Until 8.6, ChallengeResponseAuthentication was an option of its
own. Lines that another program or a package writes are not reported.
"""

from collections.abc import Iterator

from sshkeep.config.owners import owner_of_line
from sshkeep.edit.intents import RenameKeyword
from sshkeep.lint import Config, Entry, Example, Finding, Fix, Options, Rule
from sshkeep.lint.checks.findings import at_entry, line_value_concern
from sshkeep.openssh.tables.keywords import known_names

OWN_RULES = {"keepalive", "protocolkeepalives", "setuptimeout"}
"""Old names that rules of the group keepalive explain."""


def check(config: Config, options: Options) -> Iterator[Finding]:
    for name in sorted(config.names() & config.known.keys()):
        # By the name in the file, of which there are few.
        new_names = {written: _new_name(entry, config) for written, entry in config.spellings(name).items()}
        for entry in config.lines(name) if any(new_names.values()) else ():
            new = new_names[entry.directive.line.name]
            if new and not owner_of_line(entry, config):
                old = known_names(config.kind)[entry.directive.line.name.lower()]
                line = entry.directive.line
                yield at_entry(
                    entry, f"{old} is the old name of {new}", entry.directive.span(line.start, line.stop)
                )._replace(
                    label=f"the manual describes {new}",
                    fix=Fix(f"write {new}", "safe", (RenameKeyword(entry, new),)),
                    concerns=(line_value_concern(entry),),
                    dated=True,
                )


def _new_name(entry: Entry, config: Config) -> str:
    """What the target calls the option of this line, where that is another name."""
    keyword = entry.keyword
    if keyword is None or keyword.state or keyword.name.lower() in {keyword.option, *OWN_RULES}:
        return ""
    new = config.known.get(keyword.option)
    return new.name if new and new.option == keyword.option and not new.state else ""


RULE = Rule(
    summary="an old name of an option, which OpenSSH still reads",
    applies_to=("sshd_config", "ssh_config"),
    severity="info",
    check=check,
    reads="lines",
    references=("servconf.c and readconf.c, keywords[]",),
    examples=(
        Example(
            "ChallengeResponseAuthentication no\n",
            "KbdInteractiveAuthentication no\n",
            kind="sshd_config",
        ),
        Example("KbdInteractiveAuthentication no\n", kind="sshd_config"),
        Example(
            "Host old\n  PubkeyAcceptedKeyTypes +ssh-rsa\n",
            "Host old\n  PubkeyAcceptedAlgorithms +ssh-rsa\n",
            kind="ssh_config",
        ),
    ),
)
