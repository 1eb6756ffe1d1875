"""What a search of folders finds, what it leaves out, and why."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Sequence
from pathlib import Path
from subprocess import run as run_program

import pytest

from sshkeep.api.rulesets import Rulesets
from sshkeep.trees.gitignore import IgnoreFile, ignored_by
from sshkeep.trees.search import Search, SearchOptions
from tests.program import run
from tests.requirements import need

ON = "ClientAliveInterval 60\n"


def write(folder: Path, files: dict[str, str] | Sequence[str]) -> None:
    for name, text in (files if isinstance(files, dict) else dict.fromkeys(files, ON)).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def found(folder: Path, search: Search | None = None) -> list[str]:
    return [os.path.relpath(path, folder) for path in (search or Search()).configs_in(str(folder))]


def test_a_folder_is_searched_for_names_of_configs(tmp_path: Path) -> None:
    wanted = [
        "a/sshd_config",
        "a/sshd_config.j2",
        "b/ssh_config",
        "c/sshd_config.d/x.conf",
        "chroot/etc/ssh/sshd_config",
        "h/.ssh/config",
        "roles/x/files/etc/ssh/sshd_config.d/y",
        "roles/x/files/sshd_config.d/z.conf",
    ]
    others = ["config", "a/sshd_config.d/.x", "a/other"]
    write(tmp_path, [*wanted, *others])
    search = Search()
    assert (found(tmp_path, search), search.left_out) == (wanted, [])


LEFT_OUT: list[tuple[dict[str, str], SearchOptions, dict[str, str]]] = [
    # files, options, what is left out and why
    ({".git/ssh_config": ""}, SearchOptions(), {".git": "excluded by default: .git"}),
    (
        {"x/node_modules/y/sshd_config": ""},
        SearchOptions(),
        {"x/node_modules": "excluded by default: node_modules"},
    ),
    ({".venv/sshd_config": ""}, SearchOptions(exclude=("x",)), {}),
    ({"x/sshd_config": ""}, SearchOptions(exclude=("x",)), {"x": "excluded --exclude: x"}),
    ({"x/y/sshd_config": ""}, SearchOptions(exclude=("x/*",)), {"x/y": "excluded --exclude: x/*"}),
    (
        {"x/y/z/sshd_config": "", ".venv/sshd_config": ""},
        SearchOptions(extend_exclude=("**/z",)),
        {".venv": "excluded by default: .venv", "x/y/z": "excluded --extend-exclude: **/z"},
    ),
    (
        {"sshd_config.d/a.conf": "", "sshd_config.d/b.conf": ""},
        SearchOptions(extend_exclude=("a*",)),
        {"sshd_config.d/a.conf": "excluded --extend-exclude: a*"},
    ),
    (
        {
            "sshd_config.bak": "",
            "sshd_config~": "",
            "sshd_config.dpkg-old": "",
            "sshd_config.bak.j2": "",
            "x~": "",
        },
        SearchOptions(),
        dict.fromkeys(("sshd_config.bak", "sshd_config~", "sshd_config.dpkg-old"), "a backup, by its name"),
    ),
    (
        {".gitignore": "build/\n", "build/sshd_config": "", "x/build/sshd_config": ""},
        SearchOptions(),
        dict.fromkeys(("build", "x/build"), "ignored by git: build/ in .gitignore"),
    ),
    ({".gitignore": "build/\n", "build/sshd_config": ""}, SearchOptions(gitignore=False), {}),
    (
        {".gitignore": "*.conf\n", "sshd_config.d/.gitignore": "!a.conf\n", "sshd_config.d/a.conf": ""},
        SearchOptions(),
        {},
    ),
    (
        {
            ".git/info/exclude": "one\ntwo\n",
            ".gitignore": "!two\n",
            "one/sshd_config": "",
            "two/sshd_config": "",
        },
        SearchOptions(exclude=(".git",)),
        {".git": "excluded --exclude: .git", "one": "ignored by git: one in .git/info/exclude"},
    ),
    # a repository in another one
    (
        {".gitignore": "x\n", "sub/.git/HEAD": "", "sub/x/sshd_config": ""},
        SearchOptions(exclude=("HEAD",)),
        {},
    ),
    # a policy
    (
        {
            "sshkeep.yaml": "exclude: [x, y/z]\n",
            "x/sshd_config": "",
            "y/z/ssh_config": "",
            ".tox/ssh_config": "",
        },
        SearchOptions(),
        {"x": "excluded by sshkeep.yaml: x", "y/z": "excluded by sshkeep.yaml: y/z"},
    ),
    (
        {"sshkeep.yaml": "extend_exclude: x\n", "x/sshd_config": "", ".tox/ssh_config": ""},
        SearchOptions(),
        {".tox": "excluded by default: .tox", "x": "excluded by sshkeep.yaml: x"},
    ),
    (
        {"sshkeep.yaml": "exclude: x\n", "x/sshd_config": "", "y/ssh_config": ""},
        SearchOptions(exclude=("y",)),
        {"y": "excluded --exclude: y"},
    ),
    (
        {"a/sshkeep.yaml": "exclude: x\n", "a/x/sshd_config": "", "b/x/sshd_config": ""},
        SearchOptions(),
        {"a/x": "excluded by a/sshkeep.yaml: x"},
    ),
]


@pytest.mark.parametrize(("files", "options", "left_out"), LEFT_OUT)
def test_what_is_left_out_and_why(
    files: dict[str, str],
    options: SearchOptions,
    left_out: dict[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write(tmp_path, {"sshd_config": ON, **files})
    monkeypatch.chdir(tmp_path)
    search = Search(options, Rulesets(None, "auto").excludes)
    search.configs_in(".")
    shown = {os.path.normpath(path): why.replace(f"{tmp_path}/", "") for path, why in search.left_out}
    assert shown == left_out


def test_the_options_of_a_search(tmp_path: Path) -> None:
    write(tmp_path, {"sshd_config": ON, "a/sshd_config": ON, ".tox/ssh_config": ON, ".gitignore": "b\n"})
    write(tmp_path, ["b/sshd_config", "c/sshd_config"])
    verbose = run("lint", "-v", "--extend-exclude", "a,c", ".", cwd=tmp_path)
    assert sorted(verbose.err.splitlines()) == [
        "sshkeep: left out ./.tox: excluded by default: .tox",
        "sshkeep: left out ./a: excluded --extend-exclude: a",
        f"sshkeep: left out ./b: ignored by git: b in {tmp_path}/.gitignore",
        "sshkeep: left out ./c: excluded --extend-exclude: c",
    ]
    assert run("lint", "--extend-exclude", "a", "--extend-exclude=c", ".", cwd=tmp_path) == (
        0,
        verbose.out,
        "",
    )
    everything = run("lint", "--select", "no-liveness", "--no-gitignore", "--exclude", "c", ".", cwd=tmp_path)
    assert everything.out.startswith("no problems in 4 files")


FORCED = [
    # path, is it left out
    ("sshd_config", False),
    ("x/sshd_config", False),
    (".venv/sshd_config", True),
    ("x/.venv/y/sshd_config", True),
    ("x/.venv", True),
    ("skipped/sshd_config", True),
]


@pytest.mark.parametrize(("path", "out"), FORCED)
def test_a_named_path_is_left_out_by_force_only(
    path: str, out: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sshkeep.yaml").write_text("extend_exclude: skipped\n")
    monkeypatch.chdir(tmp_path)
    excludes = Rulesets(None, "auto").excludes
    for named in (path, str(tmp_path / path)):
        assert not Search(SearchOptions(), excludes).leaves_out(named)
        forced = Search(SearchOptions(force_exclude=True), excludes)
        assert (forced.leaves_out(named), len(forced.left_out)) == (out, out)


@pytest.mark.parametrize("command", [["lint"], ["fix", "--write"]])
def test_what_force_leaves_out_is_neither_reported_nor_written(command: list[str], tmp_path: Path) -> None:
    write(tmp_path, {".venv/sshd_config": "ClientAliveInterval 0\n"})
    assert run(*command, "--force-exclude", ".venv/sshd_config", cwd=tmp_path) == (0, "", "")
    assert (tmp_path / ".venv/sshd_config").read_text() == "ClientAliveInterval 0\n"


def test_a_search_in_a_part_of_a_repository_knows_the_whole(tmp_path: Path) -> None:
    files = [".git/HEAD", "roles/x/sshd_config", "roles/built/sshd_config", "roles/kept/sshd_config"]
    write(tmp_path, files)
    (tmp_path / ".gitignore").write_text("/roles/built\n")
    (tmp_path / ".git/info").mkdir()
    (tmp_path / ".git/info/exclude").write_text("kept\n")
    (tmp_path / "roles/.gitignore").write_text("!kept\n")
    assert found(tmp_path / "roles") == ["kept/sshd_config", "x/sshd_config"]
    assert found(tmp_path / "roles/built") == ["sshd_config"]  # it is named


def test_where_all_is_left_out_the_message_shows_how_to_see_it(tmp_path: Path) -> None:
    write(tmp_path, [".venv/sshd_config"])
    done = run("lint", tmp_path)
    assert done.code == 2
    assert "-v shows what" in done.err


def test_a_link_is_not_followed_out_and_to_no_folder(tmp_path: Path) -> None:
    write(tmp_path, ["in/sshd_config", "in/x/real", "out/sshd_config"])
    (tmp_path / "in/loop").symlink_to(tmp_path / "in")
    (tmp_path / "in/out").symlink_to(tmp_path / "out")
    (tmp_path / "in/x/ssh_config").symlink_to("real")
    (tmp_path / "in/x/sshd_config").symlink_to(tmp_path / "out/sshd_config")
    search = Search()
    assert found(tmp_path / "in", search) == ["sshd_config", "x/ssh_config"]
    assert [tuple(each) for each in search.left_out] == [
        (str(tmp_path / "in/x/sshd_config"), "a link that leads out of the searched folder")
    ]


def test_what_is_no_file_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkfifo("sshd_config")
    os.mkdir("x")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("x/ssh_config")
        write(tmp_path, ["y/sshd_config"])
        search = Search()
        assert found(tmp_path, search) == ["y/sshd_config"]
    assert {each.why for each in search.left_out} == {"not a regular file"}


@pytest.mark.parametrize("name", ["a\nb", "a\x1b[31mb", "a\udcff", "é", " "])
def test_any_name_of_a_folder(name: str, tmp_path: Path) -> None:
    write(tmp_path, [f"{name}/sshd_config", f"x/{name}/sshd_config"])
    (tmp_path / ".gitignore").write_text("x\n")
    done = run("lint", "-v", tmp_path)
    assert done.code == 0
    assert "\x1b" not in done.err + done.out
    assert len(done.err.splitlines()) == 1


def test_folders_deeper_than_any_call_and_than_any_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, ["sshd_config"])
    for _ in range(1_100):
        os.mkdir("d" * 4)
        os.chdir("d" * 4)
    write(Path(), ["sshd_config"])
    os.chdir(tmp_path)
    search = Search()
    assert found(tmp_path, search) == ["sshd_config"]
    assert [error.strerror for error in search.unreadable] == ["File name too long"]
    for _ in range(1_000):  # pytest removes no tree of that depth
        os.rename("dddd/dddd", "next")
        os.rmdir("dddd")
        os.rename("next", "dddd")


def test_it_stays_on_one_file_system(tmp_path: Path) -> None:
    need("root", "mounts")
    write(tmp_path, ["sshd_config", "m/x"])
    script = 'mount -t tmpfs none "$1/m" && echo > "$1/m/ssh_config" && shift && exec "$@"'
    command = [sys.executable, "-m", "sshkeep", "lint", str(tmp_path)]
    done = run_program(
        ["unshare", "-m", "sh", "-c", script, "sh", str(tmp_path), *command], capture_output=True, text=True
    )
    assert done.stdout.startswith("no problems in 1 file ")
    assert done.stderr == (
        f"sshkeep: note: other file systems are not searched unless they are named: {tmp_path}/m\n"
    )


PATHS = (
    "a", "b", "foo", "foo/a", "foo/bar", "foo/bar/a", "a/foo", "a/b/foo", "a/b/c/foo", "x.conf", "foo/x.conf",
    "a/x.conf", "!a", "#a", "a b", "a ", "[a]", "a*", "ab", "abc", "-", "]", "é", "a\\", "foo/a/b", "bar", "b/c",
)  # fmt: skip
PATTERNS = (
    "a", "/a", "a/", "foo/", "/foo/", "foo/a", "foo/*", "foo/**", "**/foo", "a/**/foo", "a/**", "**", "*", "/*",
    "*.conf", "foo/*.conf", "!a", "\\!a", "#a", "\\#a", "a\\ ", "a ", "a  ", "a b", "[a]", "[!a]", "[^a]", "[a-b]*",
    "\\[a\\]", "a\\*", "a?", "a??", "?", "**/a/**", "**/b/c", "foo/**/a", "", " ", "/", "//", "a//", "é", "\\a",
    "[", "a[", "[]]", "[!]]", "[]-]", "***", "a**", "**a", "foo/***", "*/foo", "*/*/foo", "**/**/foo", "a\r", "\\",
    "foo\n!foo/a", "foo/*\n!foo/a", "*\n!*/\n!foo/a", "*.conf\n!foo/*.conf",
)  # fmt: skip


@pytest.mark.parametrize("patterns", PATTERNS)
def test_git_ignores_the_same(patterns: str, tmp_path: Path) -> None:
    need("git")
    git = ["git", "-C", str(tmp_path)]
    run_program([*git, "init", "-q"], check=True)
    (tmp_path / ".gitignore").write_text(patterns)
    folders = {"a", "foo", "foo/bar", "a/b", "a/b/c", "bar", "b"}
    for path in sorted(folders):
        (tmp_path / path).mkdir(parents=True, exist_ok=True)
    names = "".join(f"{path}\0" for path in PATHS)
    asked = [*git, "-c", "core.excludesFile=/dev/null", "check-ignore", "--no-index", "-z", "--stdin"]
    done = run_program(asked, input=names, capture_output=True, text=True)
    file = IgnoreFile(".gitignore", str(tmp_path), patterns.encode())

    def ignored(path: str) -> bool:
        """Also by a folder above, as the search never looks into one."""
        parts = path.split("/")
        above = ["/".join(parts[:count]) for count in range(1, len(parts))]
        tried = [(each, True) for each in above] + [(path, path in folders)]
        return any(ignored_by((file,), str(tmp_path / each), is_folder=folder) for each, folder in tried)

    assert [path for path in PATHS if ignored(path)] == done.stdout.split("\0")[:-1]


def test_a_line_that_a_regular_expression_hangs_at(tmp_path: Path) -> None:
    write(tmp_path, {".gitignore": "a*" * 100 + "b\n" + "**/a*/" * 50 + "b\n", "sshd_config": ON})
    write(tmp_path, [f"{'a' * 250}/{'a' * 250}/sshd_config"])
    assert len(found(tmp_path)) == 2
