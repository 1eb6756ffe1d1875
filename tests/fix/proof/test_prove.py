"""Changes that are proven, and changes that are not: a config, what is wanted, and the config after it."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pytest

from sshkeep.config.tree.config import Config
from sshkeep.config.tree.entry import Entry
from sshkeep.edit.edits import Edit
from sshkeep.errors import SshkeepError
from sshkeep.fix.proof.proof import Proof
from sshkeep.fix.proof.prove import intended_options, prove, prove_rounds
from sshkeep.fix.proof.unchanged import lines_except, same_lines
from sshkeep.openssh.kind import Kind
from sshkeep.testing import config_of
from tests.edit.intents import IntentFor, block, change, delete, everyone, rename


class Case(NamedTuple):
    """Lines before and after; the numbers of the lines after it that the proof reports."""

    kind: Kind
    before: str
    intents: tuple[IntentFor, ...]
    after: str
    others: int = 0
    kept: tuple[int, ...] = ()
    newly_effective: tuple[int, ...] = ()
    accepted: bool = False
    target: str = "openssh-9.9"


def config_with(kind: Kind, lines: str, target: str) -> Config:
    return config_of({kind: "".join(f"{line}\n" for line in lines.split("; ") if line)}, kind, target)


def edits_between(before: str, after: str, kind: Kind) -> Iterator[Edit]:
    """Whole lines that are replaced, deleted or inserted."""
    old, new = ([f"{line}\n" for line in text.split("; ") if line] for text in (before, after))
    starts = [sum(map(len, old[:count])) for count in range(len(old) + 1)]
    for tag, first, end, new_first, new_end in difflib.SequenceMatcher(None, old, new, False).get_opcodes():
        if tag != "equal":
            yield Edit(
                f"/etc/ssh/{kind}", starts[first], starts[end], "".join(new[new_first:new_end]).encode()
            )


def proof_of(case: Case) -> Proof:
    old, new = (config_with(case.kind, lines, case.target) for lines in (case.before, case.after))
    intents = [intent(old) for intent in case.intents]
    return prove(old, new, intents, edits_between(case.before, case.after, case.kind))


def numbers(entries: Sequence[Entry]) -> tuple[int, ...]:
    return tuple(entry.directive.number + 1 for entry in entries)


PROVEN = (
    Case("sshd_config", "Port 22", (everyone("UseDNS", "no"),), "Port 22; UseDNS no", others=1),
    Case("sshd_config", "UseDNS yes", (everyone("usedns", "no"),), "UseDNS no"),
    Case("sshd_config", "UseDNS no", (everyone("UseDNS", "no"),), "UseDNS no"),
    Case("sshd_config", "UseDNS no; Port 22", (everyone("UseDNS"),), "Port 22", others=1),
    Case("sshd_config", "UseDNS no; UseDNS yes", (everyone("UseDNS", "yes"),), "UseDNS yes; UseDNS yes"),
    Case("sshd_config", "Banner /a; Match User ann; Banner /b", (everyone("Banner", "/c"),), "Banner /c; Match User ann; Banner /b", kept=(3,)),
    Case("sshd_config", "Banner /a; Match User ann; Banner /b; UseDNS no", (everyone("Banner", "/c"),), "Banner /c; Match User ann; Banner /b; UseDNS no", 1, kept=(3,)),
    Case("sshd_config", "Match User ann; X11Forwarding no", (block("Match User ann", "Banner", "/b"),), "Match User ann; X11Forwarding no; Banner /b", 1),
    Case("sshd_config", "Banner /x", (block("Match User ann", "Banner", "/b"),), "Banner /x; Match User ann; Banner /b"),
    Case("sshd_config", "Match User ann; Banner /a; Match User bob; Banner /b", (block("Match User ann", "Banner", "/c"),), "Match User ann; Banner /c; Match User bob; Banner /b", kept=(4,)),
    Case("sshd_config", "Match User ann; Banner /a", (block("Match User ann", "Banner"),), "Match User ann"),
    Case("sshd_config", "AllowUsers a; AllowUsers b", (everyone("AllowUsers", "a", "c"),), "AllowUsers a; AllowUsers c"),
    Case("sshd_config", "AllowUsers a", (everyone("AllowUsers", "a", "c"),), "AllowUsers a c"),
    Case("sshd_config", "Subsystem a /a; Subsystem b /b", (everyone("Subsystem", "b /c", part="b"),), "Subsystem a /a; Subsystem b /c"),
    Case("sshd_config", "Subsystem a /a; Subsystem b /b", (everyone("Subsystem", part="b"),), "Subsystem a /a"),
    Case("sshd_config", "Banner /a; UsePrivilegeSeparation no", (delete(2),), "Banner /a", 1),
    Case("sshd_config", "UseDNS no; UseDNS yes", (delete(2),), "UseDNS no"),
    Case("sshd_config", "ChallengeResponseAuthentication no", (rename(1, "KbdInteractiveAuthentication"),), "KbdInteractiveAuthentication no"),
    Case("sshd_config", "Match User ann; Banner /a; Match User bob; Banner /b", (change(4, "/c"),), "Match User ann; Banner /a; Match User bob; Banner /c", kept=(2,)),
    Case("sshd_config", "Match User ann; Banner /a; Banner /b", (delete(3),), "Match User ann; Banner /a", kept=(2,)),
    Case("sshd_config", "Foo 1; Port 22", (delete(1),), "Port 22", 1, accepted=True),
    Case("sshd_config", "Foo 1; Foo 2; Port 22", (delete(1),), "Foo 2; Port 22", 1),
    Case("sshd_config", "Banner /a; Match all; Banner /b; Match User ann; Banner /c", (everyone("Banner"),), "Match all; Match User ann; Banner /c", newly_effective=(3,)),
    Case("sshd_config", "UseDNS no; UseDNS yes", (delete(1),), "UseDNS yes"),
    Case("sshd_config", "Match User ann; X11Forwarding no", (block("Match User ann", "AuthorizedKeysCommand", "keys"),), "Match User ann; X11Forwarding no; AuthorizedKeysCommand keys", 1, target="openssh-8.6"),
    Case("sshd_config", "Match version OpenSSH_10.0*; Banner /a; Banner /b", (delete(2),), "Match version OpenSSH_10.0*; Banner /b", target="openssh-10.0"),
    Case("sshd_config", "AuthorizedKeysCommand /x", (everyone("UseDNS", "no"),), "AuthorizedKeysCommand /x; UseDNS no", 1),
    Case("sshd_config", "Match User ann; Banner /a; Banner /x; Match User bob; Banner /b", (delete(3), change(5, "/c")), "Match User ann; Banner /a; Match User bob; Banner /c", kept=(2,)),
    Case("ssh_config", "Host a; Port 1; Port 2", (block("Host b", "Port", "3"),), "Host a; Port 1; Host b; Port 3", kept=(2,)),
    Case("ssh_config", "Host a; Port 1", (block("Host b", "Port", "3"),), "Host a; Port 1; Port 2; Host b; Port 3", kept=(2,)),
    Case("ssh_config", "Host a; RekeyLimit 1G 1h", (everyone("RekeyLimit", "2G"),), "Host a; RekeyLimit 1G 1h; Host *; RekeyLimit 2G", kept=(2, 2)),
    Case("ssh_config", "Host a; Port 1; Host *; User u", (everyone("Port", "2"),), "Host a; Port 1; Host *; User u; Port 2", 1, kept=(2,)),
    Case("ssh_config", "Port 1; Host a; Port 2", (everyone("Port"),), "Host a; Port 2", newly_effective=(2,)),
    Case("ssh_config", "Port 1; Host a; Port 2", (everyone("Port", "3"),), "Port 3; Host a; Port 2"),
    Case("ssh_config", "Host b; Port 1", (block("Host a", "Port", "2"),), "Host b; Port 1; ; Host a; Port 2", kept=(2,)),
    Case("ssh_config", "Port 1", (block("Host a", "Port", "2"),), "Host a; Port 2; ; Host *; Port 1"),
    Case("ssh_config", "User u", (block("Host a", "Port", "2"),), "Host a; Port 2; ; Host *; User u", 1),
    Case("ssh_config", "RekeyLimit 1G 1h", (everyone("RekeyLimit", "2G"),), "RekeyLimit 2G"),
    Case("ssh_config", "SendEnv A; Host a; SendEnv B", (everyone("SendEnv", "C"),), "SendEnv C; Host a; SendEnv B", kept=(3,)),
)  # fmt: skip


@pytest.mark.parametrize("case", PROVEN, ids=[f"{case.before} -> {case.after}" for case in PROVEN])
def test_proven(case: Case) -> None:
    proof = proof_of(case)
    assert (proof.others, proof.accepted, proof.included) == (case.others, case.accepted, None)
    assert (numbers(proof.kept), numbers(proof.newly_effective)) == (case.kept, case.newly_effective)


ROUNDS = (
    (Case("sshd_config", "Banner /a; UseDNS yes; Match User ann; Banner /b", (), "Banner /c; UseDNS no; Match User ann; Banner /b", kept=(4,)), ["banner", "usedns"]),
    (Case("sshd_config", "Banner /a; UseDNS yes; Match User ann; Banner /b", (), "Banner /a; UseDNS no; Match User ann; Banner /b", 2), ["usedns"]),
    (Case("sshd_config", "Banner /a; Match User ann; Banner /b", (), "Banner /c; Match User ann; Banner /d"), ["banner"]),
    (Case("sshd_config", "Match User ann; Banner /b", (), "Banner /c; Match User ann; Banner /b", kept=(3,)), ["banner", "usedns"]),
    (Case("sshd_config", "Foo 1; UseDNS yes", (), "UseDNS no", accepted=True), ["usedns", "foo"]),
    (Case("ssh_config", "Host a; RekeyLimit 1G 1h; Port 2", (), "Host a; Port 2; RekeyLimit 1G 2h; Host b; Port 1", kept=(2, 3)), ["rekeylimit", "port"]),
    (Case("ssh_config", "Host a; RekeyLimit 1G", (), "Host a; RekeyLimit 1G 1h", kept=(2,)), ["rekeylimit"]),
)  # fmt: skip


@pytest.mark.parametrize(
    ("case", "names"), ROUNDS, ids=[f"{case.before} -> {case.after}" for case, _ in ROUNDS]
)
def test_several_rounds_together(case: Case, names: list[str]) -> None:
    old, new = (config_with(case.kind, lines, case.target) for lines in (case.before, case.after))
    proof = prove_rounds(old, new, names)
    assert (proof.others, proof.accepted, numbers(proof.kept)) == (case.others, case.accepted, case.kept)
    assert proof.newly_effective == ()


def test_the_options_of_intents() -> None:
    """In lower case, by the names of the options; both of a keyword that is renamed."""
    config = config_with(
        "sshd_config", "Foo 1; ChallengeResponseAuthentication no; Port 22; Banner /a", "openssh-8.6"
    )
    intents = (
        everyone("UseDNS", "no"),
        block("Match User a", "X11Forwarding", "no"),
        delete(1),
        rename(2, "KbdInteractiveAuthentication"),
        change(3, "23"),
    )
    assert intended_options([intent(config) for intent in intents], config) == {
        *("usedns", "x11forwarding", "foo", "challengeresponseauthentication", "kbdinteractiveauthentication", "port"),
    }  # fmt: skip


def test_lines_with_their_blocks() -> None:
    """ssh's blocks for every host are left out, but those of the second pass only."""
    text = "Port 1 # x; Host a; User  u; Foo b; Host *; Compression no; Match final all; AddressFamily any; Match canonical all; Tag t"
    assert lines_except({"port"}, config_with("ssh_config", text, "openssh-9.9")) == [
        ("user", (b"Host a",), b"u"),
        ("foo", (b"Host a",), b"b"),
        ("compression", (), b"no"),
        ("addressfamily", (b"Match final all",), b"any"),
        ("tag", (b"Match canonical all",), b"t"),
    ]
    sshd = config_with(
        "sshd_config", "ChallengeResponseAuthentication no; Match all; Banner /a; PermitTTY no", "openssh-9.9"
    )
    assert lines_except({"banner"}, sshd) == [
        ("kbdinteractiveauthentication", (), b"no"),
        ("permittty", (b"Match all",), b"no"),
    ]


def test_lines_of_an_included_file() -> None:
    """The blocks around it count, and those that OpenSSH's release makes one for every host."""
    files = {
        "ssh_config": "Host a\nInclude /etc/ssh/b\nPort 1\n",
        "b": "User u\nHost b\nUser v\nHost *\nUser w\n",
    }
    assert lines_except({"include"}, config_of(files, target="openssh-9.9")) == [
        ("user", (b"Host a",), b"u"),
        ("user", (b"Host a", b"Host b"), b"v"),
        ("user", (b"Host a", b"Host *"), b"w"),
        ("port", (b"Host a",), b"1"),
    ]
    text = "Match version OpenSSH_10.0*; User u"
    assert lines_except((), config_with("ssh_config", text, "openssh-10.0")) == [("user", (), b"u")]


def test_the_same_lines() -> None:
    texts = (
        "Port 1; Match User ann; Banner /a; Banner /b",
        "Match User ann; banner /a; Match User bob; Banner /a",
    )
    one, other = (config_with("sshd_config", text, "openssh-9.9") for text in texts)
    assert same_lines(one.entries[1:2], other.entries[:1], one, other)
    assert not same_lines(one.entries[1:2], other.entries[1:2], one, other)
    assert not same_lines(one.entries[2:3], other.entries[:1], one, other)


OTHERS = "it would change what other settings there are, or for whom"
NOT_PROVEN = (
    (Case("sshd_config", "Port 22", (everyone("UseDNS", "no"),), "Port 22"), "UseDNS no would not take effect"),
    (Case("sshd_config", "UseDNS no", (everyone("UseDNS"),), "UseDNS no"), "UseDNS's default would not take effect"),
    (Case("sshd_config", "Port 22", (everyone("UseDNS", "no"),), "UseDNS no"), OTHERS),
    (Case("sshd_config", "Port 22; UseDNS yes", (everyone("UseDNS", "no"),), "UseDNS no; Port 23"), OTHERS),
    (Case("sshd_config", "Match User ann; Banner /a", (everyone("UseDNS", "no"),), "UseDNS no; Match User bob; Banner /a"), OTHERS),
    (Case("sshd_config", "HostKey /a; HostKey /b", (everyone("UseDNS", "no"),), "HostKey /b; HostKey /a; UseDNS no"), OTHERS),
    (Case("sshd_config", "Banner /a; Match User ann; Banner /b", (everyone("Banner", "/c"),), "Banner /c; Match User ann; Banner /d"), "Banner would change for a block that decides otherwise"),
    (Case("sshd_config", "Banner /a; Match User ann; Banner /b", (everyone("Banner", "/c"),), "Banner /c; Match User ann"), "Banner would change for a block that decides otherwise"),
    (Case("sshd_config", "Banner /a; Match User ann", (everyone("Banner", "/c"),), "Banner /c; Match User ann; Banner /d"), "Banner would change for a block that decides otherwise"),
    (Case("sshd_config", "Match User ann; Banner /a; Match User bob; Banner /b", (everyone("Banner", "/c"),), "Banner /c; Match User bob; Banner /b; Match User ann; Banner /a"), "Banner would change for a block that decides otherwise"),
    (Case("sshd_config", "Banner /x; Match User ann; Banner /a", (block("Match User ann", "Banner", "/b"),), "Banner /y; Match User ann; Banner /b"), "Banner would change for everyone"),
    (Case("sshd_config", "Banner /x", (block("Match User ann", "Banner", "/b"),), "Banner /x; Match User ann; Banner /c"), "Banner /b would not take effect"),
    (Case("sshd_config", "Banner /x", (block("Match User ann", "Banner", "/b"),), "Banner /x; Match all; Banner /x; Match User ann; Banner /b"), "Banner /b would not take effect"),
    (Case("sshd_config", "Match User ann; Banner /a", (block("Match User ann", "Banner"),), "Match User ann; Banner /a"), "Banner's default would not take effect"),
    (Case("sshd_config", "AllowUsers a", (everyone("AllowUsers", "a", "c"),), "AllowUsers c a"), "AllowUsers a c would not take effect"),
    (Case("sshd_config", "Subsystem a /a; Subsystem b /b", (everyone("Subsystem", "b /c", part="b"),), "Subsystem a /a"), "Subsystem b /c would not take effect"),
    (Case("sshd_config", "Subsystem a /a; Subsystem b /b", (everyone("Subsystem", part="b"),), "Subsystem a /a; Subsystem b /c"), "Subsystem's default would not take effect"),
    (Case("sshd_config", "Banner /x; Match User ann; Banner /a", (delete(3),), "Banner /y; Match User ann"), "Banner would change for everyone"),
    (Case("sshd_config", "Match User ann; Banner /a; Banner /b", (delete(3),), "Match User ann; Banner /b"), "Banner would change for a block that decides otherwise"),
    (Case("sshd_config", "Match User ann; Banner /a; Match User bob; Banner /b", (change(4, "/c"),), "Match User ann; Banner /d; Match User bob; Banner /c"), "Banner would change for a block that decides otherwise"),
    (Case("sshd_config", "Port 22", (everyone("UseDNS", "no"),), "Port 22; Match User a b; UseDNS no"), "OpenSSH would refuse the result: Directive 'UseDNS' is not allowed within a Match block"),
    (Case("sshd_config", "Port 22", (everyone("AuthenticationMethods", "any"),), "Port 22; AuthenticationMethods any password"), "OpenSSH would refuse the result: \"any\" must appear alone in AuthenticationMethods"),
    (Case("sshd_config", "UseDNS no", (everyone("AuthorizedKeysCommand", "/x"),), "UseDNS no; AuthorizedKeysCommand /x"), "OpenSSH would refuse the result: AuthorizedKeysCommand set without AuthorizedKeysCommandUser"),
    (Case("sshd_config", "Match User ann; AuthenticationMethods password", (block("Match User bob", "AuthenticationMethods", "any"),), "Match User ann; AuthenticationMethods password; Match User bob; AuthenticationMethods any", target="openssh-9.2"), "AuthenticationMethods any must stand alone for who fits two of its blocks"),
    (Case("ssh_config", "Port 1; Host a; Port 2", (everyone("Port", "3"),), "Host a; Port 2; Host *; Port 3"), "Port would change for a block that decides otherwise"),
    (Case("ssh_config", "Host a; Port 2", (block("Host b", "Port", "3"),), "Host *; Port 3; Host b; Port 3; Host a; Port 2"), "Port would change for a block that decides otherwise"),
    (Case("ssh_config", "Host a; RekeyLimit 1G 1h", (everyone("RekeyLimit", "2G"),), "Host a; RekeyLimit 1G 2h; Host *; RekeyLimit 2G"), "RekeyLimit would change for a block that decides otherwise"),
    (Case("ssh_config", "Port 1", (block("Host b", "Port", "3"),), "Port 1; Host b; Port 3"), "Port 3 would not take effect"),
    (Case("ssh_config", "RekeyLimit 1G 1h", (everyone("RekeyLimit", "2G"),), "RekeyLimit 2G 1h"), "RekeyLimit 2G would not take effect"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("case", "why"), NOT_PROVEN, ids=[f"{case.before} -> {case.after}" for case, _ in NOT_PROVEN]
)
def test_not_proven(case: Case, why: str) -> None:
    with pytest.raises(SshkeepError) as error:
        proof_of(case)
    assert error.value.sentence == f"/etc/ssh/{case.kind}: the change is not safe to write: {why}"
    assert error.value.hint == "nothing was written"
