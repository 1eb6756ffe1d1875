"""Several files are replaced together or not at all, and what is remembered of them is true."""

import os
import signal
import subprocess
from collections.abc import Iterator
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.ansible.collection import plugin_util
from tests.requirements import need


@pytest.fixture(scope="module")
def modules(tmp_path_factory: pytest.TempPathFactory) -> tuple[ModuleType, ModuleType]:
    need("ansible")
    plugin_util("gather", tmp_path_factory.mktemp("collection"))
    names = ("replacement", "unloaded")
    base = "ansible_collections.sshkeep.openssh.plugins.module_utils"
    replacement, unloaded = (import_module(f"{base}.{name}") for name in names)
    return replacement, unloaded


@pytest.fixture(autouse=True)
def _signals() -> Iterator[None]:
    """What is put back is not to be interrupted: the module ends then, and this process does not."""
    numbers = (signal.SIGHUP, signal.SIGTERM, signal.SIGINT)
    before = [signal.getsignal(number) for number in numbers]
    yield
    for number, handler in zip(numbers, before, strict=True):
        signal.signal(number, handler)


def change(module: ModuleType, path: Path, after: bytes | None) -> Any:
    before = sha256(path.read_bytes()).hexdigest() if path.exists() else ""
    return module.Replacement(str(path), before, after, make=True)


@pytest.fixture
def in_use(tmp_path: Path) -> Iterator[Path]:
    """A file that can be written, but not replaced."""
    need("root", "mounts")
    path = tmp_path / "in_use"
    path.write_text("old\n")
    subprocess.run(["mount", "--bind", path, path], check=True)
    yield path
    subprocess.run(["umount", path], check=True)


def test_the_first_file_is_put_back_if_the_second_fails(
    modules: tuple[ModuleType, ModuleType], tmp_path: Path, in_use: Path
) -> None:
    first = tmp_path / "first"
    first.write_text("old\n")
    changes = [change(modules[0], first, b"new\n"), change(modules[0], in_use, b"new\n")]
    with pytest.raises(OSError, match="busy"):
        modules[0].write_all(changes)
    assert first.read_text() == in_use.read_text() == "old\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["first", "in_use"]


def test_new_folders_are_readable_whatever_the_umask_is(
    modules: tuple[ModuleType, ModuleType], tmp_path: Path
) -> None:
    old = os.umask(0o077)
    try:
        modules[0].write_all([change(modules[0], tmp_path / "ssh_config.d/50-a.conf", b"Port 22\n")])
    finally:
        os.umask(old)
    assert (tmp_path / "ssh_config.d").stat().st_mode & 0o777 == 0o755
    assert (tmp_path / "ssh_config.d/50-a.conf").stat().st_mode & 0o777 == 0o644


@pytest.fixture
def memory(modules: tuple[ModuleType, ModuleType], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "state/unloaded"
    monkeypatch.setattr(modules[1], "STATE", str(folder.parent))
    monkeypatch.setattr(modules[1], "UNLOADED", str(folder))
    monkeypatch.setattr(modules[1], "PID_FILES", ())
    return folder


def entries(memory: Path) -> dict[str, tuple[str, str]]:
    """The old and the new content by the name of the file."""
    found = {}
    for path in memory.glob("*.path"):
        name = os.path.basename(path.read_text())
        found[name] = (path.with_suffix(".old").read_text(), path.with_suffix(".new").read_text())
    return found


def test_no_number_is_used_twice(
    modules: tuple[ModuleType, ModuleType], memory: Path, tmp_path: Path
) -> None:
    replacement, unloaded = modules
    for name in "abc":
        (tmp_path / name).write_text(f"old {name}")
    for name in "ab":
        unloaded.remember([change(replacement, tmp_path / name, b"new " + name.encode())])
    for path in memory.glob("1.*"):  # as `reload` does where a file was changed by other means
        path.unlink()
    unloaded.remember([change(replacement, tmp_path / "c", b"new c")])
    assert entries(memory) == {"b": ("old b", "new b"), "c": ("old c", "new c")}


def test_what_was_not_written_is_forgotten(
    modules: tuple[ModuleType, ModuleType], memory: Path, tmp_path: Path
) -> None:
    replacement, unloaded = modules
    for name in "ab":
        (tmp_path / name).write_text(f"old {name}")
    first = [change(replacement, tmp_path / "a", b"new a")]
    unloaded.remember(first)
    replacement.write_all(first)
    second = [change(replacement, tmp_path / "a", b"newer a"), change(replacement, tmp_path / "b", b"new b")]
    unloaded.remember(second)()
    assert entries(memory) == {"a": ("old a", "new a")}
