"""Where ``~`` and tokens are expanded: with the root ``/`` as the installed ssh does it, and with --home."""

from pathlib import Path

import pytest

from sshkeep import load
from sshkeep.trees.this_machine import installed_target
from tests.oracle.installed import openssh
from tests.program import call
from tests.requirements import need

TEXT = (
    "ControlPath ~/.ssh/%C-%n\nUserKnownHostsFile ~/a %d/b\nIdentityAgent ~/agent\nRemoteCommand echo %h %u\n"
)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "config"
    path.write_text(TEXT)
    path.chmod(0o600)
    return path


def printed(*arguments: str | Path) -> dict[str, list[str]]:
    done = call("effective", "--kind", "ssh_config", "--format", "openssh", "--host", "Web", *arguments)
    assert done.code == 0, done.err
    found: dict[str, list[str]] = {}
    for line in done.out.splitlines():
        keyword, _, value = line.partition(" ")
        found.setdefault(keyword, []).append(value)
    return found


def test_the_root_of_this_machine_prints_what_ssh_prints(config: Path) -> None:
    need("openssh")
    real = openssh("ssh_config", config, "Web")
    assert real.accepted
    target = installed_target()
    assert target
    assert printed("--root", "/", "--target", target.name, config) == real.settings


def test_a_home_is_named(config: Path) -> None:
    found = printed("--home", "/home/ann/", "--target", "debian-12", config)
    assert found["userknownhostsfile"] == ["/home/ann/a /home/ann/b"]
    assert found["identityagent"] == ["/home/ann/agent"]
    assert found["controlpath"][0].startswith("/home/ann/.ssh/")


def test_another_machine_s_file_is_left_as_it_is(config: Path) -> None:
    found = printed("--target", "debian-12", config)
    written = dict(line.split(" ", 1) for line in TEXT.splitlines())
    assert {name: found[name.lower()] for name in written} == {name: [text] for name, text in written.items()}


def test_the_library_expands_for_the_same_root(config: Path) -> None:
    loaded = load(config, kind="ssh_config", target="debian-12", root="/")
    assert "~" not in str(loaded.effective(host="web").control_path)


@pytest.mark.parametrize(
    ("line", "target", "accepted"),
    [
        *[
            (f"{keyword} {value}", "debian-12", False)
            for keyword in ("ControlPath", "UserKnownHostsFile", "IdentityAgent")
            for value in ("/x/%z", "/x/%", "/x/${X")
        ],
        ("RemoteCommand echo %z", "debian-12", False),
        ("RemoteCommand echo ${X", "debian-12", True),
        ("LocalForward /x/%z /y", "debian-12", False),
        ("RemoteForward 8080 /x/%z", "debian-12", False),
        ("DynamicForward 1080", "debian-12", True),
        ("DynamicForward /x${}", "debian-12", False),
        ("LocalForward /x${A /y", "debian-12", False),
        ("LocalForward /x${A} /y", "debian-12", True),
        ("User %z", "debian-12", True),
        ("User %z", "debian-13", False),
        ("SetEnv A=%z", "debian-12", True),
        ("SetEnv A=%z", "debian-sid", False),
        ("RevokedHostKeys /x/%z", "debian-12", True),
        ("RevokedHostKeys /x/%z", "debian-sid", False),
        ("ControlPath /x/${UNSET}", "debian-12", True),
        ("ControlPath /x/${}", "debian-12", False),
        ("Include /x/%z", "debian-12", True),
        ("Include /x/%z", "debian-13", False),
        ("Include /x/${", "debian-13", False),
    ],
)
def test_a_bad_token_is_refused_wherever_the_file_lies(
    line: str, target: str, accepted: bool, tmp_path: Path
) -> None:
    path = tmp_path / "config"
    path.write_text(f"{line}\n")
    done = call("effective", "--kind", "ssh_config", "--host", "web", "--target", target, path)
    assert (done.code == 0) is accepted, done.err


@pytest.mark.parametrize(
    ("target", "host", "port"),
    [
        ("openssh-9.8", "web", "3"),
        ("debian-13", "web", "1"),
        ("debian-13", "db", "2"),
        ("debian-13", "gate", "22"),
    ],
)
def test_the_host_tells_what_is_included(target: str, host: str, port: str, tmp_path: Path) -> None:
    """C7: from 9.9 on tokens stand for the host; before, they are ordinary characters."""
    folder = tmp_path / ".ssh"
    folder.mkdir()
    files = {
        "config": "Include %n.conf\n",
        "web.conf": "Port 1\n",
        "db.conf": "Port 2\n",
        "%n.conf": "Port 3\n",
    }
    for name, text in files.items():
        (folder / name).write_text(text)
    done = call("effective", "--target", target, "--host", host, "--format", "openssh", folder / "config")
    assert done.code == 0, done.err
    assert f"port {port}" in done.out.splitlines()


def test_several_hosts_include_each_their_own(tmp_path: Path) -> None:
    folder = tmp_path / ".ssh"
    folder.mkdir()
    for name, text in {"config": "Include %n.conf\n", "web.conf": "Port 1\n", "db.conf": "Port 2\n"}.items():
        (folder / name).write_text(text)
    done = call(
        "effective",
        "--target",
        "debian-13",
        "--host",
        "web",
        "--host",
        "db",
        "--keyword",
        "Port",
        folder / "config",
    )
    assert [line.split()[:2] for line in done.out.splitlines() if line.startswith("Port")] == [
        ["Port", "1"],
        ["Port", "2"],
    ]


@pytest.mark.parametrize("argument", ["%d/%n.conf", "${HOME}/x.conf", "%C"])
def test_what_depends_on_the_machine_is_told(argument: str, tmp_path: Path) -> None:
    (tmp_path / "config").write_text(f"Include {argument}\n")
    options = ("--kind", "ssh_config", "--target", "debian-13", "--host", "web")
    done = call("effective", *options, tmp_path / "config")
    assert done.code == 2
    assert "--home DIR" in done.err
    assert call("effective", *options, "--home", tmp_path, tmp_path / "config").code == 0


def test_a_home_is_for_ssh(tmp_path: Path) -> None:
    path = tmp_path / "sshd_config"
    path.write_text("")
    done = call("effective", "--home", "/x", path)
    assert done.code == 2
    assert "--home is for an ssh_config" in done.err


@pytest.mark.parametrize(
    ("command", "value"),
    [
        (("effective", "--keyword", "ServerAliveInterval", "--host", "web"), "ServerAliveInterval 33"),
        (("hosts",), "33 s"),
        (("idle", "--host", "web", "--client"), "every 33 s"),
    ],
    ids=["effective", "hosts", "idle"],
)
@pytest.mark.parametrize("root", ["none", "/", "a folder"])
def test_an_include_is_looked_for_in_the_home(
    command: tuple[str, ...], value: str, root: str, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    (home / ".ssh").mkdir(parents=True)
    (home / ".ssh" / "web.conf").write_text("Host web\n  ServerAliveInterval 33\n")
    (tmp_path / "ssh_config").write_text("Include ~/.ssh/web.conf\nInclude web.conf\n")
    options = {
        "none": ("--home", home),
        "/": ("--root", "/", "--home", home),
        "a folder": ("--root", tmp_path, "--home", "/home"),
    }[root]
    assert value in call(*command, tmp_path / "ssh_config", *options).out
