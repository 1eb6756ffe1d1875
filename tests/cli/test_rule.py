"""``sshkeep rule``: which rules it lists, and what a program reads of them."""

from __future__ import annotations

import json

import pytest

from sshkeep.lint.registry import all_rules
from sshkeep.output.rule_table import fix_kind
from sshkeep.output.schemas.generate import report_model
from tests.program import run


def listed(*arguments: str) -> list[dict[str, object]]:
    report = json.loads(run("rule", "--format", "json", *arguments).out)
    assert report_model("rule").model_validate(report).model_dump(mode="json") == report
    return report["rules"]  # type: ignore[no-any-return]


def test_all_rules_are_listed_with_all_that_their_pages_have() -> None:
    found = {rule["id"]: rule for rule in listed()}
    assert found.keys() == all_rules().keys()
    for id, loaded in all_rules().items():
        assert (found[id]["text"], found[id]["fix"]) == (loaded.doc, fix_kind(loaded))
        assert [each["before"] for each in found[id]["examples"]] == [  # type: ignore[attr-defined]
            each.before for each in loaded.rule.examples
        ]


FILTERS = [
    (["--group", "keepalive"], {"group": "keepalive"}),
    (["--severity", "info"], {"severity": "info"}),
    (["--fix", "unsafe"], {"fix": "unsafe"}),
    (
        ["--group=security", "--severity=warning", "--fix=no"],
        {"group": "security", "severity": "warning", "fix": "no"},
    ),
    (["keep-alive"], {"id": "keep-alive"}),
]


@pytest.mark.parametrize(("arguments", "facts"), FILTERS)
def test_some_rules_are_listed(arguments: list[str], facts: dict[str, str]) -> None:
    wanted = [rule["id"] for rule in listed() if facts.items() <= rule.items()]
    assert [rule["id"] for rule in listed(*arguments)] == wanted != []


def test_a_profile_s_rules_are_listed() -> None:
    ids = {str(rule["id"]) for rule in listed("--profile", "mozilla")}
    assert {"mozilla-ciphers", "client-alive-interval"} <= ids
    assert len(ids) < len(all_rules())


def test_an_unknown_group_gets_a_suggestion() -> None:
    done = run("rule", "--group", "keepaliv")
    assert done == (2, "", "sshkeep: no group is called keepaliv (did you mean keepalive?)\n")
