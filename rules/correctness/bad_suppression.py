"""A comment that is meant to suppress a finding, and does not.

`# sshkeep: ignore[rule-id] reason` suppresses what the rule reports on the line below,
`ignore-block[rule-id]` of the Host or Match block that it stands in or right above,
`ignore-file[rule-id]` of the whole file. Several ids are parted by commas; names of groups are none,
since a group grows. The comment needs a line of its own: OpenSSH before 8.5 (ssh) and 8.7 (sshd) takes
a comment behind a setting for arguments.

A near miss has no effect and no error, so it is reported: another form, a rule that is not there, a block
that is none, and a missing reason where the policy has `suppressions: {reason: required}`.
"""

from collections.abc import Iterator

from sshkeep.lint import Config, Example, Finding, Options, Rule


def check(config: Config, options: Options) -> Iterator[Finding]:
    """The runner does it: only it knows all rules."""
    return iter(())


RULE = Rule(
    summary="a comment for sshkeep that suppresses nothing, since it is not well-formed",
    applies_to=("sshd_config", "ssh_config"),
    severity="warning",
    options={"reason": "optional"},
    check=check,
    reads="lines",
    references=("sshkeep's documentation, Policy, Suppressing a finding",),
    examples=(
        Example(
            "Port 22\n# sshkeep: ignore keep-alive, of old\nKeepAlive yes\n", hit=True, kind="sshd_config"
        ),
        Example("Port 22\n# sshkeep: ignore[keep-alive] of old\nKeepAlive yes\n", kind="sshd_config"),
        Example("# sshkeep: ignore[keepalive] of old\nKeepAlive yes\n", hit=True, kind="sshd_config"),
        Example("# sshkeep: ignore-block[keep-alive]\n\nKeepAlive yes\n", hit=True, kind="sshd_config"),
        Example("KeepAlive yes # sshkeep: ignore[keep-alive]\n", hit=True, kind="sshd_config"),
    ),
)
