r"""A quote is not closed: sshd does not start, or every ssh call fails.

## Why

From 8.7 on, a single quote is also a quote. An apostrophe in a path or a name needs a backslash before it,
or double quotes around the whole value. OpenSSH also checks the quotes of lines that it takes as they are
(ProxyCommand, ForceCommand).

## How to fix it

Close the quote, or write `\'`.

## When to ignore it

Never for this target. If the file is for another release, name it with `--target`.
"""

from sshkeep.config.refusals import Refusal
from sshkeep.lint import Config, Example, Finding, Rule
from sshkeep.lint.checks.refusals import refused_for
from sshkeep.lint.rule import A_REFUSED_LINE
from sshkeep.openssh.releases import ARGV_SPLIT


def remarks(finding: Finding, refusal: Refusal, config: Config) -> Finding:
    raw = refusal.directive.raw
    if config.target.release >= ARGV_SPLIT and raw.count(b"'") % 2 and raw.count(b'"') % 2 == 0:
        return finding._replace(label=f"from OpenSSH {ARGV_SPLIT} on ' is a quote, too; write \\'")
    return finding


RULE = Rule(
    summary="a quote that is never closed",
    applies_to=("sshd_config", "ssh_config"),
    severity="error",
    check=refused_for("quotes", remarks),
    reads="lines",
    only_with=(A_REFUSED_LINE,),
    references=("misc.c, argv_split and strdelim",),
    examples=(
        Example('Banner "/etc/issue\n', hit=True, kind="sshd_config"),
        Example('Banner "/etc/issue"\n', kind="sshd_config"),
        Example("Banner /etc/today's\n", hit=True, kind="sshd_config", target="openssh-8.7"),
        Example("Banner /etc/today's\n", kind="sshd_config", target="openssh-8.6"),
        Example('Host "web\n  User a\n', hit=True, kind="ssh_config"),
        Example("Host web\n  User a\n", kind="ssh_config"),
    ),
)
