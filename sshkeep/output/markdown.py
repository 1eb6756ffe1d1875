"""Text of configs within Markdown."""

from __future__ import annotations

from sshkeep.output.terminal import safe

SPECIAL = str.maketrans({character: f"\\{character}" for character in "\\`*_{}[]<>()#|~!&"})
"""What Markdown may read as more than text."""


def markdown_text(text: str) -> str:
    """Text in which nothing is markup, and nothing acts on a terminal."""
    return safe(text).translate(SPECIAL)
