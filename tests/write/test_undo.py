"""`sshkeep undo` takes back what was written, and nothing that anybody changed since."""

import json
import os
from itertools import pairwise
from pathlib import Path

import pytest

from sshkeep.errors import SshkeepError
from sshkeep.fix.change import Change
from sshkeep.output.schemas.generate import report_model
from sshkeep.state.record_store import find_record, find_records, last_record
from sshkeep.system import held_directory, safe_path
from sshkeep.write.transaction import write_changes
from sshkeep.write.undo import undo_changes
from tests.program import Done, run
from tests.write.places import ABOUT, NEW, OLD, refusal, write


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
    done = sshkeep_undo(cwd=config.parent)
    named, *rest = done.out.splitlines()
    assert named.startswith("record 1, 20") and named.endswith(" UTC: fix in sshd_config")
    assert (done.code, rest, done.err) == (0, ["restored sshd_config", "took back record 1: fix"], "")
    assert config.read_bytes() == OLD
    done = sshkeep_undo(cwd=config.parent)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("sshkeep: nothing is left to take back (")


def test_what_was_changed_since_is_shown_and_left(config: Path) -> None:
    write(config)
    config.write_bytes(b"ClientAliveInterval 300\n")
    done = sshkeep_undo(cwd=config.parent)
    assert done._replace(out=done.out.partition("\n")[2]) == Done(
        1,
        "--- sshd_config\twritten\n"
        "+++ sshd_config\tnow\n"
        "@@ -1 +1 @@\n"
        "-ClientAliveInterval 60\n"
        "+ClientAliveInterval 300\n"
        "\n"
        "nothing was taken back of record 1: sshd_config was changed since, and not by sshkeep\n",
        "",
    )
    assert config.read_bytes() == b"ClientAliveInterval 300\n"


def test_the_list_and_the_page_of_a_record(config: Path) -> None:
    write(config)
    undo_changes(write(config, NEW, b""))
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
    assert report_model("undo").model_validate(report).model_dump(mode="json") == report
    assert report["records"][0]["reasons"] == ["client-alive-interval: ClientAliveInterval 60"]


WRONG = {
    ("7",): "there is no record 7 (`sshkeep undo --list` lists them)",
    ("latest",): "there is no record latest (",
    ("9" * 5000,): "there is no record 999",
    ("--show", "0"): "there is no record 0 (",
    ("--list", "1"): "--list lists all records (",
    ("--format", "json"): "--format is for --list and --show (",
    ("--forget", "7"): "there is no record 7 (`sshkeep undo --list` lists them)",
    ("--list", "--dry-run"): "--list, --show, --dry-run and --forget don't go together",
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


def test_dry_run_shows_the_diff_and_changes_nothing(config: Path) -> None:
    write(config)
    done = sshkeep_undo("--dry-run", cwd=config.parent)
    assert done.code == 0
    assert done.out.splitlines()[1:] == [
        "--- sshd_config\tnow",
        "+++ sshd_config\trestored",
        "@@ -1 +1 @@",
        "-ClientAliveInterval 60",
        "+ClientAliveInterval 0",
    ]
    assert (config.read_bytes(), find_record("1").state) == (NEW, "done")
    config.write_bytes(b"x")
    assert sshkeep_undo("--dry-run", cwd=config.parent).code == 1


def test_a_later_write_of_sshkeep_s_own_is_called_so(config: Path) -> None:
    write(config)
    write(config, NEW, b"")
    done = sshkeep_undo("1", cwd=config.parent)
    assert done.code == 1
    assert done.out.endswith(
        "nothing was taken back of record 1: sshkeep itself wrote sshd_config later (record 2): "
        "`sshkeep undo 2` comes first\n"
    )
    assert sshkeep_undo("2", cwd=config.parent).code == 0
    assert sshkeep_undo("1", cwd=config.parent).code == 0


def test_a_record_whose_files_are_gone_blocks_no_other(config: Path) -> None:
    other = config.with_name("other")
    write(config)
    write(other, None)
    other.unlink()
    first, second = sshkeep_undo("--list", cwd=config.parent).out.splitlines()
    assert first.endswith("  other  (files gone)") and second.endswith("  sshd_config")
    listed = json.loads(sshkeep_undo("--list", "--format", "json", cwd=config.parent).out)
    assert [record["files_gone"] for record in listed["records"]] == [True, False]
    done = sshkeep_undo(cwd=config.parent)
    assert done.code == 0 and "took back record 1" in done.out
    assert done.err == "sshkeep: note: files of record 2 are gone; `sshkeep undo --forget 2` removes it\n"
    forgotten = sshkeep_undo("--forget", "2", cwd=config.parent)
    assert forgotten.out == "forgot record 2; its files were not touched\n"
    assert [record.id for record in find_records().records] == ["1"]


def test_a_damaged_record_can_be_forgotten(config: Path, kept: Path) -> None:
    write(config)
    (kept / "1-done.json").write_text("{")
    assert sshkeep_undo("--forget", "1", cwd=config.parent).code == 0
    assert sshkeep_undo("--list", cwd=config.parent) == Done(0, "", "")


# What is taken back.


def test_undo_goes_back_step_by_step(config: Path) -> None:
    steps = [OLD, NEW, b"Port 22\n", b""]
    for before, after in pairwise(steps):
        write(config, before, after)
    for expected in reversed(steps[:-1]):
        record = last_record()
        assert record and undo_changes(record).restored == (str(config),)
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
        assert [each.path for each in undo_changes(record).differences] == [str(path)]
        assert config.read_bytes() == NEW
        path.write_bytes(as_left) if as_left is not None else path.unlink()
    assert undo_changes(record).restored == (str(config), str(other), str(new), str(gone))
    assert [path.exists() for path in (config, other, new, gone)] == [True, True, False, True]
    assert [path.read_bytes() for path in (config, other, gone)] == [OLD] * 3


def test_all_or_none_also_where_a_rename_fails_midway(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    new, gone = config.with_name("new"), config.with_name("gone")
    gone.write_bytes(OLD)
    gone.chmod(0o640)
    changes = [
        Change(str(new), None, NEW),
        Change(str(gone), OLD, None),
        Change(str(config), OLD, NEW),
    ]
    record = write_changes(changes, ABOUT)
    rename = held_directory.HeldDirectory.rename

    def fail_once(self: held_directory.HeldDirectory, old: str, name: str) -> None:
        if name == config.name:
            monkeypatch.setattr(held_directory.HeldDirectory, "rename", rename)
            raise OSError(5, "Input/output error")
        rename(self, old, name)

    monkeypatch.setattr(held_directory.HeldDirectory, "rename", fail_once)
    with pytest.raises(SshkeepError) as raised:
        undo_changes(record)
    assert str(raised.value) == f"can't write {config}: Input/output error (nothing was taken back)"
    assert (config.read_bytes(), new.read_bytes(), gone.exists()) == (NEW, NEW, False)
    assert find_record("1").state == "done"
    assert undo_changes(record).restored == (str(new), str(gone), str(config))
    assert (config.read_bytes(), new.exists(), gone.read_bytes()) == (OLD, False, OLD)
    assert gone.stat().st_mode & 0o777 == 0o640


def test_a_file_that_is_as_before_already_is_fine(config: Path) -> None:
    record = write(config)
    config.write_bytes(OLD)
    assert undo_changes(record).restored == ()
    assert find_records().records[0].state == "undone"


def test_a_directory_that_is_gone_is_a_difference(config: Path) -> None:
    record = write(config)
    config.rename(config.parent.parent / "moved")
    config.parent.rmdir()
    (difference,) = undo_changes(record).differences
    assert (difference.left, difference.now) == (NEW, None)


def test_an_older_record_waits_for_the_newer_one(config: Path) -> None:
    first, second = write(config), write(config, NEW, b"")
    assert undo_changes(first).differences
    undo_changes(second)
    assert undo_changes(first).restored
    with pytest.raises(SshkeepError, match="record 1 has been taken back already"):
        undo_changes(first)


def test_a_link_in_the_place_of_a_written_file_is_not_followed(config: Path) -> None:
    record = write(config)
    config.rename(config.with_name("moved"))
    config.symlink_to("moved")
    with pytest.raises(SshkeepError, match="symbolic link"):
        undo_changes(record)


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
    assert done.code == 0
    assert done.out.splitlines()[1:] == ["restored sshd_config", "took back record 1: fix"]
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
    undo_changes(find_record("1"))
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
    assert done.out.partition("\n")[2].startswith("--- other\tbefore\n+++ other\tnow\n")
    assert done.out.endswith(
        "nothing was taken back of record 1: other was changed since, and not by sshkeep\n"
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
    assert undo_changes(record).restored == (str(config), str(new))
    assert (config.read_bytes(), new.exists()) == (OLD, False)
