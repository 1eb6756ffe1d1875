"""Comments that suppress findings: what they reach, what is wrong with them, what they can't hide."""

import json
from pathlib import Path

import pytest

from sshkeep.fix.plan import plan_fixes
from sshkeep.lint.registry import all_rules, chosen_rules
from sshkeep.lint.rule import RuleConfig
from sshkeep.lint.runner import lint_config, run_rules
from sshkeep.lint.selection import Layer, select_rules
from sshkeep.openssh.kind import Kind
from sshkeep.testing import config_of, line_number, tree_of
from tests.program import run as sshkeep

RULES = list(chosen_rules([], [], []))
ON = "ClientAliveInterval 60\n"


def told(text: str, kind: Kind = "sshd_config") -> list[str]:
    """``line rule`` of each finding."""
    found = run_rules(config_of({kind: text}), RULES)
    return [f"{line_number(f)} {f.rule}" for f in found]


REACH = [
    # ignore: the line below, past comments; not past a blank line or another setting
    ("# sshkeep: ignore[keep-alive] old\nKeepAlive yes\n", []),
    ("  \t# sshkeep: ignore[keep-alive]\nKeepAlive yes\n", []),
    ("#sshkeep:ignore[keep-alive]\nKeepAlive yes\n", []),
    ("# sshkeep: ignore[tcp-keep-alive, keep-alive] old\nKeepAlive yes\n", ["2 unused-suppression"]),
    ("# sshkeep: ignore[keep-alive]\n# more on it\nKeepAlive yes\n", []),
    ("# sshkeep: ignore[keep-alive]\n\nKeepAlive yes\n", ["2 unused-suppression", "4 keep-alive"]),
    ("# sshkeep: ignore[keep-alive]\nPort 22\nKeepAlive yes\n", ["2 unused-suppression", "4 keep-alive"]),
    ("KeepAlive yes\n# sshkeep: ignore[keep-alive]\n", ["2 keep-alive", "3 unused-suppression"]),
    # the nearest is of use, another one is not
    (
        "# sshkeep: ignore[keep-alive]\n# sshkeep: ignore[keep-alive]\nKeepAlive yes\n",
        ["2 unused-suppression"],
    ),
    # ignore-block: in the block, or right above it
    ("Match all\n  Banner none\n  # sshkeep: ignore-block[keep-alive]\n  KeepAlive yes\n", []),
    ("# sshkeep: ignore-block[keep-alive]\nMatch all\n  KeepAlive yes\n", []),
    ("Match all\n  KeepAlive yes\n\n  # sshkeep: ignore-block[keep-alive]\n", []),
    (
        "Match user a\n  Banner none\n# sshkeep: ignore-block[keep-alive]\nMatch all\n  KeepAlive yes\n",
        [],
    ),
    (
        "# sshkeep: ignore-block[keep-alive]\nMatch all\n  KeepAlive yes\nMatch all\n  KeepAlive yes\n",
        ["6 keep-alive", "6 keepalive-shadowed"],
    ),
    # ignore-file: anywhere
    ("KeepAlive yes\n# sshkeep: ignore-file[keep-alive] old\n", []),
]


@pytest.mark.parametrize(("text", "expected"), REACH)
def test_what_a_comment_reaches(text: str, expected: list[str]) -> None:
    assert [each for each in told(ON + text) if "not-in-match" not in each] == expected


def test_what_is_missing_has_no_line() -> None:
    assert told("# sshkeep: ignore-file[client-alive-interval] a LAN\nPort 22\n") == []
    above = told("# sshkeep: ignore[client-alive-interval] a LAN\nPort 22\n")
    assert [each.split()[1] for each in above] == ["unused-suppression", "client-alive-interval"]
    found = run_rules(
        config_of({"sshd_config": "# sshkeep: ignore[client-alive-interval]\nPort 22\n"}), RULES
    )
    assert found[0].notes == ("a missing setting has no line: use ignore-file",)
    commented = "# sshkeep: ignore[client-alive-interval] a LAN\n#ClientAliveInterval 0\nPort 22\n"
    assert told(commented) == []


def test_it_reaches_into_no_other_file() -> None:
    main = "# sshkeep: ignore-file[keep-alive] old\nInclude more\n" + ON
    found = run_rules(config_of({"sshd_config": main, "more": "KeepAlive yes\n"}), RULES)
    assert [(f.source.path, f.rule) for f in found] == [
        ("/etc/ssh/sshd_config", "unused-suppression"),
        ("/etc/ssh/more", "keep-alive"),
    ]


WRONG = [
    ("# sshkeep: ignore keep-alive", "names no rule in brackets"),
    ("# sshkeep ignore[keep-alive]", "names no rule in brackets"),
    ("# sshkeep: ignore[]", "names no rule in brackets"),
    ("# sshkeep: ignore[keep-alive,]", "names no rule in brackets"),
    ("# sshkeep: ignore[keep-alive]because", "names no rule in brackets"),
    ("# SSHKEEP: IGNORE[keep-alive]", "names no rule in brackets"),
    ("# sshkeep: disable=keep-alive", "neither ignore, ignore-block nor ignore-file"),
    ("# sshkeep: Ignore-all[x]", "names no rule in brackets"),
    ("# sshkeep: ignore[keepalive]", "no rule is called keepalive"),
    ("# sshkeep: ignore[keep-alive, no-such]", "no rule is called no-such"),
    ("# sshkeep: ignore-block[keep-alive]", "is outside of Host and Match blocks"),
    ("Banner none # sshkeep: ignore[keep-alive]", "follows a setting on the same line"),
]


@pytest.mark.parametrize(("line", "words"), WRONG)
def test_what_is_wrong_with_a_comment(line: str, words: str) -> None:
    found = [
        f
        for f in run_rules(config_of({"sshd_config": f"{ON}{line}\nTCPKeepAlive yes\n"}), RULES)
        if f.rule == "bad-suppression"
    ]
    assert [line_number(f) for f in found] == [2]
    assert words in found[0].message and len(found[0].message) < 100


@pytest.mark.parametrize(
    "line",
    ["# sshkeep wants this", "# see sshkeep.yaml", "# by sshkeep, which ignores it", "Banner /etc/sshkeep"],
)
def test_prose_is_no_comment_for_sshkeep(line: str) -> None:
    assert told(f"{ON}{line}\n") == []


def test_a_rule_that_was_not_asked_has_no_unused_comment() -> None:
    config = config_of({"sshd_config": "# sshkeep: ignore[keep-alive]\nPort 22\n"})
    assert run_rules(config, chosen_rules(["unused-suppression"], [], [])) == []


def test_the_policy_may_demand_a_reason() -> None:
    text = ON + "# sshkeep: ignore[keep-alive]\nKeepAlive yes\n"
    found = run_rules(
        config_of({"sshd_config": text}),
        RULES,
        {"bad-suppression": RuleConfig(options={"reason": "required"})},
    )
    assert [f.message for f in found] == ["the policy wants a reason behind the bracket"]


# What OpenSSH refuses is accepted at most.


def test_a_refusal_is_told_as_accepted() -> None:
    found = run_rules(
        config_of({"sshd_config": f"{ON}# sshkeep: ignore[unknown-keyword] ours\nFancy yes\n"}), RULES
    )
    assert [(f.severity, f.rule, f.notes[-1]) for f in found] == [
        ("info", "unknown-keyword", "accepted: line 2 suppresses it")
    ]


def test_an_ignored_rule_still_tells_of_refusals() -> None:
    selection = select_rules(all_rules(), [Layer(ignore=("unknown-keyword",))])
    found = lint_config(config_of({"sshd_config": f"{ON}Fancy yes\n"}), selection).findings
    assert [(f.severity, f.notes[-1]) for f in found] == [("info", "accepted: its rule is ignored")]


def test_what_is_refused_for_another_reason_stays_an_error() -> None:
    """keepalive-misspelt explains unknown-keyword, and is the one that is ignored."""
    text = "# sshkeep: ignore[keepalive-misspelt]\nClientAliveIntervall 60\n" + ON
    assert [f.severity for f in run_rules(config_of({"sshd_config": text}), RULES)] == ["error"]


def test_a_fix_leaves_alone_what_is_suppressed() -> None:
    for text in (
        "# sshkeep: ignore-file[client-alive-interval] a LAN\nPort 22\n",
        f"{ON}# sshkeep: ignore[keep-alive]\nKeepAlive yes\n",
        f"{ON}# sshkeep: ignore[unknown-keyword] ours\nPermitRootLogn no\n",
    ):
        assert plan_fixes(tree_of({"sshd_config": text}), RULES, {}, unsafe=True).changes == ()


def test_a_nul_byte_in_the_file() -> None:
    """What OpenSSH takes for a comment there is another matter."""
    found = told(f"{ON}# sshkeep: ignore[keep-alive]\nKeepAlive yes\nBanner a\0b\n")
    assert [each for each in found if "keep-alive" in each or "bad" in each] == [
        "2 bad-suppression",
        "3 keep-alive",
    ]


def test_json_counts_what_is_suppressed(tmp_path: Path) -> None:
    config = tmp_path / "sshd_config"
    config.write_text(ON + "# sshkeep: ignore[keep-alive] old\nKeepAlive yes\n")
    report = json.loads(sshkeep("lint", "--format", "json", config).out)
    assert (report["findings"], report["summary"]["suppressed"]) == ([], 1)
    assert "(1 suppressed; target" in sshkeep("lint", config).out


@pytest.mark.parametrize("line", ["# sshkeep: ignore[keep-alive]\n", "# sshkeep: ignore[x]\n# sshkeep:\n"])
def test_many_comments_are_linear(line: str) -> None:
    """A run of comments is one for each of its lines."""
    from time import process_time

    start = process_time()
    told(ON + line * 20_000 + "KeepAlive yes\n")
    assert process_time() - start < 20
