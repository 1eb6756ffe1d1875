"""A comment suppresses a finding that is not there any more.

It would hide the same mistake when someone makes it again, and readers take it for the truth. Take
the comment away, or the id out of its brackets. It is only reported for rules that ran.

`ignore` is about the line below; a setting that is missing has no line, so `ignore-file` is what
suppresses that.
"""

from collections.abc import Iterator

from sshkeep.lint import Config, Example, Finding, Options, Rule


def check(config: Config, options: Options) -> Iterator[Finding]:
    """The runner does it: only it knows what was suppressed."""
    return iter(())


RULE = Rule(
    summary="a comment for sshkeep that suppresses nothing, since there is nothing to suppress",
    applies_to=("sshd_config", "ssh_config"),
    severity="warning",
    check=check,
    references=("sshkeep's documentation, Policy, Suppressing a finding",),
    examples=(
        Example("# sshkeep: ignore[keep-alive] of old\nTCPKeepAlive yes\n", hit=True, kind="sshd_config"),
        Example("# sshkeep: ignore[keep-alive] of old\nKeepAlive yes\n", kind="sshd_config"),
        Example("# sshkeep: ignore[keep-alive] of old\n\nKeepAlive yes\n", hit=True, kind="sshd_config"),
        Example(
            "# sshkeep: ignore[client-alive-interval] a NAT-free LAN\nPort 22\n", hit=True, kind="sshd_config"
        ),
        Example(
            "# sshkeep: ignore-file[client-alive-interval] a NAT-free LAN\nPort 22\n", kind="sshd_config"
        ),
    ),
)
