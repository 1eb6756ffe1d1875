"""An organisation's rules as data: what they find, what a fix writes, what is wrong with one."""

from pathlib import Path

import pytest

from sshkeep.fix.plan import plan_selected
from sshkeep.lint.registry import all_rules
from sshkeep.lint.runner import lint_config
from sshkeep.lint.selection import Selection, select_rules
from sshkeep.openssh.targets import NEWEST_TARGET
from sshkeep.policy.load import load_policy
from sshkeep.policy.problems import InvalidPolicy
from sshkeep.testing import config_of, line_number, tree_of


def selection(rule: str, tmp_path: Path, before: str = "") -> Selection:
    """The default rules and one own, called `ours`, of which ``rule`` are the keys but for id and because."""
    path = tmp_path / "sshkeep.yaml"
    lines = "".join(f"    {line}\n" for line in rule.splitlines())
    path.write_text(f"{before}own:\n  - id: ours\n    because: it hurts\n{lines}")
    ruling = load_policy(str(path))
    return select_rules({**all_rules(), **ruling.own}, ruling.layers("x"))


SSHD = [
    # what is asked, the config, the lines that are told of with what is asked there
    ("keyword: MaxAuthTries\nmust_be: 4", "Port 22\n", {1: "must be 4"}),
    ("keyword: MaxAuthTries\nmust_be: 6", "Port 22\n", {}),
    ("keyword: MaxAuthTries\nmust_be: 4", "MaxAuthTries 4\nMaxAuthTries 5\n", {}),
    ("keyword: MaxAuthTries\nmust_be: 4", "MaxAuthTries 5\nMaxAuthTries 4\n", {1: "must be 4"}),
    ("keyword: maxauthtries\nmust_be: 4", "MaxAuthTries 5\n", {1: "must be 4"}),
    ("keyword: PermitRootLogin\nmust_be: no", "PermitRootLogin no\n", {}),
    ("keyword: PermitRootLogin\nmust_be: no", "Port 22\n", {1: "must be no"}),
    ("keyword: PermitRootLogin\nmust_be: without-password", "PermitRootLogin prohibit-password\n", {}),
    (
        "keyword: PermitRootLogin\nmust_be: no",
        "PermitRootLogin no\nMatch User a\n  PermitRootLogin yes\n",
        {3: "must be no"},
    ),
    (
        "keyword: PermitRootLogin\nmust_be: no\nwhere: global",
        "PermitRootLogin no\nMatch User a\n  PermitRootLogin yes\n",
        {},
    ),
    (
        "keyword: PermitRootLogin\nmust_be: no\nwhere: block",
        "PermitRootLogin yes\nMatch User a\n  PermitRootLogin yes\n",
        {3: "must be no"},
    ),
    (
        "keyword: PermitRootLogin\nmust_be: no",
        "PermitRootLogin no\nMatch all\nPermitRootLogin yes\n",
        {3: "must be no"},
    ),
    ("keyword: LogLevel\none_of: [INFO, VERBOSE]", "LogLevel verbose\n", {}),
    ("keyword: LogLevel\none_of: [INFO, VERBOSE]", "LogLevel QUIET\n", {1: "must be one of INFO, VERBOSE"}),
    ("keyword: LoginGraceTime\nbetween: [10, 1m]", "LoginGraceTime 60\n", {}),
    ("keyword: LoginGraceTime\nbetween: [10, 1m]", "LoginGraceTime 2m\n", {1: "must be 10 to 1m"}),
    ("keyword: LoginGraceTime\nbetween: [10, 1m]", "Port 22\n", {1: "must be 10 to 1m"}),
    ("keyword: StreamLocalBindMask\nmust_be: 0177", "StreamLocalBindMask 0177\n", {}),
    ("keyword: Ciphers\nforbid: '*-cbc'", "Ciphers +3des-cbc\n", {1: "must not have 3des-cbc"}),
    ("keyword: Ciphers\nforbid: '*-cbc'", "Port 22\n", {}),
    (
        "keyword: KexAlgorithms\ncontains: 'mlkem*'",
        "KexAlgorithms curve25519-sha256\n",
        {1: "must have mlkem*"},
    ),
    ("keyword: KexAlgorithms\ncontains: 'mlkem*'", "Port 22\n", {}),
    ("keyword: Ciphers\nmust_be: [aes128-ctr, aes256-ctr]", "Ciphers aes128-ctr,aes256-ctr\n", {}),
    ("keyword: AcceptEnv\nforbid: '*'", "AcceptEnv LANG\n", {1: "must not be set"}),
    ("keyword: AcceptEnv\nforbid: '*'", "Port 22\n", {}),
    ("keyword: AcceptEnv\nforbid: 'LD_*'", "AcceptEnv LANG LD_PRELOAD\n", {1: "must not have LD_PRELOAD"}),
    (
        "keyword: AcceptEnv\nforbid: 'LD_*'",
        "AcceptEnv LANG\nAcceptEnv LD_PRELOAD\n",
        {2: "must not have LD_PRELOAD"},
    ),
    ("keyword: Banner\nrequired: true", "Port 22\n", {1: "must be set by a line"}),
    ("keyword: Banner\nrequired: true", "Banner none\n", {}),
    (
        "keyword: ChrootDirectory\nrequired: true\nwhere: block",
        "Match User a\n  ChrootDirectory /x\nMatch User b\n  X11Forwarding no\n",
        {3: "must be set by a line"},
    ),
    ("keyword: Port\napplies_to: sshd_config\nmust_be: [22, 2222]", "Port 22\nPort 2222\n", {}),
    ("keyword: Port\napplies_to: sshd_config\nmust_be: [22, 2222]", "Port 22\n", {1: "must be 22 2222"}),
    ("keyword: MaxAuthTries\nmust_be: 4\nuntil: openssh-9.9", "Port 22\n", {}),
    (f"keyword: MaxAuthTries\nmust_be: 4\nsince: {NEWEST_TARGET.name}", "Port 22\n", {1: "must be 4"}),
    ("keyword: ServerAliveInterval\nmust_be: 4", "Port 22\n", {}),
]


@pytest.mark.parametrize(("rule", "config", "told"), SSHD)
def test_what_is_found_in_sshd_config(rule: str, config: str, told: dict[int, str], tmp_path: Path) -> None:
    found = [
        f
        for f in lint_config(config_of({"sshd_config": config}), selection(rule, tmp_path)).findings
        if f.rule == "ours"
    ]
    assert [line_number(f) for f in found] == list(told)
    assert all(f.label.endswith(words) for f, words in zip(found, told.values(), strict=True))
    assert all(f.message == "it hurts" for f in found)


SSH = [
    ("keyword: ServerAliveInterval\nbetween: [15, 60]", "Host *\n  ServerAliveInterval 30\n", {}),
    (
        "keyword: ServerAliveInterval\nbetween: [15, 60]\nwhere: host",
        "Host a\n  ServerAliveInterval 90\nMatch user b\n  ServerAliveInterval 90\n",
        {2},
    ),
    ("keyword: ForwardAgent\nforbid: yes", "Host a\n  ForwardAgent yes\nHost *\n  ForwardAgent no\n", {2}),
    ("keyword: ForwardAgent\nforbid: yes", "Host *\n  ForwardAgent no\nHost a\n  ForwardAgent yes\n", set()),
    ("keyword: LogLevel\nmust_be: INFO\napplies_to: sshd_config", "LogLevel QUIET\n", set()),
    ("keyword: PubkeyAcceptedAlgorithms\nforbid: ssh-dss*", "Host *\n  User a\n", set()),
]


@pytest.mark.parametrize(("rule", "config", "lines"), SSH)
def test_what_is_found_in_ssh_config(rule: str, config: str, lines: set[int], tmp_path: Path) -> None:
    made = config_of({"ssh_config": config})
    found = [f for f in lint_config(made, selection(rule, tmp_path)).findings if f.rule == "ours"]
    assert {line_number(f) for f in found} == set(lines)


FIXED = [
    (
        "keyword: MaxAuthTries\nmust_be: 4\nfix: 4\nsafe: yes",
        "Port 22\n#MaxAuthTries 6\n",
        "Port 22\nMaxAuthTries 4\n",
    ),
    (
        "keyword: PermitRootLogin\nmust_be: no\nfix: no\nsafe: true",
        "PermitRootLogin no\nMatch User a\n  PermitRootLogin yes\n",
        "PermitRootLogin no\nMatch User a\n  PermitRootLogin no\n",
    ),
    ("keyword: Ciphers\nforbid: '*-cbc'\nfix: -*-cbc\nsafe: yes", "Ciphers +3des-cbc\n", "Ciphers -*-cbc\n"),
    # Not said to be safe.
    ("keyword: MaxAuthTries\nmust_be: 4\nfix: 4", "MaxAuthTries 5\n", "MaxAuthTries 5\n"),
    # Not what this release has, so that there is nothing to write.
    ("keyword: UsePAM\nforbid: maybe\nfix: yes\nsafe: yes", "UsePAM no\n", "UsePAM no\n"),
]


@pytest.mark.parametrize(("rule", "before", "after"), FIXED)
def test_what_a_fix_writes(rule: str, before: str, after: str, tmp_path: Path) -> None:
    plan = plan_selected(
        tree_of({"sshd_config": f"ClientAliveInterval 60\n{before}"}), selection(rule, tmp_path), unsafe=False
    )
    assert plan.after.get(
        "/etc/ssh/sshd_config", ("ClientAliveInterval 60\n" + before).encode()
    ).decode() == ("ClientAliveInterval 60\n" + after)


def test_an_own_rule_speaks_in_the_place_of_general_advice(tmp_path: Path) -> None:
    ours = selection("keyword: ClientAliveInterval\nbetween: [15, 300]\nfix: 45\nsafe: yes", tmp_path)
    found = lint_config(config_of({"sshd_config": "Port 22\n"}), ours).findings
    assert [(f.rule, f.fix and f.fix.title) for f in found] == [("ours", "ClientAliveInterval 45")]
    assert len(found[0].related) == 1


def test_two_rules_that_contradict_each_other_offer_no_fix(tmp_path: Path) -> None:
    """sshd 9.2 probes at twice the interval: the built-in rule would halve what the own one wants."""
    ours = selection("keyword: ClientAliveInterval\nmust_be: 60\nfix: 60\nsafe: yes", tmp_path)
    plan = plan_selected(
        tree_of({"sshd_config": "ClientAliveInterval 60\n"}, target="debian-12"), ours, unsafe=True
    )
    assert plan.changes == ()
    assert [(finding.rule, finding.fix) for finding in plan.left] == [("interval-doubled", None)]
    assert plan.left[0].notes[-1] == "no fix: ours disagrees, and asks for another value"


def test_what_sshd_refuses_is_not_explained_away(tmp_path: Path) -> None:
    ours = selection("keyword: ClientAliveInterval\nmust_be: 60", tmp_path)
    found = lint_config(config_of({"sshd_config": "ClientAliveInterval often\n"}), ours).findings
    assert [f.rule for f in found if f.refused] == ["keepalive-value"]


WRONG = [
    ("keyword: MaxAuthTrys\nmust_be: 4", "keyword", "did you mean MaxAuthTries?"),
    ("keyword: Nonsense\nmust_be: 4", "keyword", "OpenSSH does not know Nonsense"),
    ("keyword: Port\napplies_to: sshd_config\nwhere: host\nmust_be: 4", "keyword", "never in a Host block"),
    ("keyword: UsePAM\nwhere: host\nmust_be: yes", "keyword", "is never in a Host block"),
    ("keyword: MaxAuthTries", "own", "it asks for nothing"),
    (
        "keyword: Port\nmust_be: [22, 2222]",
        "must_be",
        f"in ssh_config, {NEWEST_TARGET.name} refuses Port 22 2222",
    ),
    ("keyword: MaxAuthTries\nmust_be: many", "must_be", f"{NEWEST_TARGET.name} refuses MaxAuthTries many"),
    ("keyword: LogLevel\nbetween: [INFO, DEBUG]", "between", "neither a number nor a time"),
    ("keyword: LoginGraceTime\nbetween: [1m, 30]", "between", "the first is more than the second"),
    ("keyword: LoginGraceTime\nbetween: [30]", "between", "takes 2 values"),
    ("keyword: MaxAuthTries\nmust_be: 4\nfix: 5", "fix", "is not what the rule asks for"),
    ('keyword: MaxAuthTries\nmust_be: 4\nfix: "4\\nPort 1"', "fix", "more than one line"),
    ("keyword: Include\nmust_be: x", "keyword", "no value that could be judged"),
    ("keyword: MaxAuthTries\nmust_be: 4\nsince: openssh-9.2\nuntil: openssh-9.1", "until", "is before"),
    ("keyword: MaxAuthTries\nmust_be: 4\nsince: 9.2", "since", "openssh-9.2"),
    ("keyword: MaxAuthTries\nmust_be: 4\nwhen: never", "when", "unknown key"),
]


@pytest.mark.parametrize(("rule", "key", "words"), WRONG)
def test_what_is_wrong_with_a_rule(rule: str, key: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidPolicy) as caught:
        selection(rule, tmp_path)
    told = str(caught.value.problems[0])
    assert told.startswith(f"{tmp_path}/sshkeep.yaml:") and key in told and words in told


@pytest.mark.parametrize("name", ["client-alive-interval", "own", "security-x y", "Ours", "-x"])
def test_a_name_that_is_taken_or_none(name: str, tmp_path: Path) -> None:
    path = tmp_path / "sshkeep.yaml"
    path.write_text(f"own:\n  - id: '{name}'\n    because: x\n    keyword: Port\n    must_be: 22\n")
    with pytest.raises(InvalidPolicy, match=r":2:5: own.id|:2:5: own"):
        load_policy(str(path))


def test_it_can_be_ignored_and_its_severity_set(tmp_path: Path) -> None:
    rule = "keyword: MaxAuthTries\nmust_be: 4"
    config = config_of({"sshd_config": "ClientAliveInterval 60\n"})
    ignored = selection(rule, tmp_path, "ignore: ours\n")
    assert lint_config(config, ignored).findings == ()
    mild = selection(rule, tmp_path, "rules: {ours: {severity: info}}\n")
    assert [f.severity for f in lint_config(config, mild).findings] == ["info"]
    suppressed = config_of(
        {"sshd_config": "# sshkeep: ignore-file[ours] a jump host\nClientAliveInterval 60\n"}
    )
    outcome = lint_config(suppressed, selection(rule, tmp_path))
    assert (outcome.findings, len(outcome.suppressed)) == ((), 1)
