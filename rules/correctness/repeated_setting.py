"""A line that sshd refuses because of an earlier one, where others would just lose or be added.

Up to 9.4 a subsystem that was defined already stops sshd; from 9.5 on the first definition counts. Up to
9.6 `AuthenticationMethods any` is refused behind any other AuthenticationMethods. A drop-in that
defines sftp once more is the usual case.
"""

from sshkeep.config.refusals import Refusal
from sshkeep.lint import Config, Example, Finding, Rule
from sshkeep.lint.checks.refusals import refused_for


def remarks(finding: Finding, refusal: Refusal, config: Config) -> Finding:
    return finding._replace(label="an earlier line has set it")


RULE = Rule(
    summary="a Subsystem or AuthenticationMethods that sshd refuses behind an earlier one",
    applies_to=("sshd_config",),
    severity="error",
    check=refused_for("repeated", remarks),
    explains=("never-in-effect",),
    references=("servconf.c of 9.4, sSubsystem", "servconf.c of 9.6, sAuthenticationMethods"),
    examples=(
        Example(
            "Subsystem sftp internal-sftp\nSubsystem sftp internal-sftp -l INFO\n",
            hit=True,
            target="openssh-9.4",
        ),
        Example("Subsystem sftp internal-sftp\nSubsystem sftp internal-sftp -l INFO\n", target="openssh-9.5"),
        Example("Subsystem sftp internal-sftp\n", target="openssh-9.4"),
        Example(
            "AuthenticationMethods publickey\nAuthenticationMethods any\n", hit=True, target="openssh-9.6"
        ),
        Example("AuthenticationMethods publickey\nAuthenticationMethods any\n", target="openssh-9.7"),
    ),
)
