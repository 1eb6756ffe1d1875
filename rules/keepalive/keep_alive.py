"""KeepAlive is the old name of TCPKeepAlive, and easily mistaken for the SSH keepalive.

OpenSSH renamed it in 2003 and still takes it, as an alias. It switches the kernel's keepalive, which
sends its first packet after two hours; it is neither ClientAliveInterval nor ServerAliveInterval. The
fix writes today's name and changes nothing else.
"""

from sshkeep.lint import Config, Entry, Example, Rule
from sshkeep.lint.checks.values import FindingText, renamed_keyword


def finding_text(config: Config, entry: Entry) -> FindingText:
    return FindingText(
        "this switches TCP's keepalive, not SSH's", "KeepAlive is the old name of TCPKeepAlive"
    )


RULE = Rule(
    summary="KeepAlive is the old name of TCPKeepAlive",
    applies_to=("sshd_config", "ssh_config"),
    severity="info",
    check=renamed_keyword("KeepAlive", lambda config: "TCPKeepAlive", finding_text),
    references=("servconf.c and readconf.c, keywords[]",),
    examples=(
        Example(
            "KeepAlive yes\nClientAliveInterval 60\n",
            "TCPKeepAlive yes\nClientAliveInterval 60\n",
            kind="sshd_config",
        ),
        Example("TCPKeepAlive yes\nClientAliveInterval 60\n", kind="sshd_config"),
    ),
)
