"""Which policy counts for a config, what of it, and for which targets."""

import json
import os
from pathlib import Path

import pytest

from sshkeep.lint.registry import all_rules
from sshkeep.lint.selection import Layer, select_rules
from sshkeep.openssh.targets import NEWEST_TARGET
from sshkeep.policy.find import why_untrusted
from sshkeep.policy.load import load_policy
from sshkeep.trees.path_patterns import matches_path
from tests.program import Done, run

CONFIG = "Port 22\nKeepAlive yes\nClientAliveInterval 60\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A checkout with a config two folders down."""
    tmp_path.chmod(0o755)
    (tmp_path / "roles/web").mkdir(parents=True)
    (tmp_path / "roles/web/sshd_config").write_text(CONFIG)
    return tmp_path


def rules_of(done: Done) -> list[str]:
    return [line.split()[2] for line in done.out.splitlines() if line.startswith("sshd_config:")]


def lint(folder: Path, *arguments: str | Path) -> Done:
    return run("lint", *arguments, "sshd_config", cwd=folder / "roles/web")


# Where it is looked for.


def test_the_nearest_above_the_file_counts(folder: Path) -> None:
    (folder / "sshkeep.yaml").write_text("target: debian-12\n")
    (folder / "roles/sshkeep.yaml").write_text("ignore: keep-alive\n")
    done = lint(folder)
    assert (done.code, rules_of(done)) == (0, [])
    assert NEWEST_TARGET.name in done.out


def test_it_is_looked_for_from_the_file_not_from_the_shell(folder: Path) -> None:
    (folder / "sshkeep.yaml").write_text("target: debian-12\n")
    done = run("lint", folder / "roles/web/sshd_config", cwd=Path("/"))
    assert "debian-12" in done.out


def test_standard_input_has_that_of_its_name_or_of_this_folder(folder: Path) -> None:
    (folder / "roles/sshkeep.yaml").write_text("target: debian-12\n")
    kind = ("--kind", "sshd_config", "-")
    here = run("lint", *kind, cwd=folder / "roles", stdin=b"Port 22\n")
    named = run("lint", "--stdin-filename", folder / "roles/x", *kind, cwd=Path("/"), stdin=b"Port 22\n")
    elsewhere = run("lint", *kind, cwd=folder, stdin=b"Port 22\n")
    assert ["debian-12" in done.out for done in (here, named, elsewhere)] == [True, True, False]


def test_one_that_is_named_counts_instead_and_none_means_none(folder: Path) -> None:
    (folder / "sshkeep.yaml").write_text("target: debian-12\n")
    (folder / "other.yaml").write_text("target: debian-13\n")
    assert "debian-13" in lint(folder, "--policy", folder / "other.yaml").out
    assert NEWEST_TARGET.name in lint(folder, "--policy", "none").out


def test_the_command_line_beats_it(folder: Path) -> None:
    (folder / "sshkeep.yaml").write_text("target: debian-12\nignore: keep-alive\n")
    assert "debian-11" in lint(folder, "--target", "debian-11").out
    assert rules_of(lint(folder, "--target", "debian-13", "--extend-select", "keep-alive")) == ["keep-alive"]


def test_a_policy_that_is_wrong_is_told_once_and_the_rest_is_done(folder: Path) -> None:
    (folder / "roles/sshkeep.yaml").write_text("targets: x\n")
    (folder / "sshd_config").write_text(CONFIG)
    done = run("lint", "sshd_config", "roles/web/sshd_config", "roles/web/sshd_config", cwd=folder)
    assert (done.code, rules_of(done)) == (2, ["keep-alive"])
    assert done.err.count("sshkeep.yaml:1:1: targets: unknown key; did you mean target?") == 1


# Whom it is trusted from.

ME = os.geteuid()
UNTRUSTED = [
    ("a folder that others write to", lambda folder, policy: folder.chmod(0o777), "others can write into"),
    ("a sticky one, such as /tmp", lambda folder, policy: folder.chmod(0o1777), "others can write into"),
    ("a file that others write to", lambda folder, policy: policy.chmod(0o666), "others can write"),
    pytest.param(
        "somebody else's file",
        lambda folder, policy: os.chown(policy, 12345, -1),
        "belongs to another user",
        marks=pytest.mark.skipif(ME != 0, reason="only root gives files away"),
    ),
    pytest.param(
        "somebody else's folder",
        lambda folder, policy: os.chown(folder, 12345, -1),
        "others can write into",
        marks=pytest.mark.skipif(ME != 0, reason="only root gives files away"),
    ),
]


@pytest.mark.parametrize(("what", "spoil", "why"), UNTRUSTED)
def test_one_that_others_could_write_must_be_named(what: str, spoil: object, why: str, folder: Path) -> None:
    policy = folder / "roles/sshkeep.yaml"
    policy.write_text("target: debian-12\n")
    spoil(folder / "roles", policy)  # type: ignore[operator]
    found = lint(folder)
    assert NEWEST_TARGET.name in found.out
    assert found.err.count("\n") == 1 and f"{policy} is not used, since " in found.err and why in found.err
    named = lint(folder, "--policy", policy)
    assert "debian-12" in named.out and named.err == ""


def test_where_a_link_leads_is_looked_at_too(folder: Path) -> None:
    shared = folder / "shared"
    shared.mkdir()
    (shared / "all.yaml").write_text("target: debian-12\n")
    (folder / "sshkeep.yaml").symlink_to(shared / "all.yaml")
    assert why_untrusted(str(folder / "sshkeep.yaml")) == ""
    shared.chmod(0o777)
    assert "others can write into" in why_untrusted(str(folder / "sshkeep.yaml"))


def test_what_a_found_one_extends_must_be_trusted_too(folder: Path) -> None:
    (folder / "open").mkdir()
    (folder / "open/common.yaml").write_text("target: debian-12\n")
    (folder / "sshkeep.yaml").write_text("extend: open/common.yaml\n")
    (folder / "open").chmod(0o777)
    done = lint(folder)
    assert done.code == 2 and "sshkeep.yaml:1:1: extend: others can write into" in done.err
    assert "debian-12" in lint(folder, "--policy", folder / "sshkeep.yaml").out


# What of it counts for a file.

PATTERNS = [
    ("roles/web/sshd_config", "roles/web/sshd_config", True),
    ("roles/web/sshd_config", "roles/*/sshd_config", True),
    ("roles/web/sshd_config", "roles/**", True),
    ("roles/web/sshd_config", "**", True),
    ("roles/web/sshd_config", "**/sshd_config", True),
    ("sshd_config", "**/sshd_config", True),
    ("roles/web/sshd_config", "roles/w?b/**", True),
    ("roles/web/a/b/sshd_config", "roles/**/b/*", True),
    ("roles/web/sshd_config", "roles/*", False),
    ("roles/web/sshd_config", "sshd_config", False),
    ("roles/web/sshd_config", "web/**", False),
    ("../x/sshd_config", "roles/**", False),
    ("/".join("a" * 200), "/".join(["**", "a"] * 100 + ["b"]), False),
]


@pytest.mark.parametrize(("path", "pattern", "fitting"), PATTERNS)
def test_paths_of_overrides(path: str, pattern: str, fitting: bool) -> None:
    assert matches_path(path.split("/"), pattern.split("/")) is fitting


def test_overrides_are_seen_from_the_policys_folder(folder: Path) -> None:
    (folder / "sshkeep.yaml").write_text(
        "target: debian-12\n"
        "overrides:\n"
        "  - files: roles/**\n    target: debian-13\n    ignore: keep-alive\n"
        "  - files: [roles/web/*, other]\n    extend_select: keep-alive\n"
        "    rules: {keep-alive: {severity: error}}\n"
    )
    (folder / "sshd_config").write_text(CONFIG)
    found = json.loads(run("lint", "--format", "json", ".", cwd=folder).out)
    assert set(found["target"].split(", ")) == {"debian-12", "debian-13"}
    assert {(f["file"], f["rule"], f["severity"]) for f in found["findings"]} >= {
        ("./sshd_config", "keep-alive", "info"),
        ("./roles/web/sshd_config", "keep-alive", "error"),
    }


LAYERS = [
    # later ones win, and in one layer ignore does
    ([Layer(ignore=("keep-alive",)), Layer(extend_select=("keep-alive",))], True),
    ([Layer(extend_select=("keep-alive",)), Layer(ignore=("keepalive",))], False),
    ([Layer(extend_select=("keep-alive",), ignore=("keepalive",))], False),
    ([Layer(ignore=("keep-alive",)), Layer(select=("keepalive",))], True),
    ([Layer(select=("correctness",))], False),
    ([Layer(select=("correctness",)), Layer(extend_select=("keepalive",))], True),
]


@pytest.mark.parametrize(("layers", "on"), LAYERS)
def test_layers(layers: list[Layer], on: bool) -> None:
    selection = select_rules(all_rules(), layers)
    assert ("keep-alive" in {rule.id for rule in selection.rules} - selection.accepted) is on


# What it extends.


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text)


def test_later_ones_win_and_the_file_itself_over_all(folder: Path) -> None:
    write(
        folder,
        a="target: debian-11\nrules:\n  client-alive-interval: {severity: info, seconds: 20}\n",
        b="target: debian-12\nrules:\n  client-alive-interval: {seconds: 40}\n",
        c="extend: [a.yaml, b.yaml]\nrules:\n  keep-alive: {severity: error}\n",
        d="extend: [b.yaml, a.yaml]\ntarget: [debian-13, rhel-9]\n",
    )
    chosen = load_policy(str(folder / "c.yaml"))
    rule_configs = select_rules(all_rules(), chosen.layers("x")).rule_configs
    assert rule_configs["client-alive-interval"] == ("info", {"seconds": 40})
    assert rule_configs["keep-alive"].severity == "error"
    assert chosen.targets("x") == ("debian-12",)
    assert load_policy(str(folder / "d.yaml")).targets("x") == ("debian-13", "rhel-9")


def test_an_own_rule_of_the_same_name_takes_the_place_of_the_earlier(folder: Path) -> None:
    rule = "own:\n  - {id: ours, keyword: MaxAuthTries, must_be: %d, because: x}\n"
    write(folder, a=rule % 3, b="extend: ./a.yaml\n" + rule % 4, c="extend: ./a.yaml\nignore: ours\n")
    assert "must be 4" in load_policy(str(folder / "b.yaml")).own["ours"].doc
    assert load_policy(str(folder / "c.yaml")).own.keys() == {"ours"}


# Fleets.


def test_a_finding_of_a_fleet_is_named_once(folder: Path) -> None:
    (folder / "sshkeep.yaml").write_text("target: [debian-12, debian-13]\n")
    done = lint(folder)
    assert rules_of(done) == ["keep-alive", "interval-doubled"]
    assert done.out.count("read for debian-12 only") == 1
    assert "targets debian-12, debian-13" in done.out


def test_a_comment_is_of_use_if_one_target_has_a_use_for_it(folder: Path) -> None:
    (folder / "sshkeep.yaml").write_text("target: [debian-12, debian-13]\n")
    (folder / "roles/web/sshd_config").write_text(
        "# sshkeep: ignore[interval-doubled] as meant\nClientAliveInterval 60\n"
    )
    assert rules_of(lint(folder)) == []


@pytest.mark.parametrize(
    "command", [["fix"], ["set", "MaxAuthTries", "3"], ["effective"]], ids=lambda words: words[0]
)
def test_what_is_for_one_target_asks_which(command: list[str], folder: Path) -> None:
    (folder / "sshkeep.yaml").write_text("target: [debian-12, debian-13]\n")
    done = run(*command, "sshd_config", cwd=folder / "roles/web")
    assert done.code == 2 and "debian-12, debian-13 (say with --target which one is meant)" in done.err
    (folder / "sshkeep.yaml").write_text("target: debian-11\n")
    assert run(*command, "sshd_config", cwd=folder / "roles/web").code in (0, 1)


# Python rules.

RULE = '''"""Ports below 1024.

So it is."""
from sshkeep.lint import Example, Rule
from sshkeep.lint.checks.findings import at_entry

def check(config, options):
    for entry in config.lines("port"):
        yield at_entry(entry, "this port is taken")

RULE = Rule("a port", ("sshd_config",), "error", check, ("us",), ())
'''


def test_python_rules_come_from_a_folder_that_is_named(folder: Path) -> None:
    (folder / "roles/web/rules").mkdir()
    (folder / "roles/web/rules/low_port.py").write_text(RULE)
    assert "low-port" not in lint(folder).out
    assert "low-port" in rules_of(lint(folder, "--rules", "rules"))
    assert "low-port" not in lint(folder, "--rules", "rules", "--ignore", "low-port").out
    (folder / "sshkeep.yaml").write_text("rules: {low-port: {severity: info}}\n")
    assert "info low-port" in lint(folder, "--rules", "rules").out
    assert "no rule is called low-port" in lint(folder).err


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("x.py", "RULE = 1\n", "RULE is not a Rule"),
        ("x.py", "1 / 0\n", "ZeroDivisionError"),
        ("x.py", "", "has no attribute 'RULE'"),
        ("keep_alive.py", RULE, "keep-alive is a built-in rule"),
        (
            "x.py",
            RULE.replace(", ())", ", (), only_with=('Port',))"),
            "only_with has Port, which is not in",
        ),
        ("x.txt", "", "no rule is in"),
    ],
)
def test_python_rules_that_are_none(name: str, text: str, words: str, folder: Path) -> None:
    (folder / "rules").mkdir()
    (folder / "rules" / name).write_text(text)
    done = lint(folder, "--rules", folder / "rules")
    assert (done.code, done.err.count("\n"), words in done.err) == (2, 1, True)
