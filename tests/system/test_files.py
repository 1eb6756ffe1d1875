"""Creating and replacing one file: over what, through which links, with which mode and owner."""

import os
import shutil
import stat
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sshkeep.errors import SshkeepError
from sshkeep.system import held_directory, safe_path
from sshkeep.system.files import create_file, replace_file
from sshkeep.system.held_directory import HeldDirectory
from sshkeep.system.output import write_output
from tests.requirements import need
from tests.write.places import BOB, as_bob, home_of_bob, leftovers

OLD, NEW = b"old\n", b"new\n"
LINKED = "is a symbolic link that others could have made"
OTHERS = "it belongs to another user, who may have put it into this shared directory"
CHANGED = "was changed while sshkeep worked on it"

Writer = Callable[[str], None]

ALL: dict[str, Writer] = {
    "create": lambda path: create_file(path, NEW),
    "replace": lambda path: replace_file(path, NEW, expected=OLD),
    "output": lambda path: write_output(path, NEW),
}
CREATE, REPLACE, OUTPUT = ALL.values()


def each(*writers: Writer) -> pytest.MarkDecorator:
    names = {writer: name for name, writer in ALL.items()}
    return pytest.mark.parametrize("write", writers, ids=names.__getitem__)


@pytest.fixture(autouse=True)
def umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "folder/file"
    path.parent.mkdir()
    path.write_bytes(OLD)
    return path


@pytest.fixture
def home() -> Iterator[Path]:
    need("root")
    with home_of_bob() as home:
        yield home


def refusal(write: Writer, path: Path | str) -> str:
    """Why the file is not written; empty where it is."""
    try:
        write(str(path))
    except SshkeepError as error:
        return str(error)
    return ""


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def link_of(owner: int, path: Path, to: Path | str) -> Path:
    path.symlink_to(to)
    os.lchown(path, owner, owner)
    return path


# Over what.


@each(CREATE, OUTPUT)
def test_a_new_file(write: Writer, tmp_path: Path) -> None:
    write(str(tmp_path / "file"))
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("file", NEW)]


def test_no_file_is_created_over_another(old: Path) -> None:
    assert "the file exists already" in refusal(CREATE, old)
    assert old.read_bytes() == OLD


@each(REPLACE, OUTPUT)
def test_who_reads_the_old_file_never_sees_the_new_one(write: Writer, old: Path) -> None:
    with old.open("rb") as reader:
        write(str(old))
        assert (reader.read(), old.read_bytes()) == (OLD, NEW)
    assert os.listdir(old.parent) == ["file"]


@pytest.mark.parametrize("now", [b"", b"other\n", OLD + b"more\n", OLD * 100_000, None])
def test_another_content_than_expected_stays(now: bytes | None, old: Path) -> None:
    old.unlink()
    if now is not None:
        old.write_bytes(now)
    assert CHANGED in refusal(REPLACE, old)
    assert (old.read_bytes() if old.exists() else None) == now


NO_FILES = [
    # path, why it can't be created, replaced or written
    ("none/file", *["No such file or directory"] * 3),
    ("known/file", *["a part of its path is not a directory"] * 3),
    ("folder", "the file exists already", "it is a directory", "it is a directory"),
    ("folder/", "it is a directory", "it is a directory", "it is a directory"),
    ("folder/..", "it is a directory", "it is a directory", "it is a directory"),
    ("/", *["it is a directory"] * 3),
    ("", *["it is a directory"] * 3),
    ("loop", "the file exists already", "it is, or was just swapped for, a symbolic link", "symbolic link"),
    ("fifo", "the file exists already", "not a regular file", ""),
]


@pytest.mark.parametrize(("path", "reasons"), [(path, reasons) for path, *reasons in NO_FILES])
def test_what_is_no_file(
    path: str, reasons: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "known").write_bytes(OLD)
    (tmp_path / "loop").symlink_to("loop")
    os.mkfifo(tmp_path / "fifo")
    before = sorted(os.listdir(tmp_path))
    monkeypatch.chdir(tmp_path)
    for write, reason in zip(ALL.values(), reasons, strict=True):
        if reason:
            sentence = refusal(write, path)
            assert f"can't write {path}: " in sentence and reason in sentence
    assert sorted(os.listdir(tmp_path)) == before
    assert (tmp_path / "known").read_bytes() == OLD


@each(REPLACE, OUTPUT)
def test_a_file_of_two_names_is_left(write: Writer, old: Path) -> None:
    os.link(old, old.with_name("other"))
    assert "it has 2 names (hard links)" in refusal(write, old)
    assert old.read_bytes() == OLD


@each(CREATE, REPLACE, OUTPUT)
def test_a_directory_that_may_not_be_written(write: Writer, home: Path) -> None:
    """Bob owns the file, which the directory does not let him replace by a new one."""
    folder = home / "folder"
    folder.mkdir()
    if write is not CREATE:
        (folder / "file").write_bytes(OLD)
        os.chown(folder / "file", BOB, BOB)
    before = os.listdir(folder)
    with as_bob():
        assert "permission denied for its directory" in refusal(write, folder / "file")
    assert os.listdir(folder) == before


@each(CREATE, REPLACE, OUTPUT)
def test_a_read_only_file_system(write: Writer, tmp_path: Path, old: Path) -> None:
    need("mounts")
    if write is CREATE:
        old.unlink()
    subprocess.run(["mount", "--bind", old.parent, old.parent], check=True)
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", old.parent], check=True)
        assert "the file system is read-only" in refusal(write, old)
    finally:
        subprocess.run(["umount", old.parent], check=True)


@each(REPLACE, OUTPUT)
def test_a_mount_point_is_left(write: Writer, old: Path, tmp_path: Path) -> None:
    """As a single file that a container mounts: rename(2) refuses it, and no other way is tried."""
    need("mounts")
    (tmp_path / "outside").write_bytes(OLD)
    subprocess.run(["mount", "--bind", tmp_path / "outside", old], check=True)
    try:
        assert "as a mount point for example" in refusal(write, old)
    finally:
        subprocess.run(["umount", old], check=True)
    assert leftovers(tmp_path) == []


# Mode, owner and the rest.


@pytest.mark.parametrize(("mask", "expected"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)], ids=oct)
@each(CREATE, OUTPUT)
def test_the_umask_decides_who_may_read_a_new_file(
    write: Writer, mask: int, expected: int, tmp_path: Path
) -> None:
    os.umask(mask)
    write(str(tmp_path / "file"))
    assert mode(tmp_path / "file") == expected


def test_or_the_directory_s_default_acl(tmp_path: Path) -> None:
    need("acl")
    subprocess.run(["setfacl", "-d", "-m", f"u:{BOB}:rw", tmp_path], check=True)
    (tmp_path / "as-open").touch()
    create_file(str(tmp_path / "file"), NEW)
    shown = [
        subprocess.run(["getfacl", "-cp", tmp_path / name], capture_output=True, check=True).stdout
        for name in ("as-open", "file")
    ]
    assert shown[0] == shown[1] and b"nobody:rw" in shown[0]


@pytest.mark.parametrize("kept", [0o600, 0o640, 0o664, 0o755], ids=oct)
@each(REPLACE, OUTPUT)
def test_the_mode_of_a_file_is_kept(write: Writer, kept: int, old: Path) -> None:
    old.chmod(kept)
    os.umask(0o077)
    write(str(old))
    assert (mode(old), old.read_bytes()) == (kept, NEW)


@each(REPLACE, OUTPUT)
def test_owner_and_attributes_of_a_file_are_kept(write: Writer, old: Path) -> None:
    need("root", "acl")
    os.chown(old, BOB, BOB)
    subprocess.run(["setfattr", "-n", "user.origin", "-v", "ci", old], check=True)
    write(str(old))
    status = old.stat()
    assert (status.st_uid, status.st_gid, os.getxattr(old, "user.origin")) == (BOB, BOB, b"ci")


@each(REPLACE, OUTPUT)
def test_an_owner_that_can_not_be_kept(write: Writer, home: Path) -> None:
    path = home / "file"
    path.write_bytes(OLD)
    path.chmod(0o666)
    with as_bob():
        assert "its owner can't be kept" in refusal(write, path)
    assert path.read_bytes() == OLD
    assert leftovers(home) == []


def test_what_root_creates_in_a_home_is_root_s(home: Path) -> None:
    """As with a shell's redirection; what is there already stays its owner's."""
    write_output(str(home / "new"), NEW)
    assert (home / "new").stat().st_uid == 0


# Links.


@each(REPLACE, OUTPUT)
def test_one_s_own_links_are_followed(write: Writer, old: Path, tmp_path: Path) -> None:
    (tmp_path / "to-folder").symlink_to("folder")
    (tmp_path / "to-file").symlink_to("to-folder/file")
    write(str(tmp_path / "to-file"))
    assert old.read_bytes() == NEW
    assert (tmp_path / "to-file").is_symlink()


def test_a_new_file_is_made_where_a_link_to_its_directory_leads(old: Path, tmp_path: Path) -> None:
    (tmp_path / "to-folder").symlink_to("folder")
    create_file(str(tmp_path / "to-folder/new"), NEW)
    write_output(str(tmp_path / "to-folder/newer"), NEW)
    assert sorted(os.listdir(old.parent)) == ["file", "new", "newer"]


def test_no_file_is_created_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("target")
    assert "the file exists already" in refusal(CREATE, tmp_path / "link")
    assert os.listdir(tmp_path) == ["link"]


def test_a_link_of_one_s_own_that_leads_to_nothing_names_a_new_result(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("target")
    write_output(str(tmp_path / "link"), NEW)
    assert (tmp_path / "target").read_bytes() == NEW


@pytest.mark.parametrize("owner", [BOB, BOB - 1, 0], ids=["bob's", "alice's", "root's"])
@each(REPLACE, OUTPUT)
def test_root_follows_no_link_in_a_home(write: Writer, owner: int, home: Path, old: Path) -> None:
    link_of(owner, home / "file", old)
    assert LINKED in refusal(write, home / "file")
    assert old.read_bytes() == OLD


@each(CREATE, REPLACE, OUTPUT)
def test_nor_one_on_the_way(write: Writer, home: Path, old: Path) -> None:
    link_of(BOB, home / "folder", old.parent)
    assert LINKED in refusal(write, home / "folder/file")
    assert LINKED in refusal(write, home / "folder/new")
    assert (os.listdir(old.parent), old.read_bytes()) == (["file"], OLD)


@pytest.mark.parametrize("sticky", [True, False])
@each(REPLACE, OUTPUT)
def test_nobody_follows_another_s_link_in_a_directory_of_everybody(
    write: Writer, sticky: bool, home: Path, old: Path
) -> None:
    shared = home / "shared"
    shared.mkdir()
    os.chown(shared, 0, 0)
    shared.chmod(0o1777 if sticky else 0o777)
    (home / "mine").write_bytes(OLD)
    os.chown(home / "mine", BOB, BOB)
    link_of(BOB - 1, shared / "alice", home / "mine")
    link_of(BOB, shared / "bob", home / "mine")
    with as_bob():
        assert LINKED in refusal(write, shared / "alice")
        assert (home / "mine").read_bytes() == OLD
        assert (refusal(write, shared / "bob") == "") == sticky


# Files that another user put there.


def shared_with(owner: int, home: Path, group: int = 0o1777) -> Path:
    """A sticky directory of root's, with a file of ``owner``'s that all may write."""
    shared = home / "shared"
    shared.mkdir()
    os.chown(shared, 0, BOB)
    shared.chmod(group)
    path = shared / "file"
    path.write_bytes(OLD)
    path.chmod(0o666)
    os.chown(path, owner, owner)
    return path


@pytest.mark.parametrize("group", [0o1777, 0o1775], ids=oct)
@pytest.mark.parametrize(("owner", "taken"), [(0, True), (BOB, False)], ids=["root's", "bob's"])
def test_root_writes_no_result_into_what_another_user_put_into_tmp(
    owner: int, taken: bool, group: int, home: Path
) -> None:
    """Else it would be his: to read, and to change. The kernel's protected_regular knows the same rule."""
    path = shared_with(owner, home, group)
    assert (refusal(OUTPUT, path) == "") == taken
    assert path.read_bytes() == (NEW if taken else OLD)
    if not taken:
        assert OTHERS in refusal(OUTPUT, path)


def test_nor_does_another_user(home: Path) -> None:
    mine, hers = shared_with(BOB, home), home / "shared/hers"
    hers.write_bytes(OLD)
    hers.chmod(0o666)
    os.chown(hers, BOB - 1, BOB - 1)
    with as_bob():
        assert refusal(OUTPUT, mine) == ""
        assert OTHERS in refusal(OUTPUT, hers)


def test_a_result_in_another_user_s_own_directory_is_root_s_choice(home: Path) -> None:
    """``sudo sshkeep lint --output ~/report`` over a report of the user's keeps it theirs."""
    path = home / "report"
    path.write_bytes(OLD)
    os.chown(path, BOB, BOB)
    assert refusal(OUTPUT, path) == ""
    assert (path.read_bytes(), path.stat().st_uid) == (NEW, BOB)


# Swapped at any step.

STEPS = (
    "entry_status",
    "status",
    "open_file",
    "open_subdirectory",
    "create_file",
    "rename",
    "link_or_rename",
    "remove",
    "sync",
)


@pytest.mark.parametrize("what", ["file", "directory"])
@pytest.mark.parametrize("step", STEPS)
@each(CREATE, REPLACE, OUTPUT)
def test_swapped_for_a_link_at_any_step(
    write: Writer, step: str, what: str, home: Path, old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each time root takes the step, bob has just swapped; it is done as often as it can be."""
    for turn in range(40):
        shutil.rmtree(home / "folder", ignore_errors=True)
        for path in (home / "folder", home / "gone"):
            path.unlink() if path.is_symlink() else shutil.rmtree(path, ignore_errors=True)
        folder = home / "folder"
        folder.mkdir()
        os.chown(folder, BOB, BOB)
        if write is not CREATE:
            (folder / "file").write_bytes(OLD)
            os.chown(folder / "file", BOB, BOB)
        with monkeypatch.context() as patched:
            count = _swap_before(step, turn, what, folder, old, patched)
            refusal(write, folder / "file")
        assert (os.listdir(old.parent), old.read_bytes()) == (["file"], OLD), turn
        if count[0] <= turn:  # this step is taken no more often
            return
    raise AssertionError("more turns than expected")


def _swap_before(
    step: str, turn: int, what: str, folder: Path, secret: Path, patched: pytest.MonkeyPatch
) -> list[int]:
    real: Callable[..., object] = getattr(HeldDirectory, step)
    count = [0]

    def swap(directory: HeldDirectory, *names: object) -> object:
        if count[0] == turn:
            if what == "directory":
                folder.rename(folder.with_name("gone"))
                link_of(BOB, folder, secret.parent)
            else:
                if (folder / "file").exists():
                    (folder / "file").rename(folder / "gone")
                if not (folder / "file").is_symlink():
                    link_of(BOB, folder / "file", secret)
        count[0] += 1
        return real(directory, *names)

    patched.setattr(HeldDirectory, step, swap)
    return count


def test_a_system_that_can_not_hold_directories(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As Windows; what POSIX has beside is missing, too."""
    for module in (held_directory, safe_path):
        monkeypatch.setattr(module, "CAN_HOLD_DIRECTORIES", False)
    for name in ("fchown", "fchmod", "listxattr", "geteuid"):
        monkeypatch.delattr(os, name)
    for name, write in (("created", CREATE), ("output", OUTPUT)):
        write(str(tmp_path / name))
    (tmp_path / "replaced").write_bytes(OLD)
    REPLACE(str(tmp_path / "replaced"))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == dict.fromkeys(
        ("created", "output", "replaced"), NEW
    )
    assert "the file exists already" in refusal(CREATE, tmp_path / "created")
    assert "No such file or directory" in refusal(CREATE, tmp_path / "none/file")
