"""Check that OpenSSH does not refuse the changed tree for a new reason."""

from __future__ import annotations

from sshkeep.config.effective.conflicts import conflicts
from sshkeep.config.effective.sshd_startup import any_method_where_blocks_meet
from sshkeep.config.refusals import refused_lines
from sshkeep.config.tree.config import Config
from sshkeep.errors import SshkeepError
from sshkeep.openssh.kind import CLIENT_TITLES


def check_refusals(old: Config, new: Config) -> None:
    """Raises SshkeepError where the target refuses more of ``new`` than of ``old``."""
    if len(refused_lines(new)) > len(refused_lines(old)):
        raise unsafe_change(old, f"OpenSSH would refuse the result: {refused_lines(new)[-1].problem}")
    if len(any_method_where_blocks_meet(new)) > len(any_method_where_blocks_meet(old)):
        raise unsafe_change(old, "AuthenticationMethods any must stand alone for who fits two of its blocks")
    for _, problem in conflicts(new):
        if problem not in [before for _, before in conflicts(old)]:
            raise unsafe_change(old, f"OpenSSH would refuse the result: {problem}")


def why_refused(config: Config) -> str:
    """The first place that OpenSSH refuses, and why, so that no setting takes effect; empty for none."""
    if config.kind in CLIENT_TITLES:
        return ""  # OpenSSH does not read it
    for refusal in refused_lines(config)[:1]:
        return f"{refusal.directive.where} is refused: {refusal.problem}"
    for entry, problem in conflicts(config):
        return f"{entry.directive.where} is refused: {problem}"
    return ""


def unsafe_change(config: Config, why: str) -> SshkeepError:
    """The error for a change that can't be proven."""
    return SshkeepError(f"{config.top}: the change is not safe to write: {why}", "nothing was written")
