"""A state directory of each test's own, and a config whose changes are recorded in it."""

from pathlib import Path

import pytest

from tests.write.places import OLD


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The directory, which does not exist yet."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state/sshkeep"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A file in a directory of its own."""
    path = tmp_path / "etc/sshd_config"
    path.parent.mkdir()
    path.write_bytes(OLD)
    return path
