"""sshd refuses a line because of an earlier line of the same option.

## Why

Up to 9.4, sshd exits with "Subsystem 'sftp' already defined." if a subsystem is defined twice. From 9.5 on,
the first definition wins. Up to 9.6, sshd refuses `AuthenticationMethods any` after any other
AuthenticationMethods. The usual case is a drop-in that defines sftp again.

## How to fix it

Delete one of the two lines.

## When to ignore it

Never for this target. If the file is for another release, name it with `--target`.
"""

from sshkeep.config.refusals import Refusal
from sshkeep.lint import Config, Example, Finding, Rule
from sshkeep.lint.checks.refusals import refused_for
from sshkeep.lint.rule import A_REFUSED_LINE


def remarks(finding: Finding, refusal: Refusal, config: Config) -> Finding:
    return finding._replace(label="an earlier line sets it")


RULE = Rule(
    summary="a Subsystem or AuthenticationMethods that sshd refuses behind an earlier one",
    applies_to=("sshd_config",),
    severity="error",
    check=refused_for("repeated", remarks),
    explains=("never-in-effect",),
    only_with=(A_REFUSED_LINE,),
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
