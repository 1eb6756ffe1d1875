"""The sessions of examples/ come out as they are written there."""

import shutil
from pathlib import Path

import pytest

from tests.project.sessions import rerun

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
SESSIONS = sorted(EXAMPLES.glob("*/session.txt"))


@pytest.mark.parametrize("session", SESSIONS, ids=lambda path: path.parent.name)
def test_the_session_comes_out_as_written(session: Path, tmp_path: Path) -> None:
    folder = tmp_path / "example"
    shutil.copytree(session.parent, folder, ignore=shutil.ignore_patterns("session.txt"))
    text = session.read_text("utf-8")
    assert rerun(text, folder) == text


def test_every_example_has_a_session_and_is_listed() -> None:
    folders = {path.name for path in EXAMPLES.iterdir() if path.is_dir()}
    assert folders == {session.parent.name for session in SESSIONS}
    listed = (EXAMPLES / "README.md").read_text("utf-8")
    assert all(f"[{name}]({name}/session.txt)" in listed for name in folders)
