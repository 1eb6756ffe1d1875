"""Which lines can never take effect, which blocks never apply, and which lines may decide a setting."""

import os
from pathlib import Path

import pytest

from sshkeep.config.blocks.unsatisfiable import why_unsatisfiable
from sshkeep.config.local_machine import DiskFacts, MemoryFacts
from sshkeep.config.precedence.candidates import candidates_beside
from sshkeep.config.precedence.shadowed import all_shadowed, without_effect
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.targets import target_of
from sshkeep.testing import config_of
from sshkeep.trees.discover import TreeOptions, tree_for
from tests.requirements import need

TARGET = "openssh-9.2"
SSHD, SSH = "sshd_config", "ssh_config"


# language, config ("/" ends a line), the lines without effect
DEAD: list[tuple[Kind, str, list[int]]] = [
    ("sshd_config", "UsePAM yes/UsePAM no", [2]),
    ("sshd_config", "Port 22/Port 23", []),
    ("sshd_config", "AllowUsers a/AllowUsers a", []),
    ("sshd_config", "IPQoS ef/IPQoS cs1", [1]),
    ("sshd_config", "Banner /a/Match User a/Banner /b", []),
    ("sshd_config", "Banner /a/Match all/Banner /b", [1]),
    ("sshd_config", "UsePAM yes/Match all/UsePAM no", [3]),
    ("sshd_config", "Match User a,b/Banner /a/Match User b/Banner /b", [4]),
    ("sshd_config", "Match User a,b/Banner /a/Match User b,c/Banner /b", []),
    ("sshd_config", "Match User a*/Banner /a/Match User ab Address 10.0.0.1/Banner /b", [4]),
    ("sshd_config", "Match User ab Address 10.0.0.1/Banner /a/Match User ab/Banner /b", []),
    ("sshd_config", "Match User *,!b/Banner /a/Match User b/Banner /b", []),
    ("sshd_config", "Match User !b,c/Banner /a/Match User c/Banner /b", []),
    ("sshd_config", "Match Host *.EXAMPLE/Banner /a/Match Host web.example/Banner /b", [4]),
    ("sshd_config", "Match Group staff/Banner /a/Match Group staff User x/Banner /b", [4]),
    ("sshd_config", "Match Address 10.*/Banner /a/Match Address 10.0.0.0/8/Banner /b", []),
    ("sshd_config", "RekeyLimit default 1h/RekeyLimit 1G 2h", [2]),
    ("sshd_config", "RekeyLimit 1G/RekeyLimit 2G 2h", []),
    ("sshd_config", "RekeyLimit 1G 1h/RekeyLimit 2G", [2]),
    ("sshd_config", "Subsystem a /x/Subsystem b /y", []),
    ("sshd_config", "DSAAuthentication yes/Match all/PubkeyAuthentication no", [1]),
    ("ssh_config", "Host a/User x/Host a/User y", [4]),
    ("ssh_config", "Host a/User x/Host a/Port 23", []),
    ("ssh_config", "Host a b/User x/Host b c/User y", []),
    ("ssh_config", "Host *.x/User x/Host w.x v.x/User y", [4]),
    ("ssh_config", "Host *.x !w.x/User x/Host w.x/User y", []),
    ("ssh_config", "Host */User x/Host web/User y", [4]),
    ("ssh_config", "Match final all/User x/Host web/User y", []),
    ("ssh_config", "Match user a/Port 1/Match user a/Port 2", []),
    ("ssh_config", "Match localuser a,b/Port 1/Match localuser a/Port 2", [4]),
    ("ssh_config", "Match originalhost WEB/Port 1/Match originalhost web/Port 2", [4]),
    # `ssh WEB` gets the second one: case counts on Host lines only.
    ("ssh_config", "Host web/Port 1/Match originalhost web/Port 2", []),
    ("ssh_config", "Host 10.1.* x/Port 1/Match originalhost 10.1.2.3/Port 2", [4]),
    ("ssh_config", "Host 10.1.* x/Port 1/Match originalhost 10.1.2.3,10.1.2.? user y/Port 2", [4]),
    ("ssh_config", "Host 10.1.* x/Port 1/Match originalhost 10.1.2.3,x/Port 2", []),
    ("ssh_config", "Host 10.1.* !10.1.2.3/Port 1/Match originalhost 10.1.2.3/Port 2", []),
    ("ssh_config", "Host 10.1.2.3 localhost/Port 1/Match originalhost 10.1.*/Port 2", []),
    ("ssh_config", "Match host web/Port 1/Match host web/Port 2", []),
    ("ssh_config", "Host web/SyslogFacility USER/Host */SyslogFacility AUTH", [4]),
    ("ssh_config", "IdentityFile a/IdentityFile b", []),
    ("ssh_config", "ServerAliveInterval none/ServerAliveInterval 5", []),
    ("ssh_config", "Host a/ProxyCommand x/Host a b/ProxyJump y", []),
    ("ssh_config", "Host a/ProxyCommand x/ProxyJump y", [3]),
    ("ssh_config", "Host a/ProxyJump y/ProxyCommand x", [3]),
    ("ssh_config", "Host a/ProxyJump none/ProxyCommand x", []),
    ("ssh_config", "Host a/RefuseConnection x/RefuseConnection y", []),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text", "lines"), DEAD)
def test_lines_that_can_never_take_effect(kind: Kind, text: str, lines: list[int]) -> None:
    target = "openssh-10.2" if "Refuse" in text else "openssh-9.2"
    # A slash that ends a line is followed by a keyword; others belong to paths and networks.
    config = config_of({kind: _lines(text)}, target=target)
    assert [line.entry.directive.number + 1 for line in without_effect(config)] == lines


def test_a_host_line_that_fails_in_the_second_pass_overwrites_nothing() -> None:
    """A later line overwrites in 8.6, and Host lines are compared with HostName then."""
    text = "Match originalhost 10.1.2.3/TunnelDevice 1:1/Host 10.1.2.3/TunnelDevice 2:2/HostName a/Match final all/User x"
    config = config_of({"ssh_config": _lines(text)}, target="openssh-8.6")
    assert without_effect(config) == []


def _lines(text: str) -> str:
    import re

    return re.sub(r"/(?=[A-Z])", "\n", text) + "\n"


def test_a_file_that_is_included_twice_is_in_effect_the_first_time() -> None:
    config = config_of(
        {"sshd_config": "Include /etc/ssh/x\nInclude /etc/ssh/x\n", "x": "UsePAM no\n"}, target=TARGET
    )
    assert len(all_shadowed(config)) == 1
    assert without_effect(config) == []


# language, header, whether its block never applies
NEVER: list[tuple[Kind, str, bool]] = [
    ("sshd_config", "Match User !a", True),
    ("sshd_config", "Match User *,!a", False),
    ("sshd_config", "Match User a,!a", True),
    ("sshd_config", "Match User a,b,!a", False),
    ("sshd_config", "Match User a User b", True),
    ("sshd_config", "Match User a* User b", True),
    ("sshd_config", "Match User a* User *b", False),
    ("sshd_config", "Match Group a Group b", False),
    ("sshd_config", "Match Address 10.0.0.1 Address 10.0.0.2", True),
    ("sshd_config", "Match Address 10.0.0.0/8 Address 10.0.0.2", False),
    ("sshd_config", "Match Address 10.0.0.1 Address 10.0.0.*", False),
    ("sshd_config", "Match Address 10.0.0.0/8,fe80::/10 Address 192.0.2.0/24,!fe80::1", True),
    ("sshd_config", "Match LocalAddress 10.0.0.1 Address 10.0.0.2", False),
    ("sshd_config", "Match LocalPort 22 LocalPort 2222", True),
    ("sshd_config", "Match all", False),
    ("ssh_config", "Host !a", True),
    ("ssh_config", "Host * !a", False),
    ("ssh_config", "Host a,b", True),
    ("ssh_config", "Host a,b c", False),
    ("ssh_config", "Host a !*", True),
    ("ssh_config", "Match !all", True),
    ("ssh_config", "Match !host a", False),
    ("ssh_config", "Match host A host a", False),
    ("ssh_config", "Match host a,b", False),
]


@pytest.mark.parametrize(("kind", "header", "never"), NEVER)
def test_blocks_that_never_apply(kind: Kind, header: str, never: bool) -> None:
    config = config_of(
        {kind: f"{header}\n  Compression no\n" if kind == SSH else f"{header}\n  Banner none\n"},
        target=TARGET,
    )
    assert bool(why_unsatisfiable(config.blocks[0], config)) == never


def test_a_host_that_is_included_within_another_never_applies() -> None:
    config = config_of(
        {"ssh_config": "Host a\nInclude /etc/ssh/x\n", "x": "Host b\n User c\n"}, target=TARGET
    )
    assert "included from a block" in why_unsatisfiable(config.blocks[1], config)


# language, config, the line asked for, the lines that may decide AllowTcpForwarding or ControlPath, whether the default may
POSSIBLE: list[tuple[Kind, str, str, list[int], bool]] = [
    ("sshd_config", "PermitOpen a:1", "permitopen", [], True),
    ("sshd_config", "AllowTcpForwarding no\nAllowTcpForwarding yes\nPermitOpen a:1", "permitopen", [1], False),
    ("sshd_config", "PermitOpen a:1\nMatch User a\nAllowTcpForwarding no", "permitopen", [3], True),
    ("sshd_config", "Match User a\nAllowTcpForwarding no\nPermitOpen a:1", "permitopen", [2], False),
    ("sshd_config", "Match User b\nAllowTcpForwarding yes\nMatch User a\nAllowTcpForwarding no\nPermitOpen a:1", "permitopen", [2, 4], False),
    ("ssh_config", "Host a\nControlMaster yes\nHost b\nControlPath x", "controlmaster", [4], True),
    ("ssh_config", "Host a\nControlMaster yes\nHost *\nControlPath x\nHost *\nControlPath y", "controlmaster", [4], False),
    ("ssh_config", "Host a\nControlMaster yes\nControlPath x", "controlmaster", [3], False),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text", "asked", "lines", "unset"), POSSIBLE)
def test_the_lines_that_may_decide(kind: Kind, text: str, asked: str, lines: list[int], unset: bool) -> None:
    config = config_of({kind: f"{text}\n"}, target=TARGET)
    other = "allowtcpforwarding" if kind == SSHD else "controlpath"
    found = candidates_beside(other, config.lines(asked)[0], config)
    assert [line.entry.directive.number + 1 for line in found.lines] == lines
    assert found.unset == unset


def test_facts_are_those_of_the_disk(tmp_path: Path) -> None:
    if os.name != "posix":
        pytest.skip("there are no permission bits")
    file = tmp_path / "x"
    file.write_text("")
    file.chmod(0o640)
    facts = DiskFacts()
    seen = facts.status(str(file))
    assert seen == (0o640, os.getuid(), file.stat().st_gid)
    assert facts.there(str(file))
    assert facts.there(str(tmp_path / "none")) is False
    assert facts.status("a\0b") is None
    assert MemoryFacts({}, "/home/x", 5).there("/x") is False


def test_only_this_machines_own_files_have_facts(tmp_path: Path) -> None:
    (tmp_path / "sshd_config").write_text("UsePAM yes\n")
    assert (
        tree_for(str(tmp_path / "sshd_config"), TreeOptions(None, target_of("debian-12"))).load().facts
        is None
    )


def test_this_machines_own_file_has_facts() -> None:
    need("openssh")
    path = "/etc/ssh/sshd_config"
    if not os.access(path, os.R_OK):
        pytest.skip(f"there is no {path}")
    assert tree_for(path, TreeOptions(None, target_of("debian-12"))).load().facts is not None
    assert tree_for(path, TreeOptions(None, target_of("debian-12"), "/")).load().facts is None
