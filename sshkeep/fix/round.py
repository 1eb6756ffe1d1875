"""Whether a round of fixes mended what it was made for."""

from __future__ import annotations

from collections.abc import Sequence

from sshkeep.config.tree.config import Config
from sshkeep.edit.edits import Edit, LineMoves
from sshkeep.errors import SshkeepError
from sshkeep.fix.proof import Proof, prove
from sshkeep.lint.finding import Finding


def check_round(
    old: Config, new: Config, made: Sequence[Finding], edits: Sequence[Edit], after: Sequence[Finding]
) -> Proof:
    """Raises SshkeepError where one of the fixes ``made`` did not do exactly what it says.

    ``edits`` led from ``old`` to ``new``, in which the rules find ``after``.
    """
    intents = [intent for finding in made for intent in (finding.fix.intents if finding.fix else ())]
    _check_gone(made, edits, after)
    return prove(old, new, intents, edits)


def _check_gone(made: Sequence[Finding], edits: Sequence[Edit], after: Sequence[Finding]) -> None:
    """No mended finding is told of the same line again; one fix may well bring another's to light."""
    still = {(*_key(finding), _line_start(finding)) for finding in after}
    moved = LineMoves(edits)
    for finding in made:
        path = finding.source.path
        if (*_key(finding), moved.to(path, _line_start(finding))) in still:
            raise SshkeepError(
                f"{path}: the fix of {finding.rule} does not mend it",
                "this is a bug of sshkeep; nothing was written",
            )


def _key(finding: Finding) -> tuple[str, str, str, str]:
    return finding.rule, finding.source.path, finding.keyword, finding.block


def _line_start(finding: Finding) -> int:
    line, _ = finding.source.position(finding.span.start)
    return finding.source.start(line - 1)
