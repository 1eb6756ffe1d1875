"""What users read is plain: no banned word or idiom, no endless sentence. tests/docs/style.py has the table."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from sshkeep.lint.finding import Finding
from sshkeep.lint.registry import all_rules
from sshkeep.openssh.kind import Kind
from tests.docs.messages import (
    ROOT,
    findings_on_examples,
    findings_on_real_files,
    texts_in_code,
    texts_of,
)
from tests.docs.style import problems

PAGES = [
    *(ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")),
    *sorted((ROOT / "docs").glob("*.md")),
    *sorted((ROOT / "docs" / "rules").glob("*.md")),
]
KINDS: tuple[Kind, ...] = ("sshd_config", "ssh_config")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A keyword somebody mended.", ["'somebody'", "'mended'"]),
        ("it is no value", ["'is no '"]),
        ("there is no value, and it is no longer set", []),
        ('`is told` and "somebody" are quoted', []),
        ("word " * 37, ["37 words"]),
        ("word " * 35 + "word. " + "word " * 36, []),
    ],
)
def test_the_style_check_finds(text: str, found: list[str]) -> None:
    assert [each.partition(" in ")[0].partition(":")[0] for each in problems(text, "docs")] == found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_pages(page: Path) -> None:
    assert [*problems(page.read_text("utf-8"), "docs")] == []


def test_summaries_of_rules() -> None:
    assert _wrong(loaded.rule.summary for loaded in all_rules().values()) == []


def test_messages_on_the_rules_examples() -> None:
    found = [*findings_on_examples()]
    assert {finding.rule for finding in found} == {*all_rules()}
    assert _wrong(_texts(found)) == []


@pytest.mark.parametrize("kind", KINDS if os.environ.get("SSHKEEP_CORPUS") else [])
def test_messages_on_real_files(kind: Kind) -> None:
    found = [*findings_on_real_files(kind)]
    assert len(found) > 50
    assert _wrong(_texts(found)) == []


def test_texts_in_the_code() -> None:
    wrong = [f"{file}: {each}" for file, text in texts_in_code() for each in problems(text, "message")]
    assert wrong == []


def test_spelling() -> None:
    """codespell, set up in pyproject.toml."""
    done = subprocess.run(
        [sys.executable, "-m", "codespell_lib", *_files()], cwd=ROOT, capture_output=True, encoding="utf-8"
    )
    assert (done.stdout, done.returncode) == ("", 0)


def _files() -> list[str]:
    folders = ("sshkeep", "rules", "docs", "examples")
    found = [
        path
        for folder in folders
        for path in (ROOT / folder).rglob("*")
        if path.suffix in (".py", ".md", ".txt")
    ]
    return [str(path) for path in (*found, *PAGES[:3]) if "ja" not in path.parts]


def _texts(found: Iterable[Finding]) -> set[str]:
    return {text for finding in found for text in texts_of(finding)}


def _wrong(texts: Iterable[str]) -> list[str]:
    return sorted({each for text in texts for each in problems(text, "message")})
