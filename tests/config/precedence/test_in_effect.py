"""The value for everyone and in a block, whether it is certain, and the lines that may decide beside a line."""

from __future__ import annotations

import pytest

from sshkeep.config.precedence.candidates import candidates_beside
from sshkeep.config.precedence.default_value import default_text
from sshkeep.config.precedence.global_value import InEffect, global_setting, global_value, in_effect
from sshkeep.config.precedence.in_block import value_in_block
from sshkeep.config.precedence.obtained import Setting
from sshkeep.config.precedence.shadowed import all_shadowed, shadowed, without_effect
from sshkeep.config.tree.config import Config, UnreadInclude
from sshkeep.errors import SshkeepError
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.values.arguments import Value
from sshkeep.testing import config_of
from tests.config.precedence.answers import line_text, number


def config_with(kind: Kind, lines: str, target: str = "openssh-9.9", **files: str) -> Config:
    texts = {name: text.replace("; ", "\n") + "\n" for name, text in {kind: lines, **files}.items()}
    return config_of(texts, kind, target)


def answer(found: InEffect) -> tuple[Value, int | None]:
    assert (found.entry is None) == (found.parsed is None)
    if found.parsed and not isinstance(found.value, tuple | dict):
        assert found.parsed.value == found.value
    return found.value, number(found.entry) if found.entry else None


# language, target, lines, option, for everyone, and in each block: the value and its line
BLOCKS: tuple[tuple[Kind, str, str, str, list[tuple[Value, int | None]]], ...] = (
    ("sshd_config", "openssh-9.9", "Banner /x; Match User ann; Banner /a; Match User bob; UseDNS no", "banner", [("/x", 1), ("/a", 3), ("/x", 1)]),
    ("sshd_config", "openssh-9.9", "Match User ann; Banner /a; Match all; Banner /b", "banner", [("/b", 4), ("/a", 2), ("/b", 4)]),
    ("sshd_config", "openssh-9.9", "Match all; Banner /b; Match User ann; Banner /a", "banner", [("/b", 2), ("/b", 2), ("/b", 2)]),
    ("sshd_config", "openssh-9.9", "Match User ann; Banner /a; Match Group g; Banner /b; Match User ann; Banner /c", "banner", [("none", None), ("/a", 2), ("/b", 4), ("/a", 2)]),
    ("sshd_config", "openssh-9.9", "AllowUsers a; Match User ann; AllowUsers b; AllowUsers c", "allowusers", [(("a",), 1), (("b", "c"), 3)]),
    ("sshd_config", "openssh-9.9", "RekeyLimit 1G; Match User ann; RekeyLimit 2G 1h", "rekeylimit", [({"size": 1 << 30}, 1), ({"size": 2 << 30, "time": 3600}, 3)]),
    ("ssh_config", "openssh-9.9", "Host a; Port 1; Host b; User u; Host *; Port 3; Port 4", "port", [(3, 6), (1, 2), (3, 6), (3, 6)]),
    ("ssh_config", "openssh-9.9", "Port 1; Host a; Port 2", "port", [(1, 1), (1, 1)]),
    ("ssh_config", "openssh-9.9", "Host a; Compression no", "port", [(22, None), (22, None)]),
    ("ssh_config", "debian-12", "Host a; BatchMode yes; Host b; ServerAliveInterval 5; Host c; BatchMode no", "serveraliveinterval", [(0, None), (300, None), (5, 4), (0, None)]),
    ("ssh_config", "openssh-9.2", "BatchMode yes; Host a; ServerAliveInterval 5", "serveraliveinterval", [(0, None), (5, 3)]),
    ("ssh_config", "debian-12", "BatchMode yes; Host a; ServerAliveInterval 5", "serveraliveinterval", [(300, None), (5, 3)]),
    ("ssh_config", "openssh-9.9", "Host a; ProxyCommand x; Host *; ProxyJump j", "proxyjump", [("j", 4), (None, None), ("j", 4)]),
    ("ssh_config", "openssh-9.9", "SendEnv A; Host a; SendEnv -A; SendEnv B", "sendenv", [(("A",), 1), (("B",), 1)]),
)  # fmt: skip


@pytest.mark.parametrize(("kind", "target", "lines", "option", "values"), BLOCKS)
def test_for_everyone_and_in_each_block(
    kind: Kind, target: str, lines: str, option: str, values: list[tuple[Value, int | None]]
) -> None:
    config = config_with(kind, lines, target)
    found = [
        global_value(option, config),
        *(value_in_block(option, block, config) for block in config.blocks),
    ]
    assert [answer(each) for each in found] == values
    assert all(each.certain for each in found)
    assert value_in_block(option, None, config) == found[0]


def test_blocks_within_blocks() -> None:
    """The blocks around it apply with a block in an included file."""
    config = config_with(
        "ssh_config",
        "Host a; Port 1; Include /etc/ssh/b; Host *; Port 9",
        b="Host b; Port 2; User u; Host *; User v",
    )
    outer, inner, every, _ = config.blocks
    assert value_in_block("port", inner, config).value == 1
    assert value_in_block("user", inner, config).value == "u"
    assert value_in_block("user", every, config).value == "v"
    assert value_in_block("port", outer, config).value == 1
    assert global_value("port", config).value == 9


# language, lines, number of entries read before the file that could not be read, option: whether it is certain
UNREAD: tuple[tuple[Kind, str, int, str, bool], ...] = (
    ("ssh_config", "Port 1; Host *; Port 2", 1, "port", True),
    ("ssh_config", "Port 1; Host *; Port 2", 0, "port", False),
    ("ssh_config", "Host *; Port 2", 0, "port", False),
    ("ssh_config", "Host *; Port 2", 1, "port", True),
    ("ssh_config", "User u", 1, "port", False),
    ("ssh_config", "SendEnv A", 1, "sendenv", False),
    ("ssh_config", "RekeyLimit 1G; RekeyLimit 1G 1h", 1, "rekeylimit", False),
    ("ssh_config", "RekeyLimit 1G; RekeyLimit 1G 1h", 2, "rekeylimit", True),
    ("sshd_config", "Port 1", 1, "port", False),
    ("sshd_config", "UseDNS no", 1, "usedns", False),
)  # fmt: skip


@pytest.mark.parametrize(("kind", "lines", "position", "option", "certain"), UNREAD)
def test_a_file_that_is_not_read(kind: Kind, lines: str, position: int, option: str, certain: bool) -> None:
    config = config_with(kind, lines)
    assert global_value(option, config).certain
    config = config_with(kind, lines)
    directive = config.entries[0].directive
    config.unread.append(UnreadInclude("/etc/ssh/x", directive, None, position, "permission denied"))
    assert global_value(option, config).certain is certain


def test_a_later_line_that_wins_may_be_in_a_file_that_is_not_read() -> None:
    config = config_with("ssh_config", "TunnelDevice 1:1; Include %d/x", "openssh-8.6")
    assert not global_value("tunneldevice", config).certain
    config = config_with("ssh_config", "TunnelDevice 1:1; Include %d/x", "openssh-8.7")
    assert global_value("tunneldevice", config).certain


def test_a_block_that_is_not_known_makes_it_uncertain() -> None:
    config = config_with("ssh_config", "Port 1; Include %d/x")
    setting = global_setting("port", config)
    assert in_effect(setting, config, lambda option: None).certain
    assert not in_effect(setting._replace(maybe=setting.won), config, lambda option: None).certain


def test_what_the_main_file_may_set() -> None:
    """A drop-in without its main file: the default is not certain, its lines are."""
    config = config_with("ssh_config", "Port 1")
    config.fragment = True
    assert global_value("port", config).certain
    assert not global_value("user", config).certain


def test_a_default_that_depends_on_another_option() -> None:
    config = config_with("ssh_config", "Port 1", "debian-12")
    setting = Setting("serveraliveinterval")
    assert in_effect(setting, config, lambda option: "yes" if option == "batchmode" else None).value == 300
    assert in_effect(setting, config, lambda option: "no").value == 0


@pytest.mark.parametrize(
    ("kind", "option", "text"),
    [
        ("sshd_config", "clientaliveinterval", "0"),
        ("ssh_config", "port", "22"),
        ("ssh_config", "hostname", ""),
        ("ssh_config", "sendenv", ""),
        ("sshd_config", "listenaddress", "[::]:22"),
    ],
)
def test_the_default_as_it_is_printed(kind: Kind, option: str, text: str) -> None:
    assert default_text(option, config_with(kind, "Port 1")) == text


# language, target, lines, option, line: the lines that may decide beside it, and whether the default may hold
BESIDE: tuple[tuple[Kind, str, str, str, int, str, bool], ...] = (
    ("ssh_config", "openssh-9.9", "Host a; Port 1; Host b; Port 2; Host *; Port 3; Port 4", "port", 4, "2 [Host a], 4 [Host b]", False),
    ("ssh_config", "openssh-9.9", "Host a; Port 1; Host b; User u; Host *; Port 3; Port 4", "port", 4, "2 [Host a], 6", False),
    ("ssh_config", "openssh-9.9", "Host a; Port 1; Host b; User u", "port", 4, "2 [Host a]", True),
    ("ssh_config", "openssh-9.9", "Host b; User u", "port", 2, "", True),
    ("ssh_config", "openssh-9.9", "Match final all; Port 1; Host a; Port 2; Host b; User u", "port", 6, "4 [Host a], 2~", True),
    ("ssh_config", "openssh-9.9", "Match final all; Port 1; Host a; Port 2", "port", 2, "4 [Host a], 2~", False),
    ("ssh_config", "openssh-8.6", "TunnelDevice 1:1; Host b; User u", "tunneldevice", 3, "1~", False),
    ("ssh_config", "openssh-9.9", "SendEnv A; SendEnv B; Host a; SendEnv C", "sendenv", 1, "1, 2, 4 [Host a]", False),
    ("ssh_config", "openssh-9.9", "ProxyJump j; ProxyJump k; Host a; ProxyCommand x", "proxyjump", 1, "1, 2", False),
    ("ssh_config", "openssh-9.9", "RekeyLimit 1G; Host a; RekeyLimit 2G 1h; Host b; RekeyLimit 3G", "rekeylimit", 3, "1, 3 [Host a]", False),
    ("ssh_config", "openssh-9.9", "RekeyLimit 1G; Host a; RekeyLimit 2G 1h; Host b; RekeyLimit 3G", "rekeylimit", 5, "1, 3 [Host a]", False),
    ("sshd_config", "openssh-9.9", "Banner /x; Match User a; Banner /y; Match User b; Banner /z", "banner", 5, "3 [Match User a], 5 [Match User b]", False),
    ("sshd_config", "openssh-9.9", "Banner /x; Match User a; Banner /y; Match User b; X11Forwarding no", "banner", 5, "3 [Match User a], 1~", False),
)  # fmt: skip


@pytest.mark.parametrize(("kind", "target", "lines", "option", "line", "text", "unset"), BESIDE)
def test_candidates_beside_a_line(
    kind: Kind, target: str, lines: str, option: str, line: int, text: str, unset: bool
) -> None:
    config = config_with(kind, lines, target)
    entry = next(entry for entry in config.entries if number(entry) == line)
    found = candidates_beside(option, entry, config)
    assert (", ".join(map(line_text, found.lines)), found.unset) == (text, unset)


# language, lines: the lines of any option that never take effect
DEAD: tuple[tuple[Kind, str, str, list[int]], ...] = (
    ("sshd_config", "openssh-9.9", "UseDNS no; Port 1; UseDNS yes; Port 2; Banner /a; Banner /b", [3, 6]),
    ("sshd_config", "openssh-9.9", "Banner /a; Match all; Banner /b; Match User ann; X11Forwarding no; X11Forwarding yes", [1, 6]),
    ("sshd_config", "openssh-9.9", "Match User ann,bob; Banner /b; X11Forwarding no; Match User ann; Banner /c", [5]),
    ("sshd_config", "openssh-9.9", "Match User ann; Banner /b; Match User bob; Banner /c", []),
    ("sshd_config", "openssh-9.9", "UnknownWord x; UnknownWord y", []),
    ("sshd_config", "openssh-9.4", "FingerprintHash md5; FingerprintHash sha256", [1]),
    ("sshd_config", "openssh-10.2", "Match User ann; IPQoS ef; Match all; IPQoS cs1", [2]),
    ("ssh_config", "openssh-9.9", "Port 1; Host a; Port 2; User u; Host b; User v", [3]),
    ("ssh_config", "openssh-9.9", "Host a; User u; Match all; Port 1; Host b; Port 2; User v", [6]),
    ("ssh_config", "openssh-9.9", "Host a*; Port 1; Host ab; Port 2; User u; Host a*; User v", [4]),
    ("ssh_config", "openssh-8.6", "TunnelDevice 1:1; Host a; Port 1; Host *; TunnelDevice 2:2", [1]),
    ("ssh_config", "openssh-9.9", "Host a; ProxyJump j; Host a; ProxyCommand x", [4]),
    ("ssh_config", "openssh-10.5", "Host a; StreamLocalBindMask 0177; Host b; StreamLocalBindMask 0111", [2]),
)  # fmt: skip


@pytest.mark.parametrize(("kind", "target", "lines", "dead"), DEAD)
def test_lines_of_all_options_without_effect(kind: Kind, target: str, lines: str, dead: list[int]) -> None:
    config = config_with(kind, lines, target)
    assert [number(line.entry) for line in all_shadowed(config)] == dead
    assert [number(line.entry) for line in without_effect(config)] == dead
    assert config.notes == []


def test_a_line_that_takes_effect_where_another_line_includes_it() -> None:
    """The file is read in two blocks; only in the second one the line comes too late."""
    lines = "Host a; Include /etc/ssh/b; Host b; Port 2; Include /etc/ssh/b; Host *; User u; User v"
    config = config_with("ssh_config", lines, b="Port 1; Compression no")
    assert [number(line.entry) for line in all_shadowed(config)] == [1, 8]
    assert [number(line.entry) for line in without_effect(config)] == [8]


def test_too_many_patterns_are_noted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sshkeep.config.blocks.subsumption.WORK_LIMIT", 3)
    lines = "; ".join(f"Host *{one}*{one}; Port 1; User u" for one in "abcdefgh")
    config = config_with("ssh_config", f"{lines}; Host xx; Port 2; User v")
    all_shadowed(config)
    assert config.notes == [
        "/etc/ssh/ssh_config: stopped comparing Host patterns after 3 pairs; further lines that never take "
        "effect may be missed"
    ]


def test_too_many_patterns_of_one_option_are_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sshkeep.config.blocks.subsumption.WORK_LIMIT", 3)
    lines = "; ".join(f"Host *{one}*{one}; Port 1" for one in "abcdefgh")
    config = config_with("ssh_config", f"{lines}; Host xx; Port 2")
    assert shadowed("port", config) == []
    assert len(config.notes) == 1


def test_too_many_names_that_are_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each pattern is compared with each name that is there; a pattern without a wildcard is looked up."""
    monkeypatch.setattr("sshkeep.config.precedence.obtained.MAX_COMPARISONS", 4)
    config = config_with("ssh_config", "SendEnv A B; SendEnv -x*; SendEnv -y* -B")
    assert global_value("sendenv", config).value == ("A",)
    config = config_with("ssh_config", "SendEnv A B; SendEnv -x*; SendEnv -y* C -z*")
    with pytest.raises(SshkeepError) as error:
        global_value("sendenv", config)
    assert (error.value.sentence, error.value.hint) == (
        "/etc/ssh/ssh_config: taking names away needs more than 4 comparisons",
        "sshkeep makes no more for one option",
    )
