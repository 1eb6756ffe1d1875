"""Includes that lead more than 16 files deep: sshd does not start, or every ssh call fails.

Nobody nests files like that on purpose: somewhere a file includes itself, often by a pattern (`Include
/etc/ssh/*`) that fits the file it stands in. OpenSSH names no line; the finding stands at the Include
that leads one too deep.
"""

from sshkeep.lint import Example, Rule
from sshkeep.lint.checks.refusals import refused_for

RULE = Rule(
    summary="Includes that lead too deep, as a file includes itself",
    applies_to=("sshd_config", "ssh_config"),
    severity="error",
    check=refused_for("nesting"),
    references=("servconf.c, SERVCONF_MAX_DEPTH", "readconf.c, READCONF_MAX_DEPTH"),
    examples=(
        Example("Include /etc/ssh/sshd_config\n", hit=True, kind="sshd_config"),
        Example("Include /etc/ssh/x\n", kind="sshd_config", files={"x": "Port 22\n"}),
        Example("Include /etc/ssh/x\n", hit=True, kind="ssh_config", files={"x": "Include /etc/ssh/x\n"}),
    ),
)
