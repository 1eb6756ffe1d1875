"""The manual pages: mandoc has nothing against them, they fit 80 columns, and they have every option and key."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from sshkeep.output.schemas.generate import schema_texts
from tests.docs.man_pages import MAN_PAGES
from tests.docs.pages import DOCS, ROOT
from tests.requirements import need

PAGES = [ROOT / "man" / name for name in MAN_PAGES]
OF_THIS_MACHINE = ("referenced manual not found", "outdated mandoc.db")
"""What mandoc reports of the manuals that are installed, not of the page."""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_mandoc_finds_nothing(page: Path) -> None:
    need("mandoc")
    done = subprocess.run(["mandoc", "-T", "lint", page], capture_output=True, encoding="utf-8")
    lines = (done.stdout + done.stderr).splitlines()
    assert [line for line in lines if not any(each in line for each in OF_THIS_MACHINE)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_it_fits_80_columns(page: Path) -> None:
    need("mandoc")
    done = subprocess.run(["mandoc", "-T", "utf8", page], capture_output=True, encoding="utf-8", check=True)
    shown = re.sub(".\b", "", done.stdout).splitlines()
    assert len(shown) > 100
    assert [line for line in shown if len(line) > 80] == []


def test_the_page_of_the_program_has_every_option() -> None:
    options = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", (DOCS / "commands.md").read_text("utf-8")))
    page = (ROOT / "man" / "sshkeep.1").read_text("utf-8").replace("\\-", "-")
    listed = {f"-{name}" for name in re.findall(r"Fl (-[a-z-]+)", page)}
    assert options - listed == {"--help"}


def test_the_page_of_the_policy_has_every_key() -> None:
    schema = json.loads(dict(schema_texts())["policy"])
    parts = [schema, *schema["$defs"].values()]
    keys = {key for part in parts for key in part.get("properties", {}) if part.get("title") != "RulePolicy"}
    page = (ROOT / "man" / "sshkeep.yaml.5").read_text("utf-8")
    assert keys - set(re.findall(r"It Cm (?:\"\\&)?(\w+)", page)) == set()
