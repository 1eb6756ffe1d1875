"""Where the state directory is, and which ones are not safe to use."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from sshkeep.state import path as state_module
from sshkeep.state.path import state_path
from tests.requirements import need
from tests.write.places import BOB, NEW, OLD, as_bob, home_of_bob, refusal


def test_where_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", "/var/states")
    assert state_path() == "/var/states/sshkeep"
    monkeypatch.setenv("HOME", "/home/bob")
    for unusable in ("", "relative/path"):
        monkeypatch.setenv("XDG_STATE_HOME", unusable)
        monkeypatch.setattr(state_module, "effective_user", lambda: 1000)
        assert state_path() == "/home/bob/.local/state/sshkeep"
        monkeypatch.setattr(state_module, "effective_user", lambda: 0)
        assert state_path() == "/var/lib/sshkeep"


def readable_by_others(state: Path) -> None:
    state.mkdir(parents=True)
    state.chmod(0o755)


def a_file(state: Path) -> None:
    state.parent.mkdir()
    state.write_text("")


def below_a_directory_of_everybody(state: Path) -> None:
    state.mkdir(parents=True, mode=0o700)
    state.parent.chmod(0o777)


def of_bob(state: Path) -> None:
    need("root")
    state.mkdir(parents=True, mode=0o700)
    os.chown(state, BOB, BOB)


def in_bob_s_home(state: Path) -> None:
    need("root")
    state.mkdir(parents=True, mode=0o700)
    os.chown(state.parent, BOB, BOB)


def a_link_of_bob_s(state: Path) -> None:
    need("root")
    state.parent.mkdir()
    (state.parent.parent / "elsewhere").mkdir(mode=0o700)
    state.symlink_to("../elsewhere")
    os.lchown(state, BOB, BOB)


UNSAFE: dict[Callable[[Path], None], str] = {
    readable_by_others: "with mode 0700 (chmod 700",
    a_file: "Not a directory",
    below_a_directory_of_everybody: "others may write there",
    of_bob: "others may write there",
    in_bob_s_home: "others may write there",
    a_link_of_bob_s: "symbolic link",
}


@pytest.mark.parametrize("make", UNSAFE, ids=lambda make: make.__name__)
def test_a_state_directory_that_is_not_safe(make: Callable[[Path], None], state: Path, config: Path) -> None:
    make(state)
    assert UNSAFE[make] in refusal(config)
    assert config.read_bytes() == OLD


def test_bob_s_home_may_be_below_alice_s(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a container, where the host's root has another number."""
    need("root")
    with home_of_bob() as home:
        bobs = home / ".ssh/config"
        bobs.write_bytes(OLD)
        os.chown(bobs, BOB, BOB)
        os.chown(home, BOB - 1, BOB - 1)
        for path in (home / "state", home / "others"):
            path.mkdir()
            os.chown(path, BOB, BOB)
        with as_bob():
            monkeypatch.setenv("XDG_STATE_HOME", str(home / "state"))
            assert refusal(bobs) == ""
            home.joinpath("others").chmod(0o777)
            monkeypatch.setenv("XDG_STATE_HOME", str(home / "others"))
            assert "others may write there" in refusal(bobs, NEW, OLD)
