"""Unified diffs of changed files."""

from __future__ import annotations

from collections.abc import Iterator

from sshkeep.output.terminal import Terminal, safe
from sshkeep.syntax.source import Source, decode


def diff_lines(
    path: str,
    before: bytes,
    after: bytes,
    terminal: Terminal,
    labels: tuple[str, str] = ("before", "fixed"),
) -> Iterator[str]:
    """A unified diff of one file, each line safe to print; a missing final newline is noted as by diff(1)."""
    from difflib import unified_diff

    old, new = ([decode(line) for line in Source(path, data).lines] for data in (before, after))
    for line in unified_diff(old, new, safe(path), safe(path), *labels):
        style = {"+": "green", "-": "red"}.get(line[:1]) if not line.startswith(("+++", "---")) else "bold"
        body = line.rstrip("\n").removesuffix("\r")
        text = body[:1] + safe(body[1:])
        yield terminal.paint(text, style) if style else text
        if not line.endswith("\n") and line[:1] in "+- " and not line.startswith(("+++", "---")):
            yield "\\ No newline at end of file"
