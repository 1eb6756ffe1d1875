"""`sshkeep undo` takes back what was written, and nothing that anybody changed since."""

import json
import os
import zlib
from base64 import b64encode
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest

from sshkeep.errors import SshkeepError
from sshkeep.fix.change import Change
from sshkeep.output.report import UndoReport
from sshkeep.state import directory as state_module
from sshkeep.state.directory import state_path
from sshkeep.state.record_store import find_record, find_records, last_record
from sshkeep.system import held_directory, safe_path
from sshkeep.write.transaction import write_changes
from sshkeep.write.undo import undo
from tests.program import Done, run
from tests.requirements import need
from tests.write.places import ABOUT, BOB, NEW, OLD, as_bob, home_of_bob, refusal, write


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the records are."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state/sshkeep"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "etc/sshd_config"
    path.parent.mkdir()
    path.write_bytes(OLD)
    return path


def sshkeep_undo(*arguments: str, cwd: Path) -> Done:
    return run("undo", *arguments, cwd=cwd)


# As its users see it.


def test_fix_then_undo(config: Path) -> None:
    assert run("fix", "--write", config).code == 0
    assert config.read_bytes() == NEW
    assert sshkeep_undo(cwd=config.parent) == Done(0, "restored sshd_config\ntook back record 1: fix\n", "")
    assert config.read_bytes() == OLD
    done = sshkeep_undo(cwd=config.parent)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("sshkeep: nothing is left to take back (")


def test_what_was_changed_since_is_shown_and_left(config: Path) -> None:
    write(config)
    config.write_bytes(b"ClientAliveInterval 300\n")
    assert sshkeep_undo(cwd=config.parent) == Done(
        1,
        "--- sshd_config    written\n"
        "+++ sshd_config    now\n"
        "@@ -1 +1 @@\n"
        "-ClientAliveInterval 60\n"
        "+ClientAliveInterval 300\n"
        "\n"
        "nothing was taken back of record 1: somebody has changed what it wrote\n",
        "",
    )
    assert config.read_bytes() == b"ClientAliveInterval 300\n"


def test_the_list_and_the_page_of_a_record(config: Path) -> None:
    write(config)
    undo(write(config, NEW, b""))
    first, second = sshkeep_undo("--list", cwd=config.parent).out.splitlines()
    assert first.split() == ["2", *first.split()[1:4], "taken", "back", "fix", "sshd_config"]
    assert second.split() == ["1", *second.split()[1:4], "written", "fix", "sshd_config"]
    head, *rest = sshkeep_undo("--show", "1", cwd=config.parent).out.splitlines()
    assert head.startswith("record 1: fix, 20") and head.endswith(" UTC, written")
    assert rest[:3] == ["read for openssh-9.2", "  client-alive-interval: ClientAliveInterval 60", ""]
    assert rest[-2:] == ["-ClientAliveInterval 0", "+ClientAliveInterval 60"]
    assert sshkeep_undo("--show", cwd=config.parent).out.startswith("record 1: ")


@pytest.mark.parametrize("arguments", [("--list",), ("--show",), ("--show", "1")])
def test_the_json_fits_its_schema(arguments: tuple[str, ...], config: Path) -> None:
    write(config)
    report = json.loads(sshkeep_undo(*arguments, "--format", "json", cwd=config.parent).out)
    assert UndoReport.model_validate(report).model_dump(mode="json") == report
    assert report["records"][0]["reasons"] == ["client-alive-interval: ClientAliveInterval 60"]


WRONG = {
    ("7",): "there is no record 7 (`sshkeep undo --list` lists them)",
    ("latest",): "there is no record latest (",
    ("9" * 5000,): "there is no record 999",
    ("--show", "0"): "there is no record 0 (",
    ("--list", "1"): "--list lists all records (",
    ("--format", "json"): "--format is for --list and --show (",
}


@pytest.mark.parametrize("arguments", WRONG, ids=lambda words: " ".join(words)[:20])
def test_wrong_usage(arguments: tuple[str, ...], config: Path) -> None:
    write(config)
    done = sshkeep_undo(*arguments, cwd=config.parent)
    assert (done.code, done.out) == (2, "")
    assert WRONG[arguments] in done.err


def test_without_records_nothing_is_made(kept: Path, tmp_path: Path) -> None:
    assert sshkeep_undo("--list", cwd=tmp_path) == Done(0, "", "")
    assert sshkeep_undo(cwd=tmp_path).code == 2
    assert not kept.exists()


# What is taken back.


def test_undo_goes_back_step_by_step(config: Path) -> None:
    steps = [OLD, NEW, b"Port 22\n", b""]
    for before, after in pairwise(steps):
        write(config, before, after)
    for expected in reversed(steps[:-1]):
        record = last_record()
        assert record and undo(record).restored == (str(config),)
        assert config.read_bytes() == expected
    assert last_record() is None


def test_all_files_or_none(config: Path) -> None:
    other, new, gone = (config.with_name(name) for name in ("other", "new", "gone"))
    other.write_bytes(OLD)
    gone.write_bytes(OLD)
    changes = [
        Change(str(config), OLD, NEW),
        Change(str(other), OLD, NEW),
        Change(str(new), None, NEW),
        Change(str(gone), OLD, None),
    ]
    record = write_changes(changes, ABOUT)
    for path, data in ((other, b"x"), (new, b"x"), (gone, b"x")):
        as_left = path.read_bytes() if path.exists() else None
        path.write_bytes(data)
        assert [each.path for each in undo(record).differences] == [str(path)]
        assert config.read_bytes() == NEW
        path.write_bytes(as_left) if as_left is not None else path.unlink()
    assert undo(record).restored == (str(config), str(other), str(new), str(gone))
    assert [path.exists() for path in (config, other, new, gone)] == [True, True, False, True]
    assert [path.read_bytes() for path in (config, other, gone)] == [OLD] * 3


def test_a_file_that_is_as_before_already_is_fine(config: Path) -> None:
    record = write(config)
    config.write_bytes(OLD)
    assert undo(record).restored == ()
    assert find_records().records[0].state == "undone"


def test_a_directory_that_is_gone_is_a_difference(config: Path) -> None:
    record = write(config)
    config.rename(config.parent.parent / "moved")
    config.parent.rmdir()
    (difference,) = undo(record).differences
    assert (difference.left, difference.now) == (NEW, None)


def test_an_older_record_waits_for_the_newer_one(config: Path) -> None:
    first, second = write(config), write(config, NEW, b"")
    assert undo(first).differences
    undo(second)
    assert undo(first).restored
    with pytest.raises(SshkeepError, match="record 1 has been taken back already"):
        undo(first)


def test_a_link_in_the_place_of_a_written_file_is_not_followed(config: Path) -> None:
    record = write(config)
    config.rename(config.with_name("moved"))
    config.symlink_to("moved")
    with pytest.raises(SshkeepError, match="symbolic link"):
        undo(record)


def test_one_file_named_twice(config: Path) -> None:
    link = config.with_name("link")
    link.symlink_to(config.name)
    twice = [Change(str(config), OLD, NEW), Change(str(link), OLD, b"")]
    with pytest.raises(SshkeepError, match="two different things"):
        write_changes(twice, ABOUT)
    assert config.read_bytes() == OLD
    assert write_changes([twice[0], twice[0]], ABOUT).files[0].path == str(config)


# After a run that was cut off (test_kill.py cuts it off everywhere).


@pytest.fixture
def cut_off(config: Path, kept: Path) -> Path:
    """The second of two files; a run was killed when only the first was written."""
    other = config.with_name("other")
    other.write_bytes(OLD)
    write_changes([Change(str(config), OLD, NEW), Change(str(other), OLD, NEW)], ABOUT)
    (kept / "1-done.json").rename(kept / "1-pending.json")
    other.write_bytes(OLD)
    return other


def test_undo_says_that_it_was_cut_off(cut_off: Path, config: Path) -> None:
    done = sshkeep_undo(cwd=config.parent)
    assert (done.code, done.out) == (0, "restored sshd_config\ntook back record 1: fix\n")
    assert done.err == "sshkeep: note: the run of record 1 was cut off before its end\n"
    assert (config.read_bytes(), cut_off.read_bytes()) == (OLD, OLD)


def test_it_comes_before_newer_ones(cut_off: Path, config: Path) -> None:
    third = config.with_name("third")
    third.write_bytes(OLD)
    write(third)
    record = last_record()
    assert record and (record.id, record.state) == ("1", "pending")


def test_its_files_are_not_written_before(cut_off: Path, config: Path) -> None:
    assert refusal(cut_off) == (
        f"an earlier run (record 1) was cut off while it wrote {config} "
        "(nothing was written; `sshkeep undo` takes back what that run wrote)"
    )
    undo(find_record("1"))
    assert refusal(cut_off) == ""


@pytest.mark.parametrize(("data", "state"), [(OLD, "undone"), (NEW, "done")], ids=["old", "new"])
def test_where_all_files_agree_it_is_settled(data: bytes, state: str, cut_off: Path, config: Path) -> None:
    for path in (config, cut_off):
        path.write_bytes(data)
    assert refusal(cut_off, data, b"") == ""
    assert [record.state for record in find_records().records] == ["done", state]


def test_somebody_s_change_since_is_shown(cut_off: Path, config: Path, kept: Path) -> None:
    cut_off.write_bytes(b"Port 22\n")
    done = sshkeep_undo(cwd=config.parent)
    assert done.code == 1
    assert done.out.startswith("--- other    before\n+++ other    now\n")
    assert done.out.endswith(
        "nothing was taken back of record 1: somebody has changed what it wrote\n"
        f"put that right and run it again, or remove {kept}/1-pending.json to leave all as it is\n"
    )
    assert config.read_bytes() == NEW


def test_a_system_that_can_not_hold_directories(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As Windows; what POSIX has beside is missing, too."""
    for module in (held_directory, safe_path):
        monkeypatch.setattr(module, "CAN_HOLD_DIRECTORIES", False)
    for name in ("fchown", "fchmod", "listxattr", "geteuid"):
        monkeypatch.delattr(os, name)
    new = config.with_name("new")
    record = write_changes([Change(str(config), OLD, NEW), Change(str(new), None, NEW)], ABOUT)
    assert (config.read_bytes(), new.read_bytes()) == (NEW, NEW)
    assert undo(record).restored == (str(config), str(new))
    assert (config.read_bytes(), new.exists()) == (OLD, False)


# What is kept.


def test_the_last_100_are_kept(config: Path, kept: Path) -> None:
    data = [b"Port %d\n" % number for number in range(1, 105)]
    config.write_bytes(data[0])
    write(config, data[0], data[1])
    (kept / "1-done.json").rename(kept / "1-pending.json")  # as if it had been cut off
    other = config.with_name("other")
    other.write_bytes(data[0])
    for before, after in pairwise(data):
        write(other, before, after)
    ids = [int(record.id) for record in find_records().records]
    assert ids == [*range(104, 3, -1), 1]


def test_records_are_for_their_owner_s_eyes(config: Path, kept: Path) -> None:
    os.umask(os.umask(0))
    write(config)
    assert (kept.stat().st_mode & 0o777, (kept / "1-done.json").stat().st_mode & 0o777) == (0o700, 0o600)


def test_names_of_any_bytes(config: Path) -> None:
    path = config.with_name(os.fsdecode(b"50%41 \xff\x1b.conf"))
    path.write_bytes(b"\x00\xff\n")
    write(path, b"\x00\xff\n", b"\xfe")
    record = find_records().records[0]
    assert (record.files[0].path, record.files[0].before) == (str(path), b"\x00\xff\n")
    assert "50%41 \\xff\\x1b.conf" in sshkeep_undo("--list", cwd=config.parent).out
    undo(record)
    assert path.read_bytes() == b"\x00\xff\n"


def test_runs_at_the_same_time_wait_for_each_other(config: Path) -> None:
    paths = [config.with_name(f"{number}.conf") for number in range(12)]
    with ThreadPoolExecutor(6) as pool:
        written = list(pool.map(lambda path: write(path, None), paths))
    assert sorted(int(record.id) for record in written) == list(range(1, 13))
    assert {record.state for record in find_records().records} == {"done"}


# Records that are none.

GOOD = {
    "version": 1,
    "id": "1",
    "when": "2026-01-01T00:00:00Z",
    "about": {"command": "fix", "reasons": [], "target": "debian-12"},
    "files": [{"path": "/etc/ssh/sshd_config", "before": None, "after": None, "temporary": ""}],
}


def packed(data: bytes) -> str:
    return b64encode(zlib.compress(data)).decode()


def file_with(**fields: object) -> str:
    return json.dumps({**GOOD, "files": [{**GOOD["files"][0], **fields}]})  # type: ignore[index]


BROKEN: dict[str, str] = {
    "empty": "",
    "cut off": json.dumps(GOOD)[:-20],
    "not an object": "[1]",
    "deep": "[" * 100_000,
    "of a later version": json.dumps({**GOOD, "version": 2}),
    "of another number": json.dumps({**GOOD, "id": "5"}),
    "without files": json.dumps({**GOOD, "files": []}),
    "a relative path": file_with(path="sshd_config"),
    "a NUL in a path": file_with(path="/etc/%00x"),
    "not base64": file_with(before="?"),
    "not compressed": file_with(before="AAAA"),
    "a bomb": file_with(before=packed(bytes(65 * 1024 * 1024))),
    "a temporary name that is somebody's file": file_with(temporary="../../etc/passwd"),
    "a number too large": file_with(attributes={"mode": 0o4777, "uid": 2**40, "gid": -1}),
    "a lone surrogate": file_with(path="/etc/\ud800"),
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_a_broken_record_is_told_in_one_sentence(text: str, kept: Path, config: Path) -> None:
    write(config)
    (kept / "1-done.json").write_text(text)
    other = config.with_name("other")
    other.write_bytes(OLD)
    write(other)
    with pytest.raises(SshkeepError) as raised:
        find_record("1")
    sentence = f"{kept}/1-done.json is no record of sshkeep's: "
    assert raised.value.sentence.startswith(sentence) and "\n" not in raised.value.sentence
    assert find_records() == ([find_record("2")], [str(raised.value)])


def test_a_broken_record_hides_no_other(kept: Path, config: Path) -> None:
    write(config)
    (kept / "1-done.json").write_text(BROKEN["cut off"])
    write(config, NEW, OLD)
    for arguments in (("1",), ("--show", "1"), ("--list",)):
        done = sshkeep_undo(*arguments, cwd=config.parent)
        assert (done.code, done.err.count("\n")) == (2, 1)
        assert done.err.startswith(f"sshkeep: {kept}/1-done.json is no record of sshkeep's: "), done.err
        assert done.out.startswith("   2  ") if arguments == ("--list",) else done.out == ""
    assert sshkeep_undo(cwd=config.parent).out == "restored sshd_config\ntook back record 2: fix\n"


def test_neither_a_fifo_nor_a_link_is_a_record(kept: Path, config: Path) -> None:
    write(config)
    os.mkfifo(kept / "2-done.json")
    (kept / "3-done.json").symlink_to("1-done.json")
    (kept / "notes.txt").write_text("x")
    done = sshkeep_undo("--list", cwd=config.parent)
    assert (done.code, len(done.out.splitlines()), len(done.err.splitlines())) == (2, 1, 2)


# The state directory.


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


def readable_by_others(kept: Path) -> None:
    kept.mkdir(parents=True)
    kept.chmod(0o755)


def a_file(kept: Path) -> None:
    kept.parent.mkdir()
    kept.write_text("")


def below_a_directory_of_everybody(kept: Path) -> None:
    kept.mkdir(parents=True, mode=0o700)
    kept.parent.chmod(0o777)


def of_bob(kept: Path) -> None:
    need("root")
    kept.mkdir(parents=True, mode=0o700)
    os.chown(kept, BOB, BOB)


def in_bob_s_home(kept: Path) -> None:
    need("root")
    kept.mkdir(parents=True, mode=0o700)
    os.chown(kept.parent, BOB, BOB)


def a_link_of_bob_s(kept: Path) -> None:
    need("root")
    kept.parent.mkdir()
    (kept.parent.parent / "elsewhere").mkdir(mode=0o700)
    kept.symlink_to("../elsewhere")
    os.lchown(kept, BOB, BOB)


UNSAFE: dict[Callable[[Path], None], str] = {
    readable_by_others: "with mode 0700 (chmod 700",
    a_file: "Not a directory",
    below_a_directory_of_everybody: "others may write there",
    of_bob: "others may write there",
    in_bob_s_home: "others may write there",
    a_link_of_bob_s: "symbolic link",
}


@pytest.mark.parametrize("make", UNSAFE, ids=lambda make: make.__name__)
def test_a_state_directory_that_is_not_safe(make: Callable[[Path], None], kept: Path, config: Path) -> None:
    make(kept)
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


def test_what_cut_off_runs_left_is_removed(kept: Path, config: Path) -> None:
    write(config)
    (kept / ".sshkeep-0123456789abcdef").write_text("x")
    write(config, NEW, OLD)
    assert sorted(os.listdir(kept)) == ["1-done.json", "2-done.json"]


def test_another_user_has_other_records(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    need("root")
    with home_of_bob() as home:
        write(config)
        monkeypatch.setenv("XDG_STATE_HOME", str(home))
        with as_bob():
            assert last_record() is None
            with pytest.raises(SshkeepError, match="there is no record 1"):
                find_record("1")
