"""The policies that come with sshkeep: each can be read, lets a config pass that does what it asks, and
tells of each of its items where a config does not."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from sshkeep.fix.plan import plan_selected
from sshkeep.lint.finding import Finding
from sshkeep.lint.own_rule import what_it_asks
from sshkeep.lint.registry import all_rules
from sshkeep.lint.runner import lint_config
from sshkeep.lint.selection import Selection, select_rules
from sshkeep.openssh.algorithms.names import supported
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.patterns import match_pattern
from sshkeep.openssh.releases import NEWEST, OLDEST, Release
from sshkeep.openssh.tables.keywords import keywords
from sshkeep.openssh.targets import Target, target_of
from sshkeep.policy.load import load_policy
from sshkeep.policy.profiles import profiles
from sshkeep.policy.resolved_policy import ResolvedPolicy
from sshkeep.testing import config_of, tree_of

TARGETS = ("debian-11", "debian-12", "debian-13", "ubuntu-24.04", "rhel-9", "openssh-10.5")
TRIED = ("debian-11", "rhel-9", "openssh-10.5")
KINDS: tuple[Kind, ...] = ("sshd_config", "ssh_config")
NAMES = ("anssi", "bsi", "cis", "dev-sec", "mozilla", "ssh-audit", "stig")
Item = dict[str, Any]

# What the built-in rules that a profile selects ask for: a line that does it, and one that does not.
SELECTED = {
    "user-access": ("AllowGroups ssh-users", "# nobody is named"),
    "max-startups": ("MaxStartups 10:30:60", "MaxStartups 10:30:100"),
    "post-quantum": ("", "KexAlgorithms curve25519-sha256"),
}
SINCE = {"post-quantum": Release(8, 5)}
# What no rule makes of the data: words that are not what they must be, and what has no value to write.
OTHERWISE = {
    "AuthenticationMethods": "publickey,password password",
    "Banner": "/etc/motd",
    "LogLevel": "QUIET",
    "PermitRootLogin": "yes",
    "RekeyLimit": "2G 2h",
    "StrictHostKeyChecking": "no",
    "SyslogFacility": "USER",
}
WRITTEN = {"ListenAddress": "192.0.2.1"}
OF_EVERY_ITEM = {"id", "keyword", "applies_to", "severity", "since", "until", "fix", "safe"}


@cache
def profile(name: str) -> dict[str, Any]:
    """The profile as it stands in its file, each value as its text."""
    loaded: dict[str, Any] = YAML(typ="safe", pure=True).load(Path(profiles()[name]).read_text())
    return loaded


def items(name: str, kind: Kind, target: Target) -> list[Item]:
    """The own rules of a profile that are about a config of this kind and target."""
    known = keywords(kind, target)
    return [
        item
        for item in profile(name)["own"]
        if item["keyword"].lower() in {row.option for row in known.values()}
        and item.get("applies_to", kind) == kind
        and released(item.get("since"), OLDEST) <= target.release <= released(item.get("until"), NEWEST)
    ]


def released(name: str | None, otherwise: Release) -> Release:
    return target_of(name).release if name else otherwise


def spelt(item: Item, kind: Kind, target: Target) -> str:
    """The keyword as the target spells it."""
    known = keywords(kind, target)
    name = item["keyword"].lower()
    return (known.get(name) or next(row for row in known.values() if row.option == name)).name


def good(item: Item) -> str:
    return WRITTEN.get(item["keyword"]) or str(item["fix"])


def bad(item: Item, target: Target) -> str | None:
    """A value that is not what the item asks for; None where there must be no line."""
    if {"required", "because"} >= item.keys() - OF_EVERY_ITEM:
        return None
    if "between" in item:
        return str(int(item["between"][1]) + 1)
    if "forbid" in item:
        return next(forbidden(item, target))
    wanted = str(item.get("must_be", ""))
    if wanted.isdigit():
        return str(int(wanted) + 1)
    return {"yes": "no", "no": "yes"}.get(wanted) or OTHERWISE[item["keyword"]]


def forbidden(item: Item, target: Target) -> Iterator[str]:
    lists = {
        "Ciphers": "ciphers",
        "MACs": "macs",
        "KexAlgorithms": "kex",
        "HostKeyAlgorithms": "keys",
        "PubkeyAcceptedAlgorithms": "keys",
        "HostbasedAcceptedAlgorithms": "keys",
        "CASignatureAlgorithms": "signatures",
    }
    for pattern in item["forbid"]:
        if item["keyword"] not in lists:
            yield pattern
            continue
        names = supported(lists[item["keyword"]], target)
        yield from (f"+{name}" for name in names if match_pattern(name, pattern))


def lines(name: str, kind: Kind, target: Target) -> dict[str, str]:
    """By id, a line that does what each item asks for."""
    written = {item["id"]: f"{spelt(item, kind, target)} {good(item)}" for item in items(name, kind, target)}
    if kind == "sshd_config":
        rules = profile(name).get("extend_select", ())
        written |= {rule: SELECTED[rule][0] for rule in rules if target.release >= SINCE.get(rule, OLDEST)}
    return written


@cache
def ruled(name: str) -> ResolvedPolicy:
    return load_policy(profiles()[name])


def selection(name: str) -> Selection:
    """The default groups and the profile."""
    ruling = ruled(name)
    return select_rules({**all_rules(), **ruling.own}, ruling.layers("/nowhere/x"))


def lint(name: str, kind: Kind, target: Target, text: str) -> list[Finding]:
    """What the default groups and the profile say."""
    return list(lint_config(config_of({kind: text}, target=target), selection(name)).findings)


# What keepalive asks of both, where a profile does not say.
INTERVAL = {"sshd_config": "ClientAliveInterval", "ssh_config": "ServerAliveInterval"}


def text_of(written: dict[str, str], kind: Kind) -> str:
    text = "".join(f"{line}\n" for line in written.values() if line)
    return text if INTERVAL[kind] in text else f"{text}{INTERVAL[kind]} 30\n"


def test_these_profiles_are_there() -> None:
    assert tuple(profiles()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_wrong_in_one(name: str) -> None:
    """Read by itself, its rules are checked, which they are not where a policy extends it."""
    assert load_policy(profiles()[name]).own


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", NAMES)
def test_a_config_that_does_all_is_clean(name: str, kind: Kind, target: str) -> None:
    text = text_of(lines(name, kind, target_of(target)), kind)
    assert [(f.rule, f.message) for f in lint(name, kind, target_of(target), text)] == []


CASES = [
    pytest.param(name, kind, target, id, id=f"{name} {target} {id}")
    for name in NAMES
    for kind in KINDS
    for target in TRIED
    for id in lines(name, kind, target_of(target))
]


@pytest.mark.parametrize(("name", "kind", "target", "id"), CASES)
def test_each_item_is_missed(name: str, kind: Kind, target: str, id: str) -> None:
    there = target_of(target)
    written = lines(name, kind, there)
    if id in SELECTED:
        # The line would be behind one that the profile asks for, and lose.
        written = {key: line for key, line in written.items() if not key.endswith("kex-algorithms")}
        written[id] = SELECTED[id][1]
    else:
        item = next(item for item in items(name, kind, there) if item["id"] == id)
        value = bad(item, there)
        written[id] = "" if value is None else f"{spelt(item, kind, there)} {value}"
    found = lint(name, kind, there, text_of(written, kind))
    assert id in {finding.rule for finding in found}


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", NAMES)
def test_the_fixes_of_an_empty_config_leave_nothing_to_fix(name: str, kind: Kind, target: str) -> None:
    plan = plan_selected(tree_of({kind: ""}, target=target), selection(name), unsafe=True)
    assert {finding.rule for finding in plan.left} <= {
        "user-access",
        "cis-listen-address",
        "dev-sec-listen-address",
        "anssi-listen-address",
    }


def test_what_is_missing_at_one_place_is_not_taken_for_one_cause() -> None:
    """In an empty file, all that is missing has the same place, and each is told for itself."""
    config = config_of({"sshd_config": ""}, target="openssh-9.6")
    found = lint_config(config, selection("cis")).findings
    assert {"max-startups", "user-access", "cis-banner"} <= {finding.rule for finding in found}


def test_two_profiles_that_disagree_are_said_to(tmp_path: Path) -> None:
    """DISA asks for PrintLastLog yes, dev-sec for no."""
    policy = tmp_path / "sshkeep.yaml"
    policy.write_text("extend: [stig, dev-sec]\n")
    ruling = load_policy(str(policy))
    chosen = select_rules({**all_rules(), **ruling.own}, ruling.layers("/nowhere/x"))
    for value, rule, other in (("no", "stig", "dev-sec"), ("yes", "dev-sec", "stig")):
        config = config_of({"sshd_config": f"PrintLastLog {value}\n"}, target="openssh-9.6")
        found = {finding.rule: finding for finding in lint_config(config, chosen).findings}
        assert found[f"{rule}-print-last-log"].notes == (
            f"no fix: {other}-print-last-log disagrees, and asks for another value",
        )


def test_every_item_is_tried_on_some_target() -> None:
    tried = {case.values[3] for case in CASES}
    assert {item["id"] for name in NAMES for item in profile(name)["own"]} <= tried


@pytest.mark.parametrize("name", NAMES)
def test_each_item_names_its_source(name: str) -> None:
    (guide,) = ruled(name).guides
    titles = tuple(document.full_title for document in guide.documents)
    for id, loaded in ruled(name).own.items():
        assert id.startswith(f"{name}-")
        assert loaded.rule.references
        assert all(each.startswith(titles) for each in loaded.rule.references)


@pytest.mark.parametrize("name", NAMES)
def test_each_control_is_checked_or_says_why_not(name: str) -> None:
    (guide,) = ruled(name).guides
    assert guide.profile == name
    assert all(re.search(r"\d", document.version) and document.source for document in guide.documents)
    asked = {rule for control in guide.controls for rule in control.rules}
    assert asked == {*ruled(name).own, *profile(name).get("extend_select", ())}
    for control in guide.controls:
        assert bool(control.rules) != bool(control.unchecked)
        assert bool(what_it_asks(control, {**all_rules(), **ruled(name).own})) == bool(control.rules)


# How many controls of each document sshkeep checks, and how many it does not: counted in the sources.
COUNTED = [
    ("cis", "debian-12", 20, 5),
    ("cis", "debian-13", 20, 5),
    ("cis", "ubuntu-24.04", 21, 5),
    ("cis", "rhel-8", 19, 13),
    ("cis", "rhel-9", 19, 12),
    ("cis", "rhel-10", 19, 9),
    ("stig", "rhel-8", 14, 16),
    ("stig", "rhel-9", 23, 16),
    ("stig", "ubuntu-24.04", 14, 5),
    ("bsi", "tr-02102-4", 13, 2),
    ("dev-sec", "baseline", 52, 19),
    ("mozilla", "modern", 10, 5),
    ("mozilla", "intermediate", 6, 3),
]


@pytest.mark.parametrize(("name", "document", "checked", "unchecked"), COUNTED)
def test_no_control_is_left_out(name: str, document: str, checked: int, unchecked: int) -> None:
    (guide,) = ruled(name).guides
    inside = [control for control in guide.controls if document in control.ids]
    assert len([control for control in inside if control.rules]) == checked
    assert len([control for control in inside if control.unchecked]) == unchecked
    if name == "cis":
        numbers = [control.ids[document] for control in inside]
        section = [int(number.split(".")[2]) for number in numbers if number.startswith("5.1.")]
        assert sorted(section) == list(range(1, len(section) + 1))


# What a guide takes, and what it does not: profile, file, target, lines, the rules that find something.
VALUES = [
    # Any file will do as a notice, but for none.
    ("cis", "debian-12", "Banner /srv/notice", []),
    ("cis", "debian-12", "Banner none", ["cis-banner"]),
    ("stig", "rhel-9", "Banner /srv/notice", []),
    # Of MACs, CIS names these, and not hmac-sha1 or umac-128@openssh.com.
    ("cis", "rhel-9", "MACs hmac-sha2-256,hmac-sha1,umac-128@openssh.com", []),
    ("cis", "ubuntu-24.04", "MACs hmac-sha2-256,umac-128-etm@openssh.com", ["cis-macs"]),
    ("cis", "debian-12", "MACs hmac-sha1-96", ["cis-macs"]),
    ("stig", "rhel-9", "MACs hmac-sha2-256,hmac-sha1", ["stig-macs"]),
    # Ubuntu 24.04 takes two groups that Ubuntu 22.04 does not.
    ("stig", "ubuntu-24.04", "KexAlgorithms diffie-hellman-group14-sha256,diffie-hellman-group16-sha512", []),
    ("stig", "ubuntu-24.04", "KexAlgorithms diffie-hellman-group18-sha512", ["stig-kex-algorithms-with-groups"]),
    ("stig", "ubuntu-22.04", "KexAlgorithms diffie-hellman-group14-sha256", ["stig-kex-algorithms"]),
    # A limit of both the data and the time.
    ("stig", "rhel-9", "RekeyLimit 512M 30m", []),
    ("stig", "rhel-9", "RekeyLimit 1G", ["stig-rekey-limit"]),
    ("stig", "rhel-9", "RekeyLimit default 1h", ["stig-rekey-limit"]),
    ("bsi", "debian-13", "RekeyLimit 2G 1h", ["bsi-rekey-limit"]),
    ("bsi", "debian-13", "MACs hmac-sha2-256-etm@openssh.com,hmac-sha2-512", []),
    ("bsi", "debian-13", "Ciphers aes256-gcm@openssh.com,chacha20-poly1305@openssh.com", ["bsi-ciphers"]),
    ("bsi", "debian-13", "HostKeyAlgorithms ecdsa-sha2-nistp256,ssh-ed25519", ["bsi-host-key-algorithms"]),
    ("ssh-audit", "debian-13", "KexAlgorithms curve25519-sha256", ["ssh-audit-post-quantum-only"]),
    ("ssh-audit", "debian-12", "KexAlgorithms curve25519-sha256", []),
]  # fmt: skip


@pytest.mark.parametrize(("name", "target", "line", "rules"), VALUES)
def test_values_that_a_guide_takes_or_not(name: str, target: str, line: str, rules: list[str]) -> None:
    keyword = line.split()[0]
    found = lint(name, "sshd_config", target_of(target), f"{line}\n")
    own = [finding.rule for finding in found if finding.rule.startswith(f"{name}-")]
    assert [rule for rule in own if ruled(name).own[rule].rule.summary.startswith(f"{keyword}:")] == rules


def test_a_line_that_only_states_the_default_is_a_safe_fix() -> None:
    """DISA asks for the line, even where the default does what it should."""
    found = {each.rule: each for each in lint("stig", "sshd_config", target_of("rhel-9"), "Port 22\n")}
    strict, root = found["stig-strict-modes"], found["stig-permit-root-login"]
    assert strict.message == "no line sets StrictModes: another release can have another default"
    assert strict.label == "not set; the default is yes; must be set by a line"
    assert strict.fix is not None and strict.fix.safety == "safe"
    assert root.fix is not None and root.fix.safety == "unsafe"
    named = lint("stig", "sshd_config", target_of("rhel-9"), "StrictModes no\n")
    (wrong,) = [each for each in named if each.rule == "stig-strict-modes"]
    assert wrong.message == ruled("stig").own["stig-strict-modes"].rule.summary.removeprefix("StrictModes: ")
    assert wrong.fix is not None and wrong.fix.safety == "unsafe"


def test_rules_of_the_group_are_advice_and_name_their_sources() -> None:
    rules = [rule for rule in all_rules().values() if rule.group == "security"]
    assert len(rules) > 30
    assert [rule.id for rule in rules if rule.rule.severity == "error" or not rule.rule.references] == []
