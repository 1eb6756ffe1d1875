"""The documentation is complete: a page for each rule, a place for each table, all sessions of the examples shown or listed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sshkeep.lint.registry import all_rules
from tests.docs.pages import DOCS, PLACE, README, SITE, TABLES, written_pages

MAX_README = 200
"""Lines: what one reads before one decides to try it."""


def test_each_rule_has_a_page_and_each_page_a_rule() -> None:
    assert {path.stem for path in (DOCS / "rules").glob("*.md")} == {"index", *all_rules()}


def test_each_table_has_a_place() -> None:
    shown = {match[1] for page in written_pages() for match in PLACE.finditer(page.read_text("utf-8"))}
    assert shown == {"session", *TABLES}


def test_each_page_is_in_the_menu() -> None:
    menu = SITE.read_text("utf-8")
    assert [page.name for page in DOCS.glob("**/*.md") if f"{page.relative_to(DOCS)}" not in menu] == []


def test_the_readme_is_short() -> None:
    assert len(README.read_text("utf-8").splitlines()) <= MAX_README


@pytest.mark.parametrize("page", written_pages(), ids=lambda page: page.name)
def test_links_to_files_lead_somewhere(page: Path) -> None:
    text = page.read_text("utf-8")
    targets = [target.partition("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", text)]
    missing = [each for each in targets if each and "://" not in each and not (page.parent / each).exists()]
    assert missing == []
