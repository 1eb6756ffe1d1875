"""A keepalive line that can't take effect, because an earlier line wins wherever it could.

Both programs keep the first value they meet. In sshd a Match block's value then replaces the global
one, and of several blocks that apply the first wins; so a line under `Match all` beats every global
line. The earlier line may stand in an included file: most distributions include a folder at the top
of sshd_config, and what cloud-init or a hardening script put there wins over the main file.

The fix takes the dead line away. It is safe where the winner says the same in the same file. Where it
says something else, someone wanted that other value, and changing the winner may be the better mend;
where it stands in another file, that may come and go by itself. So there the fix is unsafe. A dead line
that says the same as the winner does no harm, and is only told as info.
"""

from collections.abc import Iterator

from sshkeep.lint import (
    Config,
    Delete,
    Example,
    Finding,
    Fix,
    Options,
    Rule,
    Shadowed,
    at_entry,
    related_entry,
    shadowed,
)

KEYWORDS = {
    "sshd_config": ("clientaliveinterval", "clientalivecountmax", "tcpkeepalive"),
    "ssh_config": ("serveraliveinterval", "serveralivecountmax", "tcpkeepalive"),
}


def check(config: Config, options: Options) -> Iterator[Finding]:
    for keyword in KEYWORDS[config.kind]:
        for line in shadowed(keyword, config):
            if not _by_the_user(line, config):
                yield _finding(line)


def _by_the_user(line: Shadowed, config: Config) -> bool:
    """A user's own file is there to overrule the system's; that is no mistake of the system's."""
    return config.in_second_top(line.entry) and not any(config.in_second_top(w) for w, _ in line.winners)


def _finding(line: Shadowed) -> Finding:
    winner, said = line.winners[0]
    order = "overrides it" if winner.context and not line.entry.context else "comes first and wins"
    same = all(reading.value == line.reading.value for _, reading in line.winners)
    twin = same and all(other.directive.file is line.entry.directive.file for other, _ in line.winners)
    return at_entry(line.entry, "this line has no effect")._replace(
        label=f"{winner.directive.where} {order}: {said.words[0].text}",
        related=tuple(related_entry(other, "this one is in effect") for other, _ in line.winners),
        fix=Fix("take the dead line away", "safe" if twin else "unsafe", (Delete(line.entry),)),
        severity="info" if same else "warning",
    )


RULE = Rule(
    summary="a keepalive line has no effect because an earlier one wins",
    applies_to=("sshd_config", "ssh_config"),
    severity="warning",
    check=check,
    explains=("never-in-effect",),
    references=("sshd_config(5), first paragraph and Match", "ssh_config(5), second paragraph"),
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
