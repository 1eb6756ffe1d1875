"""What is generated and checked in is current; ``python -m tests.regenerate`` makes it so."""

from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

from tests.regenerate import PICTURE, ROOT, TABLE, TARGETS, generated


@pytest.mark.parametrize("path", list(generated()), ids=lambda path: str(path.relative_to(ROOT)))
def test_generated_text_is_current(path: Path) -> None:
    assert path.read_text("utf-8") == generated()[path]


def test_the_picture_is_whole_and_the_readme_shows_it() -> None:
    assert fromstring(PICTURE.read_text("utf-8")).tag.endswith("svg")
    assert f"]({PICTURE.relative_to(ROOT)})" in (ROOT / "README.md").read_text("utf-8")


def test_the_readme_has_a_place_for_each_table() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert TABLE.search(text) and TARGETS.search(text)
