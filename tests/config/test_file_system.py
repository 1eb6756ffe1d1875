"""Files in memory are found as glob(3) finds files on the disk."""

import os
from pathlib import Path

import pytest

from sshkeep.config.tree.file_system import DiskFileSystem, DiskOfOneCall, MemoryFileSystem

NAMES = ("a.conf", "B.conf", ".hidden.conf", "sub/c.conf", "[x].conf", "readme")


@pytest.mark.parametrize(
    "pattern",
    ["*.conf", "*", "?.conf", "sub/*.conf", "*/*.conf", ".*.conf", "a.conf", "gone.conf", "[aB].conf"],
)
def test_memory_and_disk_find_the_same(pattern: str, tmp_path: Path) -> None:
    for name in NAMES:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"")
    memory = MemoryFileSystem({f"{tmp_path}/{name}": b"" for name in NAMES})
    on_disk = [path for path in DiskFileSystem().glob(f"{tmp_path}/{pattern}") if Path(path).is_file()]
    assert memory.glob(f"{tmp_path}/{pattern}") == on_disk


@pytest.mark.parametrize("start", ["{top}", "."])
@pytest.mark.parametrize(
    "path",
    [
        "a/etc/ssh/sshd_config",
        "link/etc/ssh/sshd_config",
        "a/link_to_ssh/sshd_config",
        "a/etc/ssh/linked_config",
        "a/etc/../etc/ssh/sshd_config",
        "a/./etc//ssh/sshd_config",
        "a/loop/sshd_config",
        "a/nowhere/further/sshd_config",
        "a/etc/ssh/..",
        "a",
        "",
    ],
)
def test_files_of_one_call_have_the_identity_of_the_disk(
    start: str, path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a/etc/ssh").mkdir(parents=True)
    (tmp_path / "a/etc/ssh/sshd_config").touch()
    for name, target in (("link", "a"), ("a/link_to_ssh", "etc/ssh"), ("a/loop", "loop")):
        (tmp_path / name).symlink_to(target)
    (tmp_path / "a/etc/ssh/linked_config").symlink_to("sshd_config")
    monkeypatch.chdir(tmp_path)
    files, named = DiskOfOneCall(), os.path.join(start.format(top=tmp_path), path)
    for _ in range(2):  # with what it knows from the first time, too
        assert files.identity(named) == DiskFileSystem().identity(named)
    assert files.identity(path or "x") == DiskFileSystem().identity(path or "x")
