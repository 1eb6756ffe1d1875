"""A round of fixes is checked before it counts: a fix that fails its own promise is not written."""

from collections.abc import Iterator

import pytest

from sshkeep.edit.edits import Edit, LineMoves
from sshkeep.edit.intents import RenameKeyword, SetLine
from sshkeep.fix.left_out import MOST, NOT_TRIED
from sshkeep.fix.plan import plan_fixes
from sshkeep.lint import Config, Finding, Fix, Options, Rule
from sshkeep.lint.checks.findings import at_entry
from sshkeep.lint.registry import chosen_rules
from sshkeep.lint.rule import LoadedRule
from sshkeep.openssh.kind import Kind
from sshkeep.output.fix import plan_lines
from sshkeep.output.terminal import Terminal
from sshkeep.testing import tree_of

MENDED_TOGETHER = [
    pytest.param(
        "sshd_config",
        b'TCPKeepAlive 60\nKeepAlive "\n',
        b'TCPKeepAlive yes\nTCPKeepAlive "\nClientAliveInterval 30\n',
        id="a renamed line is bad in the way that a mended one was",
    ),
    pytest.param(
        "sshd_config",
        b"ClientAliveCntm\nClientAliveCountMax x\n",
        b"ClientAliveCountMax 3\nClientAliveInterval 30\n",
        id="a renamed line lacks what a mended one had wrong",
    ),
    pytest.param(
        "ssh_config",
        b'ClientAliveInterval x\nServerAliveInterval 60\nServerAliveInterval "60"\n',
        b"ServerAliveInterval 60\n",
        id="a line that goes leaves its place to another",
    ),
]


@pytest.mark.parametrize(("kind", "before", "after"), MENDED_TOGETHER)
def test_one_fix_may_bring_another_s_finding_to_light(kind: Kind, before: bytes, after: bytes) -> None:
    tree = tree_of({kind: before}, target="openssh-9.2")
    plan = plan_fixes(tree, chosen_rules([], [], []), {}, unsafe=False)
    assert plan.after == {tree.name: after}


def rule_that_writes(value: str) -> LoadedRule:
    """Says that a ClientAliveInterval with a 2 in it is wrong, and would mend it with ``value``."""

    def check(config: Config, options: Options) -> Iterator[Finding]:
        for entry in config.lines("clientaliveinterval"):
            if b"2" in entry.directive.raw:
                yield at_entry(entry, "wrong")._replace(fix=Fix("mend", "safe", (SetLine(entry, value),)))

    return LoadedRule("wrong", "test", "", Rule("wrong", ("sshd_config",), "error", check, (), ()))


FAILING = pytest.mark.parametrize(
    ("value", "why"), [("23", "the fix of wrong does not fix it"), ("x", "OpenSSH would refuse the result")]
)


@FAILING
def test_a_fix_that_fails_is_not_made_and_is_named(value: str, why: str) -> None:
    tree = tree_of({"sshd_config": b"# probes\nClientAliveInterval 22\n"})
    plan = plan_fixes(tree, [rule_that_writes(value)], {}, unsafe=False)
    assert plan.after == {}
    assert [finding.fix for finding in plan.left] == [None]
    assert why in plan.left[0].notes[-1]
    assert f"(no fix: {why}" in plan_lines(plan, Terminal("never"))[0].replace(f"{NOT_SAFE}: ", "")


NOT_SAFE = "the change is not safe to write"


@FAILING
@pytest.mark.parametrize("bad", [0, 1, 6, 7])
def test_the_other_fixes_are_made(value: str, why: str, bad: int) -> None:
    lines = [f"Match User u{number}\nKeepAlive yes\n" for number in range(8)]
    text = b"ClientAliveInterval 60\n" + "".join(lines).encode()
    text = text.replace(b"Match User u%d\n" % bad, b"Match User u%d\nClientAliveInterval 22\n" % bad)
    tree = tree_of({"sshd_config": text}, target="openssh-9.2")
    plan = plan_fixes(tree, [rule_that_writes(value), rule_that_renames()], {}, unsafe=False)
    assert plan.after == {"/etc/ssh/sshd_config": text.replace(b"KeepAlive", b"TCPKeepAlive")}
    assert [why in finding.notes[-1] for finding in plan.left] == [True]


def rule_that_renames() -> LoadedRule:
    def check(config: Config, options: Options) -> Iterator[Finding]:
        for entry in config.lines("tcpkeepalive"):
            if entry.directive.line.name == "KeepAlive":
                yield at_entry(entry, "old")._replace(
                    fix=Fix("rename", "safe", (RenameKeyword(entry, "TCPKeepAlive"),))
                )

    return LoadedRule("old", "test", "", Rule("old", ("sshd_config",), "error", check, (), ()))


def test_after_some_fixes_that_fail_no_more_are_tried() -> None:
    lines = "".join(f"Match User u{number}\nClientAliveInterval 22\n" for number in range(30))
    tree = tree_of({"sshd_config": lines.encode()})
    plan = plan_fixes(tree, [rule_that_writes("23")], {}, unsafe=False)
    assert plan.after == {}
    notes = [finding.notes[-1] for finding in plan.left]
    assert sum(note == f"no fix: {NOT_TRIED}" for note in notes) == 30 - MOST


def test_a_refused_line_above_one_that_decides_is_left_and_the_rest_fixed() -> None:
    text = b"Match Group root\nClientAliveInterval -1\nClientAliveInterval 40\n"
    tree = tree_of({"sshd_config": text}, target="openssh-10.6")
    plan = plan_fixes(tree, chosen_rules([], [], []), {}, unsafe=False)
    assert plan.after == {"/etc/ssh/sshd_config": b"ClientAliveInterval 60\n" + text}
    assert [finding.notes[-1] for finding in plan.left if finding.severity == "error"] == [
        f"no fix: {NOT_SAFE}: ClientAliveInterval would change for a block that decides otherwise"
    ]


REFUSED = [
    pytest.param(
        b"ClientAliveInterval x\n",
        b"ClientAliveInterval 60\n",
        "there is no other setting",
        id="the only line was refused",
    ),
    pytest.param(
        b"ClientAliveIntervall 60\nPermitRootLogin yes\n",
        b"ClientAliveInterval 60\nPermitRootLogin yes\n",
        "the one other setting stays as written, in the same blocks and order",
        id="a misspelt line kept all others from taking effect",
    ),
]


@pytest.mark.parametrize(("before", "after", "checked"), REFUSED)
def test_a_fix_that_makes_a_refused_config_acceptable_tells_so(
    before: bytes, after: bytes, checked: str
) -> None:
    tree = tree_of({"sshd_config": before}, target="openssh-10.6")
    plan = plan_fixes(tree, chosen_rules([], [], []), {}, unsafe=False)
    accepted = "OpenSSH refused this config so far, and accepts it now: all its lines come into effect"
    assert plan_lines(plan, Terminal("never"))[-2:] == [accepted, f"checked: {checked}"]
    assert plan.after == {"/etc/ssh/sshd_config": after}


def test_a_fix_of_an_accepted_config_changes_nothing_else() -> None:
    tree = tree_of({"sshd_config": b"Port 22\nClientAliveInterval 0\n"})
    plan = plan_fixes(tree, chosen_rules([], [], []), {}, unsafe=False)
    assert plan_lines(plan, Terminal("never"))[-1] == "checked: the other setting is unchanged"


MOVED = [
    ("before all edits", 0, 0),
    ("the line before an insertion", 10, 10),
    ("the line at an insertion goes behind it", 20, 25),
    ("a line changed in its middle keeps its start", 30, 35),
    ("behind a longer text", 40, 46),
    ("a deleted line is nowhere", 50, None),
    ("the line behind a deleted one takes its place", 60, 56),
]


@pytest.mark.parametrize(("what", "start", "to"), MOVED)
def test_where_lines_go(what: str, start: int, to: int | None) -> None:
    edits = [Edit("x", 50, 60, b""), Edit("x", 20, 20, b"12345"), Edit("x", 33, 34, b"12")]
    assert LineMoves(edits).to("x", start) == to
    assert LineMoves(edits).to("y", start) == start


OWN_VALUES = (
    b"Host a\n  ServerAliveInterval 30\nHost a\n  ServerAliveInterval 40\n"
    b"Host !company\n  ServerAliveInterval 20\nHost b\n  ServerAliveInterval 5\n"
)


def test_only_lines_that_decide_for_somebody_keep_their_value() -> None:
    """readconf.c: the first value of a host is taken, and ``Host !company`` fits no host."""
    every = chosen_rules([], [], [])
    plan = plan_fixes(tree_of({"ssh_config": OWN_VALUES}), every, {}, unsafe=False)
    assert [entry.directive.raw.strip() for entry in plan.proof.kept] == [
        b"ServerAliveInterval 30",
        b"ServerAliveInterval 5",
    ]
    (fixed,) = plan.fixed
    assert "only Host a (line 2) and 1 more have values of their own" in fixed.finding.notes
