"""A fix that is called safe can't end anyone's access: what decides who gets in is as before, for all."""

import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from sshkeep.config.blocks.clients import Connection, HostQuery
from sshkeep.config.effective.evaluate import evaluate_ssh, evaluate_sshd
from sshkeep.config.parse_line import parse_entry
from sshkeep.config.precedence.order import order_by_part, part_of
from sshkeep.config.precedence.shadowed import shadowed
from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.edit.intents import (
    CommentAbove,
    DeleteLine,
    MoveToEveryone,
    RenameKeyword,
    ReplaceLine,
    RewriteFile,
    SetGlobal,
    SetInBlock,
    SetInSession,
    SetLine,
)
from sshkeep.fix.plan import plan_fixes
from sshkeep.lint.rule import Example, LoadedRule
from sshkeep.lint.runner import run_rules
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.tables.keywords import keywords
from sshkeep.openssh.targets import NEWEST_TARGET, target_of
from sshkeep.testing import config_of, example_tree, tree_of
from sshkeep.trees.discover import TreeOptions, tree_for
from tests.rules.test_examples import EXAMPLES, RULES

ACCESS: dict[Kind, tuple[str, ...]] = {
    "sshd_config": (
        *("addressfamily", "listenaddress", "port", "hostkey", "hostcertificate", "hostkeyagent", "rdomain"),
        *("allowusers", "denyusers", "allowgroups", "denygroups", "permitrootlogin", "authenticationmethods"),
        *(
            "passwordauthentication",
            "permitemptypasswords",
            "pubkeyauthentication",
            "kbdinteractiveauthentication",
        ),
        *("challengeresponseauthentication", "hostbasedauthentication", "gssapiauthentication"),
        *("kerberosauthentication", "usepam", "pamservicename", "pubkeyauthoptions", "requiredrsasize"),
        *(
            "authorizedkeysfile",
            "authorizedkeyscommand",
            "authorizedkeyscommanduser",
            "authorizedprincipalsfile",
        ),
        *(
            "authorizedprincipalscommand",
            "authorizedprincipalscommanduser",
            "trustedusercakeys",
            "revokedkeys",
        ),
        *("ciphers", "macs", "kexalgorithms", "hostkeyalgorithms", "pubkeyacceptedalgorithms"),
        *("casignaturealgorithms", "hostbasedacceptedalgorithms", "strictmodes", "usedns", "logingracetime"),
        *("maxauthtries", "maxsessions", "maxstartups", "persourcemaxstartups", "persourcenetblocksize"),
        *("persourcepenalties", "persourcepenaltyexemptlist", "chrootdirectory", "forcecommand", "permittty"),
        *("refuseconnection", "subsystem", "disableforwarding", "unusedconnectiontimeout", "channeltimeout"),
    ),
    "ssh_config": (
        *(
            "addressfamily",
            "bindaddress",
            "bindinterface",
            "hostname",
            "port",
            "user",
            "proxycommand",
            "proxyjump",
        ),
        *("identityfile", "identitiesonly", "identityagent", "certificatefile", "preferredauthentications"),
        *("passwordauthentication", "pubkeyauthentication", "kbdinteractiveauthentication", "hostkeyalias"),
        *("hostbasedauthentication", "gssapiauthentication", "stricthostkeychecking", "userknownhostsfile"),
        *("globalknownhostsfile", "verifyhostkeydns", "revokedhostkeys", "ciphers", "macs", "kexalgorithms"),
        *("hostkeyalgorithms", "pubkeyacceptedalgorithms", "casignaturealgorithms", "requiredrsasize"),
        *("batchmode", "numberofpasswordprompts", "refuseconnection", "controlpath", "controlmaster"),
    ),
}
"""Options (lower case) that say who gets in, from where, with what, and as whom."""


def access_changed(old: Config, new: Config) -> Iterator[str]:
    """The options of ACCESS that some connection or host finds otherwise."""
    before, after = _printed(old), _printed(new)
    for option in ACCESS[old.kind]:
        if _lines(option, old) != _lines(option, new) or before.get(option) != after.get(option):
            yield option


def _lines(option: str, config: Config) -> object:
    dead = {id(line.entry) for line in shadowed(option, config)}
    return {
        part: [
            (line.conditions, line.option, part_of(line.value, part))
            for line in lines
            if line.entry.index not in dead
        ]
        for part, lines in order_by_part(option, config).items()
    }


def _printed(config: Config) -> dict[str, tuple[str, ...]]:
    if config.kind == "sshd_config":
        return dict(
            evaluate_sshd(config, Connection(user="root", host="h", addr="10.0.0.1", groups=())).lines
        )
    return dict(evaluate_ssh(config, HostQuery("web", None, "me")).lines)


def corpus() -> list[Path]:
    """The files of the folder that SSHKEEP_CORPUS names."""
    folder = os.environ.get("SSHKEEP_CORPUS")
    return sorted(path for path in Path(folder).rglob("*ssh*_config*") if path.is_file()) if folder else []


@pytest.mark.parametrize("target", ["openssh-8.4", "debian-12", NEWEST_TARGET.name])
@pytest.mark.parametrize("path", corpus(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_safe_fixes_leave_access_as_it_is(path: Path, target: str, tmp_path: Path) -> None:
    kind: Kind = "sshd_config" if path.name.startswith("sshd") else "ssh_config"
    copy = tmp_path / kind
    shutil.copy(path, copy)
    tree = tree_for(str(copy), TreeOptions(kind, target_of(target), "/"))
    plan = plan_fixes(tree, RULES, {}, unsafe=False)
    assert list(access_changed(plan.old, plan.config)) == []


BAD: tuple[tuple[Kind, str, str, list[str]], ...] = (
    ("sshd_config", "AllowUsers a\nAllowUsers b\n", "AllowUsers a\n", ["allowusers"]),
    ("sshd_config", "Match User a\n  PermitTTY no\n", "", ["permittty"]),
    ("sshd_config", "Port 22\n", "Port 23\n", ["listenaddress", "port"]),
    ("sshd_config", "PasswordAuthentication no\nPasswordAuthentication yes\n", "PasswordAuthentication yes\n", ["passwordauthentication"]),
    ("ssh_config", "Host web\n  User a\n", "Host web db\n  User a\n", ["user"]),
    ("sshd_config", "ClientAliveInterval 0\n", "ClientAliveInterval 60\n", []),
)  # fmt: skip


@pytest.mark.parametrize(("kind", "before", "after", "options"), BAD)
def test_a_change_of_access_is_seen(kind: Kind, before: str, after: str, options: Sequence[str]) -> None:
    old, new = (config_of({kind: text}) for text in (before, after))
    assert list(access_changed(old, new)) == options


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_no_safe_fix_is_about_access(rule: LoadedRule, example: Example) -> None:
    config = example_tree(rule, example).load()
    for finding in run_rules(config, RULES):
        for intent in finding.fix.intents if finding.fix and finding.fix.safety == "safe" else ():
            if isinstance(intent, ReplaceLine | RewriteFile):
                assert finding.refused, finding.rule  # it writes what is there, so that it can be read
            elif isinstance(intent, DeleteLine):
                assert _says_nothing(intent.entry, config), finding.rule
            elif isinstance(intent, RenameKeyword) and (old := intent.entry.keyword) and not old.state:
                assert config.known[intent.keyword.lower()].option == old.option, finding.rule
            elif not isinstance(intent, CommentAbove | SetInSession):
                assert _option(intent, config) not in ACCESS[config.kind], finding.rule


def _option(
    intent: SetGlobal | SetInBlock | SetLine | RenameKeyword | DeleteLine | MoveToEveryone, config: Config
) -> str:
    if isinstance(intent, SetGlobal | SetInBlock):
        return config.known[intent.keyword.lower()].option
    assert not isinstance(intent, MoveToEveryone), "that it is meant for everyone is a guess"
    return intent.entry.option


def _says_nothing(entry: Entry, config: Config) -> bool:
    """Whether the line is refused or skipped, or proven to be without effect beside one that says the same."""
    if parse_entry(entry, config).problem or (entry.keyword and entry.keyword.state):
        return True
    dead = [line for line in shadowed(_option(DeleteLine(entry), config), config) if line.entry is entry]
    return bool(dead) and all(winner.value == dead[0].parsed.value for winner in dead[0].winners)


PROBES: tuple[tuple[str, Kind, str, str, str], ...] = (
    ("count 3", "sshd_config", "openssh-8.1", "ClientAliveCountMax 3\n", "safe"),
    ("count 0, which is mended with it", "sshd_config", "openssh-8.1", "ClientAliveCountMax 0\n", "safe"),
    ("count 0 for some", "sshd_config", "openssh-8.1", "Match User a\n  ClientAliveCountMax 0\n", "unsafe"),
    ("count 0 is never", "sshd_config", "openssh-8.2", "ClientAliveCountMax 0\n", "safe"),
    ("ssh's count 0", "ssh_config", "openssh-10.0", "Host *\n  ServerAliveCountMax 0\n", "safe"),
    ("ssh's count 3", "ssh_config", "openssh-10.0", "Host *\n  ServerAliveCountMax 3\n", "safe"),
    ("misspelt", "sshd_config", "openssh-8.1", "ClientAliveCountMax 0\nClientAliveIntervall 9\n", "unsafe"),
    (
        "the wrong file's",
        "sshd_config",
        "openssh-8.1",
        "ClientAliveCountMax 0\nServerAliveInterval 9\n",
        "unsafe",
    ),
    (
        "a bad value",
        "sshd_config",
        "openssh-8.1",
        "ClientAliveCountMax 0\nClientAliveInterval 9q\n",
        "unsafe",
    ),
    (
        "beside TCPKeepAlive",
        "sshd_config",
        "openssh-8.1",
        "ClientAliveCountMax 0\nTCPKeepAlive yes\n",
        "safe",
    ),
)


@pytest.mark.parametrize(
    ("kind", "target", "text", "safety"), [row[1:] for row in PROBES], ids=[row[0] for row in PROBES]
)
def test_probes_that_would_end_idle_sessions_are_not_safe(
    kind: Kind, target: str, text: str, safety: str
) -> None:
    config = config_of({kind: text}, target=target)
    fixes = [
        finding.fix
        for finding in run_rules(config, RULES)
        if finding.fix and "AliveInterval" in finding.fix.title
    ]
    assert {fix.safety for fix in fixes} == {safety}


def test_once_the_count_is_mended_they_are() -> None:
    tree = tree_of({"sshd_config": "ClientAliveCountMax 0\n"}, target="openssh-8.1")
    plan = plan_fixes(tree, RULES, {}, unsafe=False)
    assert plan.after == {tree.name: b"ClientAliveCountMax 3\nClientAliveInterval 60\n"}


@pytest.mark.parametrize("kind", list(ACCESS))
def test_the_options_are_options(kind: Kind) -> None:
    known = {row.option for target in ("openssh-8.4", "debian-12", NEWEST_TARGET.name) for row in keywords(kind, target_of(target)).values()}  # fmt: skip
    assert set(ACCESS[kind]) <= known
