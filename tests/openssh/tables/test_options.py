"""Rows of the tables of options are complete: a test fails with the option's name where a fact is missing."""

import subprocess
import sys
from functools import lru_cache
from pathlib import Path

import pytest

from sshkeep.openssh.algorithms.defaults import ALGORITHM_FAMILIES
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.releases import NEWEST, OLDEST
from sshkeep.openssh.tables.defaults import default_lines, default_value, printed_names, prints
from sshkeep.openssh.tables.keywords import keyword_for, option_row, option_rows, vendor_option_rows
from sshkeep.openssh.tables.option import BY_RELEASE, UNPRINTED, Option
from sshkeep.openssh.targets import target_of
from sshkeep.openssh.values.arguments import Value
from sshkeep.settings import field_types
from tests.program import ROOT
from tests.settings.source import TARGETS

KINDS: tuple[Kind, ...] = ("sshd_config", "ssh_config")
EVERY = [(kind, row) for kind in KINDS for row in (*option_rows(kind), *vendor_option_rows(kind))]
SETTINGS = [(kind, row) for kind, row in EVERY if row.type.sets_option]

PRINTS_NOTHING = {
    "sshd_config": ("gssauthentication", "gsscleanupcreds", "gssdelegatecreds", "gssstrictacceptor"),
    "ssh_config": ("refuseconnection",),
}
"""Options of upstream's without a line: 10.4's accident, which no build with GSSAPI was seen of, and the one
that ends ssh."""


def named(given: tuple[Kind, Option]) -> str:
    return f"{given[0]}-{given[1].name}"


@pytest.mark.parametrize(("kind", "row"), EVERY, ids=map(named, EVERY))
def test_a_row_is_found_by_its_name_and_stands_once(kind: Kind, row: Option) -> None:
    assert option_row(row.name.lower(), kind) is row
    assert [other for k, other in EVERY if k == kind and other.name.lower() == row.name.lower()] == [row]


@pytest.mark.parametrize(("kind", "row"), SETTINGS, ids=map(named, SETTINGS))
def test_an_option_that_some_target_knows_is_printed_by_it(kind: Kind, row: Option) -> None:
    """Where a keyword had no default, `effective` printed "(not set)" though a line set it."""
    option = row.name.lower()
    if option in PRINTS_NOTHING[kind] or (row in vendor_option_rows(kind) and not row.printed):
        assert row.default == UNPRINTED
        return
    assert row.default != UNPRINTED
    assert option in printed_by_some_target(kind)


@lru_cache(maxsize=2)
def printed_by_some_target(kind: Kind) -> set[str]:
    names = {name for target in TARGETS for name in prints(kind, target)}
    return {printed_names(kind).get(name, name) for name in names}


@pytest.mark.parametrize(("kind", "row"), SETTINGS, ids=map(named, SETTINGS))
def test_a_default_is_a_value_that_its_own_target_takes(kind: Kind, row: Option) -> None:
    option = row.name.lower()
    for target in TARGETS:
        lines = default_lines(option, kind, target)
        known = keyword_for(option, kind, target)
        depends = [each for each in row.vendor_defaults if each.depends_on_build]
        if lines and lines[0] and "{" not in lines[0] and known and not known.state:
            unset = depends or lines[0] == "none" or (row.type.name, lines[0]) in READ_AS_UNSET
            assert unset or default_value(option, kind, target) is not None, (target.name, lines)


READ_AS_UNSET = {("agent socket", "none")}


@pytest.mark.parametrize(("kind", "row"), SETTINGS, ids=map(named, SETTINGS))
def test_releases_are_in_order(kind: Kind, row: Option) -> None:
    changes = [since for since, _ in row.changes]
    assert changes == sorted(set(changes))
    assert all(OLDEST < since <= NEWEST for since in changes)
    ranges = [(each.since, each.until) for each in row.printed]
    for since, until in [*ranges, *((each.since, each.until) for each in row.vendor_defaults)]:
        assert OLDEST <= since <= until <= NEWEST


@pytest.mark.parametrize(("kind", "row"), SETTINGS, ids=map(named, SETTINGS))
def test_a_setting_s_type_is_named_where_it_is_not_the_usual_one(kind: Kind, row: Option) -> None:
    if row.setting:
        name = row.setting.removesuffix(" | None")
        assert hasattr(field_types, name)
        assert row.setting != row.type.settings[0]
        assert name in row.type.settings


@pytest.mark.parametrize(("kind", "row"), SETTINGS, ids=map(named, SETTINGS))
def test_algorithm_lists_have_a_default_by_release(kind: Kind, row: Option) -> None:
    is_list = row.type.is_algorithm_list
    assert (row.default == BY_RELEASE) == is_list == (row.name.lower() in ALGORITHM_FAMILIES)


VALUES: tuple[tuple[str, Kind, str, Value], ...] = (
    ("clientaliveinterval", "sshd_config", "openssh-9.2", 0),
    ("clientalivecountmax", "sshd_config", "openssh-9.2", 3),
    ("serveraliveinterval", "ssh_config", "debian-12", 0),
    ("serveraliveinterval", "ssh_config", "clear-linux", 120),
    ("tcpkeepalive", "ssh_config", "openssh-8.0", "yes"),
    ("tcpkeepalive", "sshd_config", "openssh-10.6", "yes"),
    ("unusedconnectiontimeout", "sshd_config", "openssh-9.2", 0),
    ("unusedconnectiontimeout", "sshd_config", "openssh-9.1", None),
    ("connecttimeout", "ssh_config", "openssh-9.2", None),
    ("port", "ssh_config", "openssh-9.2", 22),
    ("port", "ssh_config", "hpn-18.1.0", 2222),
    ("maxstartups", "sshd_config", "openssh-10.6", "10:30:100"),
    ("maxstartups", "sshd_config", "openssh-9.2", {"begin": 10, "rate": 30, "max": 100}),
    ("rekeylimit", "ssh_config", "openssh-9.2", {"size": 0, "time": 0}),
    ("permitrootlogin", "sshd_config", "openssh-9.2", "prohibit-password"),
    ("permitrootlogin", "sshd_config", "freebsd-14", "no"),
    ("permitrootlogin", "sshd_config", "sle-15.6", None),
    ("x11forwarding", "sshd_config", "freebsd-14", None),
    ("verifyhostkeydns", "ssh_config", "freebsd-14", None),
    ("hostbasedacceptedalgorithms", "sshd_config", "openssh-8.0", None),
    ("usepam", "sshd_config", "openssh-9.2", None),
    ("usepam", "sshd_config", "debian-12", "no"),
    ("user", "ssh_config", "openssh-9.2", None),
    ("proxycommand", "ssh_config", "openssh-9.2", None),
    ("usekeychain", "ssh_config", "macos-15", None),
    ("afstokenpassing", "sshd_config", "openssh-9.2", None),
    ("nosuchoption", "sshd_config", "openssh-9.2", None),
)


@pytest.mark.parametrize(("option", "kind", "name", "value"), VALUES)
def test_the_default_as_a_value(option: str, kind: Kind, name: str, value: Value) -> None:
    if option == "hostbasedacceptedalgorithms":
        assert str(default_value(option, kind, target_of(name))).startswith("ecdsa-sha2-nistp256-cert")
        return
    assert default_value(option, kind, target_of(name)) == value


def test_a_lint_loads_the_tables_and_readers_that_it_needs(tmp_path: Path) -> None:
    config = tmp_path / "sshd_config"
    config.write_text("Port 22\nClientAliveInterval 60\n")
    command = [
        sys.executable,
        "-X",
        "importtime",
        "-m",
        "sshkeep",
        "lint",
        "--target",
        "debian-12",
        str(config),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert {"sshkeep.openssh.tables.sshd_options", "sshkeep.openssh.values.numbers"} <= loaded
    tables = {f"sshkeep.openssh.tables.{name}_options" for name in ("ssh", "sshd_vendor", "ssh_vendor")}
    modules = ("composite", "connection_limits", "domains", "forwards", "hostports", "ipqos")
    readers = {f"sshkeep.openssh.values.{name}" for name in modules}
    assert loaded & (tables | readers | {"pydantic", "sshkeep.settings.base"}) == set()
