"""An included file of which no line takes effect, because all that it sets is set before its Include.

Both programs keep the first value they meet, so an Include at the end of a file only fills in what is not set
yet. Distributions put theirs at the top, that a drop-in wins over the main file.
"""

from collections.abc import Iterator

from sshkeep.lint import (
    Config,
    Entry,
    Example,
    Finding,
    Options,
    Rule,
    at_entry,
    concern_of_line,
    included_files,
    without_effect,
)


def check(config: Config, options: Options) -> Iterator[Finding]:
    dead = {line.entry.directive: line for line in without_effect(config)}
    if not dead:
        return
    for include, path, lines in included_files(config):
        found = [dead[line.directive] for line in lines if line.directive in dead]
        before = [w for line in found for w in line.winners if _stands_before(w.entry, include)]
        other = any(w.value != line.parsed.value for line in found for w in line.winners)
        if len(found) == len(lines) > 1 and other and len(before) == sum(len(f.winners) for f in found):
            name = path.rpartition("/")[2][-40:]
            yield at_entry(
                include, f"{name} is included too late: none of its {len(lines)} settings counts"
            )._replace(
                label="all that it sets is set above this line",
                notes=("an Include at the top of the file lets the included file win",),
                concerns=tuple(concern_of_line(line) for line in lines),
            )


def _stands_before(winner: Entry, include: Entry) -> bool:
    return winner.directive.file is include.directive.file and winner.index < include.index


RULE = Rule(
    summary="an included file of which no line takes effect",
    applies_to=("sshd_config", "ssh_config"),
    severity="warning",
    check=check,
    explains=("block-too-late", "never-in-effect", "keepalive-shadowed"),
    references=("sshd_config(5), Include", "ssh_config(5), Include"),
    examples=(
        Example(
            "X11Forwarding yes\nMaxAuthTries 6\nInclude /etc/ssh/sshd_config.d/*.conf\n",
            hit=True,
            kind="sshd_config",
            files={"sshd_config.d/hardening.conf": "X11Forwarding no\nMaxAuthTries 3\n"},
        ),
        Example(
            "MaxAuthTries 6\nInclude /etc/ssh/sshd_config.d/*.conf\n",
            kind="sshd_config",
            files={"sshd_config.d/hardening.conf": "X11Forwarding no\nMaxAuthTries 3\n"},
        ),
    ),
)
