"""Which lines decide an option, in which order they win, and which never take effect.

`test_views` holds the same answers against each other on generated configs, tests/oracle against the programs.
"""

from __future__ import annotations

import pytest

from sshkeep.config.parse_line import ParsedLine, accepted_lines
from sshkeep.config.precedence.order import (
    conditions_of,
    effect_of,
    order,
    order_for_everyone,
    taken_at_start,
    taken_from_block,
)
from sshkeep.config.precedence.shadowed import all_shadowed, shadowed
from sshkeep.config.tree.block import Block
from sshkeep.config.tree.config import Config
from sshkeep.openssh.kind import Kind
from sshkeep.testing import config_of
from tests.config.precedence import ssh_lines, sshd_lines
from tests.config.precedence.answers import (
    everyone_text,
    lost_text,
    order_text,
    parts_text,
    setting_if_all_apply,
    shadowed_text,
    won_text,
)
from tests.config.precedence.case import Case

TABLE: dict[Kind, tuple[Case, ...]] = {"sshd_config": sshd_lines.CASES, "ssh_config": ssh_lines.CASES}
each_case = pytest.mark.parametrize(
    ("kind", "case"),
    [
        pytest.param(kind, case, id=f"{case.target} {case.lines}")
        for kind, cases in TABLE.items()
        for case in cases
    ],
)


def config_with(kind: Kind, case: Case) -> Config:
    """Made for each test: a config keeps its answers."""
    return config_of({kind: case.lines.replace("; ", "\n") + "\n"}, target=case.target)


@each_case
def test_order(kind: Kind, case: Case) -> None:
    """Of the option, of each of its parts, and for everyone."""
    config = config_with(kind, case)
    assert order_text(case.option, config) == case.order
    assert parts_text(case.option, config) == case.parts
    assert everyone_text(case.option, config) == case.everyone
    assert order_for_everyone(case.option, config) == [
        line for line in order(case.option, config) if not line.conditions
    ]


@each_case
def test_setting(kind: Kind, case: Case) -> None:
    config = config_with(kind, case)
    setting = setting_if_all_apply(case.option, config)
    assert (won_text(setting), lost_text(setting)) == (case.won, case.lost)
    assert (setting.value, setting.in_match, setting.adds) == (case.value, case.in_match, case.adds)
    assert setting.option == case.option
    assert all(lost.parsed == parsed_lines(config)[lost.entry.index] for lost in setting.lost)
    members = [(member.text, member.line.entry.index) for member in setting.members]
    assert all(text in str(parsed_lines(config)[index].value) for text, index in members)


def parsed_lines(config: Config) -> dict[int, ParsedLine]:
    """What each accepted line comes to, by its place in the walk."""
    lines = (line for option in config.names() for line in accepted_lines(option, config))
    return {entry.index: parsed for entry, parsed in lines}


@each_case
def test_shadowed(kind: Kind, case: Case) -> None:
    """A look at all options misses none that a look at one finds."""
    config = config_with(kind, case)
    assert shadowed_text(case.option, config) == case.shadowed
    found = shadowed(case.option, config)
    assert all(line.parsed == parsed_lines(config)[line.entry.index] for line in found)
    assert [line for line in all_shadowed(config) if line.entry.option == case.option] == found


# target, lines of the main file and of the file that it includes: the lines that sshd takes at start
INCLUDED: tuple[tuple[str, str, str, list[str]], ...] = (
    ("openssh-8.3", "AddressFamily inet; Include /etc/ssh/x; AddressFamily inet6", "UseDNS no; AddressFamily any", ["inet", "any"]),
    ("openssh-8.3", "Include /etc/ssh/x; AddressFamily inet; Include /etc/ssh/x", "UseDNS no", []),
    ("openssh-8.4", "Include /etc/ssh/x; AddressFamily inet; Include /etc/ssh/x", "UseDNS no", ["inet"]),
    ("openssh-8.3", "AddressFamily inet", "UseDNS no", ["inet"]),
    ("openssh-8.3", "Match User ann; AddressFamily inet", "UseDNS no", []),
)  # fmt: skip


@pytest.mark.parametrize(("target", "main", "included", "taken"), INCLUDED)
def test_the_end_of_an_included_file(target: str, main: str, included: str, taken: list[str]) -> None:
    """In sshd 8.2 and 8.3 it settles where sshd listens. Other options go on."""
    files = {"sshd_config": main.replace("; ", "\n"), "x": included.replace("; ", "\n")}
    config = config_of({name: f"{text}\n" for name, text in files.items()}, "sshd_config", target)
    entries = config.lines("addressfamily")
    values = {index: parsed.value for index, parsed in parsed_lines(config).items()}
    assert [values[entry.index] for entry in entries if taken_at_start(entry, config)] == taken
    assert all(taken_at_start(entry, config) for entry in config.lines("usedns"))
    assert not any(taken_from_block(entry, config) for entry in entries)


def test_what_is_equal_has_equal_effects() -> None:
    """Compared part by part: where the line stands in the file makes no difference."""
    first, second = (
        config_of({"sshd_config": f"{lines}\n"}, target="openssh-9.9")
        for lines in ("RekeyLimit 1G 1h", "Port 22\nRekeyLimit 1G 2h")
    )
    one, other = order("rekeylimit", first)[0], order("rekeylimit", second)[0]
    assert effect_of(one, "size") == effect_of(other, "size") == (1, (), "rekeylimit", 1 << 30)
    assert effect_of(one, "time") != effect_of(other, "time")
    assert effect_of(order("port", second)[0], "") == (1, (), "port", 22)


def test_the_conditions_of_blocks_that_are_made_up() -> None:
    """A rule's question about a block that no file has: it has no index, and its answer is not kept."""
    config = config_of({"ssh_config": "Host a\nInclude /etc/ssh/x\n", "x": "Host b\nPort 1\n"}, "ssh_config")
    inner = config.blocks[-1]
    assert conditions_of(inner, config) == (b"Host a", b"Host b")
    made_up = Block(inner.header, inner.outer, None, -1, 0)
    assert conditions_of(made_up, config) == (b"Host a", b"Host b")
