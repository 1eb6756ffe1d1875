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
        ("User %z", "debian-12", True),
        ("User %z", "debian-13", False),
        ("SetEnv A=%z", "debian-12", True),
        ("SetEnv A=%z", "debian-sid", False),
        ("RevokedHostKeys /x/%z", "debian-12", True),
        ("RevokedHostKeys /x/%z", "debian-sid", False),
        ("ControlPath /x/${UNSET}", "debian-12", True),
    ],
)
def test_a_bad_token_is_refused_wherever_the_file_lies(
    line: str, target: str, accepted: bool, tmp_path: Path
) -> None:
    path = tmp_path / "config"
    path.write_text(f"{line}\n")
    done = call("effective", "--kind", "ssh_config", "--host", "web", "--target", target, path)
    assert (done.code == 0) is accepted, done.err


def test_a_home_is_for_ssh(tmp_path: Path) -> None:
    path = tmp_path / "sshd_config"
    path.write_text("")
    done = call("effective", "--home", "/x", path)
    assert done.code == 2
    assert "--home is for an ssh_config" in done.err
