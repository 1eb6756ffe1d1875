"""Which files a path stands for, where their Includes lead, and what they are read for."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sshkeep.openssh.kind import Kind
from sshkeep.openssh.targets import NEWEST_TARGET
from sshkeep.trees.discover import TreeOptions, merge_trees, tree_for
from sshkeep.trees.kind import kind_by_name
from tests.program import ROOT, Done, run
from tests.requirements import need

OFF = "ClientAliveInterval 0\n"
ON = "ClientAliveInterval 60\n"


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def rules_found(done: Done) -> list[tuple[str, str]]:
    return [(Path(f["file"]).name, f["rule"]) for f in json.loads(done.out)["findings"]]


def lint(*arguments: str | Path, cwd: Path | None = None, stdin: bytes = b"") -> list[tuple[str, str]]:
    """File name and rule of each finding."""
    return rules_found(run("lint", "--format", "json", *arguments, cwd=cwd, stdin=stdin))


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("sshd_config", "sshd_config"),
        ("roles/ssh/files/sshd_config.prod", "sshd_config"),
        ("x/sshd_config.d/50.conf", "sshd_config"),
        ("ssh_config", "ssh_config"),
        ("x/ssh_config.d/50.conf", "ssh_config"),
        ("home/.ssh/config", "ssh_config"),
        ("config", "ssh_config"),
        ("my.conf", None),
    ],
)
def test_kind_by_name(path: str, kind: Kind | None) -> None:
    assert kind_by_name(path) == kind


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("PermitRootLogin no\n", ["client-alive-interval"]),
        ("Host web\n  HostName x\n", ["server-alive-interval"]),
    ],
)
def test_kind_by_content(text: str, rules: list[str], tmp_path: Path) -> None:
    write(tmp_path, {"my.conf": text})
    assert [rule for _, rule in lint(tmp_path / "my.conf")] == rules
    assert [rule for _, rule in lint("-", stdin=text.encode())] == rules


def test_a_kind_that_cannot_be_told_is_asked_for(tmp_path: Path) -> None:
    write(tmp_path, {"my.conf": "Port 22\n"})
    done = run("lint", tmp_path / "my.conf")
    assert done.code == 2
    assert "--kind" in done.err
    assert [rule for _, rule in lint("--kind", "sshd_config", tmp_path / "my.conf")] == [
        "client-alive-interval"
    ]


def test_an_include_is_looked_for_beside_the_file(tmp_path: Path) -> None:
    write(tmp_path, {"sshd_config": "Include /etc/ssh/sshd_config.d/*.conf\n", "sshd_config.d/50.conf": ON})
    assert lint(tmp_path / "sshd_config") == []
    assert lint("sshd_config", cwd=tmp_path) == []


def test_a_relative_include_too(tmp_path: Path) -> None:
    write(tmp_path, {"sshd_config": "Include sshd_config.d/*.conf\n", "sshd_config.d/50.conf": ON})
    assert lint(tmp_path / "sshd_config") == []


@pytest.mark.parametrize("include", ["~/.ssh/more", "more", "/etc/ssh/more"])
def test_a_user_file_s_includes_are_beside_it(include: str, tmp_path: Path) -> None:
    write(tmp_path, {".ssh/config": f"Include {include}\n", ".ssh/more": "ServerAliveInterval 60\n"})
    assert lint(tmp_path / ".ssh" / "config") == []


def test_what_was_not_found_is_said_once(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "a/sshd_config": "Include /etc/ssh/x/*.conf\n" + ON,
            "b/sshd_config": "Include /etc/ssh/x/*.conf\n" + ON,
        },
    )
    done = run("lint", tmp_path)
    assert done.code == 0
    assert done.err.count("/etc/ssh/x/*.conf") == 1


def test_root_is_put_before_absolute_paths(tmp_path: Path) -> None:
    write(tmp_path, {"ssh/sshd_config": "Include /opt/x/*.conf\n", "opt/x/a.conf": ON})
    assert lint(tmp_path / "ssh/sshd_config") == [("sshd_config", "client-alive-interval")]
    assert lint("--root", tmp_path, tmp_path / "ssh/sshd_config") == []


IMAGE = {
    "etc/ssh/sshd_config": "Include /opt/x/*.conf /etc/ssh/sshd_config.d/*.conf\n",
    "etc/ssh/sshd_config.d/a.conf": "MaxAuthTries 3\n",
    "opt/x/a.conf": ON,
}


@pytest.mark.parametrize(
    ("path", "cwd"),
    [
        ("images/web/etc/ssh/sshd_config", "."),
        ("./images/web/etc/ssh/sshd_config", "."),
        ("images", "."),
        ("etc/ssh/sshd_config", "images/web"),
        ("sshd_config", "images/web/etc/ssh"),
        ("./sshd_config", "images/web/etc/ssh"),
        ("ssh/sshd_config", "images/web/etc"),
    ],
)
def test_etc_ssh_of_an_image_is_read_within_that(path: str, cwd: str, tmp_path: Path) -> None:
    write(tmp_path, {f"images/web/{name}": text for name, text in IMAGE.items()})
    done = run("lint", "--format", "json", path, cwd=tmp_path / cwd)
    report = json.loads(done.out)
    assert (report["findings"], len(report["files"]), done.err) == ([], 3, "")


@pytest.mark.parametrize("include", ["/opt/../../outside.conf", "/opt/link.conf", "/opt/up/outside.conf"])
def test_an_include_never_leaves_the_image(include: str, tmp_path: Path) -> None:
    write(tmp_path, {"web/etc/ssh/sshd_config": f"Include {include}\n", "web/opt/x": "", "outside.conf": ON})
    (tmp_path / "web/opt/link.conf").symlink_to(tmp_path / "outside.conf")
    (tmp_path / "web/opt/up").symlink_to(tmp_path)
    assert lint(tmp_path / "web/etc/ssh/sshd_config") == [("sshd_config", "client-alive-interval")]


def test_an_include_never_leaves_the_tree(tmp_path: Path) -> None:
    outside = {"outside.conf": ON, "linked.conf": ON}
    write(
        tmp_path,
        {
            "tree/sshd_config": "Include ../outside.conf sshd_config.d/*\n",
            "tree/sshd_config.d/x": "",
            **outside,
        },
    )
    (tmp_path / "tree/sshd_config.d/link.conf").symlink_to(tmp_path / "linked.conf")
    assert lint(tmp_path / "tree/sshd_config") == [("sshd_config", "client-alive-interval")]


def test_root_slash_reads_this_machine(tmp_path: Path) -> None:
    write(tmp_path, {"tree/sshd_config": f"Include {tmp_path}/elsewhere.conf\n", "elsewhere.conf": ON})
    assert lint("--root", "/", tmp_path / "tree/sshd_config") == []


def test_a_drop_in_is_judged_in_its_main_file_s_tree(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "sshd_config": "Include /etc/ssh/sshd_config.d/*.conf\nClientAliveIntervall 5\n",
            "sshd_config.d/10.conf": ON,
            "sshd_config.d/20.conf": ON + "UseDNS no\n",
        },
    )
    drop_in = tmp_path / "sshd_config.d/20.conf"
    assert lint(drop_in) == [("20.conf", "keepalive-shadowed")]
    assert [file for file, _ in lint(drop_in, tmp_path / "sshd_config")] == ["sshd_config", "20.conf"]
    assert lint("20.conf", cwd=drop_in.parent) == [("20.conf", "keepalive-shadowed")]


def test_a_drop_in_without_a_main_file_lacks_nothing(tmp_path: Path) -> None:
    write(tmp_path, {"sshd_config.d/10.conf": "UseDNS no\n", "ssh_config.d/10.conf": "Host web\n User a\n"})
    assert lint(tmp_path) == []
    write(tmp_path, {"sshd_config.d/10.conf": OFF})
    assert lint(tmp_path) == [("10.conf", "client-alive-interval")]


def test_a_file_named_twice_is_linted_once(tmp_path: Path) -> None:
    write(tmp_path, {"sshd_config": "Port 22\n"})
    (tmp_path / "link_sshd_config").symlink_to("sshd_config")
    assert lint(tmp_path / "sshd_config", tmp_path, tmp_path / "link_sshd_config") == [
        ("sshd_config", "client-alive-interval")
    ]


def test_trees_with_one_top_are_put_together(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"sshd_config": "Include /etc/ssh/sshd_config.d/*\n", "sshd_config.d/a": "", "sshd_config.d/b": ""},
    )
    trees = [tree_for(str(tmp_path / "sshd_config.d" / name), TreeOptions()) for name in "ab"]
    (tree,) = merge_trees(trees)
    assert {Path(path).name for path in tree.shown or ()} == {"a", "b"}


@pytest.mark.parametrize(
    ("name", "target"),
    [("sshd_config", NEWEST_TARGET.name), ("sshd_config", "debian-12"), ("ssh_config", "ubuntu-24.04")],
)
def test_the_target_is_named(name: str, target: str, tmp_path: Path) -> None:
    write(tmp_path, {name: ""})
    arguments = [] if target == NEWEST_TARGET.name else ["--target", target]
    assert json.loads(run("lint", "--format", "json", *arguments, tmp_path / name).out)["target"] == target


def on_this_machine(etc_ssh: Path, home_ssh: Path, *arguments: str) -> Done:
    """sshkeep in a mount namespace of its own, where /etc/ssh and ~/.ssh are these folders."""
    need("openssh", "root", "mounts")
    home = os.path.expanduser("~root")
    Path(home, ".ssh").mkdir(mode=0o700, exist_ok=True)
    script = 'mount --bind "$1" /etc/ssh && mount --bind "$2" "$3/.ssh" && shift 3 && exec "$@"'
    command = [sys.executable, "-m", "sshkeep", *arguments]
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", script, "sh", str(etc_ssh), str(home_ssh), home, *command],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=60,
    )
    return Done(done.returncode, done.stdout, done.stderr)


def test_no_path_means_this_machine_s_own_files(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "etc/sshd_config": "Include /etc/ssh/sshd_config.d/*.conf\n",
            "etc/sshd_config.d/a.conf": OFF,
            "etc/ssh_config": "Host *\n  ServerAliveInterval 0\n",
            "home/config": "Host web\n  User a\n",
        },
    )
    done = on_this_machine(tmp_path / "etc", tmp_path / "home", "lint", "--format", "json")
    assert rules_found(done) == [("a.conf", "client-alive-interval"), ("ssh_config", "server-alive-interval")]


def test_the_user_s_file_is_mended_rather_than_the_system_s(tmp_path: Path) -> None:
    system = "Host *\n  ServerAliveInterval 0\n"
    write(tmp_path, {"etc/ssh_config": system, "home/config": "Host web\n  User a\n"})
    done = on_this_machine(tmp_path / "etc", tmp_path / "home", "fix", "--write")
    assert done.code == 0, done.err
    assert (tmp_path / "etc/ssh_config").read_text() == system
    assert (
        tmp_path / "home/config"
    ).read_text() == "Host web\n  User a\n\nHost *\n  ServerAliveInterval 60\n"


def test_this_machine_s_files_are_read_for_what_is_installed(tmp_path: Path) -> None:
    write(tmp_path, {"etc/sshd_config": ON, "home/x": ""})
    done = on_this_machine(tmp_path / "etc", tmp_path / "home", "lint")
    assert "as installed" in done.out
