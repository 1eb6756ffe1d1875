"""Texts that users see: what rules report on their examples and on real files, and all texts of the code."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from pathlib import Path

from sshkeep.lint.finding import Finding
from sshkeep.lint.registry import all_rules
from sshkeep.lint.runner import run_rules
from sshkeep.openssh.kind import Kind
from sshkeep.testing.configs import config_of
from sshkeep.testing.rules import example_findings

ROOT = Path(__file__).parent.parent.parent


def texts_of(finding: Finding) -> Iterator[str]:
    """All that is printed about a finding."""
    yield from (finding.message, finding.label, *finding.notes)
    yield from (place.message for place in finding.related)
    if finding.fix:
        yield finding.fix.title


def findings_on_examples() -> Iterator[Finding]:
    """What each rule reports on its own examples."""
    for loaded in all_rules().values():
        for example in loaded.rule.examples:
            yield from example_findings(loaded, example)


def findings_on_real_files(kind: Kind) -> Iterator[Finding]:
    """What all rules report on the files of this kind below $SSHKEEP_CORPUS."""
    rules = [*all_rules().values()]
    for path in sorted(Path(os.environ["SSHKEEP_CORPUS"]).rglob(f"*{kind}*")):
        if path.is_file():
            yield from run_rules(config_of({kind: path.read_bytes()}, kind, "debian-12"), rules, {})


def texts_in_code() -> Iterator[tuple[str, str]]:
    """File and text of each literal of several words in sshkeep/ and rules/, but for docstrings; {} for values."""
    for folder in ("sshkeep", "rules"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            tree = ast.parse(path.read_text("utf-8"))
            skipped = {id(each.value) for each in ast.walk(tree) if isinstance(each, ast.Expr)}
            skipped |= {id(part) for script in _scripts(tree) for part in ast.walk(script)}
            skipped |= {
                id(part) for each in ast.walk(tree) if isinstance(each, ast.JoinedStr) for part in each.values
            }
            for node in ast.walk(tree):
                text = "" if id(node) in skipped else _text(node)
                if text.count(" ") > 1:
                    yield str(path.relative_to(ROOT)), text


def _scripts(tree: ast.Module) -> Iterator[ast.AST]:
    """Texts that a shell runs."""
    for each in tree.body:
        if (
            isinstance(each, ast.AnnAssign)
            and isinstance(each.target, ast.Name)
            and each.target.id == "SCRIPTS"
        ):
            yield each


def _text(node: ast.AST) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
