"""The log does not show who logged in, or it contains more than it should.

## Why

With QUIET, FATAL or ERROR, sshd logs no login, good or bad. An attack leaves no line in its log, and
fail2ban and similar tools have nothing to read. DEBUG and higher levels log what users do; the man page
warns that this violates their privacy.

The guides disagree about the rest: CIS accepts INFO and VERBOSE; DISA, dev-sec, Mozilla and Lynis ask for
VERBOSE. Mozilla's reason was the fingerprint of the key, but the line "Accepted publickey" has it at INFO,
too (auth.c, auth_log).

## How to fix it

The fix sets LogLevel INFO, the default. It is safe.

## When to ignore it

While you look for a fault with DEBUG.
"""

from sshkeep.lint import Config, Example, Options, Rule
from sshkeep.lint.checks.weak_values import Weakness, weak_value
from sshkeep.openssh.values.arguments import Value


def assess(value: Value, config: Config, options: Options) -> Weakness | None:
    if value in ("QUIET", "FATAL", "ERROR"):
        return Weakness(
            "sshd does not log who logs in or tries to", "logins leave no line in the log", degree=2
        )
    if isinstance(value, str) and value.startswith("DEBUG"):
        return Weakness("what users do is written to the log", "meant for finding a fault, not for every day")
    return None


RULE = Rule(
    summary="LogLevel hides logins, or writes down what users do",
    applies_to=("sshd_config",),
    severity="warning",
    check=weak_value("LogLevel", assess, "INFO", safety="safe"),
    references=(
        "CIS Debian 12 v2.0.0, 5.1.14 (INFO or VERBOSE)",
        "DISA STIG RHEL 9 V2R9, RHEL-09-255030 (VERBOSE)",
        "dev-sec ssh-baseline 2.8.1, sshd-13 (VERBOSE)",
        "sshd-lint 1.3.0, rule 30",
        "sshd_config(5), LogLevel",
    ),
    examples=(
        Example("LogLevel QUIET\n", "LogLevel INFO\n"),
        Example("LogLevel VERBOSE\n"),
        Example("LogLevel DEBUG3\n", "LogLevel INFO\n"),
        Example("Port 22\n"),
        Example("Match User a\n  LogLevel ERROR\n", "Match User a\n  LogLevel INFO\n"),
    ),
)
