"""A policy in the table [tool.sshkeep] of a pyproject.toml."""

from pathlib import Path
from time import process_time

import pytest

from sshkeep.policy.load import load_policy
from sshkeep.policy.nodes import PolicySyntaxError
from sshkeep.policy.problems import InvalidPolicy
from sshkeep.policy.toml_nodes import parse_toml
from sshkeep.policy.yaml_nodes import parse_yaml
from tests.program import run

TOML = """\
[project]
name = "a"  # [tool.sshkeep]

[tool.sshkeep]
target = ["debian-12", "debian-13"]
ignore = 'keep-alive'
rules.client-alive-interval = { severity = "error", seconds = 30 }

[tool.sshkeep.suppressions]
reason = \"\"\"\\
  required\"\"\"

[[tool.sshkeep.own]]
id = "tries"
keyword = "MaxAuthTries"
between = [
  1,  # one
  4,
]
because = "of us"
safe = true

[[tool.sshkeep.own]]
id = "ours"
keyword = "Ciphers"
forbid = ["*-cbc"]
because = "of the auditors"
"""
YAML = """\
target: [debian-12, debian-13]
ignore: keep-alive
rules: {client-alive-interval: {severity: error, seconds: 30}}
suppressions: {reason: required}
own:
  - {id: tries, keyword: MaxAuthTries, between: [1, 4], because: of us, safe: true}
  - {id: ours, keyword: Ciphers, forbid: ["*-cbc"], because: of the auditors}
"""


def test_it_says_what_a_sshkeep_yaml_says(tmp_path: Path) -> None:
    assert parse_toml(TOML.encode()).plain() == parse_yaml(YAML.encode()).plain()
    (tmp_path / "pyproject.toml").write_text(TOML)
    assert load_policy(str(tmp_path / "pyproject.toml")).targets("x") == ("debian-12", "debian-13")


MISTAKES = [
    ("[tool.sshkeep]\ntargets = 1\n", "2:1: targets: unknown key; did you mean target?"),
    ("[tool.sshkeep]\ntarget = [\n  'debian-12',\n  'x',\n]\n", "4:3: target: unknown target 'x'"),
    ("[tool]\nsshkeep = { ignore = ['x'] }\n", "2:23: ignore: no rule and no group is called x"),
    ("tool.sshkeep.ignore = ['x']\n", "1:24: ignore: no rule and no group is called x"),
    ("[tool.sshkeep.rules]\nx = {}\n", "2:1: rules.x: no rule is called x"),
    ("[tool.sshkeep.rules.keep-alive]\n\nseconds = 1\n", "3:1: rules.keep-alive.seconds: keep-alive has no"),
    ("[[tool.sshkeep.paths]]\nname = 'a'\ntimeout = 5\n[[tool.sshkeep.paths]]\n", "4:1: paths.name: is miss"),
    ("[a]\n[tool.sshkeep]\nsuppressions.reason = 1.5\n", "3:1: suppressions.reason: must be 'optional' or"),
    ("[tool.sshkeep]\nignore = [[]]\n", "2:11: ignore: must be a word"),
    ("[tool.sshkeep]\nignore = ['''a\nb''', 'c-c']\n", "2:11: ignore: no rule and no group"),
    ("[tool.sshkeep]\nignore = [\n", "3:1: Invalid value"),
    ("[tool.sshkeep]\nignore = x\n", "2:10: Invalid value"),
    ("[tool.ruff]\n", "1:1: there is no table [tool.sshkeep]"),
]


@pytest.mark.parametrize(("text", "told"), MISTAKES)
def test_a_mistake_is_told_with_its_place_and_key(text: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "pyproject.toml"
    path.write_text(text)
    with pytest.raises(InvalidPolicy) as caught:
        load_policy(str(path))
    assert str(caught.value.problems[0]).startswith(f"{path}:{told}")


HOSTILE = [
    "x = " + "[" * 100_000,
    "[tool.sshkeep]\n" + "a." * 100_000 + "a = 1",
    "[tool.sshkeep]\n" + '"a" . ' * 40_000 + "a = 1",
    f"[tool.sshkeep]\nx = {'[' * 90}{']' * 90}",
    f"[tool.sshkeep]\nx = {'9' * 9000}",
    '[tool.sshkeep]\nx = """' + '\\"""' * 50_000,
    "[tool.sshkeep]\nx = '''\n" + '"""\n' * 50_000,
    f"# {'x' * 300_000}",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_one_ends_soon(text: str) -> None:
    begin = process_time()
    with pytest.raises(PolicySyntaxError):
        parse_toml(text.encode())
    assert process_time() - begin < 1


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A checkout with a config two folders down, and a pyproject.toml of another program between them."""
    tmp_path.chmod(0o755)
    (tmp_path / "roles/web").mkdir(parents=True)
    (tmp_path / "roles/web/sshd_config").write_text("Port 22\nClientAliveInterval 60\n")
    (tmp_path / "roles/pyproject.toml").write_text("[tool.ruff]\n# tool.sshkeep is above\n")
    (tmp_path / "pyproject.toml").write_text('[tool.sshkeep]\ntarget = "debian-11"\n')
    return tmp_path


def test_it_is_found_above_a_config(folder: Path) -> None:
    assert "debian-11" in run("lint", "roles", cwd=folder).out
    assert run("policy", "check", cwd=folder / "roles").out == "../pyproject.toml: valid, 0 own rules\n"


def test_what_it_excludes_is_left_out(folder: Path) -> None:
    (folder / "sshd_config").write_text("")
    (folder / "pyproject.toml").write_text('[tool.sshkeep]\nextend_exclude = ["web"]\n')
    assert "roles/web: excluded by" in run("lint", "-v", ".", cwd=folder).err


def test_a_sshkeep_yaml_beside_it_wins_and_that_is_said(folder: Path) -> None:
    (folder / "sshkeep.yaml").write_text("target: debian-13\n")
    done = run("lint", "roles", cwd=folder)
    assert "debian-13" in done.out
    assert f"[tool.sshkeep] of {folder}/pyproject.toml is not used, since " in done.err
    assert done.err.count("\n") == 1
    assert "is not used" in run("policy", "check", cwd=folder).err


def test_one_that_others_could_write_must_be_named(folder: Path) -> None:
    folder.chmod(0o777)
    found, named = (
        run("lint", "roles", cwd=folder),
        run("lint", "--policy", "pyproject.toml", ".", cwd=folder),
    )
    assert "debian-11" not in found.out and "others can write into" in found.err
    assert "debian-11" in named.out


def test_it_is_edited_by_hand(folder: Path) -> None:
    before = (folder / "pyproject.toml").read_text()
    done = run("policy", "init", "--target", "debian-12", "pyproject.toml", cwd=folder)
    assert (done.code, (folder / "pyproject.toml").read_text()) == (2, before)
    assert "write the table [tool.sshkeep] by hand" in done.err
