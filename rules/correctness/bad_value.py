"""OpenSSH refuses a value: sshd does not start, or every ssh call fails.

## Why

OpenSSH reads every line, also in blocks that do not apply, and refuses the whole config for one value that
it can't read. Which values it accepts depends on the release: `PubkeyAuthOptions verify-required` is
refused up to 8.3, `+5` as a time from 9.8 on, and an algorithm in each release that does not have it.

The rule accepts values that only the network or the system can check: host names in ListenAddress, the
content of `${NAME}` variables, and files.

## How to fix it

Write one of the values in the message. A note repeats what OpenSSH prints.

## When to ignore it

Never for this target. If the file is for another release, name it with `--target`.
"""

from sshkeep.config.refusals import Refusal
from sshkeep.lint import Config, Example, Finding, Rule
from sshkeep.lint.checks.findings import in_short
from sshkeep.lint.checks.refusals import refused_for
from sshkeep.lint.rule import A_REFUSED_LINE
from sshkeep.openssh.values.suggested_value import NONE_OF, suggested_value

LONGEST = 96
"""Characters of a message with the values that there are."""


def remarks(finding: Finding, refusal: Refusal, config: Config) -> Finding:
    """What was perhaps meant, or what there is to choose from, stands under the value."""
    keyword = refusal.entry.keyword
    meant = suggested_value(refusal.problem, keyword.option, config.target) if keyword else ""
    finding = finding._replace(dated=keyword is not None and keyword.type.is_algorithm_list)
    value, listed, choices = finding.message.partition(NONE_OF)
    if not listed:
        return finding._replace(label=meant)
    effect, _, word = value.partition(": ")
    head = f"{word} is not a valid value for {finding.keyword}"
    message = f"{head} ({in_short(choices, LONGEST - len(head))})"
    return finding._replace(message=message, label=f"{effect}; {meant}" if meant else effect)


RULE = Rule(
    summary="a value that OpenSSH refuses",
    applies_to=("sshd_config", "ssh_config"),
    severity="error",
    check=refused_for("value", remarks, marks_arguments=True),
    reads="lines",
    only_with=(A_REFUSED_LINE,),
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
