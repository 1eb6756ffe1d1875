"""Somebody who may write to a directory can't make another user's sshkeep read or write elsewhere.

Root works in the home of bob, who plays against it; alice is one more user.
"""

import errno
import os
import secrets
import stat
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sshkeep.fix.change import Change
from sshkeep.state.record_store import last_record
from sshkeep.system import replacement
from sshkeep.system.held_directory import HeldDirectory
from sshkeep.system.safe_path import locate
from sshkeep.system.write_errors import write_error
from sshkeep.write.undo import undo_changes
from tests.requirements import need
from tests.write.places import BOB, NEW, OLD, as_bob, home_of_bob, leftovers, refusal, refusal_of, write

ALICE = 65533
LINKED = "is a symbolic link that others could have made"


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture
def home() -> Iterator[Path]:
    need("root")
    with home_of_bob() as home:
        yield home


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file of root's that looks just like the one to be mended."""
    path = tmp_path / "secret/config"
    path.parent.mkdir()
    path.write_bytes(OLD)
    return path


def bobs(path: Path, data: bytes = OLD) -> Path:
    path.write_bytes(data)
    os.chown(path, BOB, BOB)
    return path


def link_of(owner: int, path: Path, to: Path | str) -> None:
    path.symlink_to(to)
    os.lchown(path, owner, owner)


def test_root_mends_a_plain_file_in_a_home(home: Path) -> None:
    config = bobs(home / ".ssh/config")
    config.chmod(0o600)
    undone = write(config)
    status = config.stat()
    assert (config.read_bytes(), status.st_uid, stat.S_IMODE(status.st_mode)) == (NEW, BOB, 0o600)
    undo_changes(undone)
    assert (config.read_bytes(), config.stat().st_uid) == (OLD, BOB)


def test_why_not_to_be_written_is_said_of_what_vanishes(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whose it is may be asked after bob has moved it away, even where it was there a moment ago."""
    denied = PermissionError(errno.EACCES, "denied")
    monkeypatch.setattr(os.path, "exists", lambda path: True)
    error = write_error(str(home / ".ssh/config"), denied)
    assert "run it as the file's owner" in str(error)
    home.joinpath(".ssh").rmdir()
    assert "run it as the file's owner" in str(write_error(str(home / ".ssh/config"), denied))


# Links.


@pytest.mark.parametrize("owner", [BOB, ALICE, 0], ids=["bob's", "alice's", "root's"])
def test_root_follows_no_link_in_a_home(owner: int, home: Path, secret: Path) -> None:
    link_of(owner, home / ".ssh/config", secret)
    assert LINKED in refusal(home / ".ssh/config")
    assert secret.read_bytes() == OLD


def test_nor_one_on_the_way(home: Path, secret: Path) -> None:
    (home / ".ssh").rmdir()
    link_of(BOB, home / ".ssh", secret.parent)
    assert LINKED in refusal(home / ".ssh/config")
    assert secret.read_bytes() == OLD


def test_root_follows_its_own_links_in_its_own_directories(tmp_path: Path, secret: Path) -> None:
    (tmp_path / "etc").mkdir()
    (tmp_path / "etc/sshd_config").symlink_to("../by-hand/config")
    (tmp_path / "by-hand").symlink_to(secret.parent)
    assert refusal(tmp_path / "etc/sshd_config") == ""
    assert secret.read_bytes() == NEW
    assert (tmp_path / "etc/sshd_config").is_symlink()


def test_the_way_through_links_and_dots(
    tmp_path: Path, secret: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/link").symlink_to(secret.parent)
    monkeypatch.chdir(tmp_path / "a")
    for path in ("link/config", "./link/../secret/./config", "link/config/", "../a//link/config"):
        place = locate(path)
        place.directory.close()
        assert place.path == str(secret)
    (tmp_path / "a/loop").symlink_to("loop")
    assert "symbolic link" in refusal("loop")


def test_bob_s_dotfiles_work_for_bob(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "dotfiles").mkdir()
    os.chown(home / "dotfiles", BOB, BOB)
    (home / "dotfiles").chmod(0o775)
    kept = bobs(home / "dotfiles/ssh_config")
    link_of(BOB, home / ".ssh/config", "../dotfiles/ssh_config")
    monkeypatch.setenv("XDG_STATE_HOME", "")
    monkeypatch.setenv("HOME", str(home))
    with as_bob():
        assert refusal(home / ".ssh/config") == ""
        assert kept.read_bytes() == NEW
        record = last_record()
        assert record
        assert stat.S_IMODE((home / ".local/state/sshkeep").stat().st_mode) == 0o700
        undo_changes(record)
    assert (kept.read_bytes(), (home / ".ssh/config").is_symlink()) == (OLD, True)


@pytest.mark.parametrize("mode", [0o777, 0o1777], ids=["without sticky bit", "with sticky bit"])
def test_in_a_directory_of_everybody(
    mode: int, home: Path, secret: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A plain file is mended; a link is followed by nobody but, in a sticky one, by who made it."""
    shared = home / "shared"
    shared.mkdir()
    shared.chmod(mode)
    assert refusal(bobs(shared / "config")) == ""
    link_of(ALICE, shared / "alice", secret)
    link_of(0, shared / "root", secret)
    link_of(BOB, shared / "bob", bobs(home / "mine"))
    assert LINKED in refusal(shared / "alice")
    assert LINKED in refusal(shared / "root")
    monkeypatch.setenv("XDG_STATE_HOME", str(home / ".ssh"))
    with as_bob():
        assert LINKED in refusal(shared / "alice")
        assert (LINKED in refusal(shared / "bob")) == (mode == 0o777)
    assert secret.read_bytes() == OLD


# Things that are no plain file.


def test_a_fifo_is_not_waited_for(home: Path) -> None:
    os.mkfifo(home / ".ssh/config")
    assert "not a regular file" in refusal(home / ".ssh/config")


def test_a_device_is_not_opened(home: Path) -> None:
    os.mknod(home / ".ssh/config", stat.S_IFCHR | 0o666, os.makedev(1, 5))  # /dev/zero has no end
    assert "not a regular file" in refusal(home / ".ssh/config")


def test_a_hard_link_to_root_s_file(home: Path) -> None:
    own = home / "of-root"
    own.write_bytes(OLD)
    os.link(own, home / ".ssh/config")
    assert "2 names (hard links)" in refusal(home / ".ssh/config")
    assert own.read_bytes() == OLD


@pytest.mark.parametrize("plant", ["link", "file", "fifo"])
def test_a_temporary_name_that_is_taken(
    plant: str, home: Path, secret: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody can guess it; if somebody could, it would not help."""
    monkeypatch.setattr(secrets, "token_hex", lambda size: "0" * 16)
    taken = home / ".ssh/.sshkeep-0000000000000000"
    config = bobs(home / ".ssh/config")
    if plant == "link":
        taken.symlink_to(secret)
    elif plant == "fifo":
        os.mkfifo(taken)
    else:
        bobs(taken)
    assert "can't write" in refusal(config)
    assert (config.read_bytes(), secret.read_bytes()) == (OLD, OLD)


# Swapped while root is at work: at each step, deterministically, and by a thread that does nothing else.

STEPS = (
    "entry_status",
    "open_file",
    "create_file",
    "open_subdirectory",
    "rename",
    "link_or_rename",
    "remove",
    "status",
    "sync",
)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("what", ["file", "directory"])
def test_swapped_for_a_link_at_any_step(
    what: str, step: str, home: Path, secret: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each time root takes the step, bob has just swapped; it is done as often as it can be."""
    for turn in range(30):
        for path in (home / ".ssh", home / "gone"):
            _clear(path)
        (home / ".ssh").mkdir()
        os.chown(home / ".ssh", BOB, BOB)
        bobs(home / ".ssh/config")
        with monkeypatch.context() as patched:
            count = _swap_before(step, turn, what, home, secret, patched)
            refusal(home / ".ssh/config")
        assert secret.read_bytes() == OLD, turn
        assert sorted(os.listdir(secret.parent)) == ["config"], turn
        if count[0] <= turn:  # this step is taken no more often
            return


def _swap_before(
    step: str, turn: int, what: str, home: Path, secret: Path, patched: pytest.MonkeyPatch
) -> list[int]:
    real: Callable[..., object] = getattr(HeldDirectory, step)
    count = [0]

    def swap(directory: HeldDirectory, *names: object) -> object:
        if count[0] == turn:
            if what == "file":
                (home / ".ssh/config").rename(home / ".ssh/gone")
                link_of(BOB, home / ".ssh/config", secret)
            else:
                (home / ".ssh").rename(home / "gone")
                link_of(BOB, home / ".ssh", secret.parent)
        count[0] += 1
        return real(directory, *names)

    patched.setattr(HeldDirectory, step, swap)
    return count


def _clear(path: Path) -> None:
    if path.is_symlink():
        path.unlink()
    elif path.is_dir():
        for each in path.iterdir():
            each.unlink()
        path.rmdir()


@pytest.mark.parametrize("what", ["config", ""], ids=["file", "directory"])
def test_swapped_to_and_fro_for_a_while(
    what: str, home: Path, secret: Path, record_property: Callable[[str, object], None]
) -> None:
    """renameat2 would be quicker, but a rename of each kind in turn wins races enough."""
    target = home / ".ssh" / what
    link, plain = home / "link", home / "plain"
    link_of(BOB, link, secret if what else secret.parent)
    bobs(home / ".ssh/config")
    stop = threading.Event()
    swaps = [0]

    def race() -> None:
        while not stop.is_set():
            target.rename(plain)
            link.rename(target)
            target.rename(link)
            plain.rename(target)
            swaps[0] += 1

    thread = threading.Thread(target=race)
    thread.start()
    outcomes = {"written": 0, "refused": 0}
    try:
        deadline = threading.Event()
        threading.Timer(2, deadline.set).start()
        data = OLD
        while not deadline.is_set():
            other = NEW if data == OLD else OLD
            why = refusal(home / ".ssh/config", data, other)
            outcomes["refused" if why else "written"] += 1
            data = data if why else other
    finally:
        stop.set()
        thread.join()
    assert secret.read_bytes() == OLD
    assert os.listdir(secret.parent) == ["config"]
    assert swaps[0] > 100 and outcomes["refused"]
    record_property("figures", f"{what or 'directory'} swapped {swaps[0]} times in 2 s: {outcomes}")


# Changed by somebody who means no harm.


CHANGES: dict[str, Callable[[Path], object]] = {
    "content": lambda path: path.write_bytes(b"ClientAliveInterval 7\n"),
    "same bytes written again": lambda path: path.write_bytes(OLD),
    "replaced by an equal file": lambda path: (
        path.with_name("new").write_bytes(OLD),
        path.with_name("new").rename(path),
    ),
    "mode": lambda path: path.chmod(0o604),
    "a second name": lambda path: os.link(path, path.with_name("second")),
    "gone": lambda path: path.unlink(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_changed_at_the_last_moment(change: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the new file's preparation and the rename; the other file of the run stays as it was, too."""
    config, first = tmp_path / "etc/sshd_config", tmp_path / "etc/first"
    config.parent.mkdir()
    for path in (config, first):
        path.write_bytes(OLD)
    real = replacement.Replacement.put

    def put(self: replacement.Replacement) -> None:
        if self.path == str(config):
            assert first.read_bytes() == NEW
            CHANGES[change](config)
        real(self)

    monkeypatch.setattr(replacement.Replacement, "put", put)
    why = refusal_of([Change(str(first), OLD, NEW), Change(str(config), OLD, NEW)])
    assert "changed while sshkeep worked on it" in why or "2 names" in why
    assert first.read_bytes() == OLD
    assert not config.exists() or config.read_bytes() != NEW
    assert leftovers(tmp_path) == []
    assert last_record() is None


def test_a_file_that_appears_where_one_is_to_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not lost, even if it comes after the last look."""
    config = tmp_path / "etc/50-new.conf"
    config.parent.mkdir()
    real = HeldDirectory.link_or_rename

    def link(self: HeldDirectory, old: str, new: str) -> None:
        if new == config.name:
            config.write_bytes(OLD)
        real(self, old, new)

    monkeypatch.setattr(HeldDirectory, "link_or_rename", link)
    assert "changed while sshkeep worked on it" in refusal(config, None)
    assert config.read_bytes() == OLD
    assert leftovers(tmp_path) == []


def test_ctrl_c_between_two_renames(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [tmp_path / "etc" / name for name in ("first", "second", "third")]
    paths[0].parent.mkdir()
    for path in paths:
        path.write_bytes(OLD)
    real = HeldDirectory.rename

    def interrupted(self: HeldDirectory, old: str, new: str) -> None:
        real(self, old, new)
        if new == "second":
            monkeypatch.undo()
            monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
            raise KeyboardInterrupt

    monkeypatch.setattr(HeldDirectory, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt):
        refusal_of([Change(str(path), OLD, NEW) for path in paths])
    assert [path.read_bytes() for path in paths] == [OLD] * 3
    assert leftovers(tmp_path) == []
    assert last_record() is None


def test_putting_back_fails_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody changes the first file right after it was written, and then the second."""
    first, second = tmp_path / "etc/first", tmp_path / "etc/second"
    first.parent.mkdir()
    for path in (first, second):
        path.write_bytes(OLD)
    real = HeldDirectory.rename

    def rename(self: HeldDirectory, old: str, new: str) -> None:
        real(self, old, new)
        if new == "first":
            first.write_bytes(b"Port 1\n")
            second.write_bytes(b"Port 2\n")

    monkeypatch.setattr(HeldDirectory, "rename", rename)
    why = refusal_of([Change(str(path), OLD, NEW) for path in (first, second)])
    assert why == (
        f"{second} was changed while sshkeep worked on it; and not all could be put back: {first} "
        "(`sshkeep undo` does it when that is repaired)"
    )
    assert (first.read_bytes(), second.read_bytes()) == (b"Port 1\n", b"Port 2\n")
    record = last_record()
    assert record and record.state == "pending"
