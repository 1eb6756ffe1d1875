"""What lines and blocks say, as somebody typed it."""

from __future__ import annotations

from sshkeep.config.model import Context, Directive


def directive_text(directive: Directive) -> str:
    """A line's keyword and arguments."""
    line = directive.line
    return directive.raw[line.start : max(line.stop, line.end)].decode("utf-8", "replace")


def block_name(context: Context | None) -> str:
    """A block's own line, such as ``Host web``; empty outside any block."""
    if context is None:
        return ""
    return " ".join(directive_text(context.header).split())
