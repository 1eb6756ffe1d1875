"""Questions to the server's analyses without a server, for what takes many of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lsprotocol.converters import get_converter

from sshkeep.api.rulesets import NO_POLICY, Rulesets
from sshkeep.lsp.analysis import Analysis, Job

CONVERTER = get_converter()


def analysis_of(
    name: str, files: Mapping[str, str | bytes], target: str = "auto", kind: Any = None
) -> Analysis:
    """The analysis of one of several files, all of them open, and none on disk."""
    texts = {path: text.encode() if isinstance(text, str) else text for path, text in files.items()}
    return Analysis(Job(name, texts, kind, target), Rulesets(NO_POLICY, target))


def as_json(value: Any) -> Any:
    """An answer as the client gets it."""
    return CONVERTER.unstructure(value)
