"""The TextMate grammars of the VS Code extension, made of the tables of keywords."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sshkeep.openssh.kind import Kind
from sshkeep.openssh.tables.keywords import option_rows, vendor_option_rows

BLOCKS = {"sshd_config": ("Match",), "ssh_config": ("Host", "Match")}


def grammar(kind: Kind) -> str:
    """The grammar of one language, as a file of JSON: blocks, keywords of any release and vendor, values."""
    rows = (*option_rows(kind), *vendor_option_rows(kind))
    names = {keyword.name for row in rows for keyword in row.keywords()}
    patterns = [
        {"name": "comment.line.number-sign", "match": r"^\s*#.*$"},
        _first_word("keyword.control", BLOCKS[kind]),
        _first_word("keyword.other", sorted(names - set(BLOCKS[kind]))),
        {"name": "string.quoted.double", "match": r'"[^"]*"'},
        {"name": "constant.language", "match": r"(?i)(?<=[\s=])(yes|no|none|any|all)(?=\s|$)"},
        {"name": "constant.numeric", "match": r"(?i)(?<=[\s=])([0-9]+[smhdwkg]?)+(?=\s|$)"},
    ]
    top = {"name": kind, "scopeName": f"source.{kind}", "patterns": patterns}
    return json.dumps(top, indent=2) + "\n"


def _first_word(scope: str, names: Sequence[str]) -> dict[str, object]:
    return {"match": rf'(?i)^\s*"?({"|".join(names)})"?(?=[\s=]|$)', "captures": {"1": {"name": scope}}}
