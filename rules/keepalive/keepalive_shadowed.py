"""A keepalive line has no effect, because an earlier line always wins.

## Why

ssh and sshd keep the first value that they read. In sshd, a value in a Match block replaces the global
value, and the first of several blocks that apply wins. So a line under `Match all` wins over every global
line: sshd uses these settings only after the login, when it has applied the Match blocks. The line that
wins may be in an included file: most distributions include a folder at the top of sshd_config, so files
from cloud-init or a hardening script win over the main file.

## How to fix it

The fix deletes the line without effect. It is safe if the line that wins has the same value and is in the
same file. If the value differs, someone wanted that value, and changing the other line may be the better
fix. If the line that wins is in another file, it may disappear. In both cases the fix is unsafe. A line
with the same value does no harm and is only an info.

## When to ignore it

When a program writes the line that wins, and it may disappear.
"""

from collections.abc import Iterator

from sshkeep.config.precedence.shadowed import Shadowed, without_effect
from sshkeep.edit.intents import DeleteLine
from sshkeep.lint import Config, Example, Finding, Fix, Options, Rule
from sshkeep.lint.checks.findings import at_entry, in_short, line_concern, line_of, related_entry
from sshkeep.lint.checks.lines import overruled_on_purpose
from sshkeep.lint.rule import A_SHADOWED_LINE
from sshkeep.phrase import Phrase

KEYWORDS = {
    "sshd_config": ("clientaliveinterval", "clientalivecountmax", "tcpkeepalive"),
    "ssh_config": ("serveraliveinterval", "serveralivecountmax", "tcpkeepalive"),
}


def check(config: Config, options: Options) -> Iterator[Finding]:
    keywords = KEYWORDS[config.kind]
    if not any(map(config.lines, keywords)):
        return
    for line in without_effect(config):
        keyword = line.entry.keyword
        if keyword and keyword.option in keywords and not overruled_on_purpose(line, config):
            yield _finding(line, keyword.name, config)


def _finding(line: Shadowed, keyword: str, config: Config) -> Finding:
    entry, winner = line.entry, line.winners[0].entry
    value = in_short(line.winners[0].parsed.words[0].text)
    same = all(other.value == line.parsed.value for other in line.winners)
    overridden = winner.block is not None and entry.block is None
    place = line_of(winner, entry)
    message = Phrase(
        "this {keyword} never takes effect: the value stays {value}", keyword=keyword, value=value
    )
    finding = at_entry(entry, message)._replace(
        label=Phrase("{place} overrides it", place=place)
        if overridden
        else Phrase("{place} comes first and wins", place=place),
        related=tuple(related_entry(other.entry, Phrase("this one is in effect")) for other in line.winners),
        severity="info" if same else "warning",
        concerns=(line_concern(entry),),
    )
    if same:
        message = Phrase("this {keyword} does nothing: the value is already set", keyword=keyword)
        finding = finding._replace(message=message)
    twin = same and all(other.entry.directive.file is entry.directive.file for other in line.winners)
    fix = Fix(Phrase("delete the line"), "safe" if twin else "unsafe", (DeleteLine(entry),))
    return finding._replace(fix=fix)


RULE = Rule(
    summary="a keepalive line has no effect because an earlier one wins",
    applies_to=("sshd_config", "ssh_config"),
    severity="warning",
    check=check,
    explains=("never-in-effect",),
    only_with=(A_SHADOWED_LINE,),
    references=(
        "sshd_config(5), first paragraph and Match",
        "ssh_config(5), second paragraph",
        "sshd.c, main: ssh_packet_set_timeout comes after the login",
        "measured on 8.4, 9.2 and 10.6: no ClientAliveInterval counts before the login",
    ),
    examples=(
        Example(
            "ClientAliveInterval 30\nClientAliveInterval 60\n",
            "ClientAliveInterval 30\n",
            kind="sshd_config",
            unsafe=True,
        ),
        Example(
            "ClientAliveInterval 30\nClientAliveInterval 30s\n",
            "ClientAliveInterval 30\n",
            kind="sshd_config",
        ),
        Example("ClientAliveInterval 30\n", kind="sshd_config"),
        Example("ClientAliveInterval 30\nMatch User a\n  ClientAliveInterval 60\n", kind="sshd_config"),
        Example(
            "ClientAliveInterval 30\nMatch all\n  ClientAliveInterval 60\n", hit=True, kind="sshd_config"
        ),
        Example(
            "Include /etc/ssh/alive\nMatch User a\n  Include /etc/ssh/alive\n",
            kind="sshd_config",
            files={"alive": "ClientAliveInterval 60\n"},
        ),
        Example(
            "Include /etc/ssh/sshd_config.d/*.conf\nClientAliveInterval 60\n",
            "Include /etc/ssh/sshd_config.d/*.conf\n",
            kind="sshd_config",
            files={"sshd_config.d/50-cloud-init.conf": "ClientAliveInterval 30\n"},
            unsafe=True,
        ),
        Example(
            "Host *\n  ServerAliveInterval 30\nHost web\n  ServerAliveInterval 60\n",
            "Host *\n  ServerAliveInterval 30\nHost web\n",
            kind="ssh_config",
            unsafe=True,
        ),
        Example(
            "Host web\n  ServerAliveInterval 60\nHost *\n  ServerAliveInterval 30\n",
            kind="ssh_config",
        ),
    ),
)
