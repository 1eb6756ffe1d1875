"""A line that OpenSSH skips: the safe fix takes it away, and the real program's dump is the same as before."""

from __future__ import annotations

import pytest

import sshkeep
from sshkeep.openssh.kind import Kind
from sshkeep.openssh.tables.keywords import all_keywords, keywords
from sshkeep.openssh.targets import Target
from tests.oracle.answers import openssh_answer
from tests.oracle.programs import command_for, programs_of
from tests.oracle.releases import SUITES, Release, release_of
from tests.requirements import need

AROUND: dict[Kind, tuple[str, ...]] = {
    "sshd_config": ("Port 2222\n{}UseDNS no\n", "UseDNS no\nMatch User bob\n    Banner none\n{}Match all\n"),
    "ssh_config": ("Port 2222\n{}User bob\n", "Host web\n    Port 2222\n{}Host *\n    User bob\n"),
}
ASKS: dict[Kind, tuple[str, ...]] = {
    "sshd_config": ("user=bob,host=h,addr=10.0.0.1", "user=ann,host=h,addr=10.0.0.1"),
    "ssh_config": ("web", "db"),
}
REPORTED = [
    "UsePrivilegeSeparation",
    "RSAAuthentication",
    "KeyRegenerationInterval",
    "ServerKeyBits",
    "Protocol",
]


def skipped(kind: Kind, target: Target) -> list[str]:
    return [row.name for row in keywords(kind, target).values() if row.state in ("deprecated", "ignored")]


@pytest.mark.parametrize("kind", ["sshd_config", "ssh_config"])
@pytest.mark.parametrize("suite", SUITES)
def test_the_dump_is_the_same_without_the_line(suite: str, kind: Kind) -> None:
    need("releases", "root", "mounts")
    release = release_of(suite)
    names = skipped(kind, release.target)
    assert set(REPORTED) <= set(names) or kind == "ssh_config"
    in_use = {row.name.lower() for row in all_keywords(kind) if not row.state}
    cases = [(around, name) for around in AROUND[kind] for name in names]
    texts: list[tuple[str, str]] = []
    for around, name in cases:
        before = around.format(f"    {name} yes\n")
        options = {"select": ["deprecated-option"], "unsafe": name.lower() in in_use}
        fixed = sshkeep.fix(files={kind: before}, target=release.target.name, **options)  # type: ignore[arg-type]
        changed = [change.after for change in fixed.changes]
        texts.append((before, before if not changed else (changed[0] or b"").decode()))
    with programs_of(release) as programs:
        commands, paths = [], []
        for number, pair in enumerate(texts):
            for text, what in zip(pair, ("before", "after"), strict=True):
                path = programs.folder / "configs" / f"{number}-{what}"
                path.write_text(text)
                for ask in ASKS[kind]:
                    paths.append(path)
                    commands.append(command_for(kind, path, ask))
        programs.send(commands)
        answers = [
            openssh_answer(done, path, kind, release.target)
            for done, path in zip(programs.receive(), paths, strict=True)
        ]
    for number, (around, name) in enumerate(cases):
        before_bob, before_ann, after_bob, after_ann = answers[4 * number : 4 * number + 4]
        if not before_bob.accepted:  # sshd refuses it in a block, which is not about its being deprecated
            assert kind == "sshd_config" and "Match" in around
            continue
        assert texts[number][1] == around.format(""), name
        assert (before_bob.values, before_ann.values) == (after_bob.values, after_ann.values), name
        assert after_bob.accepted and after_ann.accepted


RENAMED: list[tuple[Kind, str, str]] = [
    ("sshd_config", "VerifyReverseMapping no", "UseDNS no"),
    ("sshd_config", "ReverseMappingCheck No", "UseDNS No"),
    ("sshd_config", "ChallengeResponseAuthentication no", "KbdInteractiveAuthentication no"),
    ("sshd_config", "SKeyAuthentication no", "KbdInteractiveAuthentication no"),
    ("sshd_config", "DSAAuthentication no", "PubkeyAuthentication no"),
    ("sshd_config", "PubkeyAcceptedKeyTypes +ssh-rsa", "PubkeyAcceptedAlgorithms +ssh-rsa"),
    ("sshd_config", "HostbasedAcceptedKeyTypes -ssh-rsa", "HostbasedAcceptedAlgorithms -ssh-rsa"),
    ("ssh_config", "TISAuthentication no", "KbdInteractiveAuthentication no"),
    ("ssh_config", "ChallengeResponseAuthentication no", "KbdInteractiveAuthentication no"),
    ("ssh_config", "IdentityFile2 ~/.ssh/x", "IdentityFile ~/.ssh/x"),
    ("ssh_config", "HostbasedKeyTypes ssh-rsa", "HostbasedAcceptedAlgorithms ssh-rsa"),
    ("ssh_config", "SmartcardDevice /usr/lib/x.so", "PKCS11Provider /usr/lib/x.so"),
]


@pytest.mark.parametrize("suite", ["bookworm", "trixie", "sid"])
def test_the_dump_is_the_same_with_the_new_name(suite: str) -> None:
    need("releases", "root", "mounts")
    release = release_of(suite)
    for kind, old, new in RENAMED:
        if old.split()[0].lower() not in keywords(kind, release.target):
            continue
        fixed = sshkeep.fix(
            files={kind: f"{old}\n"},
            target=release.target.name,
            select=["deprecated-option", "old-keyword"],
        )
        assert [change.after for change in fixed.changes] == [f"{new}\n".encode()], (suite, old)
        assert _dump(kind, f"{old}\n", release) == _dump(kind, f"{new}\n", release), (suite, old)


def _dump(kind: Kind, text: str, release: Release) -> object:
    with programs_of(release) as programs:
        path = programs.folder / "configs" / "one"
        path.write_text(text)
        programs.send([command_for(kind, path, ASKS[kind][0])])
        answer = openssh_answer(next(iter(programs.receive())), path, kind, release.target)
        assert answer.accepted
        return answer.values
