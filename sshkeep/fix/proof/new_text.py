"""The proof for lines and files that are written anew, since OpenSSH could not read what was meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sshkeep.config.tree.config import Config
from sshkeep.config.tree.file import Directive
from sshkeep.edit.edits import Edit
from sshkeep.edit.intents import Intent, ReplaceLine, RewriteFile
from sshkeep.fix.proof.proof import Proof, becomes_accepted
from sshkeep.fix.proof.refusals import unsafe_change
from sshkeep.fix.proof.unchanged import same_lines


def changes_blocks(intent: ReplaceLine, config: Config) -> bool:
    """Whether the new text has a Host or Match line, so that the lines below it change their block."""
    rows = [config.known.get(each.line.name.lower()) for each in intent.directives()]
    return any(row.type.opens_block for row in rows if row)


def prove_rewritten(old: Config, new: Config, intents: Sequence[Intent], edits: Iterable[Edit]) -> Proof:
    """A file that OpenSSH could not read, in an encoding that it can: all lines of it are new.

    Raises SshkeepError where anything else changes with it.
    """
    rewritten = {intent.file.source.path for intent in intents if isinstance(intent, RewriteFile)}
    if not all(isinstance(intent, RewriteFile) for intent in intents) or {e.path for e in edits} != rewritten:
        raise unsafe_change(old, "a file in another encoding is rewritten before anything else")
    if old.top not in rewritten:
        kept, now = (
            [e for e in config.entries if e.directive.file.source.path not in rewritten]
            for config in (old, new)
        )
        if not same_lines(kept, now, old, new):
            raise unsafe_change(old, "it would change what other settings there are, or for whom")
    return Proof(0, (), (), accepted=becomes_accepted(old, new))


def options_of_text(intent: ReplaceLine | RewriteFile, config: Config) -> tuple[str, ...]:
    """The options (lower case) of the lines before and after."""
    return tuple({_option(each, config) for each in (*_old_lines(intent), *intent.directives())})


def _old_lines(intent: ReplaceLine | RewriteFile) -> list[Directive]:
    """The lines that the intent replaces."""
    lines = intent.file.directives
    return [e for e in lines if isinstance(intent, RewriteFile) or e.number == intent.number]


def _option(directive: Directive, config: Config) -> str:
    name = directive.line.name.lower()
    return config.known[name].option if name in config.known else name
