"""What is generated and checked in is current; ``python -m tests.regenerate`` makes it so."""

from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

from tests.docs.pages import README, ROOT
from tests.regenerate import PICTURE, generated, sessions_on_disk

GENERATED = generated(sessions_on_disk())
"""All but the sessions, which tests/project/test_examples.py runs again."""


@pytest.mark.parametrize("path", GENERATED, ids=lambda path: str(path.relative_to(ROOT)))
def test_generated_text_is_current(path: Path) -> None:
    assert path.read_text("utf-8") == GENERATED[path], "run python -m tests.regenerate"


def test_the_readme_shows_the_sessions_that_are_written_in_the_same_run() -> None:
    changed = {path: f"$ changed {path.parent.name}\n" for path in sessions_on_disk()}
    assert "```console\n$ changed debian-server\n```" in generated(changed)[README]


def test_the_picture_is_whole_and_the_readme_shows_it() -> None:
    assert fromstring(PICTURE.read_text("utf-8")).tag.endswith("svg")
    assert f"]({PICTURE.relative_to(ROOT)})" in README.read_text("utf-8")
