"""Lines that a block swallows: which are reported, what all others get, and what the fix makes of the file."""

import os
from pathlib import Path

import pytest

from sshkeep import testing
from sshkeep.fix.plan import FixPlan, plan_fixes
from sshkeep.lint.finding import Finding
from sshkeep.lint.registry import chosen_rules
from sshkeep.lint.runner import run_rules
from sshkeep.openssh.kind import Kind
from sshkeep.trees.discover import TreeOptions, tree_for
from sshkeep.trees.this_machine import installed_target
from tests.oracle.installed import openssh
from tests.oracle.test_fix_effect import corpus
from tests.requirements import need
from tests.rules.layouts import (
    KINDS,
    RULES,
    SWALLOWED,
    findings_in,
    tails_found,
    wrongly_reported,
)

SFTP = "Match Group sftp\n    ForceCommand internal-sftp\n"
HARDENED = SFTP + "PermitRootLogin no\nPasswordAuthentication no\nAllowGroups admins\n"
CIS = SFTP + "MaxAuthTries 3\nClientAliveInterval 300\n"
WINDOWS = (
    "AuthorizedKeysFile .ssh/authorized_keys\nSubsystem sftp sftp-server.exe\nMatch Group administrators\n"
    "       AuthorizedKeysFile __PROGRAMDATA__/ssh/administrators_authorized_keys\n"
)
ON_TOP = (
    "Match Address 10.196.1.0/24\n    PasswordAuthentication yes\n    MaxAuthTries 6\n# everyone\n"
    "PermitRootLogin no\nClientAliveInterval 300\n"
)
NESTED = "Host a\n  HostName 192.0.2.1\n  Match exec true\n    ForwardAgent no\n  ServerAliveInterval 60\n"

REPORTED: tuple[tuple[str, Kind, str, str, list[tuple[int, str, str]]], ...] = (
    (
        "hardening below an indented block",
        "sshd_config",
        "debian-12",
        HARDENED,
        [
            (3, "swallowed-by-block", "PermitRootLogin no; all others get without-password, the default"),
            (4, "swallowed-by-block", "PasswordAuthentication no; all others get yes, the default"),
            (5, "swallowed-by-block", "AllowGroups admins; all others get none"),
        ],
    ),
    (
        "a keepalive beside other lines",
        "sshd_config",
        "debian-13",
        CIS,
        [
            (3, "swallowed-by-block", "MaxAuthTries 3; all others get 6, the default"),
            (4, "keepalive-in-block", "ClientAliveInterval 300; all others get 0, the default"),
        ],
    ),
    (
        "a value that contradicts the one for everyone",
        "sshd_config",
        "debian-13",
        f"MaxAuthTries 4\n{SFTP}MaxAuthTries 3\n",
        [(4, "swallowed-by-block", "MaxAuthTries 3; all others get 4 (line 1)")],
    ),
    (
        "the stock file of Windows",
        "sshd_config",
        "windows-server-2022",
        f"{WINDOWS}AllowGroups admins\nDenyUsers guest\n",
        [
            (5, "swallowed-by-block", "AllowGroups admins; all others get none"),
            (6, "swallowed-by-block", "DenyUsers guest; all others get none"),
        ],
    ),
    (
        "a Match on top that swallows the file",
        "sshd_config",
        "debian-13",
        ON_TOP,
        [
            (5, "swallowed-by-block", "PermitRootLogin no; all others get without-password, the default"),
            (6, "keepalive-in-block", "ClientAliveInterval 300; all others get 0, the default"),
        ],
    ),
    (
        "a Match on top with lines of its own, which win",
        "sshd_config",
        "debian-13",
        "PasswordAuthentication no\nMatch Address 10.196.1.0/24\n    PermitRootLogin yes\n"
        "    PasswordAuthentication yes\n# all\nPermitRootLogin no\nPasswordAuthentication no\n",
        [
            (
                6,
                "swallowed-by-block",
                "nobody gets this PermitRootLogin no: line 3 wins; all others get without-password, the default",
            ),
            (
                7,
                "swallowed-by-block",
                "nobody gets this PasswordAuthentication no: line 4 wins; all others get no (line 1)",
            ),
        ],
    ),
    (
        "a line of the block says the same",
        "sshd_config",
        "debian-13",
        f"{SFTP}    MaxAuthTries 3\nMaxAuthTries 3\n",
        [
            (
                4,
                "swallowed-by-block",
                "only Match Group sftp gets MaxAuthTries 3; all others get 6, the default",
            )
        ],
    ),
    (
        "a line for everyone comes first and wins",
        "ssh_config",
        "debian-13",
        "Host *\n  Compression no\nHost web\n  User a\nCompression yes\nHashKnownHosts yes\n",
        [
            (5, "swallowed-by-block", "nobody gets this Compression yes: line 2 wins"),
            (
                6,
                "swallowed-by-block",
                "only Host web gets HashKnownHosts yes; all others get no, the default",
            ),
        ],
    ),
    (
        "words in quotes",
        "sshd_config",
        "debian-13",
        f'{SFTP}AllowGroups "openssh users"  admins\n',
        [(3, "swallowed-by-block", 'gets AllowGroups "openssh users" admins; all others get none')],
    ),
    (
        "an indented block",
        "ssh_config",
        "debian-13",
        NESTED,
        [(5, "keepalive-in-block", "ServerAliveInterval 60, not Host a")],
    ),
    (
        "a line of the block behind them",
        "sshd_config",
        "debian-13",
        f"{SFTP}MaxAuthTries 3\n    X11Forwarding no\n",
        [],
    ),
    (
        "right below a block of one line, where another block is indented",
        "sshd_config",
        "debian-13",
        f"{SFTP}Match User ann\n    X11Forwarding yes\nPasswordAuthentication no\n",
        [(5, "swallowed-by-block", "PasswordAuthentication no; all others get yes, the default")],
    ),
    (
        "right below a block of one line, where no other block is there",
        "sshd_config",
        "debian-13",
        "Match User ann\n    X11Forwarding yes\nPasswordAuthentication no\n",
        [],
    ),
    (
        "right below a block of one line, where no block is indented as a whole",
        "sshd_config",
        "debian-13",
        "Match User bob\n    Banner /a\nX11Forwarding yes\nMatch User ann\n    X11Forwarding yes\nPasswordAuthentication no\n",
        [],
    ),
    (
        "to the left of a block that stands as deep as its lines",
        "sshd_config",
        "debian-13",
        "Port 22\n  Match User bob\n  X11Forwarding no\n  PermitTTY no\nPermitRootLogin no\n"
        "ClientAliveInterval 60\nAllowUsers bob eve\n",
        [
            (5, "swallowed-by-block", "PermitRootLogin no; all others get without-password, the default"),
            (6, "keepalive-in-block", "ClientAliveInterval 60; all others get 0, the default"),
            (7, "swallowed-by-block", "AllowUsers bob eve; all others get none"),
        ],
    ),
    (
        "the same with tabs",
        "sshd_config",
        "debian-13",
        "Port 22\n\tMatch User bob\n\tX11Forwarding no\n\tPermitTTY no\nMaxAuthTries 3\n",
        [(5, "swallowed-by-block", "MaxAuthTries 3; all others get 6, the default")],
    ),
    (
        "the same in a block around it",
        "ssh_config",
        "debian-13",
        "Host a\n  HostName 192.0.2.1\n    Match exec true\n    ForwardAgent no\n  ServerAliveInterval 60\n",
        [(5, "keepalive-in-block", "ServerAliveInterval 60, not Host a")],
    ),
    (
        "a tab below blanks is not to the left of them",
        "sshd_config",
        "debian-13",
        "    Match User bob\n    X11Forwarding no\n    PermitTTY no\n\tMaxAuthTries 3\n",
        [],
    ),
    (
        "all lines to the left of their block",
        "sshd_config",
        "debian-13",
        "  Match User bob\nX11Forwarding no\nPermitTTY no\nMaxAuthTries 3\n",
        [],
    ),
    (
        "a line of the block between them",
        "sshd_config",
        "debian-13",
        f"{SFTP}PermitRootLogin no\n    X11Forwarding no\nMaxAuthTries 3\n",
        [(5, "swallowed-by-block", "MaxAuthTries 3; all others get 6, the default")],
    ),
    (
        "lines that blocks often have, of which one is indented",
        "sshd_config",
        "debian-13",
        f"{SFTP}PermitTTY no\n    X11Forwarding no\nAllowTcpForwarding no\n",
        [],
    ),
    (
        "lines of which one is surely the block's",
        "sshd_config",
        "debian-13",
        "Match Group sftp\n    X11Forwarding no\nForceCommand internal-sftp\n    PermitTTY no\nMaxAuthTries 3\n",
        [],
    ),
    (
        "a block for everyone",
        "sshd_config",
        "debian-13",
        "Match all\n    MaxAuthTries 4\nMaxSessions 3\n",
        [],
    ),
)


def _found(kind: Kind, text: str, target: str) -> list[Finding]:
    return run_rules(testing.config_of({kind: text}, target=target), chosen_rules(list(RULES), [], []))


@pytest.mark.parametrize(
    ("kind", "target", "text", "expected"),
    [case[1:] for case in REPORTED],
    ids=[case[0] for case in REPORTED],
)
def test_each_swallowed_line_is_reported_with_what_all_others_get(
    kind: Kind, target: str, text: str, expected: list[tuple[int, str, str]]
) -> None:
    found = _found(kind, text, target)
    assert [(testing.line_number(each), each.rule) for each in found] == [
        (line, rule) for line, rule, _ in expected
    ]
    for each, (_, _, ending) in zip(found, expected, strict=True):
        assert each.message.endswith(ending)


def test_nothing_is_said_of_a_margin_where_the_line_is_indented() -> None:
    (finding,) = _found("ssh_config", NESTED, "debian-13")
    assert "margin" not in finding.label
    assert "indented like a line of Host a" in finding.label


FIXED: tuple[tuple[str, Kind, str, str], ...] = (
    ("one line ends the block", "sshd_config", CIS, CIS.replace("MaxAuth", "Match all\nMaxAuth")),
    (
        "the comment of a tool stays with its lines",
        "sshd_config",
        f"Port 22\n{SFTP}\n# BEGIN ANSIBLE MANAGED BLOCK\nMaxAuthTries 3\nUsePAM no\n# END\n",
        f"Port 22\n{SFTP}\nMatch all\n# BEGIN ANSIBLE MANAGED BLOCK\nMaxAuthTries 3\nUsePAM no\n# END\n",
    ),
    (
        "a line for everyone changes in its place",
        "sshd_config",
        f"MaxAuthTries 4\n{SFTP}MaxAuthTries 3\nClientAliveInterval 300\n",
        f"MaxAuthTries 3\nClientAliveInterval 300\n{SFTP}",
    ),
    (
        "a list grows",
        "sshd_config",
        f"AcceptEnv LANG\n{SFTP}AcceptEnv LC_ALL\nLogLevel VERBOSE\n",
        f"AcceptEnv LANG LC_ALL\nLogLevel VERBOSE\n{SFTP}",
    ),
    (
        "a block follows",
        "sshd_config",
        f"{SFTP}MaxAuthTries 3\nMaxSessions 4\n\nMatch User ann\n    MaxSessions 9\n",
        f"MaxAuthTries 3\nMaxSessions 4\n{SFTP}\nMatch User ann\n    MaxSessions 9\n",
    ),
    (
        "into the Host * that is there",
        "ssh_config",
        "Host *\n  ForwardAgent no\n\nHost web\n  User a\n\nServerAliveInterval 60\nHashKnownHosts yes\n",
        "Host *\n  ForwardAgent no\n  ServerAliveInterval 60\n  HashKnownHosts yes\n\nHost web\n  User a\n\n",
    ),
    (
        "one new Host * for all lines",
        "ssh_config",
        "Host web\n  User a\nServerAliveInterval 60\nHashKnownHosts yes\n\nHost db\n  User b\n",
        "Host web\n  User a\n\nHost db\n  User b\n\nHost *\n  ServerAliveInterval 60\n  HashKnownHosts yes\n",
    ),
)


def _plan(kind: Kind, text: str) -> FixPlan:
    return plan_fixes(
        testing.tree_of({kind: text}, target="debian-13"), chosen_rules(list(RULES), [], []), {}, unsafe=True
    )


@pytest.mark.parametrize(
    ("kind", "before", "after"), [case[1:] for case in FIXED], ids=[case[0] for case in FIXED]
)
def test_the_fix_moves_all_lines_of_a_tail_together(kind: Kind, before: str, after: str) -> None:
    plan = _plan(kind, before)
    assert [text.decode() for text in plan.after.values()] == [after]
    assert plan.left == ()
    assert len(plan.fixed) == len(_found(kind, before, "debian-13"))


@pytest.mark.parametrize("text", [CIS, ON_TOP], ids=["CIS", "on top"])
def test_no_second_interval_is_added(text: str) -> None:
    every = chosen_rules([], [], [])
    plan = plan_fixes(testing.tree_of({"sshd_config": text}, target="debian-13"), every, {}, unsafe=True)
    (after,) = plan.after.values()
    assert after.count(b"ClientAliveInterval") == 1
    assert after.index(b"ClientAliveInterval") > after.index(b"Match all")


ASKED = (
    (
        "hardened",
        HARDENED,
        {"permitrootlogin": "no", "passwordauthentication": "no", "allowgroups": "admins"},
    ),
    ("CIS", CIS, {"maxauthtries": "3", "clientaliveinterval": "300"}),
    ("on top", ON_TOP, {"permitrootlogin": "no", "clientaliveinterval": "300"}),
    (
        "contradicts",
        f"MaxAuthTries 4\n{SFTP}MaxAuthTries 3\nUsePAM no\n",
        {"maxauthtries": "3", "usepam": "no"},
    ),
)


@pytest.mark.parametrize(("text", "wanted"), [case[1:] for case in ASKED], ids=[case[0] for case in ASKED])
def test_sshd_gives_everyone_the_lines_after_the_fix_only(
    text: str, wanted: dict[str, str], tmp_path: Path
) -> None:
    need("openssh")
    path = tmp_path / "sshd_config"
    path.write_text(text)
    ask = "user=nobody,host=h,addr=192.0.2.9"
    before = openssh("sshd_config", path, ask)
    plan = plan_fixes(
        tree_for(str(path), TreeOptions("sshd_config", installed_target(), "/")),
        chosen_rules([*RULES, "not-in-match"], [], []),
        {},
        unsafe=True,
    )
    path.write_bytes(plan.after[str(path)])
    now = openssh("sshd_config", path, ask)
    assert now.accepted
    assert {name: list(now.values[name]) for name in wanted} == {
        name: [value] for name, value in wanted.items()
    }
    if before.accepted:
        assert all(list(before.values.get(name, ())) != [value] for name, value in wanted.items())


@pytest.mark.parametrize("kind", KINDS)
def test_blocks_without_indentation_are_left_alone(kind: Kind) -> None:
    assert wrongly_reported(kind) == []


@pytest.mark.parametrize("kind", KINDS)
def test_most_swallowed_tails_are_found(kind: Kind) -> None:
    """All but those in blocks without indentation, and single lines right below a single line."""
    assert tails_found(kind) >= 0.9 * SWALLOWED


@pytest.mark.parametrize("kind", KINDS if os.environ.get("SSHKEEP_CORPUS") else [])
def test_nothing_is_found_in_real_files(kind: Kind) -> None:
    files = [path for known, path in corpus() if known == kind]
    assert len(files) > 20
    assert [path for path in files if findings_in(kind, path.read_text("latin-1"))] == []
