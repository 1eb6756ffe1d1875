"""What is generated and checked in is current; ``python -m tests.regenerate`` makes it so."""

from pathlib import Path

import pytest

from tests.regenerate import ROOT, TABLE, TARGETS, generated


@pytest.mark.parametrize("path", list(generated()), ids=lambda path: str(path.relative_to(ROOT)))
def test_generated_text_is_current(path: Path) -> None:
    assert path.read_text("utf-8") == generated()[path]


def test_the_readme_has_a_place_for_each_table() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert TABLE.search(text) and TARGETS.search(text)
