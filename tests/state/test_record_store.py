"""Records of what was written: which are kept, and files that are none."""

import json
import os
import zlib
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest

from sshkeep.errors import SshkeepError
from sshkeep.state.record_store import find_record, find_records, last_record
from sshkeep.system.held_directory import HeldDirectory
from sshkeep.write.undo import undo_changes
from tests.program import run
from tests.requirements import need
from tests.write.places import NEW, OLD, as_bob, home_of_bob, refusal, write


def test_the_last_100_are_kept(config: Path, state: Path) -> None:
    data = [b"Port %d\n" % number for number in range(1, 105)]
    config.write_bytes(data[0])
    write(config, data[0], data[1])
    (state / "1-done.json").rename(state / "1-pending.json")  # as if it had been cut off
    other = config.with_name("other")
    other.write_bytes(data[0])
    for before, after in pairwise(data):
        write(other, before, after)
    ids = [int(record.id) for record in find_records().records]
    assert ids == [*range(104, 3, -1), 1]


def test_records_are_for_their_owner_s_eyes(config: Path, state: Path) -> None:
    os.umask(os.umask(0))
    write(config)
    assert (state.stat().st_mode & 0o777, (state / "1-done.json").stat().st_mode & 0o777) == (0o700, 0o600)


def test_names_of_any_bytes(config: Path) -> None:
    path = config.with_name(os.fsdecode(b"50%41 \xff\x1b.conf"))
    path.write_bytes(b"\x00\xff\n")
    write(path, b"\x00\xff\n", b"\xfe")
    record = find_records().records[0]
    assert (record.files[0].path, record.files[0].before) == (str(path), b"\x00\xff\n")
    assert "50%41 \\xff\\x1b.conf" in run("undo", "--list", cwd=config.parent).out
    undo_changes(record)
    assert path.read_bytes() == b"\x00\xff\n"


def test_runs_at_the_same_time_wait_for_each_other(config: Path) -> None:
    paths = [config.with_name(f"{number}.conf") for number in range(12)]
    with ThreadPoolExecutor(6) as pool:
        written = list(pool.map(lambda path: write(path, None), paths))
    assert sorted(int(record.id) for record in written) == list(range(1, 13))
    assert {record.state for record in find_records().records} == {"done"}


def test_a_record_never_takes_the_place_of_another(
    config: Path, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the lock does not work, as on some network file systems, another run may be as fast."""

    def next_id(directory: HeldDirectory) -> str:
        (state / "1-pending.json").write_bytes(b"another run's")
        return "1"

    monkeypatch.setattr("sshkeep.write.transaction.next_id", next_id)
    assert "can't keep a record in" in refusal(config)
    assert config.read_bytes() == OLD
    assert {path.name: path.read_bytes() for path in state.iterdir()} == {"1-pending.json": b"another run's"}


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
def test_a_broken_record_is_told_in_one_sentence(text: str, state: Path, config: Path) -> None:
    write(config)
    (state / "1-done.json").write_text(text)
    other = config.with_name("other")
    other.write_bytes(OLD)
    write(other)
    with pytest.raises(SshkeepError) as raised:
        find_record("1")
    sentence = f"{state}/1-done.json is not a record of sshkeep: "
    assert raised.value.sentence.startswith(sentence) and "\n" not in raised.value.sentence
    assert find_records() == ([find_record("2")], [str(raised.value)])


def test_a_broken_record_hides_no_other(state: Path, config: Path) -> None:
    write(config)
    (state / "1-done.json").write_text(BROKEN["cut off"])
    write(config, NEW, OLD)
    for arguments in (("1",), ("--show", "1"), ("--list",)):
        done = run("undo", *arguments, cwd=config.parent)
        assert (done.code, done.err.count("\n")) == (2, 1)
        assert done.err.startswith(f"sshkeep: {state}/1-done.json is not a record of sshkeep: "), done.err
        assert done.out.startswith("   2  ") if arguments == ("--list",) else done.out == ""
    assert run("undo", cwd=config.parent).out.endswith("restored sshd_config\ntook back record 2: fix\n")


def test_neither_a_fifo_nor_a_link_is_a_record(state: Path, config: Path) -> None:
    write(config)
    os.mkfifo(state / "2-done.json")
    (state / "3-done.json").symlink_to("1-done.json")
    (state / "notes.txt").write_text("x")
    done = run("undo", "--list", cwd=config.parent)
    assert (done.code, len(done.out.splitlines()), len(done.err.splitlines())) == (2, 1, 2)


def test_what_cut_off_runs_left_is_removed(state: Path, config: Path) -> None:
    write(config)
    (state / ".sshkeep-0123456789abcdef").write_text("x")
    write(config, NEW, OLD)
    assert sorted(os.listdir(state)) == ["1-done.json", "2-done.json"]


def test_another_user_has_other_records(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    need("root")
    with home_of_bob() as home:
        write(config)
        monkeypatch.setenv("XDG_STATE_HOME", str(home))
        with as_bob():
            assert last_record() is None
            with pytest.raises(SshkeepError, match="there is no record 1"):
                find_record("1")
