"""The clients that are made up for a block, and the values that they get."""

from __future__ import annotations

import pytest

from sshkeep.config import sample_clients
from sshkeep.config.sample_clients import Samples, contradicted, values_of_samples
from sshkeep.config.tree.config import Config
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.values.arguments import Value
from sshkeep.testing import config_of


def config_with(kind: Kind, lines: str, target: str = "openssh-9.9") -> Config:
    return config_of({kind: lines.replace("; ", "\n") + "\n"}, target=target)


# language, criteria: the clients
CLIENTS: tuple[tuple[Kind, str, tuple[dict[str, str], ...]], ...] = (
    ("sshd_config", "Match User ann,bob", ({"user": "ann"}, {"user": "bob"})),
    ("sshd_config", "Match User a?,b*", ({"user": "ax"}, {"user": "bsomeone-else"})),
    ("sshd_config", "Match User *,!zed", ({"user": "someone-else"},)),
    ("sshd_config", "Match User !zed", ()),
    ("sshd_config", "Match Group g", ({"group": "g"},)),
    ("sshd_config", "Match Host *.x", ({"host": "someone-else.x"},)),
    ("sshd_config", "Match Address 10.0.0.0/8,::1", ({"addr": "10.0.0.0"}, {"addr": "::1"})),
    ("sshd_config", "Match User ann,bob Group g,h", ({"user": "ann", "group": "g"}, {"user": "ann", "group": "h"})),
    ("sshd_config", "Match LocalPort 22", ()),
    ("sshd_config", "Match all", ()),
    ("ssh_config", "Host a b", ({"host": "a"}, {"host": "b"})),
    ("ssh_config", "Match originalhost a", ({"host": "a"},)),
    ("ssh_config", "Match host a user u", ({"host": "a", "user": "u"},)),
    ("ssh_config", "Match localuser me", ({"localuser": "me"},)),
    ("ssh_config", "Match exec true", ()),
    ("ssh_config", "Match !host a", ()),
    ("ssh_config", "Match host", ()),
    ("ssh_config", "Host a b c d e f g h i j", tuple({"host": name} for name in "abcdefgh")),
)  # fmt: skip


@pytest.mark.parametrize(("kind", "header", "clients"), CLIENTS)
def test_clients(kind: Kind, header: str, clients: tuple[dict[str, str], ...]) -> None:
    block = config_with(kind, header).blocks[0]
    assert tuple(dict(client) for client in sample_clients._clients(block)) == clients


def test_a_version_fits_all() -> None:
    block = config_with("sshd_config", "Match version OpenSSH_10.0* User ann", "openssh-10.0").blocks[0]
    assert sample_clients._clients(block) == [(("user", "ann"),)]


SSHD = (
    "Banner /x; Match User ann,bob; Banner /a; Match Group g; Banner /b; Match User *,!zed; Banner /c; Match User ann; Banner /d",
    "ClientAliveInterval 1; Match User ann; ClientAliveInterval 5; Match Address 10.0.0.0/8; ClientAliveInterval 6; Match User ann Group g; ClientAliveInterval 9",
    "Match LocalPort 22; Banner /a; Match User ann; Banner /b",
    "Match Host a.x; Banner /a; Match Host *.x; Banner /b; Match Address 10.0.0.0/8; Banner /c; Match Host !*.y,* User ann Address 10.0.0.0/8; Banner /d",
    "Match Host someone-else; Banner /a; Match Address 203.0.113.77; Banner /b; Match User ann; Banner /c",
    "Match LocalPort 2; Banner /p; Match LocalAddress *; Banner /l; Match RDomain *; Banner /r; Match User ann; Banner /c",
)  # fmt: skip
SSH = (
    "Host a? b; Port 1; Host ax; Port 2; Host *; Port 3; Match user joe; Port 4; Match localuser me; Port 5; Match exec true; Port 6; Match !host q; Port 7",
    "Host a; HostName b; Host b; Port 2; Match host b; Port 3; Match final all; Port 4",
    "Host a; BatchMode yes; Host b; ServerAliveInterval 5",
    "Host a; ProxyCommand x; Host a; ProxyJump j",
    "Match exec maybe; Port 9; Host a; Port 5",
    "Host a; BatchMode yes; Match exec maybe; BatchMode no; Host b; Port 1",
    "Host a; HostName x; Match final host x; Port 2; Host x; Port 3",
    "Host a; User u; Match user u; Port 3",
    "Host a; Port 1; Match user joe; Port 2; Host a; Port 3",
    "Host a; Tag t; Match tagged t; Port 2; Match tagged q; Port 3",
)  # fmt: skip
# language, lines, options: for each block, "" for no block, the values of each client
VALUES: tuple[tuple[Kind, str, tuple[str, ...], dict[str, list[tuple[Value, ...]]]], ...] = (
    ("sshd_config", SSHD[0], ("banner",), {
        "": [("/x",)], "User ann,bob": [("/a",), ("/a",)], "Group g": [("/b",)], "User *,!zed": [("/c",)], "User ann": [("/a",)],
    }),
    ("sshd_config", SSHD[1], ("clientaliveinterval", "clientalivecountmax"), {
        "": [(1, 3)], "User ann": [(5, 3)], "Address 10.0.0.0/8": [(6, 3)], "User ann Group g": [(5, 3)],
    }),
    ("sshd_config", SSHD[2], ("banner",), {"": [("none",)], "LocalPort 22": [], "User ann": [("/b",)]}),
    ("sshd_config", SSHD[3], ("banner",), {
        "": [("none",)], "Host a.x": [("/a",)], "Host *.x": [("/b",)], "Address 10.0.0.0/8": [("/c",)], "Host !*.y,* User ann Address 10.0.0.0/8": [("/c",)],
    }),
    ("sshd_config", SSHD[4], ("banner",), {"": [("none",)], "Host someone-else": [("/a",)], "Address 203.0.113.77": [("/a",)], "User ann": [("/a",)]}),
    ("sshd_config", SSHD[5], ("banner",), {"": [("none",)], "LocalPort 2": [], "LocalAddress *": [], "RDomain *": [], "User ann": [("/l",)]}),
    ("ssh_config", SSH[0], ("port",), {
        "": [(3,)], "a? b": [(1,), (1,)], "ax": [(1,)], "*": [(3,)], "user joe": [(3,)], "localuser me": [(3,)], "exec true": [], "!host q": [],
    }),
    ("ssh_config", SSH[1], ("port",), {"": [(4,)], "a": [(3,)], "b": [(2,)], "host b": [(2,)], "final all": [(4,)]}),
    ("ssh_config", SSH[2], ("serveraliveinterval",), {"": [(0,)], "a": [(300,)], "b": [(5,)]}),
    ("ssh_config", SSH[3], ("proxyjump", "proxycommand"), {"": [(None, None)], "a": [(None, "x")]}),
    ("ssh_config", SSH[4], ("port",), {"": [(22,)], "exec maybe": [], "a": []}),
    ("ssh_config", SSH[5], ("serveraliveinterval",), {"": [(0,)], "a": [(300,)], "exec maybe": [], "b": []}),
    ("ssh_config", SSH[6], ("port",), {"": [(22,)], "a": [(2,)], "final host x": [], "x": [(3,)]}),
    ("ssh_config", SSH[7], ("port",), {"": [(22,)], "a": [(3,)], "user u": [(3,)]}),
    ("ssh_config", SSH[8], ("port",), {"": [(22,)], "a": [(1,)], "user joe": [(2,)]}),
    ("ssh_config", SSH[9], ("port",), {"": [(22,)], "a": [(2,)], "tagged t": [], "tagged q": []}),
)  # fmt: skip


@pytest.mark.parametrize(("kind", "lines", "options", "expected"), VALUES)
def test_values(
    kind: Kind, lines: str, options: tuple[str, ...], expected: dict[str, list[tuple[Value, ...]]]
) -> None:
    config = config_with(kind, lines, "debian-12")
    found = {}
    for block in [None, *config.blocks]:
        samples = values_of_samples(options, block, config)
        assert samples.complete
        name = block.header.raw.strip().decode().partition(" ")[2] if block else ""
        found[name] = [tuple(values[option] for option in options) for values in samples.values]
    assert found == expected
    assert config.notes == []


def test_what_is_not_read_may_decide() -> None:
    config = config_with("ssh_config", "Include %d/x; Host a; Port 1")
    assert values_of_samples(("port",), config.blocks[0], config) == Samples(())
    assert values_of_samples(("port",), None, config) == Samples(())
    fragment = config_with("ssh_config", "Host a; Port 1")
    fragment.fragment = True
    assert values_of_samples(("port",), fragment.blocks[0], fragment) == Samples(())
    assert values_of_samples(("port",), None, fragment) == Samples(())


@pytest.mark.parametrize(
    ("port", "expected"), [(1, False), (2, True), (22, True)]
)  # fmt: skip
def test_contradicted(port: int, expected: bool) -> None:
    """Line 2 decides for the client of the second block, too."""
    config = config_with("ssh_config", "Host a*; Port 1; Host ab; Port 2")
    assert contradicted({"port": port}, config.blocks[1], config) is expected


def test_nothing_contradicts_where_no_client_can_be_made() -> None:
    config = config_with("ssh_config", "Match exec true; Port 1")
    assert not contradicted({"port": 2}, config.blocks[0], config)


@pytest.mark.parametrize(("blocks", "complete"), [(400, True), (401, False)])
def test_too_many_blocks(blocks: int, complete: bool) -> None:
    """It is noted once, and all values count as contradicted."""
    lines = "; ".join(f"Host a*{number}*; Port 1" for number in range(blocks - 1))
    names = "".join(str(number) for number in range(blocks - 1))
    config = config_with("ssh_config", f"{lines}; Host a{names}; Port 2")
    for _ in range(2):
        assert values_of_samples(("port",), config.blocks[-1], config).complete is complete
    assert contradicted({"port": 1}, config.blocks[-1], config) is not complete
    assert config.notes == ([] if complete else [TOO_MANY])


TOO_MANY = (
    "/etc/ssh/ssh_config: more than 400 blocks may apply to one client; what some blocks do to the keepalive "
    "of others is not reported"
)
