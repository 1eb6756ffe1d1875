"""A value that OpenSSH refuses: sshd does not start, or every ssh call fails.

OpenSSH reads every line, also in blocks that do not apply, and refuses the whole config for one value
that it can't read. What a value may be hangs on the release: `PubkeyAuthOptions verify-required` is
refused up to 8.3, an algorithm in any release that does not have it, `+5` as a time from 9.8 on.

Values that only the network or the system can judge are taken as they are: host names in
ListenAddress, the variables that `${NAME}` stands for, files that should be there.
"""

from sshkeep.config.refusals import Refusal
from sshkeep.lint import Config, Example, Finding, Rule
from sshkeep.lint.checks.findings import in_short
from sshkeep.lint.checks.refusals import refused_for
from sshkeep.openssh.values.suggested_value import NONE_OF, suggested_value

LONGEST = 90
"""Characters of a list of values."""


def remarks(finding: Finding, refusal: Refusal, config: Config) -> Finding:
    """What was perhaps meant, or what there is to choose from, stands under the value."""
    keyword = refusal.entry.keyword
    meant = suggested_value(refusal.problem, keyword.option, config.target) if keyword else ""
    finding = finding._replace(dated=keyword is not None and keyword.type.is_algorithm_list)
    value, listed, choices = finding.message.partition(NONE_OF)
    if not listed:
        return finding._replace(label=meant)
    message = f"{value} is not a valid value for {finding.keyword}"
    return finding._replace(message=message, label=meant or f"one of {in_short(choices, LONGEST)}")


RULE = Rule(
    summary="a value that OpenSSH refuses",
    applies_to=("sshd_config", "ssh_config"),
    severity="error",
    check=refused_for("value", remarks, marks_arguments=True),
    reads="lines",
    references=(
        "servconf.c, process_server_config_line_depth",
        "readconf.c, process_config_line_depth",
        "sshd_config(5)",
        "ssh_config(5)",
    ),
    examples=(
        Example("PermitRootLogin maybe\n", hit=True, kind="sshd_config"),
        Example("PermitRootLogin no\n", kind="sshd_config"),
        Example("PubkeyAuthOptions verify-required\n", hit=True, kind="sshd_config", target="openssh-8.3"),
        Example("PubkeyAuthOptions verify-required\n", kind="sshd_config", target="openssh-8.4"),
        Example("Match User a\n  Banner none\n  MaxSessions many\n", hit=True, kind="sshd_config"),
        Example("Host a\n  Port 70000\n", hit=True, kind="ssh_config"),
        Example("Host a\n  Port 7000\n", kind="ssh_config"),
        Example("Ciphers rot13\n", hit=True, kind="ssh_config"),
    ),
)
