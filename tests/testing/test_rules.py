"""A rule's examples are checked for authors of rules, too: what is not true is named."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sshkeep.edit.intents import SetLine
from sshkeep.lint import Config, Example, Finding, Fix, Options, Rule
from sshkeep.lint.checks.findings import at_entry
from sshkeep.lint.registry import all_rules, rules_in
from sshkeep.lint.rule import LoadedRule
from sshkeep.testing import check_examples, config_of, findings_of, line_number
from tests.program import ROOT


def rule(*examples: Example, fixed: str = "30", safety: str = "safe") -> LoadedRule:
    """It finds each ClientAliveInterval with a digit 6 in it, and sets ``fixed`` there."""

    def check(config: Config, options: Options) -> Iterator[Finding]:
        for entry in config.lines("clientaliveinterval"):
            if b"6" in entry.directive.raw:
                fix = Fix("set it", "safe" if safety == "safe" else "unsafe", (SetLine(entry, fixed),))
                yield at_entry(entry, "a six")._replace(fix=fix)

    return LoadedRule("no-six", "own", "", Rule("", ("sshd_config",), "error", check, (), examples))


BEFORE, AFTER = "# probes\nClientAliveInterval 60\n", "# probes\nClientAliveInterval 30\n"
HIT, MISS = Example(BEFORE, AFTER), Example(AFTER)

WRONG: list[tuple[str, LoadedRule, str]] = [
    ("a hit that is none", rule(Example(AFTER, hit=True)), "example 1: the rule finds nothing"),
    ("a miss that is none", rule(Example(BEFORE)), "example 1: the rule finds 'a six' in line 2"),
    ("the second one", rule(HIT, Example(BEFORE)), "example 2: the rule finds 'a six' in line 2"),
    (
        "another text after",
        rule(Example(BEFORE, "ClientAliveInterval 90\n")),
        "example 1: its fix does not write the text after, but\n    # probes\n    ClientAliveInterval 30\n",
    ),
    (
        "a fix that is not made",
        rule(HIT, safety="unsafe"),
        "example 1: its fix does not write the text after",
    ),
    ("a fix that fixes nothing", rule(HIT, fixed="61"), "the fix of no-six does not fix it"),
    ("a fix that is refused", rule(HIT, fixed="x"), "OpenSSH would refuse the result"),
    (
        "a safe fix",
        rule(HIT._replace(unsafe=True)),
        "example 1: its fix is safe, but the example calls it unsafe",
    ),
    ("no hit", rule(MISS), "no example shows what the rule finds"),
    ("no miss", rule(HIT), "no example shows what the rule accepts"),
    ("no example", rule(), "no example shows what the rule finds"),
]


@pytest.mark.parametrize(("loaded", "words"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_what_is_not_true_is_named(loaded: LoadedRule, words: str) -> None:
    with pytest.raises(AssertionError) as caught:
        check_examples(loaded)
    told = str(caught.value)
    assert told.startswith("no-six") and words in told
    if "example 1" in words:
        assert f"The example:\n    {loaded.rule.examples[0].before.splitlines()[0]}\n" in told


TRUE = [
    (rule(HIT, MISS),),
    (rule(HIT._replace(unsafe=True), MISS, safety="unsafe"),),
    (rule(Example(BEFORE, hit=True), MISS, safety="unsafe"),),
    (rule(Example("Include x\n", hit=True, files={"x": BEFORE}), MISS, safety="unsafe"),),
]


@pytest.mark.parametrize("loaded", [row[0] for row in TRUE])
def test_examples_that_are_true(loaded: LoadedRule) -> None:
    check_examples(loaded)


def test_an_example_about_both_ends_is_checked() -> None:
    real = all_rules()["nobody-notices"]
    check_examples(real)
    turned = tuple(example._replace(hit=not example.hit) for example in real.rule.examples)
    with pytest.raises(AssertionError, match="nobody-notices, example 1: the rule finds "):
        check_examples(LoadedRule(real.id, real.group, real.doc, real.rule._replace(examples=turned)))


def test_findings_of_one_rule() -> None:
    config = config_of({"sshd_config": f"{AFTER}{BEFORE}KeepAlive yes\n"})
    assert [(finding.rule, line_number(finding)) for finding in findings_of(rule(), config)] == [
        ("no-six", 4)
    ]
    too_long = all_rules()["login-grace-time"]
    minute = config_of({"sshd_config": "LoginGraceTime 90\n"})
    assert findings_of(too_long, minute, {"seconds": 60}) and not findings_of(
        too_long, minute, {"seconds": 90}
    )


def blocks() -> dict[str, str]:
    """CONTRIBUTING's Python by its first line: the rule, and the test of it."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    return {code.partition("\n")[0]: code for code in re.findall(r"```python\n(.*?)```", text, re.DOTALL)}


def test_the_example_of_the_readme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = blocks()
    shown = next(text for text in code.values() if "RULE = Rule(" in text)
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "probe_clients.py").write_text(shown)
    monkeypatch.chdir(tmp_path)
    names: dict[str, Callable[..., None]] = {}
    exec(code["import pytest"], names)
    names["test_a_drop_in_counts"]()
    names["test_the_examples_are_true"](rules_in("rules")["probe-clients"])
