"""A line that sshd refuses within a block: the fix leaves what a line above the block would be, for every keyword."""

from __future__ import annotations

import pytest

import sshkeep
from sshkeep.openssh.tables.defaults import defaults
from sshkeep.openssh.tables.keywords import keywords
from sshkeep.openssh.targets import Target
from tests.oracle.answers import openssh_answer
from tests.oracle.programs import command_for, programs_of
from tests.oracle.releases import SUITES, release_of
from tests.requirements import need

BLOCK = "Match User bob\n    X11Forwarding no\n"
SAMPLES = {
    "subsystem": "sftp internal-sftp",
    "listenaddress": "127.0.0.1",
    "hostkey": "/etc/ssh/key-2",
    "hostcertificate": "/etc/ssh/key-2.pub",
    "port": "2222",
    "persourcepenalties": "crash:30",
    "pidfile": "/run/other.pid",
}
"""Arguments of options whose default can't be written."""


def refused_in_blocks(target: Target) -> dict[str, str]:
    """The keywords of the target that may not stand in a block, with arguments for each."""
    there = defaults("sshd_config", target)
    found = {}
    for row in keywords("sshd_config", target).values():
        if row.state or not row.type.sets_option or row.allowed_in_match(target.release):
            continue
        value = SAMPLES.get(row.option) or " ".join(there.get(row.option, ())[:1])
        if value and value != "none":
            found[row.name] = value
    return found


@pytest.mark.parametrize("suite", SUITES)
def test_every_keyword_is_moved_out_of_the_block(suite: str) -> None:
    need("releases", "root", "mounts")
    release = release_of(suite)
    cases = refused_in_blocks(release.target)
    assert {"Port", "ListenAddress", "HostKey", "UsePAM"} <= set(cases) and len(cases) > 20
    texts: list[str] = []
    for keyword, value in cases.items():
        before = f"{BLOCK}{keyword} {value}\n"
        fixed = sshkeep.fix(
            files={"sshd_config": before}, target=release.target.name, select=["not-in-match"], unsafe=True
        )
        (after,) = [change.after for change in fixed.changes] or [b""]
        texts += [before, (after or b"").decode(), f"{keyword} {value}\n{BLOCK}"]
    with programs_of(release) as programs:
        paths = [programs.folder / "configs" / str(number) for number in range(len(texts))]
        for path, text in zip(paths, texts, strict=True):
            path.write_text(text)
        programs.send([command_for("sshd_config", path, "user=bob,host=h,addr=10.0.0.1") for path in paths])
        answers = [
            openssh_answer(done, path, "sshd_config", release.target)
            for done, path in zip(programs.receive(), paths, strict=True)
        ]
    for number, keyword in enumerate(cases):
        before_it, after_it, by_hand = answers[3 * number : 3 * number + 3]
        assert not before_it.accepted, keyword
        assert after_it.accepted, (keyword, texts[3 * number + 1], after_it.said)
        assert after_it.values == by_hand.values, keyword
