"""Configs of files in memory: paths, languages, Includes, and what else the machine has."""

from __future__ import annotations

import pytest

from sshkeep.errors import SshkeepError
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.targets import NEWEST_TARGET, target_of
from sshkeep.testing import config_of, tree_of

KINDS: list[tuple[str, Kind | None, Kind]] = [
    ("sshd_config", None, "sshd_config"),
    ("ssh_config", None, "ssh_config"),
    ("/home/someone/.ssh/config", None, "ssh_config"),
    ("sshd_config.d/a.conf", None, "sshd_config"),
    ("a.conf", "sshd_config", "sshd_config"),
    ("ssh_config", "sshd_config", "sshd_config"),
]


@pytest.mark.parametrize(("path", "given", "kind"), KINDS)
def test_the_kind_is_given_or_shown_by_the_name(path: str, given: Kind | None, kind: Kind) -> None:
    assert config_of({path: ""}, given).kind == kind


def test_a_name_that_shows_no_kind_is_an_error() -> None:
    with pytest.raises(SshkeepError, match=r"/etc/ssh/x shows no kind of config \(give kind=\)"):
        tree_of({"x": ""})


def test_the_target_is_the_newest_release_or_what_is_given() -> None:
    assert tree_of({"sshd_config": ""}).target == NEWEST_TARGET
    for given in ("debian-12", target_of("debian-12")):
        assert tree_of({"sshd_config": ""}, target=given).target.name == "debian-12"
    with pytest.raises(SshkeepError, match="unknown target"):
        tree_of({"sshd_config": ""}, target="beos-5")


LIVE, CHECKOUT = True, False
INCLUDES = [
    # Include, live, the files that are read beside the main one
    ("a.conf", LIVE, ["/etc/ssh/a.conf"]),
    ("d/*.conf", LIVE, ["/etc/ssh/d/1.conf", "/etc/ssh/d/2.conf"]),
    ("/etc/ssh/a.conf", LIVE, ["/etc/ssh/a.conf"]),
    ("/srv/a.conf", LIVE, ["/srv/a.conf"]),
    ("/etc/ssh/a.conf", CHECKOUT, ["/etc/ssh/a.conf"]),
    ("/srv/a.conf", CHECKOUT, []),
    ("/etc/passwd", LIVE, []),
]


@pytest.mark.parametrize(("include", "live", "read"), INCLUDES)
def test_where_an_include_leads(include: str, live: bool, read: list[str]) -> None:
    beside = dict.fromkeys(("a.conf", "d/2.conf", "d/1.conf", "d/.hidden.conf", "/srv/a.conf"), "Port 22\n")
    config = config_of({"sshd_config": f"Include {include}\n", **beside}, live=live)
    assert list(config.files) == ["/etc/ssh/sshd_config", *read]


@pytest.mark.parametrize("content", [b"Banner \xff\n", "Banner \udcff\n"])
def test_any_bytes_may_be_in_a_file(content: str | bytes) -> None:
    assert config_of({"sshd_config": content}).files["/etc/ssh/sshd_config"].source.data == b"Banner \xff\n"


def test_what_else_the_machine_has() -> None:
    assert tree_of({"ssh_config": ""}).facts is None
    facts = tree_of({"ssh_config": ""}, facts={"/etc/ssh/ssh_config": (0o666, 0, 0)}).facts
    assert facts and (facts.home, facts.user) == ("/home/someone", 1000)
    assert facts.status("/etc/ssh/ssh_config") == (0o666, 0, 0)
    assert not facts.there("/home/someone/.ssh/id_ed25519")
