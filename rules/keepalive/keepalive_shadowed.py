"""A keepalive line that can't take effect, because an earlier line wins wherever it could.

Both programs keep the first value they meet. In sshd a Match block's value then replaces the global
one, and of several blocks that apply the first wins; so a line under `Match all` beats every global
line. The earlier line may stand in an included file: most distributions include a folder at the top
of sshd_config, and what cloud-init or a hardening script put there wins over the main file.

What stands outside of blocks and is overridden under `Match all` is dead, too: sshd looks at these settings
after the login only, when the Match blocks have been applied.

The fix takes the dead line away. It is safe where the winner has the same value in the same file. Where it
has another value, someone wanted that other value, and changing the winner may be the better fix;
where it stands in another file, that may come and go by itself. So there the fix is unsafe. A dead line
with the winner's value does no harm, and is only reported as info.
"""

from collections.abc import Iterator

from sshkeep.config.precedence.shadowed import Shadowed, without_effect
from sshkeep.edit.intents import DeleteLine
from sshkeep.lint import Config, Example, Finding, Fix, Options, Rule
from sshkeep.lint.checks.findings import at_entry, in_short, line_concern, line_of, related_entry
from sshkeep.lint.checks.lines import overruled_on_purpose

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
    finding = at_entry(entry, f"this {keyword} never takes effect: it stays {value}")._replace(
        label=f"{place} overrides it" if overridden else f"{place} comes first and wins",
        related=tuple(related_entry(other.entry, "this one is in effect") for other in line.winners),
        severity="info" if same else "warning",
        concerns=(line_concern(entry),),
    )
    if same:
        finding = finding._replace(message=f"this {keyword} does nothing: it is set so already")
    twin = same and all(other.entry.directive.file is entry.directive.file for other in line.winners)
    fix = Fix("take the dead line away", "safe" if twin else "unsafe", (DeleteLine(entry),))
    return finding._replace(fix=fix)


RULE = Rule(
    summary="a keepalive line has no effect because an earlier one wins",
    applies_to=("sshd_config", "ssh_config"),
    severity="warning",
    check=check,
    explains=("never-in-effect",),
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
