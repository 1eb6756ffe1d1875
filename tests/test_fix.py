"""A round of fixes is checked before it counts: a fix that fails its own promise is not written."""

from collections.abc import Iterator

import pytest

from sshkeep.edit.edits import Edit, LineMoves
from sshkeep.errors import SshkeepError
from sshkeep.fix.plan import plan_fixes
from sshkeep.lint import Config, Finding, Fix, Options, Rule, SetLine, at_entry
from sshkeep.lint.registry import chosen_rules
from sshkeep.lint.rule import LoadedRule
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.targets import target_of
from sshkeep.trees.discover import TreeOptions, tree_for

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
    tree = tree_for(f"/nowhere/{kind}", TreeOptions(kind, target_of("openssh-9.2")), before)
    plan = plan_fixes(tree, chosen_rules([], [], []), {}, unsafe=False)
    assert plan.after == {f"/nowhere/{kind}": after}


def rule_that_writes(value: str) -> LoadedRule:
    """Says that a ClientAliveInterval with a 2 in it is wrong, and would mend it with ``value``."""

    def check(config: Config, options: Options) -> Iterator[Finding]:
        for entry in config.lines("clientaliveinterval"):
            if b"2" in entry.directive.raw:
                yield at_entry(entry, "wrong")._replace(fix=Fix("mend", "safe", (SetLine(entry, value),)))

    return LoadedRule("wrong", "test", "", Rule("wrong", ("sshd_config",), "error", check, (), ()))


@pytest.mark.parametrize(
    ("value", "why"), [("23", "the fix of wrong does not mend it"), ("x", "OpenSSH would refuse the result")]
)
def test_a_fix_that_fails_is_not_written(value: str, why: str) -> None:
    tree = tree_for("/nowhere/sshd_config", TreeOptions("sshd_config"), b"# probes\nClientAliveInterval 22\n")
    with pytest.raises(SshkeepError, match=why):
        plan_fixes(tree, [rule_that_writes(value)], {}, unsafe=False)


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
