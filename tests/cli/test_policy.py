"""`sshkeep policy init` and `check`, and what of own rules `sshkeep rule` shows."""

import os
from pathlib import Path

import pytest

from sshkeep.errors import SshkeepError
from sshkeep.policy import edit
from sshkeep.policy.edit import PolicyEdits, edit_policy
from sshkeep.policy.load import check_policy_text, load_policy
from sshkeep.policy.template import TEMPLATE, create_policy
from sshkeep.policy.yaml_nodes import parse_yaml
from tests.program import run


def test_init_writes_one_that_is_valid_and_never_over_another(tmp_path: Path) -> None:
    assert run("policy", "init", cwd=tmp_path).code == 0
    assert run("policy", "check", cwd=tmp_path) == (0, "sshkeep.yaml: valid, 0 own rules\n", "")
    (tmp_path / "sshkeep.yaml").write_text("# mine\n")
    done = run("policy", "init", cwd=tmp_path)
    assert (done.code, "exists already" in done.err) == (2, True)
    assert (tmp_path / "sshkeep.yaml").read_text() == "# mine\n"


def test_everything_that_init_comments_out_is_valid(tmp_path: Path) -> None:
    """Without their `# `, the lines that are no sentences are a policy."""
    path = tmp_path / "sshkeep.yaml"
    create_policy(str(path), PolicyEdits(("debian-12",), (), ("correctness",), ("keep-alive",)))
    lines = path.read_text().splitlines()
    code = [
        line
        for line in lines
        if not line.startswith("# ") or line[2:].rstrip()[-1] not in ".:" or line.endswith(":")
    ]
    text = "\n".join(line.removeprefix("# ") for line in code if "mozilla" not in line)
    path.write_text(text + "\n")
    ruling = load_policy(str(path))
    assert list(ruling.own) == ["probes-often"]
    assert ruling.targets("x") == ("debian-12",)
    assert ruling.targets(str(tmp_path / "roles/bastion/sshd_config")) == ("debian-13",)


EDITS = [
    ("# all\ntarget: debian-11  # old\n", PolicyEdits(("debian-12",)), "# all\ntarget: debian-12  # old\n"),
    ("# all\n", PolicyEdits(("debian-12", "rhel-9")), "# all\ntarget: [debian-12, rhel-9]\n"),
    ("", PolicyEdits((), (), (), ("keep-alive",)), "ignore: [keep-alive]\n"),
    (
        "ignore:\n- bad-value # since May\n# the rest\nrules:\n  keep-alive: {severity: error}\n",
        PolicyEdits((), (), (), ("keep-alive", "bad-value")),
        "ignore:\n- bad-value # since May\n# the rest\n- keep-alive\nrules:\n  keep-alive: {severity: error}\n",
    ),
    (
        "ignore:\n  - bad-value\nrules:\n  # why\n  keep-alive:\n    severity: 'error'\n",
        PolicyEdits(("debian-12",), (), (), ("keep-alive",)),
        "ignore:\n  - bad-value\n  - keep-alive\nrules:\n  # why\n  keep-alive:\n    severity: 'error'\n"
        "target: debian-12\n",
    ),
    (
        "ignore: [bad-value]  # x\n",
        PolicyEdits((), (), (), ("keep-alive",)),
        "ignore: [bad-value, keep-alive] # x\n",
    ),
    ("ignore: bad-value\n", PolicyEdits((), (), (), ("keep-alive",)), "ignore: [bad-value, keep-alive]\n"),
]


@pytest.mark.parametrize(("before", "wanted", "after"), EDITS)
def test_an_edit_keeps_comments(before: str, wanted: PolicyEdits, after: str, tmp_path: Path) -> None:
    path = tmp_path / "sshkeep.yaml"
    path.write_text(before)
    assert edit_policy(str(path), wanted)
    assert sorted(path.read_text().splitlines()) == sorted(after.splitlines())
    assert parse_yaml(path.read_bytes()).plain() == parse_yaml(after.encode()).plain()
    assert not edit_policy(str(path), wanted)
    assert [each.name for each in tmp_path.iterdir()] == ["sshkeep.yaml"]


@pytest.mark.parametrize(
    ("before", "wanted"),
    [
        ("target: x\n", PolicyEdits(("debian-12",))),
        ("target: debian-12\n", PolicyEdits(("debian-99",))),
        ("target:\n  - debian-11\n  # the old ones\n  - debian-12\n", PolicyEdits(("debian-13",))),
    ],
)
def test_what_can_not_be_edited_stays(before: str, wanted: PolicyEdits, tmp_path: Path) -> None:
    path = tmp_path / "sshkeep.yaml"
    path.write_text(before)
    with pytest.raises(SshkeepError):
        edit_policy(str(path), wanted)
    assert path.read_text() == before


@pytest.mark.parametrize("call", ["rename", "fsync", "fchmod"])
def test_an_edit_that_fails_leaves_the_policy_and_no_other_file(
    call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(5, "Input/output error")

    path = tmp_path / "sshkeep.yaml"
    path.write_text("target: debian-11\n")
    monkeypatch.setattr(os, "replace" if call == "rename" else call, fail)
    with pytest.raises(SshkeepError, match=r"can't write .*Input/output error"):
        edit_policy(str(path), PolicyEdits(("debian-12",)))
    assert [each.name for each in tmp_path.iterdir()] == ["sshkeep.yaml"]
    assert path.read_text() == "target: debian-11\n"


def test_an_edit_keeps_mode_and_owner_and_follows_a_link_of_one_s_own(tmp_path: Path) -> None:
    path = tmp_path / "shared.yaml"
    path.write_text("target: debian-11\n")
    path.chmod(0o640)
    if os.geteuid() == 0:
        os.chown(path, 1234, 5678)
    owner = (path.stat().st_uid, path.stat().st_gid)
    (tmp_path / "sshkeep.yaml").symlink_to("shared.yaml")
    assert edit_policy(str(tmp_path / "sshkeep.yaml"), PolicyEdits(("debian-12",)))
    assert path.read_text() == "target: debian-12\n"
    assert (path.stat().st_mode & 0o777, path.stat().st_uid, path.stat().st_gid) == (0o640, *owner)
    assert (tmp_path / "sshkeep.yaml").is_symlink()


def test_an_edit_of_another_process_meanwhile_is_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "sshkeep.yaml"
    path.write_text("target: debian-11\n")

    def check(name: str, data: bytes) -> None:
        check_policy_text(name, data)
        path.write_text("target: rhel-9\n")

    monkeypatch.setattr(edit, "check_policy_text", check)
    with pytest.raises(SshkeepError, match="was changed while sshkeep worked on it"):
        edit_policy(str(path), PolicyEdits(("debian-12",)))
    assert path.read_text() == "target: rhel-9\n"


def test_check_tells_all_mistakes(tmp_path: Path) -> None:
    (tmp_path / "sshkeep.yaml").write_text("ignore: [a-a]\ntarget: b-b\n")
    done = run("policy", "check", cwd=tmp_path)
    assert done.code == 1
    assert [line.split(" ")[0] for line in done.out.splitlines()] == [
        "sshkeep.yaml:1:10:",
        "sshkeep.yaml:2:1:",
    ]


def test_check_of_nothing(tmp_path: Path) -> None:
    assert run("policy", "check", "none.yaml", cwd=tmp_path).code == 2
    (tmp_path / "sshkeep.yaml").write_text("")
    tmp_path.chmod(0o777)
    done = run("policy", "check", cwd=tmp_path)
    assert done.code == 0 and "it counts only where --policy names it" in done.err


def test_own_rules_have_a_page(tmp_path: Path) -> None:
    (tmp_path / "sshkeep.yaml").write_text(
        "own: [{id: ours, keyword: MaxAuthTries, must_be: 4, because: guessing takes longer}]\n"
    )
    assert "ours" in run("rule", cwd=tmp_path).out
    page = run("rule", "ours", cwd=tmp_path).out
    assert "guessing takes longer" in page and "MaxAuthTries must be 4" in page


def test_the_text_of_init_is_narrow() -> None:
    assert max(map(len, TEMPLATE.splitlines())) <= 100
