"""A keepalive that looks as if it were for everyone, but is swallowed by the block above it.

A Match or Host block goes on until the next one or the end of the file; indentation means nothing.
A line appended at the end of a file that ends in a block is that block's, and everyone else gets
nothing. That is how `echo ... >> sshd_config` and many tools write it.

The rule applies only where the line can hardly be meant for the block: the block is the last of the
file, the keyword is set nowhere else, and the line stands at the margin below lines that are
indented. The fix moves it to where it counts for everyone, which is what it seems to be for; since that
is a guess, it is unsafe.
"""

from collections.abc import Iterator

from sshkeep.config.blocks.matching import universal
from sshkeep.config.parse_line import accepted_lines
from sshkeep.edit.intents import DeleteLine, SetGlobal
from sshkeep.lint import Config, Entry, Example, Finding, Fix, Options, Rule
from sshkeep.lint.checks.findings import at_entry, global_value_concern, in_short
from sshkeep.lint.checks.missing_keepalive import MISSING_INTERVAL_RULES

KEYWORDS = {
    "sshd_config": ("ClientAliveInterval", "ClientAliveCountMax"),
    "ssh_config": ("ServerAliveInterval", "ServerAliveCountMax"),
}


def check(config: Config, options: Options) -> Iterator[Finding]:
    for keyword in KEYWORDS[config.kind]:
        lines = accepted_lines(keyword.lower(), config)
        if len(lines) == 1 and not _may_be_elsewhere(keyword, config) and _swallowed(lines[0][0], config):
            entry, parsed = lines[0]
            finding = at_entry(entry, "")
            move = (DeleteLine(entry), SetGlobal(keyword, (parsed.words[0].text,)))
            yield finding._replace(
                message=f"only {in_short(finding.block)} gets this {keyword}",
                label="part of that block, in spite of its place at the margin",
                notes=("a block goes on to the next one or the end of the file; everyone else has no value",),
                fix=Fix("move it to where it counts for everyone", "unsafe", move),
                concerns=(global_value_concern(keyword),),
            )


def _may_be_elsewhere(keyword: str, config: Config) -> bool:
    """Whether what is made from a template may have another line of the keyword."""
    if not config.is_template:
        return False
    return len(config.lines(keyword.lower())) > 1 or any(f.has_unknown_lines for f in config.files.values())


def _swallowed(entry: Entry, config: Config) -> bool:
    block, directive = entry.block, entry.directive
    if block is None or block.outer is not None or universal(block, config.target.release):
        return False
    top = config.files[config.tops[0]]
    if directive.file is not top or block is not [c for c in config.blocks if c.header.file is top][-1]:
        return False
    keepalives = {name.lower() for name in KEYWORDS[config.kind]}
    others = [e.directive for e in config.entries if e.block is block and _name(e) not in keepalives]
    before = [other for other in others if other.number < directive.number]
    at_margin = directive.line.start == block.header.line.start
    return at_margin and before == others != [] and all(o.line.start > directive.line.start for o in others)


def _name(entry: Entry) -> str:
    return entry.keyword.option if entry.keyword else ""


RULE = Rule(
    summary="a keepalive meant for everyone is swallowed by the last block of the file",
    applies_to=("sshd_config", "ssh_config"),
    severity="warning",
    check=check,
    explains=MISSING_INTERVAL_RULES,
    reads="lines",
    references=("sshd_config(5), Match", "ssh_config(5), Host"),
    examples=(
        Example(
            "Port 22\nMatch User a\n    X11Forwarding no\nClientAliveInterval 60\n",
            "Port 22\nClientAliveInterval 60\nMatch User a\n    X11Forwarding no\n",
            kind="sshd_config",
            unsafe=True,
        ),
        Example(
            "ClientAliveInterval 30\nMatch User a\n    X11Forwarding no\nClientAliveInterval 60\n",
            kind="sshd_config",
        ),
        Example(
            "ClientAliveInterval 30\nMatch User a\n    X11Forwarding no\n    ClientAliveInterval 60\n",
            kind="sshd_config",
        ),
        Example(
            "Host web\n  User a\nServerAliveInterval 60\n",
            "Host web\n  User a\n\nHost *\n  ServerAliveInterval 60\n",
            kind="ssh_config",
            unsafe=True,
        ),
    ),
)
