"""What --baseline and --write-baseline do to the findings of a lint."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sshkeep.errors import SshkeepError
from sshkeep.lint.finding import Finding
from sshkeep.lint.suppression import accept_refusal
from sshkeep.trees.kind import kind_by_name

if TYPE_CHECKING:  # a run without one does without json
    from sshkeep.lint.baseline import Baseline


class Known:
    """Leaves out what a baseline knows; ``count`` is how much that was."""

    def __init__(self, path: str | None, new: str | None) -> None:
        self.count = 0
        self.new = new
        self.collected: list[Finding] = []
        self.baseline: Baseline | None = None
        if new and path:
            raise SshkeepError("--baseline and --write-baseline don't go together", "write a new one alone")
        if new and kind_by_name(new):
            raise SshkeepError(f"--write-baseline {new} has the name of a config", "write it elsewhere")
        if path:
            from sshkeep.lint.baseline import read_baseline

            self.baseline = read_baseline(path)

    def left(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """What is to be told; of what is known, only what OpenSSH refuses, as accepted."""
        if self.baseline is None and self.new is None:
            return tuple(findings)
        told: list[Finding] = []
        for finding in findings:
            if self.new is not None:
                self.collected.append(finding)
            if self.baseline is not None and self.baseline.is_new(finding):
                told.append(finding)
            elif finding.refused:
                told.append(accept_refusal(finding, "the baseline knows it"))
            else:
                self.count += 1
        return tuple(told)

    def write(self) -> None:
        """Write the new baseline, if one is wanted. Raises SshkeepError where that can't be."""
        if self.new is None:
            return
        from sshkeep.lint.baseline import write_baseline

        write_baseline(self.new, self.collected)
