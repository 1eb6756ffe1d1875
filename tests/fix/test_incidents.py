"""What other tools' fixes broke, as reported against them; here it goes well.

The numbers are those of the reports' list. Each config is short and ours.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from sshkeep.config.blocks.clients import Connection, HostQuery
from sshkeep.config.effective.evaluate import evaluate_ssh, evaluate_sshd, refusals_for
from sshkeep.config.tree.config import Config
from sshkeep.errors import SshkeepError
from sshkeep.fix.plan import plan_fixes
from sshkeep.lint.registry import all_rules
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.targets import target_of
from sshkeep.trees.discover import TreeOptions, tree_for
from sshkeep.trees.this_machine import installed_target
from tests.edit.test_where_set_writes import lay, planned
from tests.oracle.installed import openssh
from tests.requirements import need

TARGET = "openssh-9.9"


class Incident(NamedTuple):
    """``holds`` is what is in effect then: a question (user or host; empty for anyone), option, value.

    ``after`` are the files that differ then. Includes are written with ``{dir}``, the folder.
    """

    name: str
    before: str
    calls: tuple[str, ...]
    after: Mapping[str, str]
    holds: tuple[tuple[str, str, str], ...]
    files: Mapping[str, str] = {}
    kind: Kind = "sshd_config"


D = "Include {dir}/sshd_config.d/*.conf\n"
CIS = "MaxAuthTries 6\n\nMatch User deploy\n    X11Forwarding no\n"
INCIDENTS = (
    Incident(
        "1: lines at the end of the file belong to its last Match",
        CIS,
        ("PermitRootLogin no", "MaxAuthTries 4", "ClientAliveInterval 300"),
        {
            "sshd_config": "MaxAuthTries 4\nPermitRootLogin no\nClientAliveInterval 300\n\nMatch User deploy\n    X11Forwarding no\n"
        },
        (("", "permitrootlogin", "no"), ("deploy", "maxauthtries", "4"), ("", "clientaliveinterval", "300")),
    ),
    Incident(
        "2: before the last of several Match is inside the one before",
        "Port 22\n\nMatch User a\n  PermitTTY no\nMatch User b\n  PermitTTY no\n",
        ("X11Forwarding no",),
        {
            "sshd_config": "Port 22\nX11Forwarding no\n\nMatch User a\n  PermitTTY no\nMatch User b\n  PermitTTY no\n"
        },
        (("", "x11forwarding", "no"), ("a", "x11forwarding", "no"), ("c", "x11forwarding", "no")),
    ),
    Incident(
        "2: the commented example of a Match is no Match",
        "UsePAM no\n\n# Example of a block\n#Match User anoncvs\n#\tX11Forwarding no\n#\tPermitTTY no\n",
        ("X11Forwarding yes",),
        {
            "sshd_config": "UsePAM no\nX11Forwarding yes\n\n# Example of a block\n#Match User anoncvs\n#\tX11Forwarding no\n#\tPermitTTY no\n"
        },
        (("", "x11forwarding", "yes"),),
    ),
    Incident(
        "3: MaxStartups is not allowed within a Match",
        "Port 22\nMatch Address 10.0.0.0/8\n  PasswordAuthentication yes\n",
        ("MaxStartups 10:30:60",),
        {
            "sshd_config": "Port 22\nMaxStartups 10:30:60\nMatch Address 10.0.0.0/8\n  PasswordAuthentication yes\n"
        },
        (("", "maxstartups", "10:30:60"),),
    ),
    Incident(
        "4: nor is PermitUserEnvironment, behind a chroot for one group",
        "UsePAM no\nMatch Group scponly\n\tChrootDirectory /srv/%u\n\tForceCommand internal-sftp\n",
        ("PermitUserEnvironment no",),
        {
            "sshd_config": "UsePAM no\nPermitUserEnvironment no\nMatch Group scponly\n\tChrootDirectory /srv/%u\n\tForceCommand internal-sftp\n"
        },
        (("", "permituserenvironment", "no"), ("", "forcecommand", "none")),
    ),
    Incident(
        "5: a Match's own Banner is meant",
        "#Banner none\nMatch User ansible\n    Banner none\n",
        ("Banner /etc/issue.net", "LogLevel VERBOSE", "IgnoreRhosts yes"),
        {
            "sshd_config": "Banner /etc/issue.net\nLogLevel VERBOSE\nIgnoreRhosts yes\nMatch User ansible\n    Banner none\n"
        },
        (("", "banner", "/etc/issue.net"), ("ansible", "banner", "none"), ("ansible", "loglevel", "VERBOSE")),
    ),
    Incident(
        "6: a drop-in comes first and wins; cloud-init's own stays",
        f"{D}\n#PasswordAuthentication yes\n",
        ("PasswordAuthentication no",),
        {"sshd_config.d/10-sshkeep.conf": "PasswordAuthentication no\n"},
        (("", "passwordauthentication", "no"),),
        {"sshd_config.d/50-cloud-init.conf": "PasswordAuthentication yes\n"},
    ),
    Incident(
        "6: so does ours, where a package owns that one",
        f"{D}PasswordAuthentication yes\n",
        ("--drop-in PasswordAuthentication no",),
        {"sshd_config.d/10-sshkeep.conf": "PasswordAuthentication no\n"},
        (("", "passwordauthentication", "no"),),
        {"sshd_config.d/50-cloud-init.conf": "PasswordAuthentication yes\n"},
    ),
    Incident(
        "7: set by a drop-in, and a Match elsewhere that has nothing to do with it",
        f"{D}PermitRootLogin no\nMatch User sftp\n  ForceCommand internal-sftp\n",
        ("PermitRootLogin no",),
        {"sshd_config.d/01-installer.conf": "PermitRootLogin no\n"},
        (("", "permitrootlogin", "no"), ("sftp", "permitrootlogin", "no")),
        {"sshd_config.d/01-installer.conf": "PermitRootLogin yes\n"},
    ),
    Incident(
        "7: it is in effect already",
        f"{D}PermitRootLogin yes\nMatch User sftp\n  ForceCommand internal-sftp\n",
        ("PermitRootLogin no",),
        {},
        (("", "permitrootlogin", "no"),),
        {"sshd_config.d/01-installer.conf": "PermitRootLogin no\n"},
    ),
    Incident(
        "8: a keyword that begins like another",
        "ClientAliveInterval 600\n",
        ("ClientAliveCountMax 0",),
        {"sshd_config": "ClientAliveInterval 600\nClientAliveCountMax 0\n"},
        (("", "clientaliveinterval", "600"), ("", "clientalivecountmax", "0")),
    ),
    Incident(
        "9: the stock file's commented defaults",
        "#TCPKeepAlive yes\n#ClientAliveInterval 0\n#ClientAliveCountMax 3\n#UseDNS no\n",
        ("ClientAliveInterval 300", "ClientAliveCountMax 1"),
        {"sshd_config": "#TCPKeepAlive yes\nClientAliveInterval 300\nClientAliveCountMax 1\n#UseDNS no\n"},
        (("", "clientaliveinterval", "300"), ("", "clientalivecountmax", "1")),
    ),
    Incident(
        "11: a Match as a drop-in, with what may stand in one",
        D,
        ("--drop-in --in 'Match User proxy' PermitTTY no",),
        {"sshd_config.d/50-sshkeep.conf": "Match User proxy\n    PermitTTY no\n"},
        (("proxy", "permittty", "no"), ("", "permittty", "yes")),
        {"sshd_config.d/90-other.conf": ""},
    ),
    Incident(
        "12: an Include for every host, where the file ends in a Host",
        "# mine\n\nHost foo\n    User a\n",
        ("--add Include {dir}/extra",),
        {"ssh_config": "# mine\n\nInclude {dir}/extra\nHost foo\n    User a\n"},
        (("foo", "hashknownhosts", "yes"), ("bar", "hashknownhosts", "yes"), ("foo", "user", "a")),
        {"extra": "HashKnownHosts yes\n"},
        "ssh_config",
    ),
)


@pytest.mark.parametrize("incident", INCIDENTS, ids=lambda incident: incident.name)
def test_it_goes_well(incident: Incident, tmp_path: Path) -> None:
    _laid(incident, tmp_path)
    for call in incident.calls:
        _carried_out(incident.kind, tmp_path, call)
    expected = {incident.kind: incident.before, **incident.files, **incident.after}
    assert _there(tmp_path) == {name: _in(text, tmp_path).encode() for name, text in expected.items()}
    config = tree_for(
        str(tmp_path / incident.kind), TreeOptions(incident.kind, target_of(TARGET), "/")
    ).load()
    for who, option, value in incident.holds:
        assert _in_effect(config, who)[option] == (value,), (who, option)
    for call in incident.calls:
        assert planned(incident.kind, tmp_path, _in(call, tmp_path), TARGET, root="/").changes == ()


@pytest.mark.parametrize("incident", INCIDENTS, ids=lambda incident: incident.name)
def test_the_real_program_sees_it_so(incident: Incident, tmp_path: Path) -> None:
    need("openssh")
    installed = installed_target()
    assert installed
    _laid(incident, tmp_path)
    before = {
        who: openssh(incident.kind, tmp_path / incident.kind, _ask(who)) for who, _, _ in incident.holds
    }
    for call in incident.calls:
        _carried_out(incident.kind, tmp_path, call, installed.name)
    meant = {option for _, option, _ in incident.holds}
    for who, option, value in incident.holds:
        answer = openssh(incident.kind, tmp_path / incident.kind, _ask(who))
        assert answer.accepted, answer.said
        assert [text.lower() for text in answer.values[option]] == [value.lower()], (who, option)
        others = answer.values.keys() - meant
        assert {k: answer.values[k] for k in others} == {k: before[who].values[k] for k in others}


REFUSED = (
    (
        "10: a keyword that is none",
        "PermitRotLogin no",
        "openssh-9.9 does not know PermitRotLogin in sshd_config",
    ),
    (
        "10: a bad value",
        "LogLevel LOUD",
        "openssh-9.9 refuses LogLevel LOUD: 'LOUD' is none of quiet, fatal, error, info, verbose, debug, debug2, debug3",
    ),
    (
        "11: a global-only keyword in a Match",
        "--in 'Match User proxy' PrintMotd no",
        "openssh-9.9 refuses PrintMotd no: Directive 'PrintMotd' is not allowed within a Match block",
    ),
    (
        "11: the same as a drop-in",
        "--drop-in --in 'Match User proxy' PrintMotd no",
        "openssh-9.9 refuses PrintMotd no: Directive 'PrintMotd' is not allowed within a Match block",
    ),
)


@pytest.mark.parametrize(("call", "sentence"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_sshd_would_not_start_with_is_never_planned(call: str, sentence: str, tmp_path: Path) -> None:
    lay("sshd_config", tmp_path, _in(f"{D}Port 22\n", tmp_path), {"sshd_config.d/a.conf": ""})
    with pytest.raises(SshkeepError) as error:
        planned("sshd_config", tmp_path, call, TARGET, root="/")
    assert error.value.sentence == sentence


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            "Port 22\n\nMatch User deploy\n    X11Forwarding no\n",
            "Port 22\nClientAliveInterval 60\n\nMatch User deploy\n    X11Forwarding no\n",
            id="1: fix does not write into the last Match",
        ),
        pytest.param(
            "Port 22\n#ClientAliveInterval 0\n#ClientAliveCountMax 3\n",
            "Port 22\nClientAliveInterval 60\n#ClientAliveCountMax 3\n",
            id="9: fix takes the commented default's place",
        ),
    ],
)
def test_fix_as_well(before: str, after: str, tmp_path: Path) -> None:
    lay("sshd_config", tmp_path, before, {})
    tree = tree_for(str(tmp_path / "sshd_config"), TreeOptions("sshd_config", target_of(TARGET)))
    plan = plan_fixes(tree, list(all_rules().values()), {}, unsafe=False)
    assert [change.after for change in plan.changes] == [after.encode()]


def _in(text: str, folder: Path) -> str:
    return text.replace("{dir}", str(folder))


def _laid(incident: Incident, folder: Path) -> None:
    lay(incident.kind, folder, _in(incident.before, folder), incident.files)
    for path in folder.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)


def _carried_out(kind: Kind, folder: Path, call: str, target: str = TARGET) -> None:
    for change in planned(kind, folder, _in(call, folder), target, root="/").changes:
        Path(change.path).write_bytes(change.after or b"")


def _there(folder: Path) -> dict[str, bytes]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def _in_effect(config: Config, who: str) -> Mapping[str, tuple[str, ...]]:
    """By option, for a user of sshd or a host of ssh."""
    if config.kind == "sshd_config":
        evaluated = evaluate_sshd(
            config, Connection(user=who or "anyone", host="h", addr="192.168.0.1", groups=())
        )
    else:
        evaluated = evaluate_ssh(config, HostQuery(who, None, "me"))
    assert refusals_for(evaluated, config) == []
    return evaluated.lines


def _ask(who: str) -> str:
    return who if who in ("foo", "bar") else f"user={who or 'root'},host=h,addr=192.168.0.1"
