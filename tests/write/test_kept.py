"""A new file has everything the old one had, or there is none."""

import os
import shutil
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from sshkeep.system import attributes
from sshkeep.write.undo import undo_changes
from tests.requirements import CHECKS, need
from tests.write.places import BOB, NEW, OLD, home_of_bob, leftovers, refusal, write


def run(*command: str | Path) -> None:
    subprocess.run(command, check=True)


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "sshd_config"
    path.write_bytes(OLD)
    return path


def all_of(path: Path) -> tuple[object, ...]:
    status = path.stat()
    extended = {name: os.getxattr(path, name) for name in os.listxattr(path)}
    return stat.S_IMODE(status.st_mode), status.st_uid, status.st_gid, extended


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o640, 0o664, 0o755])
def test_the_mode_is_kept_whatever_the_umask(mode: int, config: Path) -> None:
    config.chmod(mode)
    umask = os.umask(0o077)
    try:
        write(config)
    finally:
        os.umask(umask)
    assert stat.S_IMODE(config.stat().st_mode) == mode
    assert config.read_bytes() == NEW


def test_the_owner_is_kept(config: Path) -> None:
    need("root")
    os.chown(config, 1234, 5678)
    write(config)
    assert (config.stat().st_uid, config.stat().st_gid) == (1234, 5678)


def test_acl_and_extended_attributes_are_kept(config: Path) -> None:
    need("acl")
    run("setfacl", "-m", f"u:{BOB}:rw,g:{BOB}:r,m:r", config)
    run("setfattr", "-n", "user.origin", "-v", "ansible", config)
    before = all_of(config)
    record = write(config)
    assert config.read_bytes() == NEW
    assert all_of(config) == before
    undo_changes(record)
    assert config.read_bytes() == OLD
    assert all_of(config) == before


def test_labels_that_only_root_may_set_are_kept(config: Path) -> None:
    need("acl", "mounts")
    run("setfattr", "-n", "trusted.note", "-v", "x", config)
    run("setfattr", "-n", "security.note", "-v", "sshd_t", config)
    before = all_of(config)
    write(config)
    assert all_of(config) == before


def test_a_default_acl_does_not_rub_off(config: Path) -> None:
    need("acl")
    run("setfacl", "-d", "-m", f"u:{BOB}:rw", config.parent)
    before = all_of(config)
    write(config)
    assert all_of(config) == before


def test_a_removed_file_comes_back_with_everything(config: Path) -> None:
    need("acl", "root")
    run("setfacl", "-m", f"u:{BOB}:r", config)
    config.chmod(0o640)
    os.chown(config, 1234, 5678)
    before = all_of(config)
    record = write(config, OLD, None)
    assert not config.exists()
    undo_changes(record)
    assert (config.read_bytes(), all_of(config)) == (OLD, before)


def lost(descriptor: int, name: str, value: bytes) -> None:
    """A file system that takes an attribute and forgets it."""


def denied(*_: object) -> None:
    raise PermissionError(1, "Operation not permitted")


@pytest.mark.parametrize(
    ("call", "does", "says"),
    [
        ("setxattr", lost, "its mode, owner, or extended attributes can't be kept"),
        ("setxattr", denied, "user.origin can't be kept: Operation not permitted"),
        ("fchmod", denied, "its mode can't be kept: Operation not permitted"),
    ],
)
def test_what_can_not_be_kept_is_a_refusal(
    call: str, does: Callable[..., None], says: str, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    need("acl")
    run("setfattr", "-n", "user.origin", "-v", "ansible", config)
    monkeypatch.setattr(os, call, does)
    assert says in refusal(config)
    assert config.read_bytes() == OLD
    assert leftovers(config.parent) == []


def test_a_set_user_id_bit_is_a_refusal(config: Path) -> None:
    config.chmod(0o4755)
    assert "its mode is 4755" in refusal(config)


def test_a_signed_file_is_a_refusal(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attributes, "_extended", lambda descriptor: (("security.ima", b"\x03\x02"),))
    assert "it is signed" in refusal(config)


def test_a_hard_link_is_a_refusal(config: Path) -> None:
    os.link(config, config.with_name("other"))
    assert "it has 2 names (hard links)" in refusal(config)
    assert config.read_bytes() == OLD


CHECKS["chattr"] = (
    lambda: shutil.which("chattr") is not None and os.geteuid() == 0,
    "needs chattr and root",
)


@pytest.mark.parametrize(("letter", "says"), [("i", "immutable"), ("a", "append-only")])
@pytest.mark.parametrize(
    ("what", "whose"), [("sshd_config", "it is"), ("", "its directory is")], ids=["file", "directory"]
)
def test_an_immutable_file_is_a_refusal(
    letter: str, says: str, what: str, whose: str, tmp_path: Path
) -> None:
    need("chattr")
    config = tmp_path / "etc/sshd_config"
    config.parent.mkdir()
    config.write_bytes(OLD)
    marked = config.parent / what
    if subprocess.run(["chattr", f"+{letter}", marked], capture_output=True).returncode:
        pytest.skip("this file system has no immutable files")
    try:
        assert f"{whose} {says}" in refusal(config)
    finally:
        run("chattr", f"-{letter}", marked)
    assert config.read_bytes() == OLD


def test_a_read_only_file_system_is_a_refusal(tmp_path: Path) -> None:
    need("mounts")
    config = tmp_path / "etc/sshd_config"
    config.parent.mkdir()
    config.write_bytes(OLD)
    run("mount", "--bind", config.parent, config.parent)
    try:
        run("mount", "-o", "remount,bind,ro", config.parent)
        assert "the file system is read-only" in refusal(config)
    finally:
        run("umount", config.parent)


@pytest.mark.parametrize(
    ("folder", "file"), [(0o755, 0o644), (0o700, 0o600), (0o775, 0o644), (0o750, 0o640)], ids=oct
)
def test_a_new_file_is_as_readable_as_its_directory(folder: int, file: int, tmp_path: Path) -> None:
    drop_ins = tmp_path / "sshd_config.d"
    drop_ins.mkdir()
    drop_ins.chmod(folder)
    record = write(drop_ins / "50-new.conf", None)
    assert stat.S_IMODE((drop_ins / "50-new.conf").stat().st_mode) == file
    undo_changes(record)
    assert list(drop_ins.iterdir()) == []


def test_a_new_file_in_a_home_is_its_owner_s() -> None:
    need("root")
    with home_of_bob() as home:
        write(home / ".ssh/config", None)
        status = (home / ".ssh/config").stat()
        assert (status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode)) == (BOB, BOB, 0o600)
