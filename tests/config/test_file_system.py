"""Files in memory are found as glob(3) finds files on the disk."""

from pathlib import Path

import pytest

from sshkeep.config.tree.file_system import DiskFileSystem, MemoryFileSystem

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
